"""The documentation says what there is: every route, every setting, every error code."""

from __future__ import annotations

from pathlib import Path

import nnlab.fleet.lost
import nnlab.web.http.body  # noqa: F401 - defines errors
from nnlab.errors import NnlabError
from nnlab.settings import PREFIX, Settings
from nnlab.web import create_app
from tests.faults.__main__ import SCENARIOS
from tests.faults.table import PROMISES, write_table

DOCS = Path(__file__).resolve().parents[2] / "docs"

# Codes that no caller should ever meet, or that stand for their parent.
INTERNAL = {"error", "internal_error", "runner_gone"}


def test_every_route_stands_in_the_api_page() -> None:
    text = (DOCS / "api.md").read_text()
    for path, operations in create_app(Settings()).api_doc["paths"].items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in text, f"{method} {path}"


def test_every_setting_stands_in_the_operating_page() -> None:
    text = (DOCS / "operating.md").read_text()
    for name in Settings.model_fields:
        assert f"`{PREFIX}{name.upper()}`" in text, name


def test_every_error_code_stands_in_the_api_page() -> None:
    text = (DOCS / "api.md").read_text()
    waiting, codes = [NnlabError], set()
    while waiting:
        kind = waiting.pop()
        codes.add(kind.code)
        waiting += kind.__subclasses__()
    for code in codes - INTERNAL:
        assert f"`{code}`" in text, code


def test_every_promise_names_the_scenarios_that_show_it() -> None:
    text = " ".join((DOCS / "reliability.md").read_text().partition("## Measured")[0].split())
    sections = text.split(" ## ")[1:]
    assert len(sections) == len(PROMISES)
    for promise, section in zip(PROMISES, sections, strict=True):
        shown = [one.name for one in SCENARIOS if one.promise == promise]
        assert shown
        for name in shown:
            assert f"*{name}*" in section, name


def test_the_table_of_faults_has_a_row_for_every_scenario(tmp_path: Path) -> None:
    page = tmp_path / "reliability.md"
    page.write_text((DOCS / "reliability.md").read_text())
    write_table(page, {})
    rows = [line for line in page.read_text().splitlines() if line.startswith("| **")]
    shown = [line for line in (DOCS / "reliability.md").read_text().splitlines() if line.startswith("| **")]
    assert [row.split(" | ")[:3] for row in rows] == [row.split(" | ")[:3] for row in shown]
