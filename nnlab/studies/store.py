"""What is kept of runs: which there are, and the rows of every chunk that is done, in a database of either kind.

Chunks are kept under what decides their numbers (study, parameters, code): runs of the same share them.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnlab.database import Database, StoreError
from nnlab.database.layout import Layout
from nnlab.database.opening import Address, open_database
from nnlab.database.sqlite import Sqlite, in_words
from nnlab.errors import Unavailable
from nnlab.sentence import Sentence

BUSY_TIMEOUT_S = 5.0
VERSION = 1
MOST_RUNS = 1_000  # kept; the oldest go first

TABLES = """
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    study TEXT NOT NULL,
    parameters TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL
);
CREATE TABLE chunks (
    key TEXT NOT NULL,
    number INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (key, number)
) WITHOUT ROWID;
"""

LAYOUT = Layout(
    "runs",
    (
        """
CREATE TABLE runs (
    number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    study TEXT NOT NULL,
    parameters TEXT NOT NULL,
    key TEXT NOT NULL,
    state TEXT NOT NULL,
    problem TEXT NOT NULL
);
CREATE TABLE chunks (
    key TEXT NOT NULL,
    number BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (key, number)
);
""",
    ),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A run as it is kept. `state` is queued, running, done, failed or cancelled."""

    id: str
    study: str
    parameters: dict[str, Any]
    key: str
    state: str
    problem: str


class StudyStore:
    """Any thread may use it. Raises Unavailable when the database does not do what it should."""

    def __init__(self, address: Address | None) -> None:
        self._address = address  # None: kept in memory alone
        self._lock = threading.Lock()
        self._opened: Database | None = None

    def add(self, run: Kept) -> None:
        """Keep a new run, and no more than there is room for."""
        with self._writing() as database:
            database.execute(
                "INSERT INTO runs (id, study, parameters, key, state, problem) VALUES (?, ?, ?, ?, ?, ?)",
                (run.id, run.study, json.dumps(run.parameters), run.key, run.state, run.problem),
            )
            database.execute(
                "DELETE FROM runs WHERE number <= (SELECT MAX(number) FROM runs) - ? AND state NOT IN"
                " ('queued', 'running')",
                (MOST_RUNS,),
            )
            database.execute("DELETE FROM chunks WHERE key NOT IN (SELECT key FROM runs)")

    def find(self, run_id: str) -> Kept | None:
        """The run of this id."""
        return next(iter(self._runs("id = ?", run_id)), None)

    def unfinished(self) -> list[Kept]:
        """The runs that are to go on, the oldest first."""
        return self._runs("state IN ('queued', 'running')")

    def set_state(self, run_ids: list[str], state: str, problem: str = "") -> None:
        """Note how runs stand; one that has ended, perhaps by another web process, stays as it is."""
        with self._writing() as database:
            database.execute_many(
                "UPDATE runs SET state = ?, problem = ? WHERE id = ? AND state IN ('queued', 'running')",
                [(state, problem, run_id) for run_id in run_ids],
            )

    def cancelled(self, key: str) -> set[str]:
        """The ids of the runs of a job that were cancelled, by whichever web process."""
        return {run.id for run in self._runs("key = ? AND state = 'cancelled'", key)}

    def set_key(self, run_id: str, key: str) -> None:
        """Note that a run goes on under other code: its chunks are done anew."""
        with self._writing() as database:
            database.execute("UPDATE runs SET key = ? WHERE id = ?", (key, run_id))

    def keep(self, key: str, number: int, rows: list[dict[str, Any]]) -> None:
        """Keep the rows of a chunk."""
        content = zlib.compress(json.dumps(rows).encode())
        with self._writing() as database:
            database.execute(
                "INSERT INTO chunks (key, number, content) VALUES (?, ?, ?)"
                " ON CONFLICT (key, number) DO UPDATE SET content = excluded.content",
                (key, number, content),
            )

    def done(self, key: str) -> set[int]:
        """The numbers of the chunks that are kept."""
        with self._using() as database:
            return {number for (number,) in database.rows("SELECT number FROM chunks WHERE key = ?", (key,))}

    def rows(self, key: str) -> list[dict[str, Any]]:
        """The rows of all chunks that are kept."""
        with self._using() as database:
            found = database.rows("SELECT content FROM chunks WHERE key = ? ORDER BY number", (key,))
        return [row for (content,) in found for row in json.loads(zlib.decompress(content))]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def _runs(self, condition: str, *values: object) -> list[Kept]:
        with self._using() as database:
            found = database.rows(
                f"SELECT id, study, parameters, key, state, problem FROM runs WHERE {condition} ORDER BY number", values
            )
        return [Kept(run, study, json.loads(fields), *rest) for run, study, fields, *rest in found]

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """All writes inside are kept together, or none."""
        with self._using() as database, database.transaction():
            yield database

    @contextmanager
    def _using(self) -> Iterator[Database]:
        """The database, for one thread at a time; opened when it is first needed. Raises Unavailable."""
        with self._lock:
            try:
                if self._opened is None:
                    address = ":memory:" if self._address is None else self._address
                    self._opened = open_database(address, LAYOUT, _open)
                yield self._opened
            except StoreError as error:
                raise Unavailable(Sentence("What is kept of studies could not be read or written.")) from error


def _open(path: Path) -> Database:
    with in_words():
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in filter(str.strip, TABLES.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    return Sqlite(connection)
