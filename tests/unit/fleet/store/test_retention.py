"""What the store keeps for how long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from nnlab.database.opening import Address
from nnlab.fleet.store import Store
from nnlab.fleet.store.retention import DAY_S, SWEEP_EVERY_S, SWEPT_AT_ONCE, TOUCH_EVERY_S, Retention
from nnlab.session.checkpoint import Checkpoint

BARE = Checkpoint(document="{}", revision=1, running=False, next_point_id=1)


class Days:
    """A calendar and a timer in the test's hands."""

    def __init__(self) -> None:
        self.now_s = 1_000 * DAY_S

    def __call__(self) -> float:
        return self.now_s

    def pass_by(self, days: float) -> None:
        self.now_s += days * DAY_S


def retention(days: Days, keep_days: int = 30) -> Retention:
    """One that is due at once."""
    made = Retention(keep_days, clock=days, timer=days)
    days.now_s += TOUCH_EVERY_S + 1
    return made


def make(store: Store, view_id: str, *, changed: bool = True) -> None:
    term = store.create(view_id, BARE)
    if changed:
        store.save(view_id, term, BARE)


class RetentionContract:
    """A test of one kind of database derives from this and has a fixture `address`."""

    @pytest.fixture
    def days(self) -> Days:
        return Days()

    @pytest.fixture
    def store(self, address: Address, days: Days) -> Iterator[Store]:
        store = Store(address, clock=days)
        yield store
        store.close()

    def test_what_nobody_has_used_for_so_many_days_leaves(self, store: Store, days: Days) -> None:
        make(store, "old")
        days.pass_by(29)
        make(store, "young")
        assert retention(days).tend(store, ()) == []
        days.pass_by(1.1)
        assert retention(days).tend(store, ()) == ["old"]
        assert (store.read("old"), store.read("young") is None) == (None, False)

    def test_what_was_never_changed_leaves_after_a_day(self, store: Store, days: Days) -> None:
        make(store, "fresh", changed=False)
        make(store, "kept")
        days.pass_by(0.9)
        assert retention(days).tend(store, ()) == []
        days.pass_by(0.2)
        assert retention(days).tend(store, ()) == ["fresh"]

    def test_what_is_in_use_stays_and_counts_from_its_last_use(self, store: Store, days: Days) -> None:
        make(store, "read", changed=False)
        make(store, "watched")
        days.pass_by(100)
        assert retention(days).tend(store, ("read", "watched")) == []
        days.pass_by(0.9)
        assert retention(days).tend(store, ()) == []
        days.pass_by(0.2)
        assert retention(days).tend(store, ()) == ["read"]

    def test_no_days_at_all_mean_for_good_but_for_what_was_never_changed(self, store: Store, days: Days) -> None:
        make(store, "kept")
        make(store, "fresh", changed=False)
        days.pass_by(10_000)
        assert retention(days, keep_days=0).tend(store, ()) == ["fresh"]

    def test_what_has_days_of_its_own_leaves_after_those(self, store: Store, days: Days) -> None:
        for view_id, keep_days in (("week", 7), ("year", None)):
            store.create(view_id, replace(BARE, kind="room", keep_days=keep_days))
        days.pass_by(6)
        assert retention(days, keep_days=0).tend(store, ()) == []
        days.pass_by(1.1)
        assert retention(days, keep_days=0).tend(store, ()) == ["week"]

    def test_a_room_is_prepared_days_before_the_lesson(self, store: Store, days: Days) -> None:
        store.create("room", replace(BARE, kind="room"))
        days.pass_by(3)
        assert retention(days).tend(store, ()) == []

    def test_it_is_due_now_and_then(self, days: Days, store: Store) -> None:
        tending = retention(days)
        assert tending.is_due()
        tending.tend(store, ())
        assert not tending.is_due()
        days.now_s += SWEEP_EVERY_S + 1
        assert tending.is_due()


class TestSqlite(RetentionContract):
    """In a file."""

    @pytest.fixture
    def address(self, tmp_path: Path) -> Path:
        return tmp_path / "nnlab.sqlite3"

    def test_many_leave_a_few_at_a_time_and_the_file_gets_smaller(self, store: Store, days: Days) -> None:
        for number in range(3 * SWEPT_AT_ONCE):
            store.create(f"v{number}", Checkpoint("d" * 20_000, 1, running=False, next_point_id=1))
        days.pass_by(2)
        ((before,),) = store._database.rows("PRAGMA page_count")
        tending = retention(days)
        gone = [len(tending.tend(store, ())) for _ in range(4)]
        assert gone == [SWEPT_AT_ONCE] * 3 + [0]
        ((after,),) = store._database.rows("PRAGMA page_count")
        assert after < before / 3
