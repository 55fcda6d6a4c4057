"""Orders are carried out, each once, and again where somebody could not be told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from nnlab.errors import NotFound, Unavailable
from nnlab.rooms.conducting import Conduct, GiveTask
from nnlab.rooms.hosting import begin
from nnlab.session.apply import apply
from nnlab.session.commands import Enroll, MakeDataset, ReadObeyed
from nnlab.session.session import Session
from nnlab.web.rooms.conductor import MOST_AT_ONCE, Conductor
from tests.unit.making import wait_until
from tests.unit.rooms.making import TEACHER, make_room

CODE = "ABCDEF"


class Fleet:
    """A fleet of one room and its sessions, in this process, that can be made to fail."""

    def __init__(self, *nicknames: str) -> None:
        self.room = make_room(*nicknames)
        self.sessions: dict[str, Session] = {}
        self.failures: dict[str, int] = {}  # how often a session is not to be had
        self.calls: list[str] = []
        self._lock = threading.Lock()

    def call(self, view_id: str, command: Any) -> Any:
        """Carry it out at once."""
        with self._lock:
            self.calls.append(f"{view_id} {type(command).__name__}")
            if view_id == f"r{CODE}":
                return begin(command, self.room)
            if self.failures.get(view_id, 0):
                self.failures[view_id] -= 1
                raise Unavailable("not now")
            if isinstance(command, Enroll):
                self.sessions[view_id] = command.make()
                return None
            if view_id not in self.sessions:
                raise NotFound("none")
            return apply(command, self.sessions[view_id])

    def told(self) -> dict[str, dict[str, int]]:
        """Which orders each session has."""
        return {name: apply(ReadObeyed(), session) for name, session in self.sessions.items()}

    def newest(self) -> dict[str, int]:
        """Which it should have."""
        return {"number": self.room.state.orders, "task": self.room.state.task.number}


@pytest.fixture
def fleet() -> Fleet:
    return Fleet("Ada", "Bob", "Cyd")


@pytest.fixture
def conductor(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> Iterator[Conductor]:
    monkeypatch.setattr("nnlab.web.rooms.conductor.AGAIN_AFTER_S", 0.01)
    conductor = Conductor(fleet)  # type: ignore[arg-type]
    yield conductor
    conductor.close()


def is_carried_out(fleet: Fleet) -> bool:
    return fleet.room.state.carried_out == fleet.room.state.orders


def test_everybody_is_told_and_it_is_noted(fleet: Fleet, conductor: Conductor) -> None:
    begin(Conduct(key=TEACHER, locks=("points",)), fleet.room)
    conductor.carry_out(CODE)
    wait_until(lambda: is_carried_out(fleet))
    assert fleet.told() == {f"v of {name}": fleet.newest() for name in ("Ada", "Bob", "Cyd")}


def test_who_could_not_be_told_is_told_again(fleet: Fleet, conductor: Conductor) -> None:
    fleet.failures["v of Bob"] = 2
    begin(GiveTask(key=TEACHER, patch={"title": "new"}), fleet.room)
    conductor.carry_out(CODE)
    wait_until(lambda: is_carried_out(fleet))
    assert fleet.told()["v of Bob"] == fleet.newest()


def test_orders_that_come_meanwhile_are_carried_out_too(fleet: Fleet, conductor: Conductor) -> None:
    for number in range(5):
        begin(GiveTask(key=TEACHER, patch={"title": str(number)}), fleet.room)
        conductor.carry_out(CODE)
    wait_until(lambda: is_carried_out(fleet))
    assert {session.document.title for session in fleet.sessions.values()} == {"4"}


def test_one_who_comes_is_told_alone_and_only_what_is_new(fleet: Fleet, conductor: Conductor) -> None:
    conductor.bring_in_line(CODE, 1)
    assert fleet.told() == {"v of Ada": fleet.newest()}
    fleet.calls.clear()
    conductor.bring_in_line(CODE, 1)
    assert fleet.calls == [f"r{CODE} ReadOrders", "v of Ada ReadObeyed"]


def test_patches_that_were_missed_are_made_up_for_and_the_own_work_stays(fleet: Fleet, conductor: Conductor) -> None:
    conductor.bring_in_line(CODE, 1)
    session = fleet.sessions["v of Ada"]
    session.change(session.document.merged({"classes": 3}), "own")
    for patch in ({"title": "a"}, {"training": {"l2": 0.5}}):
        begin(GiveTask(key=TEACHER, patch=patch), fleet.room)
    conductor.bring_in_line(CODE, 1)
    document = session.document
    assert (document.title, document.training.l2, document.classes) == ("a", 0.5, 3)


def test_a_new_start_reaches_those_who_are_told_only_after_a_later_patch(fleet: Fleet, conductor: Conductor) -> None:
    for number in (1, 2):
        conductor.bring_in_line(CODE, number)
    ada, bob = fleet.sessions["v of Ada"], fleet.sessions["v of Bob"]
    for session in (ada, bob):
        apply(MakeDataset(name="circle"), session)
        session.advance(10)
    begin(GiveTask(key=TEACHER, afresh=True), fleet.room)
    conductor.bring_in_line(CODE, 1)
    ada.advance(5)
    begin(GiveTask(key=TEACHER, patch={"title": "pushed"}), fleet.room)
    for number in (1, 2):
        conductor.bring_in_line(CODE, number)
    assert (ada.document.title, bob.document.title) == ("pushed", "pushed")
    assert (ada.trainer.steps_taken, bob.trainer.steps_taken) == (5, 0)


def test_a_deleted_room_ends_it(fleet: Fleet, conductor: Conductor) -> None:
    fleet.room.change(is_deleted=True)
    conductor.carry_out(CODE)
    wait_until(lambda: not conductor._at_work)
    assert not any("NoteCarriedOut" in call for call in fleet.calls)
    assert fleet.sessions == {}


def test_a_stop_in_the_middle_is_told_in_words_and_ends_no_thread_with_an_error(
    fleet: Fleet, conductor: Conductor, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_it, go_on, failed = threading.Event(), threading.Event(), []
    monkeypatch.setattr(threading, "excepthook", failed.append)

    def call(view_id: str, command: Any) -> Any:
        if view_id == f"r{CODE}":
            return begin(command, fleet.room)
        at_it.set()
        go_on.wait()
        raise Unavailable("not now")

    fleet.room = make_room(*map(str, range(2 * MOST_AT_ONCE)))
    fleet.call = call  # type: ignore[method-assign]
    conductor.carry_out(CODE)
    at_it.wait()
    closing = threading.Thread(target=conductor.close)
    closing.start()
    wait_until(lambda: conductor._closing.is_set())
    go_on.set()
    closing.join()
    wait_until(lambda: not any(thread.name == f"conduct {CODE}" for thread in threading.enumerate()))
    assert failed == []
    with pytest.raises(Unavailable, match="stopping"):
        conductor.read_all(["v"])


def test_sessions_that_are_gone_do_not_hinder_a_deletion(fleet: Fleet, conductor: Conductor) -> None:
    conductor.delete(["v of nobody"])
    assert conductor.read_all(["v of nobody"]) == [None]
