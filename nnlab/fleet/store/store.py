"""The store: sessions in one SQLite file, shared by all runners of a machine. All SQL about sessions is here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nnlab.fleet.store.errors import AlreadyThere, LostOwnership, StoreBusy, StoreError, in_words
from nnlab.fleet.store.schema import open_file, padded, unpadded
from nnlab.session.checkpoint import Checkpoint

DAY_S = 86_400
HOUR_S = 3600  # the last use of a session is known as closely as that, so that it need not be written all the time
PIECE = "piece "  # before the number in a part's name
COLUMNS = "term, revision, running, next_point_id, kind, keep_days"

Found = tuple[int, Checkpoint]


class Store:
    """One connection for one thread. Writes carry the term, the number a claim gave out, and fail when it is old.

    Everything raises StoreError when the file does not do what it should; nothing has been written then.
    """

    def __init__(self, path: Path, *, clock: Callable[[], float] = time.time) -> None:
        self._connection = open_file(path)
        self._clock = clock

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are stored together, or none. IMMEDIATE: a deferred BEGIN fails when two runners write."""
        if self._connection.in_transaction:  # it is a part of the one around it
            yield
            return
        with in_words():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # some errors, such as a full disk, have ended it already
                    self._connection.execute("ROLLBACK")
                raise

    def is_free(self) -> bool:
        """Whether a write could begin at this moment, without waiting; for a connection that does nothing else."""
        return self._hindrance() is None

    def is_locked(self) -> bool:
        """Whether what hinders a write at this moment is another one; for a connection that does nothing else."""
        return isinstance(self._hindrance(), StoreBusy)

    def _hindrance(self) -> StoreError | None:
        try:
            with in_words():
                self._connection.execute("PRAGMA busy_timeout = 0")
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.execute("ROLLBACK")
        except StoreError as error:
            return error
        return None

    def create(self, view_id: str, checkpoint: Checkpoint) -> int:
        """Insert a new session; return its term. Raises AlreadyThere."""
        with self.transaction():
            cursor = self._connection.execute(
                "INSERT INTO sessions"
                " (view_id, term, revision, running, next_point_id, changed, touched_at, kind, keep_days)"
                " VALUES (?, 1, ?, ?, ?, 0, ?, ?, ?) ON CONFLICT DO NOTHING",
                (view_id, *_columns(checkpoint), int(self._clock()), checkpoint.kind, checkpoint.keep_days),
            )
            if cursor.rowcount == 0:
                raise AlreadyThere(view_id)
            self._put(view_id, "document", checkpoint.document.encode())
            self._save_parts(view_id, checkpoint)
        return 1

    def read(self, view_id: str) -> Found | None:
        """(term, checkpoint) as it stands, or None when there is none of that id. Needs no right to write.

        Whoever has read a session and wants to change it must claim it, and go on from what the claim returns.
        """
        with in_words():
            alone = not self._connection.in_transaction
            if alone:
                self._connection.execute("BEGIN")  # both reads see one moment
            try:
                row = self._connection.execute(
                    f"SELECT {COLUMNS} FROM sessions WHERE view_id = ?", (view_id,)
                ).fetchone()
                return None if row is None else self._found(view_id, *row)
            finally:
                if alone:
                    self._connection.execute("ROLLBACK")

    def claim(self, view_id: str) -> Found | None:
        """Take a session over from whoever had it: (term, checkpoint), or None when there is none of that id."""
        with self.transaction():
            row = self._connection.execute(
                f"UPDATE sessions SET term = term + 1, touched_at = ? WHERE view_id = ? RETURNING {COLUMNS}",
                (int(self._clock()), view_id),
            ).fetchone()
            return None if row is None else self._found(view_id, *row)

    def save(self, view_id: str, term: int, checkpoint: Checkpoint) -> None:
        """Overwrite what has changed of the session. Raises LostOwnership when `term` is not the newest claim's."""
        now_s = int(self._clock())
        with self.transaction():
            known = self._connection.execute(
                "SELECT revision, running, touched_at > ? AND changed FROM sessions WHERE view_id = ? AND term = ?",
                (now_s - HOUR_S, view_id, term),
            ).fetchone()
            if known is None:
                raise LostOwnership(view_id)
            if known != (checkpoint.revision, checkpoint.running, True):
                self._connection.execute(
                    "UPDATE sessions SET revision = ?, running = ?, next_point_id = ?, changed = 1, touched_at = ?"
                    " WHERE view_id = ?",
                    (checkpoint.revision, checkpoint.running, checkpoint.next_point_id, now_s, view_id),
                )
            if known[0] != checkpoint.revision:
                self._put(view_id, "document", checkpoint.document.encode())
            self._save_parts(view_id, checkpoint)

    def touch(self, view_ids: Iterable[str]) -> None:
        """Note that these are in use."""
        now_s = int(self._clock())
        with self.transaction():
            self._connection.executemany(
                "UPDATE sessions SET touched_at = ? WHERE view_id = ? AND touched_at < ?",
                [(now_s, view_id, now_s - HOUR_S) for view_id in view_ids],
            )

    def delete(self, view_id: str) -> None:
        """Remove the session for good."""
        with self.transaction():
            for table in ("sessions", "parts"):
                self._connection.execute(f"DELETE FROM {table} WHERE view_id = ?", (view_id,))

    def unused(self, *, since_s: float, unchanged_since_s: float, most: int) -> list[str]:
        """View ids of what nobody has used since, or for the days of its own; of sessions that were never changed,
        since the second time.
        """
        with in_words():
            rows = self._connection.execute(
                "SELECT view_id FROM sessions WHERE touched_at < ?"
                " OR (touched_at < ? AND NOT changed AND kind = 'session') OR touched_at < ? - keep_days * ? LIMIT ?",
                (int(since_s), int(unchanged_since_s), int(self._clock()), DAY_S, most),
            ).fetchall()
        return [view_id for (view_id,) in rows]

    def shrink(self, pages: int) -> None:
        """Give up to so many free pages back to the file system; the rest stays for what is written next."""
        with in_words():
            (free,) = self._connection.execute("PRAGMA freelist_count").fetchone()
            for _ in range(min(pages, free)):  # the statement comes back after every page
                self._connection.execute("PRAGMA incremental_vacuum(1)")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _found(self, view_id: str, term: int, *columns: Any) -> Found:
        revision, running, next_point_id, kind, keep_days = columns
        rows = self._connection.execute("SELECT name, content FROM parts WHERE view_id = ?", (view_id,))
        parts: dict[str, bytes] = dict(rows)
        training = parts.get("training")
        pieces = {int(name[len(PIECE) :]): content for name, content in parts.items() if name.startswith(PIECE)}
        return term, Checkpoint(
            document=parts["document"].decode(errors="replace") if "document" in parts else "",
            revision=revision,
            running=bool(running),
            next_point_id=next_point_id,
            training=None if training is None else unpadded(training),
            series=parts.get("series", b""),
            course=parts.get("course", b""),
            pieces=pieces,
            orders=parts.get("orders", b""),
            kind=kind,
            keep_days=keep_days,
        )

    def _save_parts(self, view_id: str, checkpoint: Checkpoint) -> None:
        if checkpoint.training is not None:
            self._put(view_id, "training", padded(checkpoint.training, self._size(view_id, "training")))
        if checkpoint.series is not None:
            self._put(view_id, "series", checkpoint.series)
        if checkpoint.orders and self._get(view_id, "orders") != checkpoint.orders:
            self._put(view_id, "orders", checkpoint.orders)
        if (self._get(view_id, "course") or b"") != checkpoint.course:
            self._put(view_id, "course", checkpoint.course)
            self._save_pieces(view_id, checkpoint)

    def _save_pieces(self, view_id: str, checkpoint: Checkpoint) -> None:
        """Write the pieces that are new and remove those that are no longer named."""
        rows = self._connection.execute(
            "SELECT name FROM parts WHERE view_id = ? AND name BETWEEN ? AND ?", (view_id, PIECE, PIECE + ":")
        )
        stored = {name for (name,) in rows}
        wanted = {f"{PIECE}{number}": content for number, content in checkpoint.pieces.items()}
        for name in wanted.keys() - stored:
            self._put(view_id, name, wanted[name])
        gone = [(view_id, name) for name in stored - wanted.keys()]
        self._connection.executemany("DELETE FROM parts WHERE view_id = ? AND name = ?", gone)

    def _get(self, view_id: str, name: str) -> bytes | None:
        row = self._connection.execute("SELECT content FROM parts WHERE view_id = ? AND name = ?", (view_id, name))
        found = row.fetchone()
        return None if found is None else found[0]

    def _size(self, view_id: str, name: str) -> int:
        row = self._connection.execute(
            "SELECT length(content) FROM parts WHERE view_id = ? AND name = ?", (view_id, name)
        ).fetchone()
        return 0 if row is None else int(row[0])

    def _put(self, view_id: str, name: str, content: bytes) -> None:
        self._connection.execute(
            "INSERT INTO parts (view_id, name, content) VALUES (?, ?, ?)"
            " ON CONFLICT (view_id, name) DO UPDATE SET content = excluded.content",
            (view_id, name, content),
        )


def _columns(checkpoint: Checkpoint) -> tuple[int, bool, int]:
    """What changes with a checkpoint."""
    return checkpoint.revision, checkpoint.running, checkpoint.next_point_id
