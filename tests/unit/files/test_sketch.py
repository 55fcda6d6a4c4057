"""The plane in a few lines of SVG: a pixel a cell that lets paper through, a dot for each point in view, no style."""

from __future__ import annotations

import base64
import io
import re
from typing import Any
from xml.etree import ElementTree

import numpy as np
import png
import pytest

from nnlab.engine.looks.grids import Grid
from nnlab.engine.looks.regions import Regions
from nnlab.files.colours import CLASS_COLOURS, FAINTEST, STRONGEST
from nnlab.files.sketch import sketch_svg
from tests.unit.making import make_document

GRID = Grid((-6.0, 6.0), (-6.0, 6.0), 2)
FAR = {"x": 99.0, "y": 0.0, "label": 0}


def parts_of(fields: dict[str, Any], regions: Regions) -> ElementTree.Element:
    return ElementTree.fromstring(f"<svg>{sketch_svg(make_document(**fields), regions)}</svg>")


def pixels_of(drawing: ElementTree.Element) -> np.ndarray:
    """(rows, cols, 4)."""
    image = drawing.find("image")
    assert image is not None
    content = base64.b64decode(image.attrib["href"].removeprefix("data:image/png;base64,"))
    width, height, rows, _ = png.Reader(io.BytesIO(content)).asRGBA8()
    return np.array([list(row) for row in rows]).reshape(height, width, 4)


def test_each_cell_has_its_classes_colour_the_denser_the_surer() -> None:
    labels = np.array([[0, 1], [1, 0]], np.uint8)
    probability = np.array([[0.0, 0.5], [1.0, np.nan]])
    pixels = pixels_of(parts_of({}, Regions(GRID, labels, probability)))
    np.testing.assert_array_equal(pixels[..., :3], CLASS_COLOURS[labels])
    share = FAINTEST + (STRONGEST - FAINTEST) * np.nan_to_num(probability)
    np.testing.assert_allclose(pixels[..., 3], 255 * share, atol=1)


def test_values_are_orange_below_the_middle_and_blue_above_it() -> None:
    fields = {"task": "surface_fitting", "network": {"loss": "squared"}}
    pixels = pixels_of(parts_of(fields, Regions(GRID, values=np.array([[-1.0, 0.0], [0.0, 1.0]]))))
    np.testing.assert_array_equal(pixels[0, 0, :3], CLASS_COLOURS[1])
    np.testing.assert_array_equal(pixels[1, 1, :3], CLASS_COLOURS[0])
    assert pixels[0, 1, 3] == 0


@pytest.mark.parametrize("task", ["classification", "surface_fitting", "curve_fitting"])
def test_each_point_in_view_is_a_dot_and_one_held_out_has_a_hole(task: str) -> None:
    points = [*make_document().model_dump()["points"], FAR]
    fields = {"task": task, "points": [{**point, "id": None} for point in points]}
    if task != "classification":
        fields["network"] = {"loss": "squared", "inputs": ["x"]}
    drawing = parts_of(fields, Regions(GRID, np.zeros((2, 2), np.uint8), np.ones((2, 2))))
    paths = drawing.findall("g/path")
    dots = [re.findall(r"M[\d.]+ [\d.]+h0", path.attrib["d"]) for path in paths]
    assert sum(map(len, dots[:-1])) == 4
    assert len(dots[-1]) == 1
    assert dots[-1][0] == "M33.3 45.8h0"
    assert "style" not in ElementTree.tostring(drawing).decode()
