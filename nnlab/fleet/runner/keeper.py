"""The sessions a runner has in memory, and their way to and from the store."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from nnlab.errors import NotFound
from nnlab.fleet.kinds import KINDS
from nnlab.fleet.runner.audience import Audience
from nnlab.fleet.runner.awake import Awake, Owed
from nnlab.fleet.runner.bedtime import who_sleeps
from nnlab.fleet.runner.load import Load
from nnlab.fleet.runner.writing import Job, Saving
from nnlab.fleet.store import Save, Store
from nnlab.sentence import Sentence
from nnlab.session.checkpoint import Checkpoint
from nnlab.session.picture.want import Want
from nnlab.session.subject import Subject

UNCLAIMED = 0  # in place of a term: nothing can be saved under it

Otherwise = Callable[[Exception], None]


class Asks(Protocol):
    """Who does jobs on the store."""

    def ask(self, job: Job) -> None:
        """Have a job done, after all that were asked for before."""


class Keeper:
    """Finds, makes, saves and drops sessions. Only what the store has is ever lost from memory on purpose.

    What needs the store is asked of it here; `then` or `otherwise` is called when it has answered.
    """

    def __init__(self, writer: Asks, load: Load | None = None) -> None:
        self._writer = writer
        self._load = Load() if load is None else load
        self.awake: dict[str, Awake] = {}
        self.abandoned: list[Owed] = []  # of sessions that were dropped; their callers wait for an answer
        self._audiences: dict[str, Audience] = {}  # outlive a session that is forgotten and woken again
        self._checkpoints: set[str] = set()  # of these sessions, on their way to the store

    def create(self, view_id: str, subject: Subject, then: Callable[[Awake], None], otherwise: Otherwise) -> None:
        """Store a new session; from then on it is in memory."""
        checkpoint = subject.checkpoint()
        self._ask(
            view_id,
            lambda store: store.create(view_id, checkpoint),
            lambda term: then(self._admit(view_id, subject, term)),
            otherwise,
        )

    def wake(self, view_id: str, then: Callable[[Awake | None], None], otherwise: Otherwise) -> None:
        """Fetch a session from the store into memory; `then` gets None when there is none of that id.

        Raises, in place of `then`, what it means that the stored session cannot be read.
        """

        def admit(found: tuple[int, Checkpoint] | None) -> None:
            if found is None:
                then(None)
                return
            awake = self._admit(view_id, KINDS[found[1].kind].wake(found[1]), found[0])
            awake.saved_bytes = found[1].num_bytes
            then(awake)

        job = Job(view_id, lambda store: store.claim(view_id), admit, otherwise, lambda store: _read(store, view_id))
        self._writer.ask(job)

    def save(self, awake: Awake, then: Callable[[], None], otherwise: Otherwise) -> None:
        """Store the session as it stands. LostOwnership means that another runner has it by now."""
        self._writer.ask(self._saving(awake, then, otherwise))

    def _saving(self, awake: Awake, then: Callable[[], None], otherwise: Otherwise, *, at_rest: bool = False) -> Job:
        checkpoint = awake.checkpoint(at_rest=at_rest)
        awake.unsaved = False

        def refused(error: Exception) -> None:
            awake.was_not_saved()
            otherwise(error)

        saving = Saving(Save(awake.view_id, awake.term, checkpoint))
        return Job(awake.view_id, saving, lambda _: then(), refused)

    def save_progress(self, awake: Awake, otherwise: Otherwise, *, at_rest: bool = False) -> None:
        """A checkpoint of what has been trained; there is one of a session at a time on its way.

        `at_rest`: with all that would be saved later, as the session leaves the memory.
        """
        view_id = awake.view_id

        def refused(error: Exception) -> None:
            self._checkpoints.discard(view_id)
            otherwise(error)

        self._checkpoints.add(view_id)
        job = self._saving(awake, lambda: self._checkpoints.discard(view_id), refused, at_rest=at_rest)
        self._writer.ask(replace(job, is_awaited=False))

    def unsaved(self) -> list[Awake]:
        """Sessions with something to save, and no checkpoint of theirs on its way."""
        return [one for one in self.awake.values() if self.is_unsaved(one)]

    def is_unsaved(self, awake: Awake) -> bool:
        """Whether this session is in memory with something to save, and no checkpoint of it is on its way."""
        return self.has(awake) and awake.unsaved and awake.view_id not in self._checkpoints

    def unsaved_at_rest(self) -> list[Awake]:
        """Sessions of which the store will not have all, once it has what is on its way."""
        return [one for one in self.awake.values() if one.unsaved or one.has_new_rows]

    def delete(self, view_id: str, then: Callable[[], None], otherwise: Otherwise) -> None:
        """Remove the session for good, whether it can be read or not. NotFound means that there is none."""
        self._ask(view_id, lambda store: _delete(store, view_id), lambda _: then(), otherwise)

    def forget(self, view_id: str) -> None:
        """Drop the session from memory; the store has it as it was last saved."""
        awake = self.awake.pop(view_id, None)
        if awake is not None:
            self.abandon_owed(awake)
        self._checkpoints.discard(view_id)
        if not self._audiences.get(view_id):
            self._audiences.pop(view_id, None)

    def abandon_owed(self, awake: Awake) -> None:
        """Take no more of the steps that are owed; their callers are told."""
        self.abandoned += awake.owed
        awake.owed.clear()

    def has(self, awake: Awake) -> bool:
        """Whether this is the session in memory, and not one that was forgotten since."""
        return self.awake.get(awake.view_id) is awake

    def watch(self, view_id: str, want: Want) -> None:
        """One want has its first viewer, whether the session is in memory or not."""
        self._audiences.setdefault(view_id, Audience()).enter(want)

    def unwatch(self, view_id: str, want: Want) -> None:
        """One want has lost its last viewer."""
        audience = self._audiences.get(view_id, Audience())
        audience.leave(want)
        if view_id in self.awake:
            self.awake[view_id].touched_s = time.monotonic()
        elif not audience:
            self._audiences.pop(view_id, None)

    def is_watched(self, view_id: str) -> bool:
        """Whether anybody watches."""
        return bool(self._audiences.get(view_id))

    def watched_asleep(self) -> list[str]:
        """Sessions that somebody watches and that are not in memory."""
        return [view_id for view_id, audience in self._audiences.items() if audience and view_id not in self.awake]

    def sleepy(self, idle_s: float, most_bytes: int, needed: Callable[[str], bool]) -> list[Awake]:
        """Sessions that may leave the memory: idle for so long, or beyond what there is room for."""

        def is_free(awake: Awake) -> bool:
            at_work = awake.audience or awake.owed or awake.unsaved or awake.view_id in self._checkpoints
            return not at_work and not needed(awake.view_id)

        return who_sleeps(self.awake.values(), is_free, time.monotonic(), idle_s=idle_s, most_bytes=most_bytes)

    def in_use(self) -> frozenset[str]:
        """Sessions that are in memory or watched."""
        return frozenset(self.awake.keys() | self._audiences.keys())

    def _admit(self, view_id: str, subject: Subject, term: int) -> Awake:
        audience = self._audiences.setdefault(view_id, Audience())
        audience.start_over()
        awake = self.awake[view_id] = Awake(view_id, subject, term, audience, self._load)
        return awake

    def _ask(
        self, view_id: str, work: Callable[[Store], Any], then: Callable[[Any], None], otherwise: Otherwise
    ) -> None:
        self._writer.ask(Job(view_id, work, then, otherwise))


def _read(store: Store, view_id: str) -> tuple[int, Checkpoint] | None:
    """What a claim would give, from a store that can only be read: to be looked at, not to be changed."""
    found = store.read(view_id)
    return None if found is None else (UNCLAIMED, found[1])


def _delete(store: Store, view_id: str) -> None:
    if store.claim(view_id) is None:
        raise no_such_session()
    store.delete(view_id)


def no_such_session() -> NotFound:
    """For whoever asks for what is nowhere."""
    return NotFound(Sentence("There is no such session; it may have been deleted."))
