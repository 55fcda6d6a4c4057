"""The page's types of what the API sends, made of the API's own models: `make types` writes the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from nnlab.document.validation import Model
from nnlab.session.commands import EditWeight
from nnlab.web.api.catalog import CatalogReply
from nnlab.web.api.frames import DocumentEvent, Frame
from nnlab.web.api.reading import HistoryReply, PredictReply, UnitReply
from nnlab.web.api.shapes import SessionReply

PAGE_TYPES = Path(__file__).resolve().parents[1] / "static/js/core/api-types.d.ts"
HEAD = "// What the API sends. Written by `make types` out of the server's models; a test says when it is stale.\n"
WIDTH = 120  # as prettier has it
SIMPLE = {"integer": "number", "number": "number", "string": "string", "boolean": "boolean", "null": "null"}

REPLIES: tuple[type[BaseModel], ...]
REPLIES = (SessionReply, Frame, DocumentEvent, CatalogReply, HistoryReply, PredictReply, UnitReply)
ASKED: tuple[type[Model], ...] = (EditWeight,)


def page_types() -> str:
    """The whole file."""
    asked = {model.__name__ for model in ASKED}
    _, schema = models_json_schema([(model, "serialization") for model in (*REPLIES, *ASKED)])
    complete = {model.__name__ for model in _subclasses(Model)} - asked  # documents are sent with all of their fields
    return HEAD + "".join(
        f"\n{_comment(one)}export interface {name} {{\n{''.join(_rows(one, complete=name in complete))}}}\n"
        for name, one in schema["$defs"].items()
    )


def _subclasses(model: type[BaseModel]) -> Iterable[type[BaseModel]]:
    for one in model.__subclasses__():
        yield one
        yield from _subclasses(one)


def _comment(schema: Mapping[str, Any]) -> str:
    text = " ".join(schema.get("description", "").split())
    return f"/** {text} */\n" if text else ""


def _rows(schema: Mapping[str, Any], *, complete: bool) -> Iterable[str]:
    needed = schema["properties"] if complete else schema.get("required", ())
    for name, one in schema["properties"].items():
        key = name if name in needed else f"{name}?"
        yield _wrapped(f"  {key}: ", _type(_open(one) if complete else one))


def _open(schema: Any) -> Any:
    """A document's names are those of the menus, and a new one is the engine's affair alone: any text will do."""
    if isinstance(schema, list):
        return [_open(one) for one in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {"type": "string"} if "enum" in schema else {name: _open(one) for name, one in schema.items()}


def _wrapped(start: str, kind: str) -> str:
    """One property; a union that does not fit the line has a line for each of its kinds."""
    line = f"{start}{kind};\n"
    if len(line) <= WIDTH + 1 or " | " not in kind:
        return line
    return start.rstrip() + "".join(f"\n    | {one}" for one in kind.split(" | ")) + ";\n"


def _type(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    names = [schema["const"]] if "const" in schema else schema.get("enum", ())
    kinds = [f'"{name}"' for name in names] or [_type(one) for one in schema.get("anyOf", ())]
    return " | ".join(dict.fromkeys(kinds)) or _plain_type(schema)


def _plain_type(schema: Mapping[str, Any]) -> str:
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return f"[{', '.join(map(_type, schema['prefixItems']))}]"
        case "array":
            item = _type(schema["items"])
            return f"({item})[]" if " | " in item and not item.endswith("[]") else f"{item}[]"
        case "object":
            values = schema.get("additionalProperties", True)
            return f"Record<string, {'any' if values is True else _type(values)}>"
        case kind:
            return SIMPLE.get(kind or "", "any")


if __name__ == "__main__":
    PAGE_TYPES.write_text(page_types())
