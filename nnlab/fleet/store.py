"""The store: documents and checkpoints in one SQLite file, shared by all runners of a machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path

from nnlab.session.checkpoint import Checkpoint

BUSY_TIMEOUT_S = 5.0
COLUMNS = tuple(field.name for field in fields(Checkpoint))

SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    view_id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    document TEXT NOT NULL,
    revision INTEGER NOT NULL,
    running INTEGER NOT NULL,
    next_point_id INTEGER NOT NULL,
    training BLOB,
    series BLOB NOT NULL,
    changed_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
) WITHOUT ROWID
"""


class LostOwnership(Exception):
    """Another runner has claimed the session since; what this one holds of it is out of date."""


class Store:
    """One connection for one thread. Writes carry the epoch, the number a claim gave out, and fail when it is old."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        # WAL lets runners write while others read. NORMAL survives kill -9 of every process; only a power cut can
        # cost the last moments, and a change then costs no fsync, which would stall every other session's frames.
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.execute(SCHEMA)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are stored together, or none. IMMEDIATE: a deferred BEGIN fails when two runners write."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def create(self, view_id: str, checkpoint: Checkpoint) -> int:
        """Insert a new session; return its epoch."""
        marks = ", ".join("?" * (len(COLUMNS) + 2))
        row = (view_id, 1, *asdict(checkpoint).values())
        self._connection.execute(f"INSERT INTO sessions (view_id, epoch, {', '.join(COLUMNS)}) VALUES ({marks})", row)
        return 1

    def claim(self, view_id: str) -> tuple[int, Checkpoint] | None:
        """Take a session over from whoever had it: (epoch, checkpoint), or None when there is none of that id."""
        row = self._connection.execute(
            f"UPDATE sessions SET epoch = epoch + 1 WHERE view_id = ? RETURNING epoch, {', '.join(COLUMNS)}", (view_id,)
        ).fetchone()
        if row is None:
            return None
        values = dict(zip(COLUMNS, row[1:], strict=True))
        return row[0], Checkpoint(**{**values, "running": bool(values["running"])})

    def save(self, view_id: str, epoch: int, checkpoint: Checkpoint) -> None:
        """Overwrite the session. Raises LostOwnership when `epoch` is not the newest claim's."""
        sets = ", ".join(f"{name} = ?" for name in COLUMNS)
        cursor = self._connection.execute(
            f"UPDATE sessions SET {sets}, changed_at = CURRENT_TIMESTAMP WHERE view_id = ? AND epoch = ?",
            (*asdict(checkpoint).values(), view_id, epoch),
        )
        if cursor.rowcount == 0:
            raise LostOwnership(view_id)

    def delete(self, view_id: str) -> None:
        """Remove the session for good."""
        self._connection.execute("DELETE FROM sessions WHERE view_id = ?", (view_id,))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
