"""The catalog says of every field of the document what the document's rules say."""

from __future__ import annotations

import json
from typing import Any

import pytest

from nnlab.document.catalog import catalog
from nnlab.document.models import TASKS, Document, parse_document
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.datasets import DATASETS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.engine.network.initializers import INITS
from nnlab.errors import InvalidInput
from nnlab.session import commands
from nnlab.session.apply import apply
from tests.unit.making import make_session

FIELDS = catalog()["fields"]
MENUS = {
    "task": TASKS,
    "network.inputs": INPUTS,
    "network.loss": LOSSES,
    "network.scaling": SCALINGS,
    "network.init": INITS,
    "network.hidden.activation": ACTIVATIONS,
    "training.optimizer": OPTIMIZERS,
    "dataset.name": DATASETS,
}
# Paths with one number in them, those of a list's items and of other requests left out.
NUMBERS = [
    path
    for path, row in FIELDS.items()
    if row["type"] in ("number", "integer") and not path.startswith(("points.", "network.hidden.", "dataset."))
]


def leaves(value: Any, below: str = "") -> set[str]:
    """Paths of a document; items of a list stand under the list's own path."""
    if isinstance(value, dict):
        paths = {f"{below}{name}" for name in value}
        return paths.union(*(leaves(inner, f"{below}{name}.") for name, inner in value.items()))
    if isinstance(value, list):
        return set().union(*(leaves(item, below) for item in value)) if value else set()
    return set()


def patch_of(path: str, value: Any) -> dict[str, Any]:
    *parts, name = path.split(".")
    patch = {name: value}
    for part in reversed(parts):
        patch = {part: patch}
    return patch


def allowed(path: str, value: Any) -> bool:
    try:
        Document().merged(patch_of(path, value))
    except InvalidInput:
        return False
    return True


def test_every_field_of_a_document_has_a_row() -> None:
    whole = parse_document({"points": [{"x": 0, "y": 0}]}).model_dump(mode="json")
    assert leaves(whole) == {path for path in FIELDS if not path.startswith("dataset.")}
    assert {f"dataset.{name}" for name in commands.MakeDataset.model_fields} <= set(FIELDS)


def test_the_catalog_is_plain_json_and_its_defaults_are_the_default_document() -> None:
    json.dumps(catalog(), allow_nan=False)
    assert catalog()["defaults"] == Document().model_dump(mode="json")
    assert [entry["name"] for entry in catalog()["datasets"]] == list(DATASETS)


@pytest.mark.parametrize("path", FIELDS)
def test_every_row_has_a_label_and_a_sentence_of_help(path: str) -> None:
    row = FIELDS[path]
    assert row["label"]
    assert row["help"].endswith(".")


@pytest.mark.parametrize("path", MENUS)
def test_every_menu_is_offered_whole_with_labels_and_help(path: str) -> None:
    choices = FIELDS[path]["choices"]
    assert [choice["name"] for choice in choices] == list(MENUS[path])
    assert all(choice["label"] for choice in choices)
    assert path == "task" or all(choice["help"].endswith(".") for choice in choices)


@pytest.mark.parametrize(
    "path", ["network.hidden.activation", "network.loss", "network.init", "network.scaling", "training.optimizer"]
)
def test_what_computes_something_says_its_formula(path: str) -> None:
    assert all("=" in choice["formula"] or r"\leftarrow" in choice["formula"] for choice in FIELDS[path]["choices"])


def test_no_other_field_has_choices() -> None:
    assert {path for path, row in FIELDS.items() if "choices" in row} == set(MENUS)


@pytest.mark.parametrize("path", NUMBERS)
def test_the_rules_of_a_row_are_the_rules_of_the_document(path: str) -> None:
    row = FIELDS[path]
    beyond = 1 if row["type"] == "integer" else 1e-9
    if "minimum" in row:
        assert allowed(path, row["minimum"])
        assert not allowed(path, row["minimum"] - beyond)
    else:
        assert not allowed(path, row["exclusive_minimum"])
        assert allowed(path, row["exclusive_minimum"] + 1e-9)
    most = row.get("maximum", row.get("exclusive_maximum"))
    assert allowed(path, most) == ("maximum" in row)
    assert not allowed(path, most * (1 + 1e-9) + beyond)
    assert allowed(path, None)
    assert allowed(path, Document().model_dump(mode="json")[path] if "." not in path else row["default"]) or (
        row["default"] is None and row["nullable"]
    )


@pytest.mark.parametrize("path", [path for path, row in FIELDS.items() if "slider" in row])
def test_a_slider_stays_within_the_rules(path: str) -> None:
    row = FIELDS[path]
    low, high = row["slider"]
    assert low < high
    if row["type"] == "list":
        assert (low, high) == (0, row["max_items"])
        return
    assert low >= row.get("minimum", low)
    assert low > row.get("exclusive_minimum", -1)
    assert high <= row.get("maximum", row.get("exclusive_maximum"))
    assert row.get("scale") != "log" or low > 0


def after_a_change(path: str, value: Any) -> int:
    """Steps that are left of ten after the field has changed."""
    session = make_session()
    session.advance(10)
    apply(commands.Patch(patch=patch_of(path, value)), session)
    return session.trainer.steps_taken


@pytest.mark.parametrize(
    ("path", "value"), [("network.init", "xavier"), ("network.init_scale", 0.5), ("network.seed", 1)]
)
def test_a_field_that_is_not_live_starts_anew(path: str, value: Any) -> None:
    assert FIELDS[path]["live"] is False
    assert after_a_change(path, value) == 0


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("training.l2", 0.1),
        ("training.optimizer", "adam"),
        ("network.loss", "svm"),
        ("classes", 3),
        ("network.hidden", []),
    ],
)
def test_a_live_field_goes_on(path: str, value: Any) -> None:
    assert FIELDS[path]["live"] is True
    assert after_a_change(path, value) == 10


def test_a_new_task_starts_anew_as_its_row_says() -> None:
    session = make_session()
    session.advance(10)
    assert FIELDS["task"]["live"] is False
    apply(commands.Patch(patch={"task": "surface_fitting", "network": {"loss": "squared"}}), session)
    assert session.trainer.steps_taken == 0
