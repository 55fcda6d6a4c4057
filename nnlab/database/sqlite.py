"""A SQLite file as a database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from nnlab.database.database import Database, Row, Values
from nnlab.database.errors import StoreBusy, StoreError, StoreFull, StoreReadOnly, StoreTorn

KINDS = {
    sqlite3.SQLITE_BUSY: StoreBusy,
    sqlite3.SQLITE_LOCKED: StoreBusy,
    sqlite3.SQLITE_FULL: StoreFull,
    sqlite3.SQLITE_READONLY: StoreReadOnly,
    sqlite3.SQLITE_CORRUPT: StoreTorn,
    sqlite3.SQLITE_NOTADB: StoreTorn,
}


def store_error(error: sqlite3.Error) -> StoreError:
    """The word for what SQLite says."""
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the code says more than is of use here
    return KINDS.get(primary, StoreError)()


@contextmanager
def in_words() -> Iterator[None]:
    """What SQLite raises inside leaves as a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise store_error(error) from error


class Sqlite(Database):
    """An open file. Its connection begins no transaction by itself (`isolation_level=None`)."""

    beginning = "BEGIN IMMEDIATE"  # a deferred one fails when two runners write
    reading_only = "BEGIN"
    holding = ""  # a transaction that writes has the whole file to itself

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self, statement: str, values: Values = ()) -> list[Row]:
        """All rows of a statement's answer."""
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise store_error(error) from error

    def execute(self, statement: str, values: Values = ()) -> int:
        """Carry out a statement; how many rows it has changed."""
        try:
            return self._connection.execute(statement, values).rowcount
        except sqlite3.Error as error:
            raise store_error(error) from error

    def execute_many(self, statement: str, values: Sequence[Values]) -> None:
        """Carry out a statement for each of these values."""
        with in_words():
            self._connection.executemany(statement, values)

    def hindrance(self) -> StoreError | None:
        """What would keep a write from beginning at this moment; for a connection that does nothing else."""
        try:
            self.execute("PRAGMA busy_timeout = 0")
            self.execute(self.beginning)
            self._roll_back()
        except StoreError as error:
            return error
        return None

    def shrink(self, pages: int) -> None:
        """Give up to so many free pages back to the file system."""
        ((free,),) = self.rows("PRAGMA freelist_count")
        for _ in range(min(pages, free)):  # the statement comes back after every page
            self.execute("PRAGMA incremental_vacuum(1)")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _relax(self) -> None:
        """It never does: see `synchronous` in schema.py."""

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # some errors, such as a full disk, have ended it already
            self.execute("ROLLBACK")
