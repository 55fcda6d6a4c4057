"""The store: sessions in one database, shared by all runners. All SQL about sessions is here and in saving.py."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from nnlab.database.errors import StoreBusy
from nnlab.database.opening import Address
from nnlab.fleet.store.errors import AlreadyThere, LostOwnership
from nnlab.fleet.store.padding import unpadded
from nnlab.fleet.store.saving import HOUR_S, PIECE, Save, put_new, save_all
from nnlab.fleet.store.schema import open_sessions
from nnlab.session.checkpoint import Checkpoint

DAY_S = 86_400
COLUMNS = "term, revision, running, next_point_id, kind, keep_days"

Found = tuple[int, Checkpoint]


class Store:
    """One connection for one thread. Writes carry the term, the number a claim gave out, and fail when it is old.

    `address` is the path of a SQLite file or the URL of a PostgreSQL database. Everything raises StoreError when the
    database does not do what it should; nothing has been written then.
    """

    def __init__(self, address: Address, *, clock: Callable[[], float] = time.time) -> None:
        self._database = open_sessions(address)
        self._clock = clock
        self._saved: set[str] = set()  # or deleted, in the transaction that is open
        self._in_doubt: set[str] = set()  # nobody knows whether what was saved last is stored

    @contextmanager
    def transaction(self, *, must_last: bool = True) -> Iterator[None]:
        """All writes inside are stored together, or none. Its order with others' is that of its first write.

        What need not last may be lost with the database server, or with the power, within a second of its end.
        """
        if self._database.in_transaction:
            yield
            return
        try:
            with self._database.transaction(must_last=must_last):
                yield
        except BaseException:
            self._in_doubt |= self._saved  # the end may have been heard, and its answer lost
            raise
        else:
            self._in_doubt -= self._saved
        finally:
            self._saved.clear()

    def is_free(self) -> bool:
        """Whether a write could begin at this moment, without waiting; for a connection that does nothing else."""
        return self._database.hindrance() is None

    def is_locked(self) -> bool:
        """Whether what hinders a write at this moment is another one; for a connection that does nothing else."""
        return isinstance(self._database.hindrance(), StoreBusy)

    def create(self, view_id: str, checkpoint: Checkpoint) -> int:
        """Insert a new session; return its term. Raises AlreadyThere."""
        with self.transaction():
            made = self._database.execute(
                "INSERT INTO sessions"
                " (view_id, term, revision, running, next_point_id, changed, touched_at, kind, keep_days)"
                " VALUES (?, 1, ?, ?, ?, FALSE, ?, ?, ?) ON CONFLICT DO NOTHING",
                (view_id, *_columns(checkpoint), int(self._clock()), checkpoint.kind, checkpoint.keep_days),
            )
            if not made:
                raise AlreadyThere(view_id)
            put_new(self._database, view_id, checkpoint)
        return 1

    def read(self, view_id: str) -> Found | None:
        """(term, checkpoint) as it stands, or None when there is none of that id. Needs no right to write.

        Whoever has read a session and wants to change it must claim it, and go on from what the claim returns.
        """
        with self._database.reading():
            rows = self._database.rows(f"SELECT {COLUMNS} FROM sessions WHERE view_id = ?", (view_id,))
            return self._found(view_id, *rows[0]) if rows else None

    def claim(self, view_id: str) -> Found | None:
        """Take a session over from whoever had it: (term, checkpoint), or None when there is none of that id."""
        with self.transaction():
            rows = self._database.rows(
                f"UPDATE sessions SET term = term + 1, touched_at = ? WHERE view_id = ? RETURNING {COLUMNS}",
                (int(self._clock()), view_id),
            )
            self._in_doubt.discard(view_id)  # what is read now is what there is
            return self._found(view_id, *rows[0]) if rows else None

    def save(self, view_id: str, term: int, checkpoint: Checkpoint) -> None:
        """Overwrite what has changed of the session. Raises LostOwnership when `term` is not the newest claim's."""
        if self.save_all([Save(view_id, term, checkpoint)]):
            raise LostOwnership(view_id)

    def save_all(self, saves: Sequence[Save]) -> set[str]:
        """Save several sessions, each another one, in a few statements; the view ids of those that others own."""
        with self.transaction():
            self._saved.update(one.view_id for one in saves)
            return save_all(self._database, saves, int(self._clock()), self._in_doubt)

    def touch(self, view_ids: Iterable[str]) -> None:
        """Note that these are in use."""
        now_s = int(self._clock())
        with self.transaction():
            self._database.execute_many(
                "UPDATE sessions SET touched_at = ? WHERE view_id = ? AND touched_at < ?",
                [(now_s, view_id, now_s - HOUR_S) for view_id in sorted(view_ids)],
            )

    def delete(self, view_id: str) -> None:
        """Remove the session for good."""
        with self.transaction():
            self._saved.add(view_id)
            for table in ("sessions", "parts"):
                self._database.execute(f"DELETE FROM {table} WHERE view_id = ?", (view_id,))

    def unused(self, *, since_s: float, unchanged_since_s: float, most: int) -> list[str]:
        """View ids of what nobody has used since, or for the days of its own; of sessions that were never changed,
        since the second time.
        """
        rows = self._database.rows(
            "SELECT view_id FROM sessions WHERE touched_at < ?"
            " OR (touched_at < ? AND NOT changed AND kind = 'session') OR touched_at < ? - keep_days * ? LIMIT ?",
            (int(since_s), int(unchanged_since_s), int(self._clock()), DAY_S, most),
        )
        return [view_id for (view_id,) in rows]

    def shrink(self, pages: int) -> None:
        """Give up to so many free pages back to the file system; the rest stays for what is written next."""
        self._database.shrink(pages)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _found(self, view_id: str, term: int, *columns: Any) -> Found:
        revision, running, next_point_id, kind, keep_days = columns
        parts: dict[str, bytes] = dict(
            self._database.rows("SELECT name, content FROM parts WHERE view_id = ?", (view_id,))
        )
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


def _columns(checkpoint: Checkpoint) -> tuple[int, bool, int]:
    """What changes with a checkpoint."""
    return checkpoint.revision, checkpoint.running, checkpoint.next_point_id
