"""Frames, the catalog and findings are as the API's models say: the page's types are made of these."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

import nnlab.engine.looks.health
from nnlab.document.catalog import catalog
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.picture.parts import Parts
from nnlab.session.picture.snapshot import snapshot
from nnlab.session.picture.want import Want
from nnlab.web.api.catalog import CatalogReply
from nnlab.web.api.frames import Frame
from nnlab.web.api.reading import UnitReply
from nnlab.web.api.shapes import FindingCode
from tests.unit.making import make_session

VIEWS = ("curves", "phases", "scores", "units", "warp", "weights")
TASKS: list[dict[str, Any]] = [
    {},
    {"network": {"hidden": [{"units": 3, "activation": "maxout"}, {"units": 2}], "skips": [[0, 2]]}},
    {"task": "curve_fitting", "network": {"hidden": [{"units": 2}]}},
    {"task": "surface_fitting", "network": {"hidden": []}},
]


def read_by(model: type[BaseModel], sent: Any) -> Any:
    """What the model reads of it; a field that it does not know is missing."""
    return model.model_validate(sent).model_dump(exclude_unset=True)


def same(read: Any, sent: Any) -> bool:
    """Equal as JSON has it: a pair is a list."""
    if isinstance(sent, dict):
        return read.keys() == sent.keys() and all(same(read[name], sent[name]) for name in sent)
    if isinstance(sent, list | tuple):
        return len(read) == len(sent) and all(map(same, read, sent))
    return bool(read == sent)


@pytest.mark.parametrize("document", TASKS)
def test_a_frame_with_all_views_is_what_its_model_says(document: dict[str, Any]) -> None:
    session = make_session(**document)
    session.advance(1, observed=True)
    sent = snapshot(session) | Parts(session).of(Want(VIEWS)) | {"session": "v", "seq": 1}
    assert same(read_by(Frame, sent), sent)


def test_the_catalog_is_what_its_model_says() -> None:
    sent = catalog()
    assert same(read_by(CatalogReply, sent), sent)


def test_the_api_names_every_finding_of_the_engine() -> None:
    text = Path(nnlab.engine.looks.health.__file__).read_text()
    assert set(re.findall(r'Finding\("(\w+)"', text)) == set(get_args(FindingCode))


def test_the_map_of_a_unit_is_what_its_model_says() -> None:
    sent = apply(commands.UnitMap(layer=1, unit=0, resolution=20), make_session())
    assert same(read_by(UnitReply, sent), sent)
