"""The sessions a runner has in memory, and their way to and from the store."""

from __future__ import annotations

import logging
import time
from contextlib import suppress

from nnlab.errors import NotFound
from nnlab.fleet.runner.awake import Awake, Owed, Views
from nnlab.fleet.runner.bedtime import who_sleeps
from nnlab.fleet.store import LostOwnership, Store, StoreError
from nnlab.fleet.store.store import Found
from nnlab.sentence import Sentence
from nnlab.session.session import Session

UNCLAIMED = 0  # in place of an ownership number: nothing can be saved under it

log = logging.getLogger(__name__)


class Keeper:
    """Finds, makes, saves and drops sessions. Only what the store has is ever lost from memory on purpose."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.awake: dict[str, Awake] = {}
        self.abandoned: list[Owed] = []  # of sessions that were dropped; their callers wait for an answer
        self._watchers: dict[str, set[Views]] = {}  # outlive a session that is forgotten and woken again

    def create(self, view_id: str, session: Session) -> Awake:
        """Store a new session and keep it in memory."""
        awake = Awake(view_id, session, 0, self._watchers_of(view_id))
        awake.epoch = self._store.create(view_id, awake.checkpoint())
        self.awake[view_id] = awake
        return awake

    def wake(self, view_id: str) -> Awake:
        """The session in memory, fetched from the store if need be. Raises NotFound."""
        if view_id not in self.awake:
            found = self._claim_or_read(view_id)
            if found is None:
                raise NotFound(Sentence("There is no such session; it may have been deleted."))
            epoch, checkpoint = found
            session = Session.from_checkpoint(checkpoint)
            self.awake[view_id] = Awake(view_id, session, epoch, self._watchers_of(view_id))
        awake = self.awake[view_id]
        awake.touched_s = time.monotonic()
        return awake

    def _claim_or_read(self, view_id: str) -> Found | None:
        """What a claim gives or, of a store that can only be read, what can be looked at and not be changed."""
        try:
            return self._store.claim(view_id)
        except StoreError:
            found = self._store.read(view_id)
            return None if found is None else (UNCLAIMED, found[1])

    def save(self, awake: Awake, *, at_rest: bool = False) -> None:
        """Store the session as it stands. Raises LostOwnership when another runner has it by now."""
        self._store.save(awake.view_id, awake.epoch, awake.checkpoint(at_rest=at_rest))
        awake.unsaved = False

    def delete(self, view_id: str) -> None:
        """Remove the session for good. Raises NotFound."""
        self.wake(view_id)
        self._store.delete(view_id)
        self.forget(view_id)
        if not self._watchers_of(view_id):
            del self._watchers[view_id]

    def forget(self, view_id: str) -> None:
        """Drop the session from memory; the store has it as it was last saved."""
        awake = self.awake.pop(view_id, None)
        if awake is not None:
            self.abandon_owed(awake)

    def abandon_owed(self, awake: Awake) -> None:
        """Take no more of the steps that are owed; their callers are told."""
        self.abandoned += awake.owed
        awake.owed.clear()

    def unwatch(self, view_id: str, views: Views) -> None:
        """One set of views has lost its last viewer."""
        self._watchers_of(view_id).discard(views)
        if view_id in self.awake:
            self.awake[view_id].touched_s = time.monotonic()
        elif not self._watchers[view_id]:
            del self._watchers[view_id]

    def _watchers_of(self, view_id: str) -> set[Views]:
        return self._watchers.setdefault(view_id, set())

    def save_unsaved(self) -> None:
        """Checkpoint what has been trained since the last time, all in one transaction."""
        self._save_all([awake for awake in self.awake.values() if awake.unsaved])

    def put_to_rest(self) -> None:
        """Save whatever is not yet, for the runner ends."""
        self._save_all([one for one in self.awake.values() if one.unsaved or one.has_new_rows], at_rest=True)

    def _save_all(self, several: list[Awake], *, at_rest: bool = False) -> None:
        if not several:
            return
        with self._store.transaction():
            for awake in several:
                try:
                    self.save(awake, at_rest=at_rest)
                except LostOwnership:
                    log.warning("Another runner has taken over session %s", awake.view_id[:6])
                    self.forget(awake.view_id)

    def put_to_sleep(self, idle_s: float, most_bytes: int) -> list[str]:
        """Drop the sessions that have been idle for long or that there is no room for; return their view ids."""
        asleep = who_sleeps(self.awake.values(), time.monotonic(), idle_s=idle_s, most_bytes=most_bytes)
        with suppress(StoreError):  # all but the newest rows of the series is stored already
            self._save_all([awake for awake in asleep if awake.has_new_rows], at_rest=True)
        for awake in asleep:
            self.forget(awake.view_id)
            self._watchers.pop(awake.view_id, None)
        return [awake.view_id for awake in asleep]
