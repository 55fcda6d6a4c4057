"""Data sets in documents."""

from __future__ import annotations

import numpy as np
import pytest

from nnlab.document.framing import view_of
from nnlab.document.models import Document, View, parse_document
from nnlab.document.points import Dataset
from nnlab.engine.menus.datasets import DATASETS
from nnlab.errors import InvalidInput
from nnlab.session.dataset import document_with_dataset, with_held_out

VIEW = {"x_range": [10, 30], "y_range": [-0.5, 0.25]}


MEASURED = {name: entry.table for name, entry in DATASETS.items() if entry.table is not None}


def document_for(name: str, **fields: object) -> Document:
    return parse_document({"task": DATASETS[name].tasks[0], "view": VIEW} | fields)


@pytest.mark.parametrize("name", [name for name in DATASETS if name not in MEASURED])
def test_every_data_set_fills_the_view_of_a_document_of_its_task(name: str) -> None:
    document = document_for(name, title="Mine")
    dataset = Dataset(name=name, points=60, noise=0.2, test_fraction=0.3)
    made = document_with_dataset(document, dataset)
    assert made.dataset == dataset.model_copy(update={"classes": made.classes})
    assert document_with_dataset(document, made.dataset).points == made.points
    assert made.model_copy(update={"points": (), "classes": document.classes, "dataset": None}) == document
    assert len(made.points) == 60
    coordinates = np.array([(point.x, point.y) for point in made.points])
    low, high = np.array([10, -0.5]), np.array([30, 0.25])
    assert ((low <= coordinates) & (coordinates <= high)).all()
    assert (np.ptp(coordinates, axis=0) > 0.5 * (high - low)).all()
    assert sum(point.held_out for point in made.points) == 18


@pytest.mark.parametrize("name", DATASETS)
def test_points_carry_what_their_task_reads(name: str) -> None:
    made = document_with_dataset(document_for(name), Dataset(name=name, points=30, noise=0.0))
    examples = made.examples()
    if made.task == "classification":
        assert set(examples.targets) == set(range(made.classes))
    elif made.task == "curve_fitting":
        np.testing.assert_array_equal(examples.targets, examples.coordinates[:, 1])
        assert all(point.value is None for point in made.points)
    else:
        assert all(point.value is not None for point in made.points)
        assert np.ptp(examples.targets) > 0


def test_the_plane_has_the_value_of_its_formula() -> None:
    """(x + y) / 12 on the standard plane, which is the default view."""
    document = parse_document({"task": "surface_fitting"})
    for point in document_with_dataset(document, Dataset(name="plane", points=40, noise=0.0)).points:
        assert point.value == pytest.approx((point.x + point.y) / 12)


@pytest.mark.parametrize(
    ("name", "of_document", "asked", "made"),
    [("spiral", 5, None, 5), ("spiral", 2, 4, 4), ("xor", 5, None, 2), ("xor", 2, 6, 2), ("blobs", 8, 3, 3)],
)
def test_classes_are_those_asked_for_or_the_documents_as_far_as_the_shape_has_them(
    name: str, of_document: int, asked: int | None, made: int
) -> None:
    document = parse_document({"classes": of_document})
    assert document_with_dataset(document, Dataset(name=name, points=40, classes=asked)).classes == made


def test_another_data_set_has_classes_of_its_own() -> None:
    document = document_with_dataset(parse_document({"class_names": ["mine", "yours"]}), Dataset(name="moons"))
    assert document.class_names == ()
    named = document.merged({"class_names": ["low", "high"]})
    assert document_with_dataset(named, Dataset(name="moons", seed=5)).class_names == ("low", "high")
    assert document_with_dataset(named, Dataset(name="circle")).class_names == ()


@pytest.mark.parametrize("name", MEASURED)
def test_measured_data_bring_a_view_in_their_units_and_scaled_inputs(name: str) -> None:
    made = document_with_dataset(document_for(name), Dataset(name=name, points=2000, test_fraction=0.25))
    assert made.dataset is not None
    count = len(made.points)
    assert (made.dataset.points, made.dataset.noise, made.network.scaling) == (count, 0.0, "standard")
    assert made.view == view_of(made.points)
    assert made.class_names == MEASURED[name].class_names
    assert sum(point.held_out for point in made.points) == pytest.approx(count / 4, abs=2)
    looked = made.merged({"view": {"x_range": [-1, 1]}, "network": {"scaling": "range"}})
    again = document_with_dataset(looked, made.dataset.model_copy(update={"seed": 5}))
    assert (again.view, again.network.scaling) == (looked.view, "range"), "the same data set leaves both alone"


def test_after_measured_data_a_drawn_shape_has_the_usual_plane() -> None:
    iris = document_with_dataset(parse_document({"network": {"loss": "binary_svm"}}), Dataset(name="iris"))
    assert (iris.classes, iris.network.loss) == (3, "softmax")
    moons = document_with_dataset(iris, Dataset(name="moons", classes=2))
    assert (moons.view, moons.network.scaling, moons.class_names) == (View(), "none", ())
    mine = iris.with_points(iris.points[:50])
    assert document_with_dataset(mine, Dataset(name="moons")).view == iris.view, "one's own plane stays"


def test_own_points_are_held_out_by_class_and_stay_where_they_are() -> None:
    points = [{"x": i, "y": -i, "label": int(i >= 80), "id": i + 1} for i in range(100)]
    document = parse_document({"points": points})
    made = with_held_out(document, 0.3, 4)
    assert [point.model_copy(update={"held_out": False}) for point in made.points] == list(document.points)
    for label, count in ((0, 80), (1, 20)):
        assert sum(point.held_out for point in made.points if point.label == label) == round(0.3 * count)
    assert with_held_out(made, 0.3, 4) == made, "redone with the same seed it is the same"
    assert with_held_out(made, 0.3, 5) != made
    assert with_held_out(made, 0.0, 4).points == document.points


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_a_point_of_each_class_stays_for_training(count: int) -> None:
    points = [{"x": i, "y": 0, "label": label} for label in range(2) for i in range(count)]
    made = with_held_out(parse_document({"points": points}), 0.9, 1)
    assert sum(not point.held_out for point in made.points) == 2 * min(count, 1)


@pytest.mark.parametrize("name", DATASETS)
def test_a_data_set_of_another_task_is_refused_with_those_that_fit(name: str) -> None:
    task = "surface_fitting" if DATASETS[name].tasks[0] != "surface_fitting" else "curve_fitting"
    with pytest.raises(InvalidInput) as caught:
        document_with_dataset(parse_document({"task": task}), Dataset(name=name))
    assert caught.value.errors[0].field == "name"
    assert all(other in caught.value.detail for other, entry in DATASETS.items() if task in entry.tasks)
