"""The store: what is saved comes back, and only the newest owner may save."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nnlab.fleet.store import LostOwnership, Store
from nnlab.fleet.store.errors import AlreadyThere, StoreBusy, StoreError, StoreFull, StoreReadOnly
from nnlab.session.checkpoint import Checkpoint
from tests.unit.making import make_session

FULL = Checkpoint(
    document='{"title": "ä"}',
    revision=3,
    running=True,
    next_point_id=9,
    training=b"\x00\xff",
    series=b"\x01",
    course=b"[2, 7]",
    pieces={2: b"two", 7: b"seven"},
)
BARE = Checkpoint(document="{}", revision=1, running=False, next_point_id=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in a folder that has yet to be made."""
    store = Store(tmp_path / "deep" / "nnlab.sqlite3")
    yield store
    store.close()


def path_of(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "nnlab.sqlite3"


@pytest.mark.parametrize("checkpoint", [FULL, BARE])
def test_what_is_created_can_be_claimed(store: Store, checkpoint: Checkpoint) -> None:
    store.create("v", checkpoint)
    claimed = store.claim("v")
    assert claimed is not None
    assert claimed[1] == checkpoint
    assert type(claimed[1].running) is bool


def test_a_sessions_checkpoint_survives_the_store_and_its_end(store: Store, tmp_path: Path) -> None:
    session = make_session()
    session.advance(20)
    term = store.create("v", session.checkpoint())
    session.advance(1)
    store.save("v", term, session.checkpoint())
    store.close()
    again = Store(path_of(tmp_path))
    claimed = again.claim("v")
    again.close()
    assert claimed is not None
    assert claimed[1] == session.checkpoint()


def test_each_claim_takes_the_session_over_from_whoever_had_it(store: Store) -> None:
    terms = [store.create("v", BARE)]
    for _ in range(3):
        claimed = store.claim("v")
        assert claimed is not None
        terms.append(claimed[0])
    assert terms == sorted(set(terms))
    for old in terms[:-1]:
        with pytest.raises(LostOwnership):
            store.save("v", old, FULL)
    assert store.claim("v") == (terms[-1] + 1, BARE)
    store.save("v", terms[-1] + 1, FULL)
    assert store.claim("v") == (terms[-1] + 2, FULL)


def test_what_is_not_there_is_none_and_cannot_be_saved(store: Store) -> None:
    assert store.claim("v") is None
    with pytest.raises(LostOwnership):
        store.save("v", 1, BARE)
    term = store.create("v", BARE)
    store.delete("v")
    assert store.claim("v") is None
    with pytest.raises(LostOwnership):
        store.save("v", term, BARE)


def test_an_id_is_created_once(store: Store) -> None:
    store.create("v", BARE)
    with pytest.raises(AlreadyThere):
        store.create("v", FULL)
    assert store.claim("v") == (2, BARE)


def test_a_transaction_stores_all_or_nothing(store: Store) -> None:
    with store.transaction():
        store.create("v", BARE)
        store.create("w", BARE)
    with pytest.raises(ZeroDivisionError), store.transaction():
        store.save("v", 1, FULL)
        store.delete("w")
        raise ZeroDivisionError
    assert store.claim("v") == (2, BARE)
    assert store.claim("w") == (2, BARE)


def test_a_transaction_holds_the_right_to_write_from_its_beginning(store: Store, tmp_path: Path) -> None:
    """So that none has to ask for it halfway, which fails at once when somebody else has it."""
    other = sqlite3.connect(path_of(tmp_path), timeout=0, isolation_level=None)
    with store.transaction(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_writers_side_by_side_wait_for_each_other(store: Store, tmp_path: Path) -> None:
    store.create("v", BARE)
    errors: list[BaseException] = []

    def write() -> None:
        mine = Store(path_of(tmp_path))
        try:
            for _ in range(25):
                with mine.transaction():
                    claimed = mine.claim("v")
                    assert claimed is not None
                    term, checkpoint = claimed
                    mine.save("v", term, replace(checkpoint, revision=checkpoint.revision + 1))
        except BaseException as error:
            errors.append(error)
        finally:
            mine.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.claim("v") == (3 * 25 + 2, replace(BARE, revision=3 * 25 + 1))


def test_reading_takes_nothing_away_from_the_owner(store: Store) -> None:
    term = store.create("v", BARE)
    assert store.read("v") == (term, BARE)
    store.save("v", term, FULL)
    assert store.read("v") == (term, FULL)
    assert store.read("w") is None


def test_pieces_are_written_once_and_go_when_they_are_no_longer_named(store: Store, tmp_path: Path) -> None:
    term = store.create("v", FULL)
    other = sqlite3.connect(path_of(tmp_path))
    before = dict(other.execute("SELECT name, rowid FROM parts WHERE name LIKE 'piece %'"))
    store.save("v", term, replace(FULL, course=b"[7, 8]", pieces={7: b"not written", 8: b"eight"}))
    after = dict(other.execute("SELECT name, rowid FROM parts WHERE name LIKE 'piece %'"))
    other.close()
    assert after == {"piece 7": before["piece 7"], "piece 8": after["piece 8"]}
    found = store.read("v")
    assert found is not None
    assert found[1].pieces == {7: b"seven", 8: b"eight"}


def test_a_series_that_is_left_out_stays_as_it_was(store: Store) -> None:
    term = store.create("v", FULL)
    store.save("v", term, replace(FULL, series=None, training=b"on"))
    found = store.read("v")
    assert found is not None
    assert (found[1].series, found[1].training) == (FULL.series, b"on")


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
    store._connection.execute("PRAGMA query_only = ON")
    assert store.read("v") == (term, FULL)
    for write in (lambda: store.save("v", term, BARE), lambda: store.claim("v"), lambda: store.create("w", BARE)):
        with pytest.raises(StoreReadOnly):
            write()
    store._connection.execute("PRAGMA query_only = OFF")
    assert store.claim("v") == (term + 1, FULL)


def test_a_full_disk_changes_nothing_and_says_so(store: Store) -> None:
    term = store.create("v", FULL)
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull, match="full"), store.transaction():
        store.save("v", term, replace(FULL, revision=4, document="d" * 100_000))
    store._connection.execute("PRAGMA max_page_count = 1000000")
    assert store.claim("v") == (term + 1, FULL)


def test_a_store_that_another_process_holds_is_busy(store: Store, tmp_path: Path) -> None:
    store.create("v", FULL)
    store._connection.execute("PRAGMA busy_timeout = 10")
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
