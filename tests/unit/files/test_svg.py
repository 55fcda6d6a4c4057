"""The plane as a figure: an SVG file that stands alone, with everything where the plane has it."""

from __future__ import annotations

import base64
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.files.png import regions_png
from nnlab.files.shapes import shape_paths
from nnlab.files.svg import LEFT, SIDE, TOP, ticks, words_of_figures
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.picture.regions import regions_of
from nnlab.session.session import Session
from tests.unit.making import CALM, documents, make_session

SVG = "{http://www.w3.org/2000/svg}"


def figure(**fields: Any) -> tuple[ElementTree.Element, Any]:
    session = make_session(**{"pace": {"resolution": 20}} | fields)
    return ElementTree.fromstring(svg_of(session)), session


def svg_of(session: Session, words: dict[str, str] | None = None) -> str:
    content: bytes = apply(commands.Figure(words=words or {}), session)["content"]
    return content.decode()


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def points_of(root: ElementTree.Element) -> list[dict[str, str]]:
    clipped = next(element for element in root.iter(f"{SVG}g") if "clip-path" in element.attrib)
    return [element.attrib for element in clipped.iter(f"{SVG}use")]


def test_points_stand_where_the_view_puts_them_in_the_shape_of_their_class() -> None:
    root, session = figure(view={"x_range": [-4, 4], "y_range": [-2, 6]})
    for drawn, point in zip(points_of(root), session.document.points, strict=True):
        assert float(drawn["x"]) == pytest.approx(LEFT + (point.x + 4) / 8 * SIDE, abs=0.01)
        assert float(drawn["y"]) == pytest.approx(TOP + (6 - point.y) / 8 * SIDE, abs=0.01)
        assert drawn["href"] == f"#shape{point.label}"
        assert (drawn["fill"] == "white") == point.held_out


def test_the_regions_are_the_png_of_the_regions() -> None:
    root, session = figure()
    (image,) = root.iter(f"{SVG}image")
    data = base64.b64decode(image.attrib["href"].removeprefix("data:image/png;base64,"))
    assert data == regions_png(regions_of(session))


def test_title_axes_and_legend() -> None:
    root, _ = figure(title="Two clouds", view={"x_range": [-4, 4], "y_range": [0, 1]})
    found = texts(root)
    assert found[0] == "Two clouds"
    assert {"x", "y", "−4", "0", "4", "0.2", "1"} <= set(found)
    assert found[-3:] == ["Class 0", "Class 1", "Held out"]


def test_the_legend_has_the_names_of_classes_as_far_as_there_is_room() -> None:
    long = "a name of forty characters, all of them!"
    root, _ = figure(class_names=["<iris> & co", long])
    assert texts(root)[-3:-1] == ["<iris> & co", long[:25] + "…"]
    places = [float(element.attrib["x"]) for element in list(root.iter(f"{SVG}text"))[-3:]]
    assert places[1] - places[0] == places[2] - places[1] == SIDE // 3


def test_its_words_can_be_translated() -> None:
    session = make_session()
    words = {str(word): word.upper() for word in words_of_figures()}
    root = ElementTree.fromstring(svg_of(session, words))
    assert texts(root)[-3:] == ["CLASS 0", "CLASS 1", "HELD OUT"]
    assert root.findtext(f"{SVG}title") == "DECISION REGIONS"


@pytest.mark.parametrize("title", ["<script>alert('x')</script> & \"more\"", "a\x00b\x0bc\uffff", "]]>", "&amp;"])
def test_a_title_is_text_whatever_is_in_it(title: str) -> None:
    root, _ = figure(title=title)
    assert texts(root)[0] == re.sub("[\x00\x0b]", " ", title).rstrip(
        "\uffff"
    )  # the document takes control characters out
    assert not list(root.iter(f"{SVG}script"))


@given(documents())
@CALM
def test_every_session_has_a_figure_that_is_xml_and_refers_to_nothing_outside(document: dict[str, Any]) -> None:
    session = make_session(**document | {"pace": {"resolution": 20}})
    text = svg_of(session)
    root = ElementTree.fromstring(text)
    ids = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
    for element in root.iter():
        link = element.attrib.get("href", "")
        assert not link or link.startswith("data:image/png") or link.removeprefix("#") in ids
    assert text.count("http") == 1, "the namespace alone"


def test_a_fitted_curve_runs_from_edge_to_edge() -> None:
    root, _ = figure(task="curve_fitting", network={})
    clipped = next(element for element in root.iter(f"{SVG}g") if "clip-path" in element.attrib)
    (curve,) = clipped.iter(f"{SVG}path")
    places = re.findall(r"[ML]([\d.-]+) ", curve.attrib["d"])
    assert len(places) == 20
    assert float(places[0]) == pytest.approx(LEFT + SIDE / 40)
    assert float(places[-1]) == pytest.approx(LEFT + SIDE - SIDE / 40)


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
@CALM
def test_ticks_are_few_round_values_within_the_range(low: float, width: float) -> None:
    found = ticks(low, low + width)
    assert 2 <= len(found) <= 7
    assert all(low - 1e-6 * width <= value <= low + width * (1 + 1e-6) for value in found)
    steps = [later - earlier for earlier, later in zip(found, found[1:], strict=False)]
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)


def test_each_class_has_an_outline_of_its_own_around_the_middle() -> None:
    paths = shape_paths(5.0)
    assert len(set(paths)) == 8
    for path in paths[1:]:
        numbers = [float(text) for text in re.findall(r"-?[\d.]+", path)]
        assert sum(numbers) == pytest.approx(0, abs=1.5)
        assert max(map(abs, numbers)) < 8
