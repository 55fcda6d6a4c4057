"""What a room consists of, as values that never change themselves: the room replaces them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from nnlab.document.models import Document
from nnlab.document.validation import PAIR, Model, items, line_of_text

CODE_LETTERS = "ABCDEFGHJKMNPQRTUVWXYZ"  # none that looks like another, or like a digit
CODE_LENGTH = 6
MOST_MEMBERS = 300
MOST_PATCHES = 50  # since the last whole task; then the task is a whole one again
LONGEST_HINT = 200


class Result(Model):
    """What the server has found out about a member's network, on points that nobody else knows."""

    challenge: str
    passed: bool
    accuracy: float
    parameters: int
    steps: int
    at_s: float = Field(description="Seconds since 1970.")


class Member(Model):
    """A student. `key` is a hash of the personal id, `view_id` that of the student's session."""

    number: int
    nickname: str
    key: str
    view_id: str
    is_raised: bool = False
    raised_at_s: float | None = None
    hint: str | None = None
    results: Annotated[tuple[Result, ...], items(most=64)] = ()


class Task(Model):
    """What all are to do. `number` counts the tasks; `document` is how a newcomer begins.

    Whoever has taken up number `whole` or a later one needs only the patches since, and a new start if that was before
    number `afresh`.
    """

    number: int = 1
    document: Document
    whole: int = 1
    patches: Annotated[tuple[Annotated[tuple[int, dict[str, Any]], PAIR], ...], items(most=MOST_PATCHES)] = ()
    afresh: int | bool = 1  # a bool in rooms of earlier versions


Question = Annotated[str, Field(min_length=1), line_of_text(200, strip=True)]
Options = Annotated[tuple[Annotated[str, line_of_text(80, strip=True)], ...], items(least=2, most=6)]


class Poll(Model):
    """A question; `votes` has pairs of a member's number and the index of an option."""

    question: Question
    options: Options
    votes: dict[int, int] = {}

    def without_vote_of(self, number: int) -> Poll:
        """The same, had that member not voted."""
        return self.model_copy(update={"votes": {key: vote for key, vote in self.votes.items() if key != number}})


class State(Model):
    """All of a room. `teacher` and `screen` are hashes of their ids. `orders` counts what members are to be told.

    `carried_out` is the number of the last order that all members have been told.
    """

    code: str
    title: str = ""
    is_ended: bool = False
    is_deleted: bool = False
    teacher: str
    screen: str
    teacher_view_id: str | None = None
    task: Task
    page: str | None = None
    locks: Annotated[tuple[str, ...], items(most=64)] = ()
    is_frozen: bool = False
    spotlight: int | str | None = None
    timer_ends_at: float | None = None
    poll: Poll | None = None
    challenge: str | None = None
    seed: int = 0
    has_leaderboard: bool = True
    members: Annotated[tuple[Member, ...], items(most=MOST_MEMBERS)] = ()
    next_number: int = 1
    orders: int = 1
    carried_out: int = 1
    keep_days: int | None = None
