"""The documentation says what there is: every route, every setting, every error code."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import nnlab.fleet.lost
import nnlab.web.http.body  # noqa: F401 - defines errors
from nnlab.document.catalog import catalog
from nnlab.errors import NnlabError
from nnlab.settings import PREFIX, Settings
from nnlab.studies.registry import STUDIES
from nnlab.web import create_app
from tests.faults.__main__ import SCENARIOS
from tests.faults.table import PROMISES, write_table

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"

# Codes that no caller should ever meet, or that stand for their parent.
INTERNAL = {"error", "internal_error", "runner_gone", "code_taken"}


def test_every_route_stands_in_the_api_page() -> None:
    text = (DOCS / "api.md").read_text()
    for path, operations in create_app(Settings()).api_doc["paths"].items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in text, f"{method} {path}"


def test_every_address_of_the_page_stands_in_the_api_page() -> None:
    table = (DOCS / "api.md").read_text().partition("## Addresses of the page")[2].partition("\n## ")[0]
    told = {re.sub(r"{[\w]+}|<\w+>", "{}", address.partition("?")[0]) for address in re.findall(r"`(/[^`]*)`", table)}
    served = {re.sub(r"<\w+>", "{}", rule.rule) for rule in create_app(Settings()).url_map.iter_rules()}
    ours = {rule for rule in served if not rule.startswith(("/api/", "/static/", "/docs/swagger/"))}
    assert told == ours - {"/healthz", "/readyz", "/metrics"}  # which stand among the routes


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


def test_every_link_of_the_lesson_plans_leads_somewhere() -> None:
    client = create_app(Settings()).test_client()
    presets = "".join(file.read_text() for file in (ROOT / "static" / "js" / "pages" / "presets").iterdir())
    links = [link for link in re.findall(r"`B(/[^`]*)`", (DOCS / "teaching.md").read_text()) if "..." not in link]
    assert len(links) > 20
    for link in links:
        assert client.get(link).status_code == 200, link
        asked = parse_qs(urlsplit(link).query)
        assert all(f'name: "{name}"' in presets for name in asked.get("preset", [])), link
        for path, _, values in (text.partition(":") for text in asked.get("compare", [])):
            choices = {choice["name"] for choice in catalog()["fields"][path]["choices"]}
            assert set(values.split(",")) <= choices, link


def test_every_study_has_its_result_and_its_time_on_the_results_page() -> None:
    text = (DOCS / "results.md").read_text()
    for name in STUDIES:
        assert text.count(f"| `{name}` |") == 2, name
