"""Health: each threshold from both sides, and what follows from dead units is no worry of its own."""

from __future__ import annotations

import pytest

from nnlab.engine.looks.diagnostics import LayerDiagnostics
from nnlab.engine.looks.health import findings

FINE = {"dead_fraction": 0.0, "saturated_fraction": 0.0, "update_ratio": 1e-3, "gradient_norm": 1.0}


def codes(activation: str = "tanh", **figures: float | None) -> list[tuple[str, str]]:
    """(code, status) of a hidden layer that is fine but for these figures, before a fine output layer."""
    layers = [LayerDiagnostics(**FINE | figures), LayerDiagnostics(**FINE)]
    first, last = findings(layers, [activation], input_size=1.0, data_loss=1.0)
    assert last == ()
    return [(found.code, found.status) for found in first]


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({}, []),
        ({"dead_fraction": 0.099}, []),
        ({"dead_fraction": 0.1}, [("dying", "watch")]),
        ({"dead_fraction": 0.4}, [("dead", "alarm")]),
        ({"saturated_fraction": 0.39}, []),
        ({"saturated_fraction": 0.4}, [("saturating", "watch")]),
        ({"saturated_fraction": 0.75}, [("saturated", "alarm")]),
        ({"update_ratio": 0.0099}, []),
        ({"update_ratio": 0.01}, [("large_steps", "watch")]),
        ({"update_ratio": 0.1}, [("huge_steps", "alarm")]),
        ({"update_ratio": 1e-5}, []),
        ({"update_ratio": 0.99e-5}, [("tiny_steps", "watch")]),
        ({"gradient_norm": 100.0}, []),
        ({"gradient_norm": 101.0}, [("exploding", "watch")]),
        ({"gradient_norm": 0.0}, [("stuck", "watch")]),
        ({"gradient_norm": 0.0009}, [("vanishing", "watch")]),
        ({"gradient_norm": 0.001}, []),
        (dict.fromkeys(FINE), []),
    ],
)
def test_each_threshold_has_its_code(figures: dict[str, float | None], expected: list[tuple[str, str]]) -> None:
    assert codes(**figures) == expected


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "maxout", "identity"])
def test_only_activations_with_two_flat_ends_saturate(activation: str) -> None:
    assert codes(activation, saturated_fraction=1.0) == []


def test_what_follows_from_dead_units_is_no_finding_of_its_own() -> None:
    assert codes("relu", dead_fraction=1.0, update_ratio=0.0, gradient_norm=0.0) == [("dead", "alarm")]
    large = codes("relu", dead_fraction=0.5, update_ratio=0.5, gradient_norm=1e3)
    assert large == [("dead", "alarm"), ("huge_steps", "alarm"), ("exploding", "watch")]


def test_scores_neither_die_nor_saturate() -> None:
    layer = LayerDiagnostics(**FINE | {"dead_fraction": 1.0, "saturated_fraction": 1.0})
    (found,) = findings([layer], [], input_size=1.0, data_loss=1.0)
    assert found == ()


@pytest.mark.parametrize(("data_loss", "is_stuck"), [(0.0, False), (1e-9, False), (1e-3, True)])
def test_no_gradient_is_as_it_should_be_where_nothing_is_left_to_learn(data_loss: float, is_stuck: bool) -> None:
    layers = [LayerDiagnostics(**FINE | {"gradient_norm": 0.0})] * 2
    found = findings(layers, ["tanh"], input_size=1.0, data_loss=data_loss)
    assert [finding.code for each in found for finding in each] == ["stuck"] * 2 * is_stuck


def first_code(figures: dict[str, float], later: dict[str, float], input_size: float) -> str | None:
    layers = [LayerDiagnostics(**FINE | each) for each in (figures, later, {})]
    first, *_ = findings(layers, ["relu", "relu"], input_size=input_size, data_loss=1.0)
    return first[0].code if first else None


@pytest.mark.parametrize(
    ("figures", "later", "input_size", "expected"),
    [
        ({}, {}, 1e6, None),  # nothing suffers from it
        ({"dead_fraction": 0.2}, {}, 10.0, "dying"),
        ({"dead_fraction": 0.2}, {}, 10.1, "large_inputs"),
        ({"gradient_norm": 101.0}, {}, 10.1, "large_inputs"),
        ({}, {"dead_fraction": 1.0}, 10.1, "large_inputs"),
        ({}, {"dead_fraction": 0.2}, 10.1, None),  # a few dead units of a later layer may have another reason
    ],
)
def test_large_inputs_are_named_before_what_comes_from_them(
    figures: dict[str, float], later: dict[str, float], input_size: float, expected: str | None
) -> None:
    assert first_code(figures, later, input_size) == expected
