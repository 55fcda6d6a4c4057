"""Documents, weights and states as bytes that outlive a process: one npz file with a JSON text in it, and no code.

Documents that follow each other share most of their points: each point is written once, each list of them as numbers.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlab.document.models import Document
from nnlab.document.points import Point
from nnlab.engine.network.network import LayerWeights
from nnlab.errors import InvalidInput
from nnlab.session.course.past import Past, WeightEdit

FORMAT = "nnlab-course/1"


def pack(header: dict[str, Any], pasts: Sequence[Past], states: Sequence[bytes] = ()) -> bytes:
    """Write a header of plain JSON values, pasts in order and states in order."""
    writer = _Writer()
    described = [writer.describe(past) for past in pasts]
    text = {"format": FORMAT, "header": header, "pasts": described, "points": writer.points, "states": len(states)}
    arrays = writer.arrays | {f"state{number}": np.frombuffer(state, np.uint8) for number, state in enumerate(states)}
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, json=np.array(json.dumps(text)), **arrays)
    return file.getvalue()


def unpack(content: bytes) -> tuple[dict[str, Any], list[Past], list[bytes]]:
    """Read (header, pasts, states) that pack wrote. Raises InvalidInput if it is anything else."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return _read(arrays)
    except (ValueError, KeyError, TypeError, EOFError, OSError, zipfile.BadZipFile) as error:
        raise InvalidInput("The course must be bytes that a session wrote; got something else.") from error


def _read(arrays: Any) -> tuple[dict[str, Any], list[Past], list[bytes]]:
    text = json.loads(str(arrays["json"]))
    if text["format"] != FORMAT:
        raise ValueError("format")
    points = [Point.model_validate(point) for point in text["points"]]
    lists = {
        name: tuple(points[number] for number in arrays[name].tolist())
        for name in {described["points"] for described in text["pasts"] if "points" in described}
    }
    pasts = [_past(described, lists, arrays) for described in text["pasts"]]
    return text["header"], pasts, [arrays[f"state{number}"].tobytes() for number in range(text["states"])]


class _Writer:
    """Collects what the descriptions of pasts refer to."""

    def __init__(self) -> None:
        self.points: list[dict[str, Any]] = []
        self.arrays: dict[str, NDArray[Any]] = {}
        self._numbers: dict[int, int] = {}  # by identity: documents share points, and to compare them takes long
        self._lists: dict[int, str] = {}

    def describe(self, past: Past) -> dict[str, Any]:
        if isinstance(past, Document):
            return {"document": past.model_dump(mode="json", exclude={"points"}), "points": self._list(past.points)}
        if isinstance(past, WeightEdit):
            return {"weight": [past.kind, past.layer, past.index, past.value]}
        layers = [[layer.activation, self._keep(layer.weights), self._keep(layer.biases)] for layer in past]
        return {"layers": layers}

    def _list(self, points: tuple[Point, ...]) -> str:
        if id(points) not in self._lists:
            numbers = np.array([self._number(point) for point in points], np.int32)
            self._lists[id(points)] = self._keep(numbers)
        return self._lists[id(points)]

    def _number(self, point: Point) -> int:
        if id(point) not in self._numbers:
            self._numbers[id(point)] = len(self.points)
            self.points.append(point.model_dump(mode="json"))
        return self._numbers[id(point)]

    def _keep(self, array: NDArray[Any]) -> str:
        name = f"array{len(self.arrays)}"
        self.arrays[name] = array
        return name


def _past(described: dict[str, Any], lists: dict[str, tuple[Point, ...]], arrays: Any) -> Past:
    if "document" in described:
        points = lists[described["points"]]
        document = Document.model_validate(described["document"] | {"points": points})
        return document.model_copy(update={"points": points})
    if "weight" in described:
        kind, layer, index, value = described["weight"]
        return WeightEdit(kind, layer, tuple(index), value)
    return tuple(LayerWeights(name, arrays[weights], arrays[biases]) for name, weights, biases in described["layers"])
