"""One server for one database: a lock, held as long as the server lives and let go of by the system after it."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path
from typing import IO, Protocol

from nnlab.database import Database
from nnlab.database.errors import StoreError, StoreInUse, StoreTorn
from nnlab.database.opening import Address, is_server
from nnlab.database.sqlite import in_words
from nnlab.fleet.store.schema import open_file, open_sessions

LOOK_EVERY_S = 0.1
HANDOVER_S = 12.0  # a worker of the same gunicorn that is being replaced ends within its graceful timeout
LOCK = 0x4E4E4C63  # the key of the right to serve in PostgreSQL
MOST_BYTES_CHECKED = 64 * 1024 * 1024  # of a file: looking through all of a larger one would hold the start up


class Right(Protocol):
    """The right to serve the sessions of a store. Two servers would take each other's sessions away all the time."""

    def take(self) -> None:
        """Take it. Raises StoreError: another server has it, or the database is unfit or away."""

    def release(self) -> None:
        """Let another server have it."""


def right_to_serve(address: Address) -> Right:
    """The right to serve the sessions of this database."""
    return ServerLock(str(address)) if is_server(address) else FileLock(Path(address))


class ServerLock:
    """A lock in PostgreSQL, which has it for as long as a connection lives."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._database: Database | None = None

    def take(self) -> None:
        """Take the lock and look whether the tables are ours. Raises StoreError.

        A server that has it is waited for: it may be ending.
        """
        database = open_sessions(self._address)
        deadline_s = time.monotonic() + HANDOVER_S
        try:
            while database.rows("SELECT pg_try_advisory_lock(?)", (LOCK,)) != [(True,)]:
                if time.monotonic() >= deadline_s:
                    raise StoreInUse
                time.sleep(LOOK_EVERY_S)
        except BaseException:
            database.close()
            raise
        self._database = database

    def release(self) -> None:
        """Let another server have the tables."""
        if self._database is not None:
            self._database.close()
            self._database = None


class FileLock:
    """A lock beside the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> None:
        """Take the lock and look at the file. Raises StoreError: another server has it, or the file is unfit.

        A process of the same parent, which it is replacing, is waited for. A file that can only be read needs no lock.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            file = self._path.with_name(self._path.name + ".lock").open("a+b")
        except OSError:
            self._look()
            return
        try:
            _take(file)
        except StoreInUse:
            file.close()
            raise
        self._file = file
        try:
            self._look()
        except BaseException:
            self.release()
            raise

    def release(self) -> None:
        """Let another server have the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _look(self) -> None:
        """Open the file once, which upgrades an older one, and see whether it holds together."""
        connection = self._opened()
        try:
            with in_words():
                if self._path.stat().st_size > MOST_BYTES_CHECKED:
                    connection.execute("SELECT count(*) FROM sessions").fetchone()
                elif connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                    raise StoreTorn
        finally:
            connection.close()

    def _opened(self) -> sqlite3.Connection:
        try:
            return open_file(self._path)
        except (OSError, StoreError) as error:
            if isinstance(error, StoreError) and type(error) is not StoreError:
                raise  # in words that say what to do
            reason = error.strerror if isinstance(error, OSError) else error.__cause__
            raise StoreError(
                f"NNLAB_DATABASE={self._path} cannot be opened ({reason}): it must be a file, in a folder that this"
                " server's user may write to."
            ) from error


def _take(file: IO[bytes]) -> None:
    """Take the lock and leave word of whose child has it. Raises StoreInUse."""
    ours = f"{os.getppid()}\n".encode()
    deadline_s = time.monotonic() + HANDOVER_S
    while not _lock(file):
        file.seek(1)
        if file.read() != ours or time.monotonic() >= deadline_s:
            raise StoreInUse
        time.sleep(LOOK_EVERY_S)
    file.truncate(0)
    file.write(b"\n" + ours)  # the first byte is the one that Windows locks against reading too
    file.flush()


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
