"""The room: a state, who may change it, and what is stored of it. It is touched by one thread only."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from nnlab.document.models import Pace
from nnlab.errors import NotFound
from nnlab.rooms.attendance import Attendance
from nnlab.rooms.state import Member, State
from nnlab.sentence import Sentence
from nnlab.session.checkpoint import Checkpoint
from nnlab.session.course.series import Series
from nnlab.session.memento import twin
from nnlab.session.replies import Replies

TEACHER, SCREEN, MEMBER = "teacher", "screen", "member"


class Room:
    """Holds the state, which each change replaces."""

    kind: ClassVar[str] = "room"

    def __init__(self, state: State) -> None:
        self.state = state
        self.revision = 1
        self.points_revision = 1
        self.running = False
        self.series = Series()
        self.replies = Replies()
        self.attendance = Attendance()
        self.pace = Pace()
        self.can_step = False

    def advance(self, steps: int, *, observed: bool = False) -> int:
        """A room does nothing by itself."""
        return 0

    def change(self, *, told: bool = False, **fields: Any) -> None:
        """Make a new state; `told`: members are to be told of it."""
        if told:
            fields["orders"] = self.state.orders + 1
        self.state = self.state.model_copy(update=fields)
        self.revision += 1

    def keys(self) -> dict[str, tuple[str, int | None]]:
        """Whose hash is whose: (what they are, their number)."""
        state = self.state
        if state.is_deleted:
            return {}
        members = {member.key: (MEMBER, member.number) for member in state.members}
        return {state.teacher: (TEACHER, None), state.screen: (SCREEN, None), **members}

    def actor(self, key: str) -> tuple[str, int | None]:
        """Who has the id of this hash: (what they are, their number). Raises NotFound for nobody."""
        found = self.keys().get(key)
        if found is not None:
            return found
        raise no_such_link()

    def member(self, number: int) -> Member:
        """The member of this number. Raises NotFound."""
        for member in self.state.members:
            if member.number == number:
                return member
        raise NotFound(Sentence("There is nobody of number {number} in this room.", number=number))

    def member_of(self, key: str) -> Member:
        """The member whose id has this hash. Raises NotFound."""
        _, number = self.actor(key)
        return self.member(number or 0)  # which nobody has

    def change_member(self, number: int, **fields: Any) -> None:
        """Replace what is known of a member. Raises NotFound."""
        changed = self.member(number).model_copy(update=fields)
        members = tuple(changed if member.number == number else member for member in self.state.members)
        self.change(members=members)

    def checkpoint(self, *, series: bool = True) -> Checkpoint:
        """All of it."""
        contents = [content.decode("latin-1") for content in self.replies.contents()]
        return Checkpoint(
            document=self.state.model_dump_json(),
            revision=self.revision,
            running=False,
            next_point_id=0,
            series=None,
            course=json.dumps(contents).encode(),
            kind=self.kind,
            keep_days=self.state.keep_days,
        )

    @classmethod
    def from_checkpoint(cls, checkpoint: Checkpoint) -> Room:
        """The room as it was."""
        room = cls(State.model_validate_json(checkpoint.document))
        room.revision = room.points_revision = checkpoint.revision
        if checkpoint.course:
            room.replies = Replies([content.encode("latin-1") for content in json.loads(checkpoint.course)])
        return room


def no_such_link() -> NotFound:
    """For whoever comes by an id that no room knows, or not any more."""
    return NotFound(Sentence("There is no such room, or this link is no longer good; ask for the code."))


class Memento:
    """What a room was before a change that may yet be refused."""

    def __init__(self, room: Room) -> None:
        self.revision = room.revision
        self._room, self._state, self._replies = room, room.state, twin(room.replies)

    def bring_back(self) -> None:
        """Make it be so again."""
        self._room.state, self._room.revision, self._room.replies = self._state, self.revision, self._replies
