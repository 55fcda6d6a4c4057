"""A database by its address: the path of a SQLite file, or the URL of a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nnlab.database.database import Database
from nnlab.database.errors import StoreError
from nnlab.database.layout import Layout
from nnlab.sentence import Sentence

Address = Path | str


def is_server(address: Address) -> bool:
    """Whether it is PostgreSQL's; a file's otherwise."""
    return str(address).startswith(("postgresql://", "postgresql+psycopg://"))


def open_database(address: Address, layout: Layout, open_file: Callable[[Path], Database]) -> Database:
    """The database there; `open_file` opens one that is a file. Raises StoreError.

    A file is opened now, a server reached when it is first needed: it may be away while a runner starts.
    """
    if not is_server(address):
        return open_file(Path(address))
    try:
        from nnlab.database.postgres import Postgres
    except ImportError as error:
        raise StoreError(
            Sentence("PostgreSQL needs its driver: pip install -r requirements-cluster.txt, or name a SQLite file.")
        ) from error
    return Postgres(str(address), layout)
