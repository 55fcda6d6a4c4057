"""What rooms answer, as the OpenAPI document shows it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field, RootModel

from nnlab.web.api.frames import SESSION_EVENTS, Events


class TaskShape(BaseModel):
    """What all are to do."""

    number: int = Field(description="Another one whenever a task was pushed.")
    title: str
    page: str | None = Field(description="A lesson or a study that goes with it.")


class Timer(BaseModel):
    """A timer that runs."""

    ends_at: float = Field(description="Seconds since 1970, by the server's clock.")


class PollShape(BaseModel):
    """What is asked of all."""

    question: str
    options: list[str]
    votes: list[int] | None = Field(description="By option; null for a member who has not voted.")
    own: int | None = Field(description="The member's own vote.")


class Goal(BaseModel):
    """What passes the challenge."""

    accuracy: float = Field(description="Share of the server's own points, at least.")
    most_parameters: int | None
    least_parameters: int | None
    most_steps: int | None
    ranks_by: Literal["steps", "parameters", "accuracy"]


class ChallengeShape(BaseModel):
    """A challenge."""

    name: str
    title: str
    sentence: str
    goal: Goal


class ChallengesReply(BaseModel):
    """All there are, the easiest first."""

    challenges: list[ChallengeShape]


class ResultShape(BaseModel):
    """What the server has found out about a network."""

    challenge: str
    passed: bool
    accuracy: float
    parameters: int
    steps: int
    at_s: float = Field(description="When, in seconds since 1970.")


class Leader(BaseModel):
    """A row of the leaderboard."""

    number: int
    nickname: str
    passed: bool
    accuracy: float
    parameters: int
    steps: int
    at_s: float


class SessionIds(BaseModel):
    """The ids of the own session."""

    id: str
    view_id: str


class OwnMember(BaseModel):
    """The member who asks."""

    number: int
    nickname: str
    is_raised: bool
    hint: str | None
    result: ResultShape | None
    session: SessionIds


class MemberShape(BaseModel):
    """A member as teacher and screen see them."""

    number: int
    nickname: str
    is_raised: bool
    raised_at_s: float | None = Field(description="Since when, in seconds since 1970.")
    hint: str | None = Field(None, description="For the teacher only.")
    view_id: str
    step: int | None
    epoch: int | None
    train_accuracy: float | None
    held_out_accuracy: float | None
    loss: float | None
    parameters: int | None
    state: Literal["training", "paused", "stuck", "diverged", "finished", "idle", "away"]
    result: ResultShape | None


class RoomReply(BaseModel):
    """A room as whoever asks may see it."""

    revision: int = Field(description="Grows with every change: of two replies the one with the lower is out of date.")
    code: str
    title: str
    state: Literal["open", "ended"]
    actor: Literal["teacher", "member", "screen"]
    id: str
    teacher: str | None = Field(None, description="For the teacher only.")
    screen: str | None = Field(None, description="The projector's id; for the teacher only.")
    keep_days: int | None = Field(None, description="For the teacher only; null: as the server keeps everything.")
    is_carried_out: bool | None = Field(None, description="Whether all members have been told the newest orders.")
    task: TaskShape
    locks: list[str]
    is_frozen: bool
    spotlight: int | Literal["teacher"] | None
    spotlight_view_id: str | None = Field(description="The session that everybody is to watch.")
    timer: Timer | None
    poll: PollShape | None
    challenge: ChallengeShape | None
    has_leaderboard: bool
    leaderboard: list[Leader] | None = Field(description="Who has passed the challenge, the best first.")
    num_members: int
    is_coarse: bool = Field(
        description="Whether the server is busy, so that pictures are thinned; for teacher and screen."
    )
    now: float = Field(description="The server's clock, in seconds since 1970; others' may be off.")
    most_members: int
    member: OwnMember | None = Field(None, description="For a member: who asks.")
    members: list[MemberShape] | None = Field(None, description="For teacher and screen.")


ROOM_EVENTS: Events = SESSION_EVENTS | {"room": RoomReply}


class RoomLookup(BaseModel):
    """What everybody may know who has the code."""

    code: str
    title: str
    state: Literal["open", "ended"]
    members: int
    most_members: int


class AnyReply(RootModel[RoomReply | RoomLookup]):
    """By a person's id, or by the code."""


class SubmitReply(ResultShape):
    """What came of this attempt; the room keeps the best one."""

    room: RoomReply
