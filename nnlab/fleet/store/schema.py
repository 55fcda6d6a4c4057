"""The layout of what is stored and its versions: a file of any earlier one is brought up to date when it is opened."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from nnlab.database import Database
from nnlab.database.errors import StoreError, StoreForeign, StoreNewer
from nnlab.database.layout import Layout
from nnlab.database.opening import Address, open_database
from nnlab.database.sqlite import Sqlite, in_words
from nnlab.fleet.store.padding import padded

BUSY_TIMEOUT_S = 5.0
APPLICATION_ID = 0x4E4E4C62  # "NNLb": tells our files from those of other programs

# `parts` holds what is large, each part under a name, so that each is written at its own rate (see Checkpoint).
# `term` counts the claims of a session: the runner of the newest one owns it. A session is `changed` once it has been
# saved after its creation; `touched_at` is the last use in seconds since 1970, to the hour. Rooms stand here too:
# `kind` says what a row is of, `keep_days` how long it is kept unused where that is not as the settings say
# (written as SQLite writes what has been added later).
TABLES = """
CREATE TABLE sessions (
    view_id TEXT PRIMARY KEY,
    term INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    running INTEGER NOT NULL,
    next_point_id INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    touched_at INTEGER NOT NULL
, kind TEXT NOT NULL DEFAULT 'session', keep_days INTEGER) WITHOUT ROWID;
CREATE TABLE parts (
    view_id TEXT NOT NULL,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (view_id, name)
);
"""

# The same in PostgreSQL. The order of names is that of their bytes, as it is in SQLite.
LAYOUT = Layout(
    "sessions",
    (
        """
CREATE TABLE sessions (
    view_id TEXT COLLATE "C" PRIMARY KEY,
    term BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    running BOOLEAN NOT NULL,
    next_point_id BIGINT NOT NULL,
    changed BOOLEAN NOT NULL,
    touched_at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    keep_days BIGINT
);
CREATE TABLE parts (
    view_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (view_id, name)
);
""",
        # A training state of usual size stands in its row: in pieces, and tried to be compressed, it costs half as much
        # again to write.
        """
ALTER TABLE parts ALTER COLUMN content SET STORAGE MAIN;
ALTER TABLE parts SET (toast_tuple_target = 8160);
""",
    ),
)

OLD_COLUMNS = {
    "view_id", "epoch", "document", "revision", "running", "next_point_id", "training", "series", "changed_at"
}  # fmt: skip


def open_sessions(address: Address) -> Database:
    """The database of the sessions. Raises StoreError."""
    return open_database(address, LAYOUT, lambda path: Sqlite(open_file(path)))


def open_file(path: Path) -> sqlite3.Connection:
    """A connection to the file in its newest version; the file is made if it is not there.

    Raises StoreError: the file is another program's, a newer version's, torn, or cannot be written.
    """
    with in_words():
        connection = _connect(path)
    try:
        with in_words():
            _prepare(connection)
    except StoreError:
        connection.close()
        raise
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    """Open the file; where neither it nor its folder can be written, as it stands, to be read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        waiting = path.with_name(path.name + "-wal")
        cannot_share = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not cannot_share or not path.is_file() or (waiting.exists() and waiting.stat().st_size):
            raise
        address = f"{path.resolve().as_uri()}?immutable=1"  # nobody can write it, so nobody has to be heeded
        return sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    version = version_of(connection)
    if version is None:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # before the first table, or never
    _write_ahead(connection)
    if version != len(STEPS):
        _upgrade(connection)
    # NORMAL survives kill -9 of every process; only a power cut can cost the last moments, and a change then costs no
    # fsync, which would stall every other session's frames.
    connection.execute("PRAGMA synchronous = NORMAL")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Let runners write while others read. It is a property of the file, which a copy by VACUUM INTO lacks."""
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        with suppress(sqlite3.OperationalError):  # it can only be read, or is in use: whoever writes is told
            connection.execute("PRAGMA journal_mode = WAL")


def version_of(connection: sqlite3.Connection) -> int | None:
    """The file's version, None for an empty file. Raises StoreForeign, StoreNewer."""
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if application_id == APPLICATION_ID:
        if version > len(STEPS):
            raise StoreNewer
        return int(version)
    if application_id or version or tables - {"sessions"}:
        raise StoreForeign
    if not tables:
        return None
    columns = {row[1] for row in connection.execute("PRAGMA table_info(sessions)")}
    if columns != OLD_COLUMNS:
        raise StoreForeign
    return 0


def _upgrade(connection: sqlite3.Connection) -> None:
    """Take the steps that are missing, all or none. Another process may be taking them: the first one does."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(connection)
        if version is None:
            _run(connection, TABLES)
        else:
            for step in STEPS[version:]:
                step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


# The tables of version 1, which `_apart` makes.
TABLES_1 = """
CREATE TABLE sessions (
    view_id TEXT PRIMARY KEY,
    epoch INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    running INTEGER NOT NULL,
    next_point_id INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    touched_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE parts (
    view_id TEXT NOT NULL,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (view_id, name)
);
"""


def _apart(connection: sqlite3.Connection) -> None:
    """0 -> 1: document, training and series become parts of their own; the last use is known to the day it was."""
    connection.execute("ALTER TABLE sessions RENAME TO old_sessions")
    _run(connection, TABLES_1)
    connection.execute(
        "INSERT INTO sessions SELECT view_id, epoch, revision, running, next_point_id, 1,"
        " COALESCE(CAST(strftime('%s', changed_at) AS INTEGER), ?) FROM old_sessions",
        (int(time.time()),),
    )
    for name, column in (("document", "CAST(document AS BLOB)"), ("series", "series")):
        connection.execute(f"INSERT INTO parts SELECT view_id, ?, {column} FROM old_sessions", (name,))
    rows = connection.execute("SELECT view_id, training FROM old_sessions WHERE training NOT NULL").fetchall()
    connection.executemany(
        "INSERT INTO parts VALUES (?, 'training', ?)", [(view_id, padded(training)) for view_id, training in rows]
    )
    connection.execute("DROP TABLE old_sessions")


def _with_terms(connection: sqlite3.Connection) -> None:
    """1 -> 2: the number of a claim is called a term, as an epoch is a pass over the points."""
    connection.execute("ALTER TABLE sessions RENAME COLUMN epoch TO term")


def _with_kinds(connection: sqlite3.Connection) -> None:
    """2 -> 3: a row says what it is of, and may have its own time to be kept."""
    connection.execute("ALTER TABLE sessions ADD COLUMN kind TEXT NOT NULL DEFAULT 'session'")
    connection.execute("ALTER TABLE sessions ADD COLUMN keep_days INTEGER")


# The step at index n leads from version n to n + 1. A step is never changed once it has been released; TABLES is what a
# new file begins with, and must be what all steps lead to.
STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_apart, _with_terms, _with_kinds)


def _run(connection: sqlite3.Connection, script: str) -> None:
    """Several statements in the transaction that is open; `executescript` would end it."""
    for statement in filter(str.strip, script.split(";")):
        connection.execute(statement)
