"""All that one store has into another one: from a file to PostgreSQL when one machine is outgrown, or back."""

from __future__ import annotations

from nnlab.database import Database
from nnlab.database.opening import Address
from nnlab.fleet.store.lock import right_to_serve
from nnlab.fleet.store.schema import open_sessions

AT_ONCE = 100  # sessions
STANDING = "view_id, term, revision, running, next_point_id, changed, touched_at, kind, keep_days"


def copy_all(source: Address, target: Address) -> int:
    """Copy every session and room that the target has not; how many.

    Raises StoreError: a server works with one of the two, or one cannot be opened.
    """
    rights = [right_to_serve(source), right_to_serve(target)]
    taken = []
    try:
        for right in rights:
            right.take()
            taken.append(right)
        return _copy(open_sessions(source), open_sessions(target))
    finally:
        for right in taken:
            right.release()


def _copy(source: Database, target: Database) -> int:
    last, copied = "", 0
    try:
        while standings := source.rows(
            f"SELECT {STANDING} FROM sessions WHERE view_id > ? ORDER BY view_id LIMIT ?", (last, AT_ONCE)
        ):
            last = standings[-1][0]
            with target.transaction():
                copied += sum(_copy_one(source, target, standing) for standing in standings)
    finally:
        source.close()
        target.close()
    return copied


def _copy_one(source: Database, target: Database, standing: tuple[object, ...]) -> bool:
    view_id, term, revision, running, next_point_id, changed, *rest = standing
    values = (view_id, term, revision, bool(running), next_point_id, bool(changed), *rest)
    marks = ", ".join("?" * len(values))
    made = target.execute(f"INSERT INTO sessions ({STANDING}) VALUES ({marks}) ON CONFLICT DO NOTHING", values)
    if made:
        parts = source.rows("SELECT view_id, name, content FROM parts WHERE view_id = ?", (view_id,))
        target.execute_many("INSERT INTO parts (view_id, name, content) VALUES (?, ?, ?)", parts)
    return bool(made)
