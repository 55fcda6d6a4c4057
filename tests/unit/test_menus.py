"""A new activation, loss or optimizer is one entry of its menu: documents, catalog, training and files know it then."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.menus.losses import LOSSES

CORE = Path(__file__).resolve().parents[2] / "static/js/core"
BEGIN = """
from dataclasses import replace
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
"""
END = """
from nnlab.document.catalog import catalog
from nnlab.document.models import parse_document
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.session import Session

assert NAME in [choice["name"] for choice in catalog()["fields"][FIELD]["choices"]]
session = Session(parse_document(DOCUMENT | {"dataset": {"name": "moons", "points": 40}}))
start = session.trainer.losses().loss
apply(commands.Step(steps=300), session)
assert session.trainer.losses().loss < start
for form in ("npz", "onnx"):
    assert apply(commands.Export(format=form), session)["content"]
script = {"__name__": "script"}
exec(apply(commands.Export(format="python"), session)["content"], script)
assert abs(script["loss"]() - session.trainer.losses().loss) < 1e-5
print("as one of the others")
"""
ENTRIES = {
    "activation": """
ACTIVATIONS["bent"] = replace(ACTIVATIONS["tanh"], label="Bent")
NAME, FIELD = "bent", "network.hidden.activation"
DOCUMENT = {"network": {"hidden": [{"units": 4, "activation": "bent"}]}}
""",
    "loss": """
LOSSES["other"] = replace(LOSSES["svm"], label="Other")
NAME, FIELD = "other", "network.loss"
DOCUMENT = {"network": {"loss": "other"}}
""",
    "optimizer": """
OPTIMIZERS["other"] = replace(OPTIMIZERS["momentum"], label="Other")
NAME, FIELD = "other", "training.optimizer"
DOCUMENT = {"training": {"optimizer": "other"}}
""",
}


@pytest.mark.thorough
@pytest.mark.parametrize("menu", list(ENTRIES))
def test_a_new_entry_is_all_that_it_takes(menu: str) -> None:
    """In a process of its own: the menus are read when the document's models are made."""
    run = subprocess.run(
        [sys.executable, "-c", BEGIN + ENTRIES[menu] + END], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.stdout == "as one of the others\n", run.stderr


def keys_of(script: str, table: str) -> set[str]:
    """The keys of an object in one of the page's modules."""
    text = (CORE / script).read_text()
    body = re.split(rf"const {table} = {{\n", text)[1].partition("\n};")[0]
    return {"".join(names) for names in re.findall(r'^  (?:"([^"]+)"|(\w+))(?:: |\()', body, re.MULTILINE)}


def test_the_page_can_follow_a_point_through_every_entry() -> None:
    """Maxout takes the largest of its pieces and is no f of one number."""
    assert keys_of("activations.js", "ACTIVATIONS") == set(ACTIVATIONS) - {"maxout"}
    assert keys_of("slopes.js", "SLOPES") == set(ACTIVATIONS) - {"maxout"}
    assert keys_of("activations.js", "WRITTEN") == set(ACTIVATIONS)
    assert keys_of("activations.js", "INPUTS") == set(INPUTS)
    assert keys_of("probe.js", "LOSSES") == set(LOSSES)
