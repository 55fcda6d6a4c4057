"""Commands about polls: one question at a time, and each member's vote, which may change."""

from __future__ import annotations

from typing import Any, ClassVar

from nnlab.document.wording import broken_rule
from nnlab.errors import Conflict
from nnlab.rooms.commands import Tells, require_open
from nnlab.rooms.life import seen
from nnlab.rooms.room import MEMBER, Room
from nnlab.rooms.state import Options, Poll, Question
from nnlab.sentence import Sentence
from nnlab.session.commands.kinds import Handlers


class AskAll(Tells):
    """Put a question to all, in place of the last one."""

    question: Question
    options: Options


def ask_all(command: AskAll, room: Room) -> dict[str, Any]:
    """Put the question; nobody has voted yet."""
    require_open(room)
    room.change(poll=Poll(question=command.question, options=command.options))
    return seen(room, command.key)


class EndPoll(Tells):
    """Take the question away."""


def end_poll(command: EndPoll, room: Room) -> dict[str, Any]:
    """Take the question away."""
    room.change(poll=None)
    return seen(room, command.key)


class Vote(Tells):
    """Choose an option, by its index; a later vote replaces it."""

    actors: ClassVar[tuple[str, ...]] = (MEMBER,)
    option: int


def vote(command: Vote, room: Room) -> dict[str, Any]:
    """Note the vote. Raises Conflict when nothing is asked, InvalidInput for no option."""
    require_open(room)
    poll, member = room.state.poll, room.member_of(command.key)
    if poll is None:
        raise Conflict(Sentence("Nothing is asked at the moment."))
    if not 0 <= command.option < len(poll.options):
        raise broken_rule("option", f"must be from 0 to {len(poll.options) - 1}", command.option)
    room.change(poll=poll.model_copy(update={"votes": poll.votes | {member.number: command.option}}))
    return seen(room, command.key)


HANDLERS: Handlers = {AskAll: ask_all, EndPoll: end_poll, Vote: vote}
