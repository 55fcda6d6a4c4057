"""The catalog: the document's table of fields and the engine's menus, as one JSON value for pages and programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from nnlab.document.models import FORMAT, TASKS, Document
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.datasets import DATASETS
from nnlab.engine.menus.features import INPUTS
from nnlab.engine.menus.losses import LOSSES
from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.engine.menus.tables import Table
from nnlab.engine.network.initializers import INITS

MENUS: dict[str, Mapping[str, Any]] = {
    "activation": ACTIVATIONS,
    "name": DATASETS,
    "init": INITS,
    "inputs": INPUTS,
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
    "scaling": SCALINGS,
    "task": TASKS,
}

# The names JSON Schema uses -> ours.
RULES = {
    "minimum": "minimum",
    "exclusiveMinimum": "exclusive_minimum",
    "maximum": "maximum",
    "exclusiveMaximum": "exclusive_maximum",
    "maxItems": "max_items",
    "minItems": "min_items",
    "maxLength": "max_length",
}
HINTS = ("slider", "scale", "step", "unit", "percent", "full", "live")


@cache
def catalog() -> dict[str, Any]:
    """Every field with label, help, range and default; every menu with label, help and formula; the default document.

    Formulas are LaTeX.
    """
    schema = Document.model_json_schema()
    return {
        "format": FORMAT,
        "defaults": Document().model_dump(mode="json"),
        "fields": dict(_fields(schema, schema["$defs"], "")),
        "datasets": [_entry(name, entry) for name, entry in DATASETS.items()],
    }


def _fields(schema: Mapping[str, Any], defs: Mapping[str, Any], below: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """(path, row) of every field under `schema`; the fields of a list's items stand under the list's own path."""
    for name, raw in schema["properties"].items():
        path = f"{below}{name}"
        plain = _without_null(raw)
        row = _row(name, plain)
        if plain is not raw:
            row["nullable"] = True
        yield path, row
        inner = _inner_model(plain, defs)
        if inner is not None:
            yield from _fields(inner, defs, f"{path}.")


def _row(name: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    row = {"label": raw.get("title", name), "help": raw.get("description", ""), "type": type_of(raw)}
    row |= {ours: raw[theirs] for theirs, ours in RULES.items() if theirs in raw}
    row |= {hint: raw[hint] for hint in HINTS if hint in raw}
    if "maxLength" in raw.get("items", {}):
        row["max_length"] = raw["items"]["maxLength"]  # of each text in a list of them
    row.setdefault("live", True)
    if "default" in raw:
        row["default"] = raw["default"]
    if name in MENUS and "enum" in raw.get("items", raw):  # there is a loss to choose and a loss to stop at
        row["choices"] = [_entry(key, entry) for key, entry in MENUS[name].items()]
    return row


def _entry(name: str, entry: Any) -> dict[str, Any]:
    """A menu entry for the screen: its name in documents, label, help and what else helps to choose."""
    if isinstance(entry, str):
        return {"name": name, "label": entry, "help": ""}
    extras = ("formula", "tasks", "one_score", "min_classes", "max_classes", "uses_momentum")
    row = {"name": name, "label": entry.label, "help": entry.help}
    row |= {key: getattr(entry, key) for key in extras if hasattr(entry, key)}
    return row | _origin(getattr(entry, "table", None))


def _origin(table: Table | None) -> dict[str, str]:
    """Whose measurements a data set has, and on what terms."""
    return {} if table is None else {"source": table.source, "license": table.license}


def _without_null(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """`anyOf [X, null]` as X; anything else as it is."""
    kinds = [kind for kind in raw.get("anyOf", []) if kind.get("type") != "null"]
    if len(kinds) != 1:
        return raw
    return {**{key: value for key, value in raw.items() if key != "anyOf"}, **kinds[0]}


def type_of(raw: Mapping[str, Any]) -> str:
    """What a field takes, by its JSON Schema: choice, object, list, or a type's name there."""
    if "enum" in raw:
        return "choice"
    if "$ref" in raw:
        return "object"
    kind: str = raw.get("type", "string")
    return "list" if kind == "array" else kind


def _inner_model(raw: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any] | None:
    ref = raw.get("$ref") or raw.get("items", {}).get("$ref")
    return None if ref is None else defs[ref.rsplit("/", 1)[-1]]
