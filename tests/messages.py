"""`make messages`: bring every translation up to date with the texts in code, templates, scripts and catalog.

New texts are added without a translation, texts that are gone are removed; a test says what is missing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

import nnlab
from nnlab.document.catalog import catalog
from nnlab.errors import NnlabError
from nnlab.studies.registry import STUDIES, parameters_of
from nnlab.web.pages.languages import FOLDER

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ("label", "help", "unit")  # of the catalog's rows and menus, as in static/js/core/catalog.js
SERVER = "server"  # the comment of texts that no script says: pages need not carry them
SAID_BY_THE_SERVER = ("nnlab/rooms/", "nnlab/studies/", "nnlab/web/", "templates/")
SOURCES = (
    ("python", "nnlab", "**/*.py", {"Sentence": None}),
    ("jinja2.ext:babel_extract", "templates", "**/*.html", {"_": None}),
    ("javascript", "static/js", "**/*.js", {"t": None, "tn": (1, 2)}),
)

OF_A_CLUSTER = ("ray", "psycopg")  # are not there where one machine is tested

Key = str | tuple[str, ...]


def keys() -> list[Key]:
    """Every text that a person may read, once each; (one, many) where it counts something."""
    found = dict.fromkeys(key for _, key in _in_sources())
    found |= dict.fromkeys(_catalog_texts(catalog()))
    found |= dict.fromkeys(_catalog_texts([parameters_of(study) for study in STUDIES.values()]))
    for module in pkgutil.walk_packages(nnlab.__path__, "nnlab."):
        try:
            import_module(module.name)  # errors are defined where they are raised
        except ModuleNotFoundError as error:
            if error.name not in OF_A_CLUSTER:
                raise
    found |= dict.fromkeys(_titles(NnlabError))
    return [key for key in found if key]


def keys_of_scripts() -> set[Key]:
    """The texts that a script may say: its own, those of the catalog, and sentences that come with frames."""
    own = {key for path, key in _in_sources() if not path.startswith(SAID_BY_THE_SERVER)}
    return own | set(_catalog_texts(catalog()))


@cache
def _in_sources() -> tuple[tuple[str, Key], ...]:
    """(path, text) of every text in code, templates and scripts."""
    found: list[tuple[str, Key]] = []
    for method, folder, pattern, keywords in SOURCES:
        for path in sorted((ROOT / folder).glob(pattern)):
            for _, message, *_ in extract_from_file(method, path, keywords=keywords):  # type: ignore[arg-type]
                key = message if isinstance(message, str) else tuple(message)
                found.append((str(path.relative_to(ROOT)), key))
    return tuple(found)


def _catalog_texts(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from _catalog_texts(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if name in TEXTS and isinstance(part, str):
                yield part
            else:
                yield from _catalog_texts(part)


def _titles(kind: type[NnlabError]) -> Iterator[str]:
    yield kind.title
    for below in sorted(kind.__subclasses__(), key=lambda each: each.__name__):
        yield from _titles(below)


def read(path: Path) -> Catalog:
    """A translation as it stands."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


def update(path: Path) -> None:
    """Give the translation exactly the keys there are."""
    scripts = keys_of_scripts()
    old, new = read(path), Catalog(locale=path.stem, project="NNLab", charset="utf-8")
    for key in keys():
        known = old.get(key[0] if isinstance(key, tuple) else key)
        comments = () if key in scripts else (SERVER,)
        new.add(key, known.string if known else None, auto_comments=comments)
    with path.open("wb") as file:
        write_po(file, new, width=120, omit_header=True)


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.po")):
        update(path)
