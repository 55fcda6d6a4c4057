"""What is sent to rooms."""

from __future__ import annotations

from typing import Annotated, Any

from nnlab.document.validation import WHOLE, Model
from nnlab.rooms import conducting, life, members, state


class NewRoom(Model):
    """What the room is to be."""

    title: life.Title = ""
    session: str | None = None
    keep_days: life.KeepDays | None = None


class Joining(Model):
    """Who wants to join."""

    nickname: members.Nickname


class RoomPatch(Model):
    """What the teacher changes; what is left out stays as it is."""

    title: life.Title | None = None
    locks: list[str] | None = None
    is_frozen: bool | None = None
    spotlight: conducting.Spotlight | None = None
    timer_seconds: float | None = None
    has_leaderboard: bool | None = None
    page: str | None = None
    session: str | None = None


class NewTask(Model):
    """A session whose document all are to have, a patch of what each has, a new start; at least one of them."""

    session: str | None = None
    patch: dict[str, Any] | None = None
    reset: bool = False


class Voting(Model):
    """The option's index, from 0."""

    option: Annotated[int, WHOLE]


class ChallengeName(Model):
    """Which challenge."""

    name: str


class Hand(Model):
    """Whether the hand is up."""

    is_raised: bool = True


class MemberPatch(Model):
    """What the teacher changes of a member."""

    nickname: members.Nickname | None = None
    hint: str | None = None
    is_raised: bool | None = None


class PollBody(Model):
    """A question and its options."""

    question: state.Question
    options: state.Options
