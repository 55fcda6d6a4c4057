"""The file's versions: an older one is upgraded, a newer or foreign or torn one is refused by its own word."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnlab.database.errors import StoreForeign, StoreNewer, StoreReadOnly, StoreTorn
from nnlab.fleet.store import Store
from nnlab.fleet.store.schema import STEPS, open_file
from nnlab.session.session import Session
from tests.unit.making import make_session

# What NNLab 1.0.0 made before files had versions.
VERSION_0 = """
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


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nnlab.sqlite3"


def make_version_0(path: Path, sessions: dict[str, Session]) -> None:
    """A file as the server wrote it then."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(VERSION_0)
    for view_id, session in sessions.items():
        saved = session.checkpoint()
        connection.execute(
            "INSERT INTO sessions (view_id, epoch, document, revision, running, next_point_id, training, series)"
            " VALUES (?, 7, ?, ?, ?, ?, ?, ?)",
            (view_id, saved.document, saved.revision, saved.running, saved.next_point_id, saved.training, saved.series),
        )
    connection.close()


def test_a_file_of_version_0_is_upgraded_and_keeps_its_sessions(path: Path) -> None:
    sessions = {"v": make_session(title="Ä"), "w": make_session()}
    sessions["v"].start()
    sessions["v"].advance(300)
    make_version_0(path, sessions)
    store = Store(path)
    for view_id, session in sessions.items():
        claimed = store.claim(view_id)
        assert claimed is not None
        assert claimed[0] == 8
        woken, known = Session.from_checkpoint(claimed[1]), session.checkpoint()
        assert (woken.document, woken.running, woken.revision) == (session.document, session.running, session.revision)
        assert (claimed[1].training, claimed[1].series) == (known.training, known.series)
    assert store.unused(since_s=0, unchanged_since_s=0, most=9) == []
    store.close()
    assert version_of(path) == len(STEPS)


def test_a_copy_made_while_the_server_ran_is_written_ahead_again(path: Path) -> None:
    store = Store(path)
    store.create("v", make_session().checkpoint())
    copy = path.with_name("copy.sqlite3")
    connection = sqlite3.connect(path)
    connection.execute("VACUUM INTO ?", [str(copy)])
    connection.close()
    store.close()
    assert modes_of(copy) == ("delete", 2)
    store = Store(copy)
    assert store.read("v") is not None
    store.close()
    assert modes_of(copy) == ("wal", 2)


def modes_of(path: Path) -> tuple[str, int]:
    """How the file is written, and how it gives room back."""
    connection = sqlite3.connect(path)
    ((mode,), (shrinking,)) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "auto_vacuum")
    )
    connection.close()
    return mode, shrinking


def test_a_file_of_version_1_keeps_its_claims(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_version_0(path, {"v": make_session()})
    with monkeypatch.context() as patch:
        patch.setattr("nnlab.fleet.store.schema.STEPS", STEPS[:1])
        connection = open_file(path)
        assert connection.execute("SELECT epoch FROM sessions").fetchall() == [(7,)]
        connection.close()
    store = Store(path)
    claimed = store.claim("v")
    assert claimed is not None and claimed[0] == 8
    store.close()
    assert version_of(path) == len(STEPS)


def test_what_a_file_of_version_2_has_are_sessions_kept_as_the_settings_say(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_version_0(path, {"v": make_session()})
    with monkeypatch.context() as patch:
        patch.setattr("nnlab.fleet.store.schema.STEPS", STEPS[:2])
        open_file(path).close()
    store = Store(path)
    claimed = store.claim("v")
    assert claimed is not None and (claimed[1].kind, claimed[1].keep_days, claimed[1].orders) == ("session", None, b"")
    store.close()


def test_an_upgraded_file_has_the_layout_of_a_new_one(path: Path, tmp_path: Path) -> None:
    make_version_0(path, {"v": make_session()})
    layouts = []
    for file in (path, tmp_path / "new.sqlite3"):
        connection = open_file(file)
        layouts.append(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall())
        connection.close()
    assert layouts[0] == layouts[1]


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_version_0(path, {"v": make_session()})

    def broken(connection: sqlite3.Connection) -> None:
        STEPS[0](connection)
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("nnlab.fleet.store.schema.STEPS", (broken,))
        with pytest.raises(ZeroDivisionError):
            open_file(path)
    store = Store(path)
    assert store.read("v") is not None
    store.close()


def test_a_file_of_this_version_is_not_written_to_when_it_is_opened(path: Path) -> None:
    Store(path).close()
    before = path.read_bytes()
    Store(path).close()
    assert path.read_bytes() == before


def test_a_newer_file_is_refused(path: Path) -> None:
    Store(path).close()
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    connection.close()
    with pytest.raises(StoreNewer, match="newer"):
        open_file(path)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE bookmarks (url TEXT)",
        "CREATE TABLE sessions (id TEXT, data BLOB)",
        "PRAGMA application_id = 252006674",
        "PRAGMA user_version = 3",
    ],
)
def test_another_programs_file_is_refused_and_left_alone(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreForeign, match="another program"):
        open_file(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_torn(path: Path) -> None:
    path.write_bytes(b"no database, but long enough to be looked at" * 100)
    with pytest.raises(StoreTorn, match="backup"):
        open_file(path)


@pytest.fixture
def everybodys_folder() -> Iterator[Path]:
    """A folder that another user may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_and_a_folder_that_cannot_be_written_can_be_read(everybodys_folder: Path) -> None:
    path = everybodys_folder / "nnlab.sqlite3"
    store = Store(path)
    store.create("v", make_session().checkpoint())
    store.close()
    path.chmod(0o444)
    everybodys_folder.chmod(0o555)
    child = os.fork()
    if child == 0:  # as somebody who may not write: root may always
        os._exit(_read_and_fail_to_write(path))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _read_and_fail_to_write(path: Path) -> int:
    try:
        if os.geteuid() == 0:
            os.setuid(65534)
        store = Store(path)
        assert store.read("v") is not None
        try:
            store.claim("v")
        except StoreReadOnly:
            return 0
        return 1
    except BaseException:
        return 2


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    connection.close()
    return int(version)
