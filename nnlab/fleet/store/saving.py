"""Checkpoints on their way into the database: what of each is new, and all that is, in few statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from nnlab.database import Database
from nnlab.fleet.store.padding import padded
from nnlab.session.checkpoint import Checkpoint

HOUR_S = 3600  # the last use of a session is known as closely as that, so that it need not be written all the time
PIECE = "piece "  # before the number in a part's name

Part = tuple[str, str, bytes]  # view id, name, content


@dataclass(frozen=True, slots=True)
class Save:
    """A checkpoint of a session, and the term under which its runner has the session."""

    view_id: str
    term: int
    checkpoint: Checkpoint


@dataclass(frozen=True, slots=True)
class Known:
    """What is stored of a session that bears on what is to be written of it."""

    term: int
    revision: int
    running: bool
    is_fresh: bool  # known to be changed, and to have been used within the hour
    training_bytes: int = 0
    course: bytes | None = b""
    orders: bytes | None = b""


NOTHING = Known(term=0, revision=-1, running=False, is_fresh=False)
UNKNOWN = replace(NOTHING, course=None, orders=None)


@dataclass(slots=True)
class News:
    """What is to be written: standings of sessions, parts, and parts that go."""

    standings: list[tuple[Any, ...]] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)


def save_all(database: Database, saves: Sequence[Save], now_s: int, in_doubt: set[str]) -> set[str]:
    """Overwrite what has changed of these sessions, each another one; return the view ids of those that others own.

    In a transaction, which nobody may take a session over in the midst of. Of sessions `in_doubt` nothing is taken for
    stored.
    """
    known = _known(database, [one.view_id for one in saves], now_s)
    owned = [one for one in saves if one.view_id in known and known[one.view_id].term == one.term]
    news = News()
    piecewise = []
    for one in owned:
        before = UNKNOWN if one.view_id in in_doubt else known[one.view_id]
        _standing(one, before, now_s, news)
        news.parts += _parts(one.view_id, one.checkpoint, before)
        if before is UNKNOWN or before.course != one.checkpoint.course:
            piecewise.append(one)
    if piecewise:
        _pieces(database, piecewise, in_doubt, news)
    _write(database, news)
    return {one.view_id for one in saves} - {one.view_id for one in owned}


def put_new(database: Database, view_id: str, checkpoint: Checkpoint) -> None:
    """Write all parts of a session that there was not before."""
    news = News(parts=list(_parts(view_id, checkpoint, NOTHING)))
    if checkpoint.course:
        news.parts += [(view_id, f"{PIECE}{number}", content) for number, content in checkpoint.pieces.items()]
    _write(database, news)


def in_list(view_ids: Sequence[str]) -> tuple[str, list[str]]:
    """Marks and values for `IN (...)`: one of few lengths, so that there are few statements to prepare."""
    length = 1 << max(0, len(view_ids) - 1).bit_length()
    return ", ".join("?" * length), [*view_ids, *[view_ids[-1]] * (length - len(view_ids))]


def _known(database: Database, view_ids: Sequence[str], now_s: int) -> dict[str, Known]:
    """What is stored of these sessions, in one answer: a row for each part that bears on it, or one without."""
    marks, values = in_list(view_ids)
    standings: dict[str, tuple[Any, ...]] = {}
    parts: dict[str, dict[str, Any]] = {}
    for view_id, *standing, name, size, content in database.rows(
        "SELECT sessions.view_id, term, revision, running, touched_at > ? AND changed,"
        " name, length(content), CASE WHEN name <> 'training' THEN content END"
        " FROM sessions LEFT JOIN parts"
        " ON parts.view_id = sessions.view_id AND name IN ('training', 'course', 'orders')"
        f" WHERE sessions.view_id IN ({marks}) ORDER BY sessions.view_id{database.holding}",
        [now_s - HOUR_S, *values],
    ):
        standings[view_id] = tuple(standing)
        if name is not None:
            key, value = ("training_bytes", size) if name == "training" else (name, content)
            parts.setdefault(view_id, {})[key] = value
    return {view_id: Known(*standing, **parts.get(view_id, {})) for view_id, standing in standings.items()}


def _standing(one: Save, known: Known, now_s: int, news: News) -> None:
    checkpoint = one.checkpoint
    if not known.is_fresh or (known.revision, known.running) != (checkpoint.revision, checkpoint.running):
        values = (checkpoint.revision, checkpoint.running, checkpoint.next_point_id, now_s, one.view_id)
        news.standings.append(values)


def _parts(view_id: str, checkpoint: Checkpoint, known: Known) -> Iterator[Part]:
    """The parts that have changed, but for the pieces. The document changes with its revision alone."""
    if known.revision != checkpoint.revision:
        yield view_id, "document", checkpoint.document.encode()
    if checkpoint.training is not None:
        yield view_id, "training", padded(checkpoint.training, known.training_bytes)
    if checkpoint.series is not None:
        yield view_id, "series", checkpoint.series
    if checkpoint.orders and known.orders != checkpoint.orders:
        yield view_id, "orders", checkpoint.orders
    if known.course != checkpoint.course:
        yield view_id, "course", checkpoint.course


def _pieces(database: Database, saves: Sequence[Save], in_doubt: set[str], news: News) -> None:
    """The pieces that are new, and those that are no longer named."""
    marks, values = in_list([one.view_id for one in saves])
    stored: dict[str, set[str]] = {}
    for view_id, name in database.rows(
        f"SELECT view_id, name FROM parts WHERE view_id IN ({marks}) AND name BETWEEN ? AND ?",
        [*values, PIECE, PIECE + ":"],
    ):
        stored.setdefault(view_id, set()).add(name)
    for one in saves:
        there = stored.get(one.view_id, set())
        wanted: Mapping[str, bytes] = {f"{PIECE}{n}": content for n, content in one.checkpoint.pieces.items()}
        to_write = wanted.keys() if one.view_id in in_doubt else wanted.keys() - there
        news.parts += [(one.view_id, name, wanted[name]) for name in to_write]
        news.gone += [(one.view_id, name) for name in there - wanted.keys()]


def _write(database: Database, news: News) -> None:
    if news.standings:
        database.execute_many(
            "UPDATE sessions SET revision = ?, running = ?, next_point_id = ?, changed = TRUE, touched_at = ?"
            " WHERE view_id = ?",
            news.standings,
        )
    if news.parts:
        database.execute_many(
            "INSERT INTO parts (view_id, name, content) VALUES (?, ?, ?)"
            " ON CONFLICT (view_id, name) DO UPDATE SET content = excluded.content",
            news.parts,
        )
    if news.gone:
        database.execute_many("DELETE FROM parts WHERE view_id = ? AND name = ?", news.gone)
