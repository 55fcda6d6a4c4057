"""The store in a SQLite file, and what only a file does."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nnlab.database.errors import StoreBusy, StoreError, StoreFull, StoreReadOnly
from nnlab.fleet.store import Store
from tests.unit.fleet.store.contract import BARE, FULL, StoreContract


@pytest.fixture
def address(tmp_path: Path) -> Path:
    """A file in a folder that has yet to be made."""
    return path_of(tmp_path)


@pytest.fixture
def store(address: Path) -> Iterator[Store]:
    store = Store(address)
    yield store
    store.close()


def path_of(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "nnlab.sqlite3"


class TestSqlite(StoreContract):
    """All of the contract."""


def test_a_transaction_holds_the_right_to_write_from_its_beginning(store: Store, tmp_path: Path) -> None:
    """So that none has to ask for it halfway, which fails at once when somebody else has it."""
    other = sqlite3.connect(path_of(tmp_path), timeout=0, isolation_level=None)
    with store.transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_running_session_writes_its_progress_alone(store: Store, tmp_path: Path) -> None:
    """Each second the pages of its training state go to the file, not its document and not its series."""
    large = replace(FULL, document="d" * 200_000, series=b"s" * 56_000, training=b"t" * 5_000)
    term = store.create("v", large)
    written = path_of(tmp_path).with_name("nnlab.sqlite3-wal")
    before = written.stat().st_size
    for count in range(10):
        store.save("v", term, replace(large, series=None, training=bytes([count]) * (5_000 + count)))
    assert (written.stat().st_size - before) / 10 < 10_000


def test_a_store_that_can_only_be_read_is_read(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    term = store.create("v", FULL)
    store._database.rows("PRAGMA query_only = ON")
    assert store.read("v") == (term, FULL)
    for write in (lambda: store.save("v", term, BARE), lambda: store.claim("v"), lambda: store.create("w", BARE)):
        with pytest.raises(StoreReadOnly):
            write()
    store._database.rows("PRAGMA query_only = OFF")
    assert store.claim("v") == (term + 1, FULL)


def test_a_full_disk_changes_nothing_and_says_so(store: Store) -> None:
    term = store.create("v", FULL)
    ((pages,),) = store._database.rows("PRAGMA page_count")
    store._database.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull, match="full"), store.transaction():
        store.save("v", term, replace(FULL, revision=4, document="d" * 100_000))
    store._database.rows("PRAGMA max_page_count = 1000000")
    assert store.claim("v") == (term + 1, FULL)


def test_a_store_that_another_process_holds_is_busy(store: Store, tmp_path: Path) -> None:
    store.create("v", FULL)
    store._database.rows("PRAGMA busy_timeout = 10")
    other = sqlite3.connect(path_of(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        store.claim("v")
    other.close()
    assert store.claim("v") == (2, FULL)


def test_each_kind_of_trouble_has_its_own_code_and_words() -> None:
    kinds = [StoreError, *StoreError.__subclasses__()]
    assert len({kind.code for kind in kinds}) == len({kind().detail for kind in kinds}) == len(kinds)
    assert {kind.status for kind in kinds} == {503}


def test_a_store_is_free_unless_somebody_writes(store: Store, tmp_path: Path) -> None:
    assert store.is_free()
    other = sqlite3.connect(path_of(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert not store.is_free()
    other.execute("ROLLBACK")
    other.close()
    assert store.is_free()
