"""The store: what is saved comes back, and only the newest owner may save."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nnlab.fleet.store import LostOwnership, Store
from nnlab.session.checkpoint import Checkpoint
from tests.unit.making import make_session

FULL = Checkpoint(
    document='{"title": "ä"}', revision=3, running=True, next_point_id=9, training=b"\x00\xff", series=b"\x01"
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
    epoch = store.create("v", session.checkpoint())
    session.advance(1)
    store.save("v", epoch, session.checkpoint())
    store.close()
    again = Store(path_of(tmp_path))
    claimed = again.claim("v")
    again.close()
    assert claimed is not None
    assert claimed[1] == session.checkpoint()


def test_each_claim_takes_the_session_over_from_whoever_had_it(store: Store) -> None:
    epochs = [store.create("v", BARE)]
    for _ in range(3):
        claimed = store.claim("v")
        assert claimed is not None
        epochs.append(claimed[0])
    assert epochs == sorted(set(epochs))
    for old in epochs[:-1]:
        with pytest.raises(LostOwnership):
            store.save("v", old, FULL)
    assert store.claim("v") == (epochs[-1] + 1, BARE)
    store.save("v", epochs[-1] + 1, FULL)
    assert store.claim("v") == (epochs[-1] + 2, FULL)


def test_what_is_not_there_is_none_and_cannot_be_saved(store: Store) -> None:
    assert store.claim("v") is None
    with pytest.raises(LostOwnership):
        store.save("v", 1, BARE)
    epoch = store.create("v", BARE)
    store.delete("v")
    assert store.claim("v") is None
    with pytest.raises(LostOwnership):
        store.save("v", epoch, BARE)


def test_an_id_is_created_once(store: Store) -> None:
    store.create("v", BARE)
    with pytest.raises(sqlite3.IntegrityError):
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
                    epoch, checkpoint = claimed
                    mine.save("v", epoch, replace(checkpoint, revision=checkpoint.revision + 1))
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
