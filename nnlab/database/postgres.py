"""PostgreSQL as a database. The only place that knows psycopg; imported when an address names PostgreSQL."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from nnlab.database.database import Database, Row, Values
from nnlab.database.errors import StoreAway, StoreBusy, StoreError, StoreFull, StoreReadOnly, StoreTorn
from nnlab.database.guard import GUARD, shut
from nnlab.database.layout import Layout

log = logging.getLogger(__name__)

CONNECT_S = 3
SLOW_S = 0.2  # an answer takes a thousandth of a second; what waits so long may wait for seconds
# A transaction whose runner is frozen lets go of its rows before that runner's successor gives up waiting for them.
LIMITS = (
    "SET lock_timeout = '3s'; SET statement_timeout = '10s'; SET idle_in_transaction_session_timeout = '2s';"
    " SET client_min_messages = 'warning'"
)
KINDS = {
    "53100": StoreFull,
    "55P03": StoreBusy,  # the lock_timeout
    "57014": StoreBusy,  # the statement_timeout
    "40P01": StoreBusy,  # two waited for each other, and this one was to give way
    "25006": StoreReadOnly,
    "XX001": StoreTorn,
    "XX002": StoreTorn,
    "53300": StoreAway,  # too many connections
    "25P03": StoreAway,  # the idle_in_transaction_session_timeout, which ends the connection
}
AWAY = ("08", "57P")  # begin the codes of what happens when a server goes or comes


def store_error(error: psycopg.Error) -> StoreError:
    """The word for what PostgreSQL, or the driver, says."""
    state = error.sqlstate
    if state is None:
        return StoreAway() if isinstance(error, psycopg.OperationalError) else StoreError()
    return KINDS.get(state, StoreAway if state.startswith(AWAY) else StoreError)()


class Postgres(Database):
    """A connection that is made when it is first needed, and anew when it has been lost.

    What has no answer that is waited for, the beginning of a transaction and what is written in it, goes with the next
    statement that has one: each way to the server and back takes a thread that trains beside it milliseconds.
    """

    beginning = "BEGIN"
    reading_only = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    holding = " FOR UPDATE OF sessions"

    def __init__(self, address: str, layout: Layout) -> None:
        self.address = address
        self._layout = layout
        self._connection: psycopg.Connection[Row] | None = None
        self._unsent: list[tuple[str, Sequence[Values]]] = []
        self._is_open = False  # a transaction, at the server
        self._asked_s = 0.0  # when what is being asked was; 0 when nothing is
        self._is_cut = False
        self._is_away = False
        GUARD.add(self)

    def rows(self, statement: str, values: Values = ()) -> list[Row]:
        """All rows of a statement's answer."""
        return self._ask(statement, values).fetchall()

    def execute(self, statement: str, values: Values = ()) -> int:
        """Carry out a statement; how many rows it has changed."""
        return self._ask(statement, values).rowcount

    def execute_many(self, statement: str, values: Sequence[Values]) -> None:
        """Carry out a statement for each of these values, without waiting for one answer after the other.

        What is alone in its transaction may be carried out twice, when the connection is lost on the way back: it must
        then say the same twice.
        """
        if values and self.in_transaction:
            self._unsent.append((statement, values))
        elif values:
            with self.transaction():
                self._unsent.append((statement, values))

    def hindrance(self) -> StoreError | None:
        """Whether another connection of this process waits for the server, or has not reached it."""
        now_s = time.monotonic()
        for one in GUARD.guarded():
            if isinstance(one, Postgres) and one.address == self.address:
                if one._is_away or one.waiting_s(now_s) > SLOW_S:
                    return StoreAway()
        return None

    def shrink(self, pages: int) -> None:
        """The server does that by itself."""

    def close(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def waiting_s(self, now_s: float) -> float:
        """Since how long an answer has been waited for; 0 when none is."""
        asked_s = self._asked_s
        return now_s - asked_s if asked_s else 0.0

    def cut(self) -> None:
        """End the waiting; for the guard."""
        connection = self._connection
        if connection is not None:
            self._is_cut = True
            with suppress(psycopg.Error):
                shut(connection.pgconn.socket)

    def _begin(self, statement: str) -> None:
        self._unsent = [(statement, [()])]
        self._is_open = False

    @property
    def _has_begun(self) -> bool:
        return self._is_open or len(self._unsent) > 1

    def _relax(self) -> None:
        if self._has_begun:
            self._unsent.append(("SET LOCAL synchronous_commit TO OFF", [()]))

    def _commit(self) -> None:
        if self._has_begun:
            self.execute("COMMIT")
        self._unsent, self._is_open = [], False

    def _roll_back(self) -> None:
        self._unsent = []
        connection = self._connection
        if connection is not None and connection.info.transaction_status is not TransactionStatus.IDLE:
            try:
                self.execute("ROLLBACK")
            except StoreError:  # the server does it when the connection ends
                self.close()
        self._is_open = False

    def _ask(self, statement: str, values: Values) -> psycopg.Cursor[Row]:
        """A statement's answer. A connection that was lost while nobody used it is replaced unnoticed."""
        was_there = self._connection is not None
        try:
            return self._attempt(statement, values)
        except StoreAway:
            if self._is_open or not was_there or self._is_cut:
                raise
        return self._attempt(statement, values)

    def _attempt(self, statement: str, values: Values) -> psycopg.Cursor[Row]:
        self._asked_s, self._is_cut = time.monotonic(), False
        try:
            connection = self._connected()
            self._asked_s = time.monotonic()
            answer = self._send(connection, statement, values)
            self._is_away = False
            return answer
        except psycopg.Error as error:
            log.warning("PostgreSQL: %s", str(error).strip() or type(error).__name__)
            said = store_error(error)
            if isinstance(said, StoreAway):
                self._is_away = True
                self.close()
            raise said from error
        finally:
            self._asked_s = 0.0

    def _send(self, connection: psycopg.Connection[Row], statement: str, values: Values) -> psycopg.Cursor[Row]:
        """All that is unsent, and this statement, whose answer is waited for."""
        cursor = connection.cursor(binary=True)
        if self._unsent:
            with connection.pipeline():
                for earlier, many in self._unsent:
                    connection.cursor().executemany(_marked(earlier), many)
                cursor.execute(_marked(statement), values)
        else:
            cursor.execute(_marked(statement), values)
        self._unsent, self._is_open = [], self.in_transaction
        return cursor

    def _connected(self) -> psycopg.Connection[Row]:
        if self._connection is not None and self._connection.closed:
            self.close()
        if self._connection is None:
            if self._is_open:  # it was lost on the way
                raise psycopg.OperationalError("the connection is lost")
            connection = connect(self.address)
            try:
                self._layout.prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection


def connect(address: str) -> psycopg.Connection[Row]:
    """A connection that begins no transaction by itself. Raises psycopg.Error."""
    connection = psycopg.connect(address.replace("+psycopg", "", 1), autocommit=True, connect_timeout=CONNECT_S)
    connection.execute(LIMITS)
    return connection


@cache
def _marked(statement: str) -> Any:
    """With PostgreSQL's mark for a value; no statement has a question mark or a per cent sign of its own."""
    return statement.replace("?", "%s").encode()
