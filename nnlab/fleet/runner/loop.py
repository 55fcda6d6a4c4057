"""A runner: one process, one thread, many sessions. The local fleet starts it as `python -m nnlab.fleet.runner`."""

from __future__ import annotations

import heapq
import logging
import math
import queue
import time
from collections.abc import Callable
from contextlib import suppress

from nnlab.errors import NotFound
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.desk import Desk, goodbye
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.store import Store, StoreError
from nnlab.fleet.store.retention import Retention
from nnlab.fleet.wire import Asleep, Beat, Call, Channel, Message, Unwatch, Watch
from nnlab.session import commands
from nnlab.settings import Settings

log = logging.getLogger(__name__)

BEAT_EVERY_S = 0.5
CHECKPOINT_EVERY_S = 1.0


class Runner:
    """Serves commands between turns; keeps the due times of its sessions in a heap.

    A turn is a few milliseconds of training and, when one is due, a frame.
    """

    def __init__(self, channel: Channel, store: Store, settings: Settings) -> None:
        self._channel = channel
        self._store = store
        self._settings = settings
        self._keeper = Keeper(store)
        self._retention = Retention(settings.keep_days)
        self._desk = Desk(self._keeper, store, self._beat_if_due)
        self._inbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._turns: list[tuple[float, str]] = []  # heap of (due, view_id); stale entries are skipped
        self._next_beat_s = 0.0
        self._next_checkpoint_s = 0.0

    def listen(self) -> None:
        """Move messages from the pipe to the inbox until the pipe ends; for a thread of its own."""
        while (message := self._channel.receive()) is not None:
            self._inbox.put(message)
        self._inbox.put(None)

    def run(self) -> None:
        """Serve until the other end is gone, then leave every session at rest in the store."""
        while True:
            messages = self._take_messages()
            if None in messages:
                break
            self._serve([message for message in messages if message is not None])
            self._give_turn()
            self._keep_house()
            self._send(*self._desk.refuse_abandoned())
        self._store_what(self._keeper.put_to_rest)
        self._store.close()

    def _send(self, *messages: Message) -> None:
        """Send up. When the parent is gone nobody hears; the listener says so next, and `run` ends."""
        with suppress(OSError):
            for message in messages:
                self._channel.send(message)

    def _take_messages(self) -> list[Message | None]:
        """All messages that are there; when there are none, wait for one until the next turn or beat is due."""
        next_turn_s = self._turns[0][0] if self._turns else math.inf
        wait_s = min(next_turn_s, self._next_beat_s) - time.monotonic()
        messages: list[Message | None] = []
        try:
            messages.append(self._inbox.get(timeout=wait_s) if wait_s > 0 else self._inbox.get_nowait())
            while True:
                messages.append(self._inbox.get_nowait())
        except queue.Empty:
            return messages

    def _serve(self, messages: list[Message]) -> None:
        """Calls first, as one batch; then who watches and who no longer does."""
        calls = [message for message in messages if isinstance(message, Call)]
        if calls:
            changing = {call.view_id for call in calls if isinstance(call.command, commands.Change)}
            revisions = {view_id: self._revision(view_id) for view_id in changing}
            self._send(*self._desk.serve(calls))
            for view_id, before in revisions.items():
                self._show_change(view_id, before)
            for call in calls:
                self._plan_if_awake(call.view_id)
        for message in messages:
            if isinstance(message, Watch):
                self._watch(message)
            elif isinstance(message, Unwatch):
                self._keeper.unwatch(message.view_id, message.views)

    def _revision(self, view_id: str) -> int | None:
        awake = self._keeper.awake.get(view_id)
        return awake.session.revision if awake is not None else None

    def _show_change(self, view_id: str, before: int | None) -> None:
        """The new document, and soon a frame, to whoever watches."""
        awake = self._keeper.awake.get(view_id)
        if awake is None:
            return
        if awake.session.revision != before:
            awake.change_pace()
            if awake.watchers:
                self._send(awake.document_event())
        awake.show_change()

    def _watch(self, watch: Watch) -> None:
        try:
            awake = self._keeper.wake(watch.view_id)
        except NotFound:
            self._send(goodbye(watch.view_id))  # deleted in the meantime
            return
        except StoreError:
            log.exception("A session could not be fetched from the store")
            return
        awake.watchers.add(watch.views)
        self._send(awake.document_event(watch.views))
        awake.show_change()
        self._plan(awake)

    def _plan(self, awake: Awake) -> None:
        """Enter the session's next turn; an entry made earlier is stale from now on."""
        awake.turn_s = awake.due_s(self._settings.grace_s)
        if awake.turn_s < math.inf:
            heapq.heappush(self._turns, (awake.turn_s, awake.view_id))

    def _plan_if_awake(self, view_id: str) -> None:
        if view_id in self._keeper.awake:
            self._plan(self._keeper.awake[view_id])

    def _give_turn(self) -> None:
        """The session that has been due longest trains a slice and shows a frame if it is time."""
        if not self._turns or self._turns[0][0] > time.monotonic():
            return
        due_s, view_id = heapq.heappop(self._turns)
        awake = self._keeper.awake.get(view_id)
        if awake is None or awake.turn_s != due_s:
            return
        revision = awake.session.revision
        try:
            awake.take_slice(self._settings.grace_s)
            if awake.session.revision != revision:
                self._show_change(view_id, revision)
            frames = awake.frames_due()
        except Exception:
            log.exception("A session failed while training; it goes back to its last checkpoint and pauses")
            self._recover(view_id)
        else:
            self._send(*frames)
            while (owed := awake.finished()) is not None:
                self._send(self._desk.finish(awake, owed))
        self._plan_if_awake(view_id)

    def _recover(self, view_id: str) -> None:
        """Fetch a session that has failed as it was last stored, paused; its next frame is not made at once."""
        self._keeper.forget(view_id)
        with suppress(NotFound, StoreError):
            awake = self._keeper.wake(view_id)
            awake.session.running = False
            awake.unsaved = True
            awake.pacing.rest(time.monotonic())

    def _keep_house(self) -> None:
        """Beats, checkpoints and bedtime, each when its time has come."""
        now_s = time.monotonic()
        if now_s >= self._next_checkpoint_s:
            self._next_checkpoint_s = now_s + CHECKPOINT_EVERY_S
            self._store_what(self._keeper.save_unsaved)
            most_bytes = self._settings.awake_mb * 1_000_000
            self._send(*map(Asleep, self._keeper.put_to_sleep(self._settings.sleep_s, most_bytes)))
            if self._retention.is_due():
                self._store_what(lambda: self._retention.tend(self._store, self._keeper.awake.keys()))
        self._beat_if_due()

    def _store_what(self, act: Callable[[], object]) -> None:
        """Something that is tried again when the store cannot be written."""
        try:
            act()
        except StoreError:
            log.exception("The store has refused something")

    def _beat_if_due(self) -> None:
        now_s = time.monotonic()
        if now_s >= self._next_beat_s:
            self._next_beat_s = now_s + BEAT_EVERY_S
            awake = self._keeper.awake.values()
            self._send(Beat(len(awake), sum(one.is_training(self._settings.grace_s) for one in awake)))
