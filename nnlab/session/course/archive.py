"""What the course of a session is made of, as numbered pieces of bytes: each is written once, whatever refers to it.

Documents that follow each other share their points, moments share their documents: a change costs what is new in it.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from pydantic import TypeAdapter

from nnlab.document.models import Document
from nnlab.document.points import Point
from nnlab.engine.network.network import LayerWeights
from nnlab.errors import InvalidInput, NnlabError
from nnlab.session.course.past import Layers, Past, WeightEdit

Points = tuple[Point, ...]
Thing = Past | Points | bytes

DOCUMENT, POINTS, WEIGHT, LAYERS, BYTES = b"d", b"p", b"w", b"l", b"b"  # in WEIGHT layers have always been from 0
LENGTH = struct.Struct("<I")
QUICK = 1  # zlib's level
TEXTS_KEPT = 2  # the points as they are, and as the last change found them

POINTS_ADAPTER: TypeAdapter[Points] = TypeAdapter(Points)


@dataclass(frozen=True, slots=True)
class Piece:
    """A thing and its bytes. Holding the thing keeps its identity from being given to another one."""

    number: int
    content: bytes
    thing: Thing
    refers_to: int | None = None


class Archive:
    """Gives each thing a number of its own. Things are told apart by identity and never change."""

    def __init__(self, contents: Mapping[int, bytes] | None = None) -> None:
        self._contents = dict(contents or {})  # as they were stored
        self._pieces: dict[int, Piece] = {}  # by id of the thing
        self._things: dict[int, Thing] = {}  # by number, of those that were stored
        self._texts: deque[tuple[Points, bytes]] = deque(maxlen=TEXTS_KEPT)
        self._next = max(self._contents, default=0) + 1

    def number(self, thing: Thing) -> int:
        """The number of a thing; a new thing gets a new one."""
        piece = self._pieces.get(id(thing))
        if piece is None:
            piece = self._add(thing)
        return piece.number

    def points_text(self, points: Points) -> bytes:
        """The points as JSON: half a millisecond for a thousand, which document and course need not both take."""
        text = next((text for known, text in self._texts if known is points), None)
        if text is None:
            text = POINTS_ADAPTER.dump_json(points)
            self._texts.append((points, text))
        return text

    def thing(self, number: int) -> Any:
        """What was stored under a number. Raises InvalidInput when it cannot be read."""
        if number not in self._things:
            try:
                thing, refers_to = self._unpacked(self._contents[number])
            except (NnlabError, ValueError, KeyError, TypeError, struct.error, zlib.error) as error:
                raise InvalidInput(f"piece {number} must be what a session wrote; got something else.") from error
            self._things[number] = thing
            self._pieces[id(thing)] = Piece(number, self._contents[number], thing, refers_to)
        return self._things[number]

    def keep(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """The contents under these numbers and what they refer to; all others are forgotten."""
        kept = set(numbers)
        kept |= {piece.refers_to for piece in self._pieces.values() if piece.number in kept and piece.refers_to}
        self._pieces = {key: piece for key, piece in self._pieces.items() if piece.number in kept}
        self._things, self._contents = {}, {}
        return {piece.number: piece.content for piece in self._pieces.values()}

    def _add(self, thing: Thing) -> Piece:
        refers_to = self.number(thing.points) if isinstance(thing, Document) and thing.points else None
        piece = Piece(self._next, self._packed(thing, refers_to), thing, refers_to)
        self._pieces[id(thing)] = piece
        self._next += 1
        return piece

    def _unpacked(self, content: bytes) -> tuple[Thing, int | None]:
        kind, rest = content[:1], content[1:]
        if kind == DOCUMENT:
            refers_to, fields = json.loads(rest)
            points = self.thing(refers_to) if refers_to else ()
            document = Document.model_validate(fields | {"points": points})
            return document.model_copy(update={"points": points}), refers_to  # the same ones for all that share them
        if kind == POINTS:
            return POINTS_ADAPTER.validate_json(zlib.decompress(rest)), None
        if kind == WEIGHT:
            weight_kind, layer, index, value = json.loads(rest)
            return WeightEdit(weight_kind, layer + 1, tuple(index), value), None
        if kind == LAYERS:
            return _layers_of(rest), None
        if kind == BYTES:
            return rest, None
        raise ValueError(kind)

    def _packed(self, thing: Thing, refers_to: int | None) -> bytes:
        if isinstance(thing, bytes):
            return BYTES + thing
        if isinstance(thing, Document):
            fields = thing.model_dump(mode="json", exclude={"points"})
            return DOCUMENT + json.dumps([refers_to, fields], separators=(",", ":")).encode()
        if isinstance(thing, WeightEdit):
            return WEIGHT + json.dumps([thing.kind, thing.layer - 1, thing.index, thing.value]).encode()
        if thing and isinstance(thing[0], LayerWeights):
            return LAYERS + _bytes_of(thing)
        return POINTS + zlib.compress(self.points_text(cast(Points, thing)), QUICK)


def _bytes_of(layers: Layers) -> bytes:
    """A JSON header with the shapes, then the raw numbers."""
    header, raw = [], []
    for layer in layers:
        arrays = [np.ascontiguousarray(layer.weights), np.ascontiguousarray(layer.biases)]
        header.append([layer.activation, [[array.dtype.str, array.shape] for array in arrays]])
        raw += [array.tobytes() for array in arrays]
    text = json.dumps(header).encode()
    return b"".join((LENGTH.pack(len(text)), text, *raw))


def _layers_of(content: bytes) -> Layers:
    (length,) = LENGTH.unpack_from(content)
    start = LENGTH.size + length
    layers = []
    for activation, kinds in json.loads(content[LENGTH.size : start]):
        arrays = []
        for dtype, shape in kinds:
            flat = np.frombuffer(content, np.dtype(dtype), int(np.prod(shape)), start)
            arrays.append(flat.reshape(shape).copy())
            start += flat.nbytes
        layers.append(LayerWeights(activation, *arrays))
    return tuple(layers)
