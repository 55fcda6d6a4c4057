"""One server for one file."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest

from nnlab.database.errors import StoreError, StoreForeign, StoreInUse, StoreTorn
from nnlab.fleet.store import Store
from nnlab.fleet.store.lock import FileLock
from tests.unit.making import make_session


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "nnlab.sqlite3"


def test_a_second_server_is_refused_until_the_first_has_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = FileLock(path), FileLock(path)
    first.take()
    with monkeypatch.context() as patch, pytest.raises(StoreInUse, match="Another server"):
        patch.setattr("os.getppid", lambda: 1)
        second.take()
    first.release()
    second.take()
    second.release()


def test_a_worker_that_is_being_replaced_is_waited_for(path: Path) -> None:
    first, second = FileLock(path), FileLock(path)
    first.take()
    ending = threading.Timer(0.05, first.release)
    ending.start()
    second.take()
    ending.join()
    second.release()


def test_runners_work_with_a_file_that_their_server_has_locked(path: Path) -> None:
    lock = FileLock(path)
    lock.take()
    store = Store(path)
    store.create("v", make_session().checkpoint())
    store.close()
    lock.release()


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_off_is_torn(path: Path, cut: float) -> None:
    store = Store(path)
    for number in range(20):
        store.create(f"v{number}", make_session().checkpoint())
    store.close()
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * cut)])
    lock = FileLock(path)
    with pytest.raises(StoreTorn):
        lock.take()
    path.unlink()
    lock.take()  # a refusal holds nothing
    lock.release()


@pytest.mark.parametrize("name", ["deep", "file/nnlab.sqlite3"], ids=["a folder", "below a file"])
def test_what_cannot_be_opened_is_named(path: Path, name: str) -> None:
    path.parent.mkdir()
    (path.parent.parent / "file").touch()
    odd = path.parent.parent / name
    with pytest.raises(StoreError, match=rf"NNLAB_DATABASE={odd} cannot be opened \(\w.*\)"):
        FileLock(odd).take()


def test_an_unfit_file_is_refused(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    with pytest.raises(StoreForeign):
        FileLock(path).take()
