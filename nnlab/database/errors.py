"""What can be wrong with a database, each with its own word: for the log, for /readyz and for whoever asked."""

from __future__ import annotations

from nnlab.errors import Unavailable
from nnlab.sentence import Sentence


class StoreError(Unavailable):
    """The store could not do it, and has not done it. `detail` says why, and what whoever runs the server can do."""

    code = "store_failed"
    title = "The store does not work"
    retry_after_s = 5
    words = Sentence("The file of the sessions could not be read or written; nothing was changed. Try again shortly.")

    def __init__(self, detail: str | None = None, **options: object) -> None:
        super().__init__(self.words if detail is None else detail, **options)  # type: ignore[arg-type]


class StoreBusy(StoreError):
    """Another process holds the file's lock."""

    code = "store_busy"
    retry_after_s = 1
    words = Sentence("The store is busy and nothing was changed; try again.")


class StoreFull(StoreError):
    """No room is left for the file."""

    code = "store_full"
    retry_after_s = 30
    words = Sentence("The server's disk is full and nothing was changed; whoever runs it must make room.")


class StoreReadOnly(StoreError):
    """The file can be read and not written."""

    code = "store_read_only"
    retry_after_s = 30
    words = Sentence(
        "The server's store can only be read and nothing was changed; whoever runs it must make it writable."
    )


class StoreAway(StoreError):
    """The database server cannot be reached, or does not answer."""

    code = "store_away"
    retry_after_s = 3
    words = Sentence("The database does not answer and nothing was changed; try again shortly.")


class StoreTorn(StoreError):
    """The file, or a part of it, is not what a database wrote."""

    code = "store_torn"
    retry_after_s = 60
    words = Sentence("The file of the sessions is damaged; whoever runs the server must put a backup in its place.")


class StoreForeign(StoreError):
    """The file is a database of some other program."""

    code = "store_foreign"
    retry_after_s = 60
    words = Sentence("The file that NNLAB_DATABASE names belongs to another program; name another one.")


class StoreNewer(StoreError):
    """The file was written by a later version of NNLab."""

    code = "store_newer"
    retry_after_s = 60
    words = Sentence("The file of the sessions was written by a newer NNLab; run that one, or name another file.")


class StoreInUse(StoreError):
    """Another server works with the file."""

    code = "store_in_use"
    retry_after_s = 5
    words = Sentence("Another server works with the file of the sessions; stop it, or name another file.")
