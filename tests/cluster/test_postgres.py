"""The stores in PostgreSQL: the contracts, and what only a server does."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from nnlab.database.database import Row
from nnlab.database.errors import StoreAway, StoreBusy, StoreError, StoreForeign, StoreInUse, StoreNewer, StoreReadOnly
from nnlab.database.layout import Layout
from nnlab.database.postgres import Postgres
from nnlab.fleet.store import Save, Store
from nnlab.fleet.store.lock import right_to_serve
from nnlab.fleet.store.schema import LAYOUT
from tests.cluster.postgres import Server
from tests.unit.fleet.store.contract import BARE, FULL, StoreContract
from tests.unit.fleet.store.test_copying import CopyingContract
from tests.unit.fleet.store.test_retention import RetentionContract


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server for all tests of this module; each that stops it starts it again."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def address(server: Server) -> str:
    """A database that no other test has."""
    return server.new_database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    store = Store(address)
    yield store
    store.close()


class TestStore(StoreContract):
    """All of the contract."""


class TestRetention(RetentionContract):
    """All of that contract."""


class TestCopying(CopyingContract):
    """All of that contract: from a file to the server."""


def test_several_that_start_at_once_make_the_tables_once(address: str) -> None:
    together = threading.Barrier(8)
    errors: list[BaseException] = []

    def start(number: int) -> None:
        store = Store(address)
        together.wait()
        try:
            store.create(f"v{number}", FULL)
        except BaseException as error:
            errors.append(error)
        store.close()

    threads = [threading.Thread(target=start, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    store = Store(address)
    assert all(store.read(f"v{number}") == (1, FULL) for number in range(8))
    store.close()


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("UPDATE nnlab_layouts SET version = 99", StoreNewer),
        ("DROP TABLE nnlab_layouts", StoreForeign),
        ("DELETE FROM nnlab_layouts", StoreForeign),
    ],
)
def test_tables_of_others_and_of_later_versions_are_refused(
    store: Store, address: str, statement: str, error: type[StoreError]
) -> None:
    store.read("v")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(statement.encode())
    another = Store(address)
    with pytest.raises(error):
        another.read("v")
    another.close()


def test_tables_of_an_earlier_version_are_brought_up_to_date(store: Store, address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        Layout(LAYOUT.name, LAYOUT.steps[:1]).prepare(connection)
    checkpoint = replace(FULL, training=os.urandom(5_000))
    store.create("v", checkpoint)
    assert store.read("v") == (1, checkpoint)
    with psycopg.connect(address) as connection:
        aside = connection.execute("SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'parts'")
        assert aside.fetchone() == (0,)


@pytest.mark.parametrize("must_last", [True, False])
def test_only_what_nobody_waits_for_does_not_wait_for_the_disk(
    store: Store, monkeypatch: pytest.MonkeyPatch, must_last: bool
) -> None:
    term = store.create("v", BARE)
    settings: list[str] = []
    send = Postgres._send

    def send_and_look(database: Postgres, connection: psycopg.Connection[Row], *rest: Any) -> psycopg.Cursor[Row]:
        if rest[0] == "COMMIT":
            settings.extend(*send(database, connection, "SHOW synchronous_commit", ()).fetchall())
        return send(database, connection, *rest)

    monkeypatch.setattr(Postgres, "_send", send_and_look)
    with store.transaction(must_last=must_last):
        store.save("v", term, FULL)
    store.save("v", term, replace(FULL, training=b"1"))
    assert settings == ["on" if must_last else "off", "on"]
    assert store.read("v") == (1, replace(FULL, training=b"1"))


def test_many_savings_cost_two_ways_to_the_server_and_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    saves = [Save(name, store.create(name, BARE), FULL) for name in ("u", "v", "w")]
    store.save_all([replace(one, checkpoint=replace(FULL, training=b"1")) for one in saves])
    asked: list[str] = []
    send = Postgres._send
    monkeypatch.setattr(Postgres, "_send", lambda *those: (asked.append(those[2].split()[0]), send(*those))[1])
    later = [replace(one, checkpoint=replace(FULL, revision=FULL.revision + 1, training=b"2")) for one in saves]
    assert store.save_all(later) == set()
    assert asked == ["SELECT", "COMMIT"]
    assert store.read("w") == (1, later[2].checkpoint)


def test_a_lost_connection_is_made_anew_unnoticed(store: Store, server: Server, address: str) -> None:
    term = store.create("v", BARE)
    server.lose_connections(address)
    store.save("v", term, FULL)
    server.lose_connections(address)
    assert store.read("v") == (term, FULL)


def test_a_connection_that_is_lost_on_the_way_changes_nothing(store: Store, server: Server, address: str) -> None:
    term = store.create("v", BARE)
    with pytest.raises(StoreAway), store.transaction():
        store.save("v", term, FULL)
        server.lose_connections(address)
        store.create("w", BARE)
    assert store.claim("v") == (term + 1, BARE)


def test_what_is_acknowledged_is_stored_though_the_server_is_killed(address: str, server: Server) -> None:
    store = Store(address)
    term = store.create("v", FULL)
    acknowledged = 0
    killing = threading.Timer(0.3, server.kill)
    killing.start()
    with pytest.raises(StoreAway):
        for revision in range(4, 1_000_000):
            store.save("v", term, replace(FULL, revision=revision, document=f"{revision}"))
            acknowledged = revision
    killing.join()
    assert not store.is_free()
    with pytest.raises(StoreAway):
        store.read("v")
    server.start()
    found = store.read("v")
    assert found is not None
    assert acknowledged > 4
    assert found[1].revision in (acknowledged, acknowledged + 1)  # the last one's answer may have been lost
    assert found[1].document == f"{found[1].revision}"
    assert store.is_free()
    store.close()


def test_nobody_waits_longer_than_three_seconds_for_a_frozen_server(store: Store, server: Server, address: str) -> None:
    term = store.create("v", BARE)
    looker = Store(address)
    assert looker.is_free()
    server.freeze()
    try:
        began_s = time.monotonic()
        with pytest.raises(StoreAway):
            store.save("v", term, FULL)
        assert 2.9 < time.monotonic() - began_s < 4.0
        began_s = time.monotonic()
        assert not looker.is_free()
        assert time.monotonic() - began_s < 0.1
    finally:
        server.thaw()
    store.save("v", term, FULL)
    assert looker.is_free()
    looker.close()
    assert store.read("v") == (term, FULL)


def test_a_runner_that_is_frozen_in_a_transaction_keeps_nobody_from_its_sessions(store: Store, address: str) -> None:
    term = store.create("v", BARE)
    store.create("u", BARE)
    other = Store(address)
    other.read("v")
    with pytest.raises(StoreAway), store.transaction():
        store.save_all([Save("v", term, FULL), Save("u", term, FULL)])
        assert other.claim("v") == (term + 1, BARE)  # waits until the server has ended the transaction
        store.create("w", BARE)
    other.close()


def test_rows_that_are_held_too_long_are_busy(store: Store, address: str) -> None:
    store.create("v", BARE)
    with psycopg.connect(address) as other:
        other.execute("SELECT FROM sessions FOR UPDATE")
        with pytest.raises(StoreBusy):
            store.claim("v")


def test_a_server_that_can_only_be_read_is_read(store: Store, address: str) -> None:
    term = store.create("v", FULL)
    store._database.execute("SET default_transaction_read_only = on")
    assert store.read("v") == (term, FULL)
    with pytest.raises(StoreReadOnly):
        store.claim("v")


def test_one_server_serves_a_database(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nnlab.fleet.store.lock.HANDOVER_S", 0.2)
    first, second = right_to_serve(address), right_to_serve(address)
    first.take()
    with pytest.raises(StoreInUse):
        second.take()
    first.release()
    second.take()
    second.release()


def test_a_password_that_is_wrong_or_a_database_that_is_not_there_is_an_error_in_words(server: Server) -> None:
    missing = Store(server.address("missing"))
    with pytest.raises(StoreError):
        missing.read("v")
    missing.close()
