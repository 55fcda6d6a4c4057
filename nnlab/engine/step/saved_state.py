"""Everything that decides how training goes on, as one value and as bytes: going back and on gives the same bits."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnlab.engine.step.minibatches import Bookmark
from nnlab.errors import InvalidInput

MAGIC = b"nnlab-state-1\n"
DTYPES: Mapping[str, np.dtype[Any]] = {np.dtype(kind).str: np.dtype(kind) for kind in (np.float32, np.float64)}


class Counters(NamedTuple):
    """Steps taken, and how many there were when the optimizer began; full epochs up to the last change of what the
    minibatches are drawn from, and examples seen since then; the place in the chunk of minibatches.
    """

    steps_taken: int
    optimizer_start: int
    full_epochs: int
    seen: int
    position: int


@dataclass(frozen=True, slots=True)
class SavedState:
    """Parameters and optimizer state `kept` (rows, P), the counters, the generator and the place in the epoch.

    `signature` names shapes and dtype, `drawing` what the minibatches depend on: a state fits a trainer only if they
    agree.
    """

    signature: str
    optimizer: str
    drawing: str
    kept: NDArray[np.floating]
    counters: Counters
    generator: Mapping[str, Any]
    bookmark: Bookmark | None


def to_bytes(state: SavedState) -> bytes:
    """Serialize: a JSON header for what is small, raw bytes for the arrays."""
    bookmark = state.bookmark
    pending = np.empty(0, np.uint32) if bookmark is None else bookmark.pending.astype(np.uint32)
    header = {
        "signature": state.signature,
        "optimizer": state.optimizer,
        "drawing": state.drawing,
        "shape": state.kept.shape,
        "dtype": state.kept.dtype.str,
        "counters": state.counters,
        "generator": state.generator,
        "chunk_generator": None if bookmark is None else bookmark.generator,
        "pending": len(pending),
    }
    text = json.dumps(header).encode()
    return b"".join((MAGIC, struct.pack("<I", len(text)), text, state.kept.tobytes(), pending.tobytes()))


def from_bytes(data: bytes) -> SavedState:
    """Read what to_bytes wrote. Raises InvalidInput if it is anything else."""
    try:
        return _read(data)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, struct.error) as error:
        raise InvalidInput("state must be bytes that a trainer's state() gave; got something else.") from error


def _read(data: bytes) -> SavedState:
    if not data.startswith(MAGIC):
        raise ValueError("magic")
    start = len(MAGIC) + 4
    (length,) = struct.unpack_from("<I", data, len(MAGIC))
    header = json.loads(data[start : start + length])
    rows, num_params = header["shape"]
    dtype = DTYPES[header["dtype"]]
    kept = np.frombuffer(data, dtype, rows * num_params, start + length).reshape(rows, num_params)
    pending = np.frombuffer(data, np.uint32, header["pending"], start + length + kept.nbytes)
    chunk_generator = header["chunk_generator"]
    bookmark = None if chunk_generator is None else Bookmark(chunk_generator, pending.astype(np.intp))
    return SavedState(
        signature=header["signature"],
        optimizer=header["optimizer"],
        drawing=header["drawing"],
        kept=kept,
        counters=Counters(*header["counters"]),
        generator=header["generator"],
        bookmark=bookmark,
    )
