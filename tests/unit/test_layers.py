"""The walls: imports run downwards, web > studies, fleet > rooms > session > files > document > engine > errors."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "nnlab"

# Lower numbers may be imported by higher ones, and by their own kind.
LEVELS = {
    "errors": 0,
    "sentence": 0,
    "spawning": 0,
    "engine": 1,
    "document": 2,
    "database": 3,
    "settings": 3,
    "files": 3,
    "session": 4,
    "rooms": 5,
    "fleet": 6,
    "studies": 6,
    "web": 7,
}
# The wings of a part, lowest first: each may import those before it, not itself through others, nor one on its line.
# A name is a file or a folder, or a file that stands lower than the rest of its folder.
WINGS = {
    "engine": ["specs buffers", "menus", "network", "step", "looks", "trainer ensemble"],
    "document": ["fields validation upgrades", "points wording", "agreement", "models", "catalog framing variants"],
    "files": ["npz onnx colours python shapes table", "png results", "sketch svg"],
    "session": [
        "checkpoint dataset orders replies",
        "course",
        "session",
        "frozen memento picture",
        "durations subject",
        "work",
        "commands.kinds",
        "commands.names",
        "locks",
        "commands",
        "apply",
        "hosting",
    ],
    "studies": [
        "chart columns documents drawers looks parameters processes store training",
        "drawing study",
        "keys shapes",
        "claims",
        "registry",
        "results runs text worker",
        "cluster",
    ],
    "rooms": [
        "attendance nicknames state",
        "challenges room",
        "commands views",
        "life",
        "conducting members polls",
        "judging",
        "hosting",
    ],
    "database": ["errors guard", "database layout", "sqlite postgres", "opening"],
    "fleet": [
        "kinds wire lost environment",
        "codec frames store",
        "channel",
        "studio hub",
        "asking",
        "local runner",
        "ray",
    ],
    "web": [
        "ids lifetime state pages.languages runwatch",
        "shell",
        "http",
        "rooms studies",
        "api",
        "streams health metrics pages",
        "roomstreams runstreams",
    ],
}
# Libraries, the parts that may know them, and why no other part does.
HOMES = (
    ({"flask", "werkzeug", "flask_openapi", "gunicorn"}, {"web"}, "only web/ knows Flask"),
    ({"numpy"}, LEVELS.keys() - {"web"}, "web/ works without NumPy"),
    ({"pydantic"}, LEVELS.keys() - {"engine"}, "the engine knows plain specs only"),
    (
        {"multiprocessing", "subprocess", "redis", "sqlite3"},
        {"fleet", "studies", "database", "spawning"},
        "only database, fleet and studies know processes and stores",
    ),
)
FILES = sorted(PACKAGE.rglob("*.py"))
MODULES = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in FILES}


@cache
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


def test_imports_run_downwards_only() -> None:
    for path in FILES:
        part = part_of(path)
        for name in imports_of(path):
            parts = name.split(".")
            if parts[0] == "nnlab" and len(parts) > 1:
                assert LEVELS[parts[1]] <= LEVELS.get(part, 9), f"{path} imports {name}"
                assert {part, parts[1]} != {"fleet", "studies"}, f"{path} imports {name}"


def test_each_library_stays_in_its_part() -> None:
    for path in FILES:
        roots = {name.split(".")[0] for name in imports_of(path)}
        for libraries, parts, why in HOMES:
            assert part_of(path) in parts or not roots & libraries, f"{path}: {why}"
        if "ray" in roots:
            assert path.parent.name == "ray" or path.name == "cluster.py", f"{path}: who has no cluster needs no Ray"


def modules_in(path: Path) -> set[str]:
    """The modules of NNLab that a file imports."""
    found = set()
    for name in imports_of(path):
        found |= {name, name.rpartition(".")[0]} & MODULES.keys() - {"nnlab"}
    return {name for name in found if not any(other.startswith(f"{name}.") for other in found)}


def wing_of(module: str) -> tuple[str, int] | None:
    """The wing that a module stands in, and its line; None for what is no part's wing."""
    _, part, *rest = module.split(".")
    for length in range(len(rest), 0, -1):
        name = ".".join(rest[:length])
        for line, wings in enumerate(WINGS.get(part, [])):
            if name in wings.split():
                return f"{part}.{name}", line
    return None


def test_wings_import_lower_wings_only() -> None:
    for module in (name for name in MODULES if name.count(".") > 1):
        part, here = module.split(".")[1], wing_of(module)
        if part in WINGS:
            assert here is not None, f"{module} has no place among the wings of {part}"
        for name in modules_in(MODULES[module]):
            there = wing_of(name)
            if here is not None and there is not None and name.split(".")[1] == part and there[0] != here[0]:
                assert there[1] < here[1], f"{module} imports {name}"


def test_no_module_imports_itself_through_others() -> None:
    waiting = {name: modules_in(path) - {name} for name, path in MODULES.items()}
    while free := [name for name, needs in waiting.items() if not needs & waiting.keys()]:
        for name in free:
            del waiting[name]
    assert not waiting, f"a circle of imports among {sorted(waiting)}"


def test_every_part_has_a_level() -> None:
    parts = {part_of(path) for path in FILES} - {"__init__"}
    assert parts <= set(LEVELS)
