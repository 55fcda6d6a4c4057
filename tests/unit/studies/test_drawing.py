"""Figures: a link on every dot, text as text, nothing inline that a strict page would not heed; always the same."""

from __future__ import annotations

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from nnlab.studies.drawing import SVG, XLINK, picture
from nnlab.studies.registry import STUDIES, study_named
from nnlab.studies.results import chart_of, csv_of, linked
from nnlab.studies.study import run_chunk

pytestmark = pytest.mark.thorough

FIELDS = {"hidden": [2, 3], "seeds": 2, "steps": 100}


@pytest.fixture(scope="module")
def rows() -> list[dict[str, object]]:
    study = study_named("seed_variance")
    return [row for number in range(2) for row in run_chunk(study, study.parse(FIELDS), number)]


def test_every_dot_is_a_link_that_opens_its_network(rows: list[dict[str, object]]) -> None:
    root = ElementTree.fromstring(picture(chart_of("seed_variance", FIELDS, rows), kind="svg", theme="light"))
    links = [one.get(f"{{{XLINK}}}href") for one in root.iter(f"{{{SVG}}}a")]
    assert links == [row["open"] for row in linked("seed_variance", FIELDS, rows)]


def test_what_lies_over_a_dot_does_not_catch_the_pointer(rows: list[dict[str, object]]) -> None:
    root = ElementTree.fromstring(picture(chart_of("seed_variance", FIELDS, rows), kind="svg", theme="light"))
    feels = {one.get("pointer-events"): one.tag for one in root.iter() if one.get("pointer-events")}
    assert feels == {"none": f"{{{SVG}}}svg", "all": f"{{{SVG}}}a"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_svg_has_text_and_no_inline_style_and_is_the_same_every_time(
    rows: list[dict[str, object]], theme: str
) -> None:
    chart = chart_of("seed_variance", FIELDS, rows)
    content = picture(chart, kind="svg", theme=theme)
    assert content == picture(chart, kind="svg", theme=theme)
    text = content.decode()
    assert "style" not in text
    for words in ("hidden units", "final training loss (nats)", "n = 2 seeds", "spiral"):
        assert words in text
    assert picture(chart, kind="png", theme=theme).startswith(b"\x89PNG")


def test_a_narrow_picture_has_its_panels_one_below_the_other() -> None:
    panel = {"title": "", "same_scale": False, "layers": [line("a")]} | {"x": axis("x"), "y": axis("y")}
    chart = {"title": "t", "caption": "c", "panels": [panel, panel]}
    sizes = [size_of(picture(chart, kind="svg", theme="light", narrow=narrow)) for narrow in (False, True)]
    (wide, low), (narrow, high) = sizes
    assert wide > 2 * narrow and high > 1.5 * low


def test_what_panels_share_is_explained_once_and_numbers_are_plain() -> None:
    panel = {"title": "", "same_scale": False, "layers": [line("of all"), line("of both")]}
    panels = [panel | {"x": axis("x", log=True), "y": axis("y")} for _ in range(2)]
    text = picture({"title": "t", "caption": "c", "panels": panels}, kind="svg", theme="light").decode()
    assert text.count("of all") == text.count("of both") == 1
    assert ">0.01<" in text and ">100<" in text and "10^" not in text and "\u00d7" not in text


def line(label: str) -> dict[str, object]:
    """A line of a chart, as JSON has it."""
    plain = {"kind": "Line", "x": [0.01, 1, 100], "y": [1, 2, 3], "low": [], "high": [], "label": label, "colour": 0}
    return plain | {"dashed": False, "marks": True, "thin": False}


def axis(label: str, *, log: bool = False) -> dict[str, object]:
    """An axis without ticks of its own."""
    return {"label": label, "log": log, "ticks": [], "limits": None}


def size_of(svg: bytes) -> tuple[float, float]:
    """Width and height of a picture."""
    root = ElementTree.fromstring(svg)
    width, height = (float(root.attrib[name].removesuffix("pt")) for name in ("width", "height"))
    return width, height


def test_the_table_has_a_row_a_network(rows: list[dict[str, object]]) -> None:
    lines = csv_of(rows).splitlines()
    assert lines[0] == "run,units,seed,step,loss,accuracy"
    assert len(lines) == 1 + 4


def test_nothing_but_drawing_loads_matplotlib() -> None:
    code = "import sys, nnlab.web, nnlab.studies.worker, nnlab.studies.drawing; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_study_has_its_texts_and_is_named_like_its_file() -> None:
    for name, study in STUDIES.items():
        assert name == study.name == study.measure.__module__.rpartition(".")[2]
        assert study.question.endswith("?")
        assert len(study.see) > 100
