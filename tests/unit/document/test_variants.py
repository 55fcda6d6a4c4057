"""A document with another value of one setting."""

from __future__ import annotations

from typing import Any

import pytest

from nnlab.document.models import Document, parse_document
from nnlab.document.variants import with_setting
from nnlab.errors import InvalidInput

DOCUMENT = parse_document(
    {
        "points": [{"id": 4, "x": 1, "y": 2}],
        "dataset": {"name": "moons", "points": 1, "noise": 0.2, "seed": 5},
        "network": {"hidden": [{"units": 6, "activation": "relu"}, {"units": 2}]},
    }
)


def difference(path: str, value: Any) -> dict[str, Any]:
    """What of the document's parts is another one with the setting."""
    changed, before = with_setting(DOCUMENT, path, value).model_dump(), DOCUMENT.model_dump()
    return {name: changed[name] for name in changed if changed[name] != before[name]}


@pytest.mark.parametrize(
    ("path", "value"),
    [("training.l2", 0.1), ("training.max_norm", None), ("network.seed", 3), ("network.init", "zero")],
)
def test_one_setting_is_another_and_the_rest_is_as_it_was(path: str, value: Any) -> None:
    part, name = path.split(".")
    before = DOCUMENT.model_dump()[part]
    changed = difference(path, value)
    assert changed == ({} if before[name] == value else {part: before | {name: value}})


@pytest.mark.parametrize("path", ["network.hidden.units", "network.hidden"])
def test_a_setting_of_hidden_layers_means_every_one(path: str) -> None:
    hidden = with_setting(DOCUMENT, path, 20).network.hidden
    assert [(layer.units, layer.activation) for layer in hidden] == [(20, "relu"), (20, "tanh")]


def test_a_layer_is_named_by_its_number_from_1() -> None:
    hidden = with_setting(DOCUMENT, "network.hidden.2.activation", "maxout").network.hidden
    assert [layer.activation for layer in hidden] == ["relu", "maxout"]


def test_the_hidden_layers_themselves_may_be_others() -> None:
    assert len(with_setting(DOCUMENT, "network.hidden", [{"units": 3}]).network.hidden) == 1


def test_another_data_set_is_to_be_drawn_anew_with_the_same_seed() -> None:
    changed = with_setting(DOCUMENT, "dataset.noise", 0.4)
    assert changed.dataset is not None
    assert (changed.dataset.noise, changed.dataset.seed, changed.points) == (0.4, 5, ())


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("title", "a", "path"),
        ("network", {}, "path"),
        ("training.", 1, "path"),
        ("points.0.x", 1, "path"),
        ("network.hidden.3.units", 4, "path"),
        ("network.hidden.0.units", 4, "path"),
        ("network.hidden.size", 4, "path"),
        ("network.hidden.1.2.units", 4, "path"),
        ("training.speed", 1, "training.speed"),
        ("training.l2", -1, "training.l2"),
        ("network.hidden.units", 0, "network.hidden.0.units"),
    ],
)
def test_what_is_no_setting_or_no_value_of_it_is_refused_by_name(path: str, value: Any, field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        with_setting(DOCUMENT, path, value)
    assert refused.value.errors[0].field == field


def test_without_hidden_layers_there_is_none_to_set() -> None:
    with pytest.raises(InvalidInput, match="layer that there is"):
        with_setting(parse_document({"network": {"hidden": []}}), "network.hidden", 3)


def test_points_that_were_set_by_hand_are_not_drawn_over() -> None:
    with pytest.raises(InvalidInput, match="by hand"):
        with_setting(Document(points=DOCUMENT.points), "dataset.noise", 0.4)
