"""Transactions, whichever the database is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from nnlab.database.errors import StoreError
from nnlab.database.sqlite import Sqlite


@pytest.fixture
def database() -> Iterator[Sqlite]:
    """One with an empty table."""
    database = Sqlite(sqlite3.connect(":memory:", isolation_level=None))
    database.execute("CREATE TABLE notes (words TEXT)")
    yield database
    database.close()


@pytest.mark.parametrize("kind", ["reading", "transaction"])
def test_what_ends_with_an_error_of_the_database_has_ended(
    database: Sqlite, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    roll_back = database._roll_back

    def roll_back_and_fail() -> None:
        roll_back()
        raise StoreError

    with monkeypatch.context() as patch:
        patch.setattr(database, "_roll_back", roll_back_and_fail)
        with pytest.raises(StoreError), getattr(database, kind)():
            raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), database.transaction():
        database.execute("INSERT INTO notes VALUES ('taken back')")
        raise ZeroDivisionError
    assert database.rows("SELECT * FROM notes") == []
