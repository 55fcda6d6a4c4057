"""Who may do what in a room, what is stored of it, and what all are to be told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nnlab.document.models import parse_document
from nnlab.errors import Conflict, InvalidInput, NotFound, ReadOnly
from nnlab.rooms import judging, life, members, polls
from nnlab.rooms.commands import RoomEnded
from nnlab.rooms.conducting import Conduct, GiveTask, NoteCarriedOut, ReadOrders
from nnlab.rooms.hosting import begin
from nnlab.rooms.members import RoomFull
from nnlab.rooms.nicknames import NicknameTaken
from nnlab.rooms.room import Memento, Room
from nnlab.rooms.state import MOST_MEMBERS, MOST_PATCHES
from tests.unit.rooms.making import SCREEN, TEACHER, make_room

FOR_TEACHERS: list[tuple[type[Any], dict[str, Any]]] = [
    (Conduct, {"is_frozen": True}),
    (GiveTask, {"afresh": True}),
    (polls.AskAll, {"question": "?", "options": ["a", "b"]}),
    (polls.EndPoll, {}),
    (judging.SetChallenge, {"name": "spiral"}),
    (members.ChangeMember, {"number": 1, "hint": "no"}),
    (members.RemoveMember, {"number": 1}),
    (life.RenewKeys, {"teacher": "t", "screen": "s"}),
    (life.End, {}),
    (life.Reopen, {}),
    (life.CloseForGood, {}),
]


@pytest.mark.parametrize(("kind", "fields"), FOR_TEACHERS, ids=lambda value: getattr(value, "__name__", ""))
@pytest.mark.parametrize("key", ["Ada", SCREEN, "nobody"])
def test_only_the_teacher_conducts(kind: type[Any], fields: dict[str, Any], key: str) -> None:
    room = make_room("Ada")
    before = room.state
    with pytest.raises(NotFound if key == "nobody" else ReadOnly):
        begin(kind.model_validate({"key": key, **fields}), room)
    assert room.state is before


def test_a_renewed_key_ends_the_leaked_one() -> None:
    room = make_room()
    begin(life.RenewKeys(key=TEACHER, teacher="new", screen="new screen"), room)
    for leaked in (TEACHER, SCREEN):
        with pytest.raises(NotFound):
            begin(life.Look(key=leaked), room)
    assert begin(life.Look(key="new"), room)["actor"] == "teacher"


def test_a_full_room_takes_nobody() -> None:
    room = make_room(*(f"number {number}" for number in range(MOST_MEMBERS)))
    with pytest.raises(RoomFull):
        begin(members.Join(nickname="one more", key="k", view_id="v"), room)


def test_names_are_unique_when_joining_and_renaming() -> None:
    room = make_room("Ada", "Bob")
    with pytest.raises(NicknameTaken):
        begin(members.Join(nickname="ADA", key="k", view_id="v"), room)
    with pytest.raises(NicknameTaken):
        begin(members.ChangeMember(key=TEACHER, number=2, nickname="ada"), room)
    begin(members.ChangeMember(key=TEACHER, number=1, nickname="ADA"), room)
    assert room.member(1).nickname == "ADA"


def test_numbers_are_never_given_twice() -> None:
    room = make_room("Ada", "Bob")
    begin(members.RemoveMember(key=TEACHER, number=2), room)
    begin(members.Join(nickname="Cyd", key="Cyd", view_id="v"), room)
    assert [one.number for one in room.state.members] == [1, 3]


def test_an_ended_room_takes_nobody_and_nothing_until_it_is_opened_again() -> None:
    room = make_room("Ada")
    begin(life.End(key=TEACHER), room)
    for command in (
        members.Join(nickname="Bob", key="k", view_id="v"),
        members.RaiseHand(key="Ada"),
        GiveTask(key=TEACHER, afresh=True),
    ):
        with pytest.raises(RoomEnded):
            begin(command, room)
    begin(life.Reopen(key=TEACHER), room)
    begin(members.RaiseHand(key="Ada"), room)
    assert room.member(1).is_raised


def test_ending_takes_locks_away() -> None:
    room = make_room()
    begin(Conduct(key=TEACHER, locks=("network",), is_frozen=True), room)
    begin(life.End(key=TEACHER), room)
    orders = begin(ReadOrders(), room)["orders"]
    assert (orders["locks"], orders["is_frozen"]) == ([], False)


def test_a_room_closed_for_good_is_nobodys_but_can_be_closed_again() -> None:
    room = make_room("Ada")
    assert begin(life.CloseForGood(key=TEACHER), room) == {"view_ids": ["v of Ada"]}
    for key in ("Ada", TEACHER):
        with pytest.raises(NotFound):
            begin(life.Look(key=key), room)
    with pytest.raises(NotFound):
        begin(life.CloseForGood(key="Ada"), room)
    assert begin(life.CloseForGood(key=TEACHER), room) == {"view_ids": ["v of Ada"]}


def test_a_poll_counts_one_vote_of_each() -> None:
    room = make_room("Ada", "Bob")
    with pytest.raises(Conflict):
        begin(polls.Vote(key="Ada", option=0), room)
    begin(polls.AskAll.model_validate({"key": TEACHER, "question": "?", "options": ["a", "b"]}), room)
    with pytest.raises(InvalidInput):
        begin(polls.Vote(key="Ada", option=2), room)
    for name, option in (("Ada", 0), ("Bob", 1), ("Ada", 1)):
        begin(polls.Vote(key=name, option=option), room)
    poll = room.state.poll
    assert poll is not None and poll.votes == {1: 1, 2: 1}


def test_who_is_removed_is_no_longer_shown_and_has_no_vote() -> None:
    room = make_room("Ada", "Bob", "Cyd")
    begin(members.RemoveMember(key=TEACHER, number=3), room)
    assert room.state.poll is None
    begin(polls.AskAll.model_validate({"key": TEACHER, "question": "?", "options": ["a", "b"]}), room)
    for name, option in (("Ada", 0), ("Bob", 1)):
        begin(polls.Vote(key=name, option=option), room)
    begin(Conduct(key=TEACHER, spotlight=2), room)
    begin(members.RemoveMember(key=TEACHER, number=1), room)
    poll = room.state.poll
    assert poll is not None and (poll.votes, room.state.spotlight) == ({2: 1}, 2)
    begin(members.RemoveMember(key=TEACHER, number=2), room)
    poll = room.state.poll
    assert poll is not None and (poll.votes, room.state.spotlight) == ({}, None)


def test_a_room_comes_back_from_its_checkpoint() -> None:
    room = make_room("Ada", "Bob", title="Ä", keep_days=7)
    begin(polls.AskAll.model_validate({"key": TEACHER, "question": "?", "options": ["a", "b"]}), room)
    begin(polls.Vote(key="Ada", option=1), room)
    begin(GiveTask(key=TEACHER, patch={"classes": 3}), room)
    room.replies.record("key", "print", {"a": "ä"})
    saved = room.checkpoint()
    again = Room.from_checkpoint(saved)
    assert (again.state, again.revision, again.checkpoint()) == (room.state, room.revision, saved)
    assert again.replies.find("key", "print") == room.replies.find("key", "print")


def test_a_memento_brings_all_of_it_back() -> None:
    room = make_room("Ada")
    before = room.checkpoint()
    memento = Memento(room)
    begin(members.RaiseHand(key="Ada"), room)
    room.replies.record("key", "print", 1)
    memento.bring_back()
    assert room.checkpoint() == before


# Tasks


def test_a_patch_is_for_those_who_have_the_last_whole_task() -> None:
    room = make_room("Ada")
    begin(GiveTask(key=TEACHER, document=parse_document({"title": "whole"})), room)
    begin(GiveTask(key=TEACHER, patch={"classes": 3}), room)
    begin(GiveTask(key=TEACHER, patch={"classes": 4}), room)
    task = begin(ReadOrders(with_task=True), room)["task"]
    assert (task["number"], task["whole"]) == (4, 2)
    assert task["patches"] == [(3, {"classes": 3}), (4, {"classes": 4})]
    assert (task["document"]["title"], task["document"]["classes"]) == ("whole", 4)


def test_a_new_start_is_for_those_who_had_the_task_before_it() -> None:
    room = make_room("Ada")
    for afresh, started in ((False, 1), (True, 3), (False, 3)):
        begin(GiveTask(key=TEACHER, patch={"classes": 3}, afresh=afresh), room)
        assert begin(ReadOrders(with_task=True), room)["task"]["afresh"] == started


@pytest.mark.parametrize("was", ["true", "false"])
def test_rooms_that_knew_only_whether_the_last_task_was_a_new_start_come_back(was: str) -> None:
    saved = make_room("Ada").checkpoint()
    old = replace(saved, document=saved.document.replace('"afresh":1', f'"afresh":{was}'))
    assert old != saved
    assert Room.from_checkpoint(old).state.task.afresh <= 1


def test_after_many_patches_the_task_is_a_whole_one_again() -> None:
    room = make_room()
    for number in range(MOST_PATCHES + 1):
        begin(GiveTask(key=TEACHER, patch={"title": str(number)}), room)
    task = room.state.task
    assert (task.whole, task.patches, task.document.title) == (task.number, (), str(MOST_PATCHES))


def test_a_patch_that_breaks_a_rule_changes_nothing() -> None:
    room = make_room()
    before = room.state
    with pytest.raises(InvalidInput):
        begin(GiveTask(key=TEACHER, patch={"classes": 99}), room)
    assert room.state is before


@pytest.mark.parametrize("lock", ["", "networks", "__class__", "network.nothing"])
def test_an_unknown_lock_is_refused(lock: str) -> None:
    with pytest.raises(InvalidInput, match="locks"):
        begin(Conduct(key=TEACHER, locks=(lock,)), make_room())


def test_what_is_left_out_stays_and_null_takes_away() -> None:
    room = make_room("Ada")
    begin(Conduct(key=TEACHER, spotlight=1, page="/lessons/neuron", timer_seconds=60.0, is_frozen=True), room)
    begin(Conduct(key=TEACHER, title="New"), room)
    state = room.state
    assert (state.spotlight, state.page, state.is_frozen, state.title) == (1, "/lessons/neuron", True, "New")
    assert state.timer_ends_at is not None
    begin(Conduct(key=TEACHER, spotlight=None, page=None, timer_seconds=None), room)
    assert (room.state.spotlight, room.state.page, room.state.timer_ends_at) == (None, None, None)


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example", "//elsewhere.example", "lessons", "/\\elsewhere.example"]
)
def test_a_page_is_one_of_this_server(page: str) -> None:
    with pytest.raises(ValueError, match="page"):
        Conduct(key=TEACHER, page=page)


def test_orders_are_carried_out_once_it_is_said_of_the_newest() -> None:
    room = make_room()
    begin(Conduct(key=TEACHER, is_frozen=True), room)
    begin(NoteCarriedOut(number=room.state.orders - 1), room)
    assert room.state.carried_out < room.state.orders
    begin(NoteCarriedOut(number=room.state.orders), room)
    assert room.state.carried_out == room.state.orders


# Challenges


def test_the_best_attempt_counts_and_ranks() -> None:
    room = make_room("Ada", "Bob", "Cyd")
    begin(judging.SetChallenge(key=TEACHER, name="round_border"), room)
    for name, accuracy, parameters in (("Ada", 0.96, 18), ("Bob", 0.97, 15), ("Ada", 0.99, 20), ("Cyd", 0.5, 10)):
        fields = {"key": name, "challenge": "round_border", "accuracy": accuracy, "parameters": parameters, "steps": 9}
        begin(judging.RecordResult.model_validate(fields), room)
    board = begin(life.Look(key=TEACHER), room)["room"]["leaderboard"]
    assert [(row["nickname"], row["parameters"]) for row in board] == [("Bob", 15), ("Ada", 18)]


def test_a_challenge_locks_its_points_and_gives_them() -> None:
    room = make_room("Ada")
    begin(Conduct(key=TEACHER, locks=("training.optimizer",)), room)
    begin(judging.SetChallenge(key=TEACHER, name="spiral"), room)
    assert begin(ReadOrders(), room)["orders"]["locks"] == ["training.optimizer", "points"]
    assert room.state.task.document.dataset is not None
    begin(judging.SetChallenge(key=TEACHER, name=None), room)
    assert begin(ReadOrders(), room)["orders"]["locks"] == ["training.optimizer"]


def test_nobody_is_shown_the_seed_of_the_judged_points() -> None:
    room = make_room("Ada", seed=987654321)
    begin(judging.SetChallenge(key=TEACHER, name="spiral"), room)
    for key in ("Ada", TEACHER, SCREEN):
        assert "987654321" not in str(begin(life.Look(key=key), room))
    with pytest.raises(ReadOnly):
        begin(judging.ReadJudgement(key=TEACHER), room)
