"""The document: what it takes in comes out again, its parts agree, and it turns itself into the engine's specs."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.document.models import NARROWEST_VIEW, Document, HiddenLayer, parse_document
from nnlab.document.points import Point
from nnlab.engine.menus.losses import LOSSES
from nnlab.errors import InvalidInput
from tests.unit.making import CALM, documents, make_document, points


def error_of(data: Any) -> tuple[str, str]:
    """The field that is refused, and the sentence."""
    with pytest.raises(InvalidInput) as caught:
        parse_document(data)
    return caught.value.errors[0].field, caught.value.errors[0].message


def test_the_defaults_keep_the_rules_that_input_must_keep() -> None:
    assert parse_document(Document().model_dump(mode="json")) == Document() == parse_document({})
    assert HiddenLayer.model_validate(HiddenLayer().model_dump()) == HiddenLayer()


@given(documents())
@CALM
def test_a_document_survives_the_way_to_json_and_back(data: dict[str, Any]) -> None:
    document = parse_document(data)
    assert parse_document(json.loads(document.model_dump_json())) == document
    assert parse_document(document.model_dump(mode="json")) == document


@given(documents())
@CALM
def test_what_the_input_says_stands_in_the_document(data: dict[str, Any]) -> None:
    dumped = parse_document(data).model_dump(mode="json")
    assert {name: dumped[name] for name in ("title", "task", "classes", "view")} == {
        name: data[name] for name in ("title", "task", "classes", "view")
    }
    for part in ("network", "training", "pace"):
        assert dumped[part] | data[part] == dumped[part] or part == "network"
    for said, point in zip(data["points"], dumped["points"], strict=True):
        assert point | said == point
    for layer, kept in zip(data["network"]["hidden"], dumped["network"]["hidden"], strict=True):
        assert kept | layer == kept


@given(documents(), documents())
@CALM
def test_merging_a_whole_document_gives_that_document(one: dict[str, Any], other: dict[str, Any]) -> None:
    target = parse_document(other)
    assert parse_document(one).merged(target.model_dump(mode="json")) == target


@given(documents())
@CALM
def test_merging_nothing_changes_nothing_and_null_brings_the_default_back(data: dict[str, Any]) -> None:
    document = parse_document(data)
    assert document.merged({}) == document
    assert document.merged({"training": None, "title": None}) == document.model_copy(
        update={"training": Document().training, "title": ""}
    )


def test_merging_replaces_lists_and_leaves_the_original_alone() -> None:
    document = make_document()
    merged = document.merged({"network": {"hidden": [{"units": 3}]}, "points": [{"x": 0, "y": 0}]})
    assert [layer.units for layer in merged.network.hidden] == [3]
    assert merged.points == (Point(x=0.0, y=0.0),)
    assert document == make_document()


@pytest.mark.parametrize("patch", [{"points": {"0": {"x": 1}}}, {"network": 3}, {"training": {"l2": -1}}, {"x": 1}])
def test_merging_what_breaks_a_rule_is_refused(patch: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        make_document().merged(patch)


@given(st.lists(points(classes=3), max_size=6))
@CALM
def test_with_points_changes_the_points_and_classes_only(data: list[dict[str, Any]]) -> None:
    document = make_document(title="Mine", training={"l2": 0.5})
    chosen = tuple(Point.model_validate(point) for point in data)
    changed = document.with_points(chosen, classes=3)
    assert changed == document.model_copy(update={"points": chosen, "classes": 3})


def test_classes_have_names_on_one_line_that_differ() -> None:
    document = make_document(classes=3, class_names=[" a\tb\u202e ", "", "1"])
    assert document.class_names == ("a b", "", "1")
    assert document.class_texts() == ("a b", "class 1", "1"), "class 1 must not be taken for the class called 1"
    assert make_document(classes=3).class_texts() == ("0", "1", "2")
    assert make_document(task="curve_fitting", class_names=["a"]).class_texts() == ()
    assert make_document(class_names=["a", "b", "spare"]).class_texts() == ("a", "b")
    with pytest.raises(InvalidInput, match="class_names must differ from one another"):
        make_document(class_names=["a", "b", "a "])
    with pytest.raises(InvalidInput, match="at most 40 characters"):
        make_document(class_names=["a" * 41])


def test_names_of_classes_stay_with_their_data_set() -> None:
    document = make_document(points=[], dataset={"name": "moons"}, class_names=["low", "high"])
    assert document.merged({"dataset": {"noise": 0.2}}).class_names == ("low", "high")
    assert document.merged({"dataset": {"name": "spiral"}}).class_names == ()
    assert document.merged({"dataset": {"name": "spiral"}, "class_names": ["a"]}).class_names == ("a",)
    assert document.merged({"points": []}).class_names == ("low", "high")


def test_with_points_checks_the_document_as_a_whole() -> None:
    with pytest.raises(InvalidInput, match="less than classes, 2; got 2"):
        make_document().with_points((Point(x=0.0, y=0.0, label=2),))
    with pytest.raises(InvalidInput, match="must be unique; got 4"):
        make_document().with_points((Point(id=4, x=0.0, y=0.0),) * 2)
    with pytest.raises(InvalidInput, match="classes must be 2 for the loss binary_svm"):
        make_document(network={"loss": "binary_svm"}).with_points((), classes=3)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_is_refused_for_tasks_that_it_does_not_fit(loss: str) -> None:
    for task in ("classification", "curve_fitting", "surface_fitting"):
        data = {"task": task, "network": {"loss": loss, "inputs": ["x"]}}
        if task in LOSSES[loss].tasks:
            assert parse_document(data).network.loss == loss
        else:
            field, message = error_of(data)
            assert field == "network.loss"
            assert all(name in message for name, entry in LOSSES.items() if task in entry.tasks)


@pytest.mark.parametrize(("task", "inputs"), [("curve_fitting", ("x",)), ("surface_fitting", ("x", "y"))])
def test_a_fitting_task_fills_in_its_loss_and_inputs_where_they_are_left_open(
    task: str, inputs: tuple[str, ...]
) -> None:
    network = parse_document({"task": task}).network
    assert (network.loss, network.inputs) == ("squared", inputs)
    kept = parse_document({"task": task, "network": {"inputs": ["x^2"], "hidden": []}}).network
    assert (kept.loss, kept.inputs, kept.hidden) == ("squared", ("x^2",), ())


def test_curve_fitting_sees_x_alone() -> None:
    assert error_of({"task": "curve_fitting", "network": {"inputs": ["x", "x*y"]}})[0] == "network.inputs"


@pytest.mark.parametrize("axis", ["x_range", "y_range"])
def test_a_view_is_at_least_so_wide_that_float32_can_tell_its_edges_apart(axis: str) -> None:
    assert parse_document({"view": {axis: [1, 1 + 2 * NARROWEST_VIEW]}})
    for wrong in ([1, 1], [1, 1 + NARROWEST_VIEW / 2], [2, 1]):
        assert error_of({"view": {axis: wrong}})[0] == f"view.{axis}"


# Skip links of a network with two hidden layers: 0 is the input, 3 the output layer.
@pytest.mark.parametrize("skips", [[[0, 4]], [[2, 1]], [[1, 1]], [[0, 1]], [[0, 2], [0, 2]], [[0, 3], [3, 3]]])
def test_skip_links_that_lead_nowhere_are_refused_by_the_document(skips: list[list[int]]) -> None:
    field, message = error_of({"network": {"skips": skips}})
    assert field == f"network.skips.{len(skips) - 1}"
    assert message.startswith(field)


def test_skip_links_lead_from_a_layer_to_a_later_one() -> None:
    skips = [[0, 2], [0, 3], [1, 3]]
    assert parse_document({"network": {"skips": skips}}).network_spec().skips == tuple(map(tuple, skips))


@given(documents())
@CALM
def test_the_network_spec_says_what_the_document_says(data: dict[str, Any]) -> None:
    document = parse_document(data)
    spec = dataclasses.asdict(document.network_spec())
    outputs = spec.pop("outputs")
    assert spec == document.network.model_dump()
    assert outputs == (1 if LOSSES[document.network.loss].one_score else document.classes)


@given(documents())
@CALM
def test_the_training_spec_says_what_the_document_says(data: dict[str, Any]) -> None:
    document = parse_document(data)
    assert dataclasses.asdict(document.training_spec()) == document.training.model_dump()


@pytest.mark.parametrize("task", ["classification", "curve_fitting", "surface_fitting"])
def test_examples_are_the_points_in_order_with_the_target_of_the_task(task: str) -> None:
    rows = [{"x": 1, "y": 2, "label": 1, "value": 5}, {"x": -3, "y": 4, "held_out": True}]
    document = parse_document({"task": task, "points": rows})
    examples = document.examples()
    targets = {"classification": [1, 0], "curve_fitting": [2, 4], "surface_fitting": [5, 0]}
    np.testing.assert_array_equal(examples.coordinates, [[1, 2], [-3, 4]])
    np.testing.assert_array_equal(examples.targets, targets[task])
    np.testing.assert_array_equal(examples.held_out, [False, True])


def test_examples_without_points_keep_their_shapes() -> None:
    examples = parse_document({}).examples()
    assert [part.shape for part in (examples.coordinates, examples.targets, examples.held_out)] == [(0, 2), (0,), (0,)]
