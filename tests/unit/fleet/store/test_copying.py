"""All that one store has into another one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from nnlab.database.errors import StoreInUse
from nnlab.database.opening import Address
from nnlab.fleet.store import Store
from nnlab.fleet.store.copying import AT_ONCE, copy_all
from nnlab.fleet.store.lock import right_to_serve
from tests.unit.fleet.store.contract import BARE, FULL


class CopyingContract:
    """A test of one kind of target derives from this and has a fixture `address`."""

    @pytest.fixture
    def source(self, tmp_path: Path) -> Path:
        path = tmp_path / "source.sqlite3"
        store = Store(path)
        for number in range(AT_ONCE + 5):
            store.create(f"v{number:03}", FULL)
        store.create("room", replace(BARE, kind="room", keep_days=7, orders=b"orders"))
        store.claim("v001")
        store.close()
        return path

    def test_everything_is_copied_and_what_is_there_stays(self, source: Path, address: Address) -> None:
        target = Store(address)
        target.create("v002", BARE)
        assert copy_all(source, address) == AT_ONCE + 5
        assert copy_all(source, address) == 0
        original = Store(source)
        for view_id in ("v000", "v001", f"v{AT_ONCE + 4:03}", "room"):
            assert target.read(view_id) == original.read(view_id) is not None
        assert target.read("v002") == (1, BARE)
        original.close()
        target.close()

    def test_nothing_is_copied_while_a_server_works_with_either(
        self, source: Path, address: Address, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("nnlab.fleet.store.lock.HANDOVER_S", 0.2)
        for used in (source, address):
            server = right_to_serve(used)
            server.take()
            with pytest.raises(StoreInUse):
                copy_all(source, address)
            server.release()
        assert copy_all(source, address)


class TestSqlite(CopyingContract):
    """Into a file."""

    @pytest.fixture
    def address(self, tmp_path: Path) -> Path:
        return tmp_path / "target.sqlite3"
