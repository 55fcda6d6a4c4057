"""The walls: imports run downwards only, web > studies, fleet > session > files > document > engine > errors."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "nnlab"

# Lower numbers may be imported by higher ones, and by their own kind.
LEVELS = {
    "errors": 0,
    "sentence": 0,
    "engine": 1,
    "document": 2,
    "settings": 3,
    "files": 3,
    "session": 4,
    "fleet": 5,
    "studies": 5,
    "web": 6,
}
FILES = sorted(PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return names


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_downwards_only(path: Path) -> None:
    part = part_of(path)
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "nnlab" and len(parts) > 1:
            assert LEVELS[parts[1]] <= LEVELS.get(part, 9), f"{part} imports {name}"
            beside = {part, parts[1]} == {"fleet", "studies"}
            assert not beside, f"{part} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_library_stays_in_its_part(path: Path) -> None:
    roots = {name.split(".")[0] for name in imports_of(path)}
    part = part_of(path)
    if part != "web":
        assert not roots & {"flask", "werkzeug", "flask_openapi", "gunicorn"}, "only web/ knows Flask"
    if part == "web":
        assert "numpy" not in roots, "web/ works without NumPy"
    if part == "engine":
        assert "pydantic" not in roots, "the engine knows plain specs only"
    if part not in ("fleet", "studies"):
        assert not roots & {"multiprocessing", "subprocess", "redis", "sqlite3"}, (
            "only fleet/ and studies/ know processes and stores"
        )


def test_every_part_has_a_level() -> None:
    parts = {part_of(path) for path in FILES} - {"__init__"}
    assert parts <= set(LEVELS)
