"""What a store keeps in PostgreSQL: its tables in their newest version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nnlab.database.errors import StoreForeign, StoreNewer

if TYPE_CHECKING:
    import psycopg

LOCK = 0x4E4E4C62  # "NNLb": held by whoever makes or changes tables, so that of several that start together one does
VERSIONS = "CREATE TABLE IF NOT EXISTS nnlab_layouts (name TEXT PRIMARY KEY, version INTEGER NOT NULL)"


@dataclass(frozen=True, slots=True)
class Layout:
    """`steps[n]` is the SQL that leads from version n to n + 1. A step is never changed once it has been released."""

    name: str  # of the layout, and of its first table
    steps: tuple[str, ...]

    def prepare(self, connection: psycopg.Connection[Any]) -> None:
        """Bring the tables up to date. Raises StoreNewer, StoreForeign, psycopg.Error."""
        if self._version(connection) != len(self.steps):
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
                self._upgrade(connection)

    def _version(self, connection: psycopg.Connection[Any]) -> int:
        """0 when there is none."""
        known = connection.execute("SELECT to_regclass('nnlab_layouts'), to_regclass(%s)", (self.name,)).fetchone()
        found = None
        if known is not None and known[0] is not None:
            found = connection.execute("SELECT version FROM nnlab_layouts WHERE name = %s", (self.name,)).fetchone()
        if found is None and known is not None and known[1] is not None:
            raise StoreForeign
        version = 0 if found is None else int(found[0])
        if version > len(self.steps):
            raise StoreNewer
        return version

    def _upgrade(self, connection: psycopg.Connection[Any]) -> None:
        """Take the steps that are still missing now that nobody else takes them."""
        connection.execute(VERSIONS)
        for step in self.steps[self._version(connection) :]:
            connection.execute(step.encode())
        connection.execute(
            "INSERT INTO nnlab_layouts VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET version = excluded.version",
            (self.name, len(self.steps)),
        )
