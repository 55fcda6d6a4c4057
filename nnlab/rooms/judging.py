"""Commands about challenges: one at a time; what the server has found out about a member's network is kept."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from nnlab.document.wording import broken_rule
from nnlab.errors import Conflict
from nnlab.rooms.challenges import CHALLENGES, JUDGED_POINTS, rank
from nnlab.rooms.commands import Asks, Tells, require_open
from nnlab.rooms.conducting import next_task
from nnlab.rooms.life import seen
from nnlab.rooms.room import MEMBER, Room
from nnlab.rooms.state import Result
from nnlab.sentence import Sentence
from nnlab.session.commands.kinds import Change, Handlers


class SetChallenge(Tells):
    """Have all begin a challenge; None ends the present one and leaves everybody where they are."""

    name: str | None = None


def set_challenge(command: SetChallenge, room: Room) -> dict[str, Any]:
    """Begin or end it. Raises RoomEnded, and InvalidInput for an unknown name."""
    require_open(room)
    if command.name is None:
        room.change(told=True, challenge=None)
        return seen(room, command.key)
    if command.name not in CHALLENGES:
        raise broken_rule("name", f"must be {' or '.join(CHALLENGES)}", command.name)
    task = next_task(room.state.task, CHALLENGES[command.name].document(), {}, afresh=True)
    room.change(told=True, challenge=command.name, task=task)
    return seen(room, command.key)


class ReadJudgement(Asks):
    """How a member's network is to be judged; for the server itself."""

    actors: ClassVar[tuple[str, ...]] = (MEMBER,)


def read_judgement(command: ReadJudgement, room: Room) -> dict[str, Any]:
    """The order for points that nobody else knows, and whose session is judged. Raises Conflict without a challenge."""
    require_open(room)
    if room.state.challenge is None:
        raise Conflict(Sentence("There is no challenge at the moment."))
    one = CHALLENGES[room.state.challenge]
    order = one.dataset | one.judged | {"points": JUDGED_POINTS, "seed": room.state.seed, "test_fraction": 0.0}
    return {"challenge": room.state.challenge, "view_id": room.member_of(command.key).view_id, "dataset": order}


class RecordResult(Change):
    """What came of it; for the server itself, as nobody may say it of themselves."""

    is_free: ClassVar[bool] = True
    key: str
    challenge: str
    accuracy: float
    parameters: int
    steps: int


def record_result(command: RecordResult, room: Room) -> dict[str, Any]:
    """Keep the result if it is the member's best of this challenge; the reply has this one beside the room."""
    one, member = CHALLENGES[command.challenge], room.member_of(command.key)
    measured: dict[str, Any] = {"accuracy": command.accuracy, "parameters": command.parameters, "steps": command.steps}
    result = Result(challenge=command.challenge, passed=one.is_passed(**measured), at_s=time.time(), **measured)
    others = tuple(known for known in member.results if known.challenge != command.challenge)
    best = next((known for known in member.results if known.challenge == command.challenge), result)
    if (not result.passed, rank(result, one.ranks_by)) < (not best.passed, rank(best, one.ranks_by)):
        best = result
    room.change_member(member.number, results=(*others, best))
    return seen(room, command.key) | {"result": result.model_dump(mode="json")}


HANDLERS: Handlers = {SetChallenge: set_challenge, ReadJudgement: read_judgement, RecordResult: record_result}
