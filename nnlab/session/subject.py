"""What a runner hosts: a session or a room. It is told and asked, goes on by itself, shows itself and can be stored."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from nnlab.document.models import Pace
from nnlab.session.checkpoint import Checkpoint
from nnlab.session.course.series import Series
from nnlab.session.frozen import Frozen
from nnlab.session.picture.want import Want
from nnlab.session.replies import Replies


class Subject(Protocol):
    """What every subject knows of itself. It is touched by one thread only.

    `kind` names its kind. `revision` counts the states of its document, `points_revision` is the one since which the
    large part of the document is as it is. `running` and `can_step`: whether it goes on by itself, at its `pace`.
    `series` grows slowly and is stored now and then; of a subject without a course it stays empty.
    """

    kind: ClassVar[str]
    revision: int
    points_revision: int
    running: bool
    series: Series
    replies: Replies

    @property
    def pace(self) -> Pace:
        """Steps and frames a second."""

    @property
    def can_step(self) -> bool:
        """Whether there is anything to do and nothing in the way."""

    def advance(self, steps: int, *, observed: bool = False) -> int:
        """Take up to so many steps; return how many were taken."""

    def checkpoint(self, *, series: bool = True) -> Checkpoint:
        """All that is needed to go on after a crash."""


class Memento(Protocol):
    """What a subject was before a change that may yet be refused."""

    revision: int

    def bring_back(self) -> None:
        """Make it be so again, exactly."""


@dataclass(frozen=True, slots=True)
class Pose:
    """A subject as it stands, for frames that are made elsewhere; the rest is what the copy does not know of itself."""

    copy: Frozen
    standing: dict[str, Any]
    phases: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Kind:
    """How subjects of one kind are hosted.

    `begin` carries a command out and returns its reply, or the Work that will have it. `whole` is the reply to whoever
    made the subject. `document(subject, whole)` is what watchers are told of it, with its large part or without.
    `frames(subject, wants, pace, known)` are what they see, one for each want, or none where there is nothing to see;
    `pace` says how finely, and `known` has fields that need not be found anew. `frames_s` is about how long they take
    and `pose` is for having them made elsewhere. `size_bytes` is about what it takes in memory.
    """

    name: str
    wake: Callable[[Checkpoint], Subject]
    begin: Callable[[Any, Any], Any]
    memento: Callable[[Any], Memento]
    whole: Callable[[Any], Any]
    document: Callable[[Any, bool], dict[str, Any]]
    frames: Callable[[Any, Sequence[Want], Pace, dict[str, Any]], list[dict[str, Any]]]
    frames_s: Callable[[Any, Collection[Want]], float]
    pose: Callable[[Any], Pose]
    size_bytes: Callable[[Any], int]
