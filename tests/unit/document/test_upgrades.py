"""Documents of earlier formats."""

from __future__ import annotations

import pytest

from nnlab.document.models import FORMAT, parse_document
from nnlab.document.upgrades import STEPS
from nnlab.errors import InvalidInput


def test_a_document_of_an_earlier_format_takes_every_step_to_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(STEPS, "nnlab/-1", ("nnlab/0", lambda fields: {**fields, "title": fields["name"] + "!"}))
    monkeypatch.setitem(
        STEPS, "nnlab/0", (FORMAT, lambda fields: {name: fields[name] for name in fields if name != "name"})
    )
    assert parse_document({"format": "nnlab/-1", "name": "Old"}) == parse_document({"title": "Old!"})


@pytest.mark.parametrize("format", ["nnlab/9", "", None, 3, ["nnlab/1"]])
def test_a_format_that_is_not_known_is_refused(format: object) -> None:
    with pytest.raises(InvalidInput, match="format"):
        parse_document({"format": format})
