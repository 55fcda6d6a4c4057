"""One word an idea: names in the code and in the API are those of docs/words.md and of the note."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nnlab.settings import Settings
from nnlab.web import create_app

ROOT = Path(__file__).resolve().parents[2]
PYTHON = sorted((ROOT / "nnlab").rglob("*.py"))
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
DECLARED = re.compile(r"\b(?:const|let|function|class)\s+(\w+)|^\s*\*?\s*@typedef .*\b(\w+)(?= \*/)", re.MULTILINE)

# What a name must not say -> what it says instead. Plurals count too.
INSTEAD = {
    "neuron": "unit",
    "node": "unit",
    "depth": "num_layers",
    "nonlinearity": "activation",
    "logit": "score",
    "cost": "loss",
    "iteration": "step",
    "tick": "step",
    "sample": "example, in documents point",
    "hyperparameter": "the setting's own name",
    "theta": "params",
    "kernel": "weights",
    "category": "class",
    "confidence": "probability",
    "solver": "optimizer",
    "config": "document, spec or settings",
}
# Where a word means something else: another library's, or a thing of its own.
MEANT = {
    ("node", "nnlab/files/onnx.py"): "of an ONNX graph",
    ("node", "static/js"): "of the page's document",
    ("neuron", "static/js/pages/presets"): "the lesson of the single neuron",
    ("neuron", "static/js/views/lessons"): "the lesson of the single neuron",
    ("cost", "nnlab/fleet"): "processor time",
    ("cost", "nnlab/studies"): "processor time",
    ("cost", "nnlab/web/api/studies.py"): "processor time",
    ("depth", "nnlab/studies"): "what the studies of depth ask for",
    ("tick", "nnlab/studies"): "of an axis",
    ("tick", "nnlab/files/svg.py"): "of an axis",
    ("tick", "static/js"): "of an axis",
    ("sample", "nnlab/files/table"): "a part of too many rows",
    ("config", "nnlab/document/validation.py"): "pydantic's",
    ("config", "nnlab/web"): "pydantic's and Flask's",
    ("config", "nnlab/settings.py"): "pydantic's",
    ("config", "nnlab/fleet"): "logging's",
    ("experiment", "nnlab/studies/documents.py"): "the session that a study lets one open",
}
# A word that stands for one thing of ours does not stand for another there.
ELSEWHERE = {
    "nnlab/engine": {"snapshot": "a snapshot is what is said of a session", "session": "the engine knows none"},
    "nnlab/session": {"study": "a session is an experiment", "worker": "gunicorn's"},
    "nnlab/studies": {"experiment": "that is a session on screen"},
    "nnlab/fleet": {"worker": "a process that trains is a runner", "trainer_process": "a runner"},
}


def parts_of(name: str) -> set[str]:
    """The words in a name, in small letters and without the plural's s."""
    words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
    return words | {word.removesuffix("s") for word in words}


def names_in(path: Path) -> Iterator[str]:
    """What a module names itself: functions, classes, arguments and variables."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def wrong_words(name: str, place: str) -> dict[str, str]:
    """The words of a name that do not belong there, and what to say instead."""
    elsewhere: dict[str, str] = {}
    for folder, words in ELSEWHERE.items():
        elsewhere |= words if place.startswith(folder) else {}
    meant = {word for word, folder in MEANT if place.startswith(folder)}
    return {word: (INSTEAD | elsewhere)[word] for word in parts_of(name) & (INSTEAD | elsewhere).keys() - meant}


def check(names: Iterator[str], place: str) -> None:
    wrong = {name: words for name in names if (words := wrong_words(name, place))}
    assert not wrong, f"{place}: {wrong}"


def test_python_says_it_in_the_projects_words() -> None:
    for path in PYTHON:
        check(names_in(path), str(path.relative_to(ROOT)))


def test_scripts_say_it_in_the_projects_words() -> None:
    for path in SCRIPTS:
        check(filter(None, sum(DECLARED.findall(path.read_text()), ())), str(path.relative_to(ROOT)))


def keys_of(schema: Any) -> Iterator[str]:
    """The names of fields and parameters anywhere in the API's document."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}) if isinstance(schema.get("properties"), dict) else ()
        if "in" in schema and isinstance(schema.get("name"), str):
            yield schema["name"]
        for one in schema.values():
            yield from keys_of(one)
    elif isinstance(schema, list):
        for one in schema:
            yield from keys_of(one)


def test_the_api_says_it_in_the_projects_words() -> None:
    api = create_app(Settings()).api_doc
    keys = list(keys_of(api))
    assert {"learning_rate", "views", "session_id"} <= set(keys)
    check(iter(keys), "the API")
    for path in api["paths"]:
        check(iter(re.findall(r"\w+", path)), path)


def test_every_module_is_named_in_the_projects_words() -> None:
    for path in [*PYTHON, *SCRIPTS]:
        check(iter([path.stem]), str(path.relative_to(ROOT)))


def test_each_exception_is_needed() -> None:
    for word, folder in MEANT:
        paths = [path for path in [*PYTHON, *SCRIPTS] if str(path.relative_to(ROOT)).startswith(folder)]
        assert any(re.search(word, path.read_text(), re.IGNORECASE) for path in paths), (word, folder)


@pytest.mark.parametrize(
    ("name", "place", "wrong"),
    [
        ("numNeurons", "nnlab/engine/specs.py", {"neuron"}),
        ("LogitLayer", "static/js/core/probe.js", {"logit"}),
        ("cost_s", "nnlab/fleet/runner/pacing.py", set()),
        ("take_snapshot", "nnlab/engine/trainer.py", {"snapshot"}),
        ("take_snapshot", "nnlab/session/session.py", set()),
        ("costume", "nnlab/engine/trainer.py", set()),
    ],
)
def test_a_wrong_word_is_found(name: str, place: str, wrong: set[str]) -> None:
    assert wrong_words(name, place).keys() == wrong
