"""A runner: one process, one thread, many sessions. The local fleet starts it as `python -m nnlab.fleet.runner`."""

from __future__ import annotations

import logging
import queue
import sqlite3
import time
from contextlib import suppress

from nnlab.errors import NotFound
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.desk import Desk, goodbye
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.runner.looks import frames_take_long
from nnlab.fleet.runner.queues import Queues
from nnlab.fleet.runner.studio import Studio
from nnlab.fleet.runner.turns import Turns
from nnlab.fleet.store import Store
from nnlab.fleet.studio.orders import Made
from nnlab.fleet.wire import Asleep, Beat, Call, Channel, Message, Unwatch, Watch
from nnlab.session import commands
from nnlab.settings import Settings

log = logging.getLogger(__name__)

BEAT_EVERY_S = 0.5
CHECKPOINT_EVERY_S = 1.0
CALLS_S = 0.005  # of a turn go to calls, or as long as the first one takes


class Runner:
    """Gives its sessions turns: calls first, then a few milliseconds of training and, when one is due, a frame."""

    def __init__(self, channel: Channel, store: Store, settings: Settings) -> None:
        self._channel = channel
        self._store = store
        self._settings = settings
        self._inbox: queue.SimpleQueue[Message | Made | None] = queue.SimpleQueue()
        self._keeper = Keeper(store)
        self._studio = Studio(self._inbox.put, self._keeper.has)
        self._desk = Desk(self._keeper, store, self._studio, self._beat_if_due)
        self._calls = Queues()
        self._turns = Turns()
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
            self._sort([message for message in messages if message is not None])
            self._give_turn()
            self._keep_house()
            self._send(*self._desk.refuse_abandoned())
        self._studio.close()
        self._save_unsaved()
        self._store.close()

    def _send(self, *messages: Message) -> None:
        """Send up. When the parent is gone nobody hears; the listener says so next, and `run` ends."""
        with suppress(OSError):
            for message in messages:
                self._channel.send(message)

    def _take_messages(self) -> list[Message | Made | None]:
        """All messages that are there; when there are none, wait for one until the next turn or beat is due."""
        now_s = time.monotonic()
        wait_s = min(self._turns.next_due_s(now_s), self._next_beat_s) - now_s
        messages: list[Message | Made | None] = []
        try:
            messages.append(self._inbox.get(timeout=wait_s) if wait_s > 0 else self._inbox.get_nowait())
            while True:
                messages.append(self._inbox.get_nowait())
        except queue.Empty:
            return messages

    def _sort(self, messages: list[Message | Made]) -> None:
        """Calls wait for their session's turn; who watches, who no longer does, and what the studio has made do not."""
        for message in messages:
            match message:
                case Call():
                    self._send(*self._calls.add(message))
                    self._plan(message.view_id)
                case Watch():
                    self._watch(message)
                case Unwatch():
                    self._keeper.unwatch(message.view_id, message.views)
                case Made():
                    view_id, results = self._studio.finish(message)
                    self._send(*results)
                    self._plan(view_id)

    def _serve(self, view_id: str) -> None:
        """Carry out the session's calls for a few milliseconds."""
        until_s = time.monotonic() + CALLS_S
        while (call := self._calls.next(view_id)) is not None:
            before = self._revision(view_id)
            self._send(*self._desk.serve([call]))
            if isinstance(call.command, commands.Change):
                self._show_change(view_id, before)
            if time.monotonic() > until_s:
                return

    def _revision(self, view_id: str) -> int | None:
        awake = self._keeper.awake.get(view_id)
        return awake.session.revision if awake is not None else None

    def _show_change(self, view_id: str, before: int | None) -> None:
        """The new document, and soon a frame, to whoever watches."""
        awake = self._keeper.awake.get(view_id)
        if awake is None:
            return
        if awake.session.revision != before:
            awake.change_document()
        awake.show_change()

    def _watch(self, watch: Watch) -> None:
        try:
            awake = self._keeper.wake(watch.view_id)
        except NotFound:
            self._send(goodbye(watch.view_id))  # deleted in the meantime
            return
        except sqlite3.Error:
            log.exception("A session could not be fetched from the store")
            return
        awake.watchers.add(watch.views)
        self._send(awake.document_event(watch.views))
        awake.show_change()
        self._plan(watch.view_id)

    def _plan(self, view_id: str) -> None:
        """Enter the session's next turn: at once when a call waits, else when it is due for training or a frame."""
        awake = self._keeper.awake.get(view_id)
        if (since_s := self._calls.since_s(view_id)) is not None:
            self._turns.plan(view_id, since_s, urgent=True)
        elif awake is not None:
            self._turns.plan(view_id, awake.due_s(self._settings.grace_s))
        else:
            self._turns.forget(view_id)

    def _give_turn(self) -> None:
        """One session's calls are served, it trains and shows itself if it is time; what that costs is booked."""
        began_s = time.monotonic()
        view_id = self._turns.take(began_s)
        if view_id is None:
            return
        self._serve(view_id)
        if view_id in self._keeper.awake:
            self._train(self._keeper.awake[view_id])
        self._turns.book(view_id, time.monotonic() - began_s)
        self._plan(view_id)

    def _train(self, awake: Awake) -> None:
        """A slice of training and what is to be shown and said after it."""
        revision = awake.session.revision
        try:
            awake.take_slice(self._settings.grace_s)
            if awake.session.revision != revision:
                self._show_change(awake.view_id, revision)
            self._show(awake)
        except Exception:
            log.exception("A session failed while training; it goes back to its last checkpoint and pauses")
            self._recover(awake.view_id)
        else:
            while (owed := awake.finished()) is not None:
                self._send(self._desk.finish(awake, owed))

    def _show(self, awake: Awake) -> None:
        """What watchers have yet to see, if it is time; frames that take long are made in the studio."""
        self._send(*awake.documents_due())
        if awake.is_frame_due() and frames_take_long(awake.session, awake.watchers):
            self._studio.pose(awake)
        else:
            self._send(*awake.frames_due())

    def _recover(self, view_id: str) -> None:
        """Fetch a session that has failed as it was last stored, paused; its next frame is not made at once."""
        self._keeper.forget(view_id)
        with suppress(NotFound, sqlite3.Error):
            awake = self._keeper.wake(view_id)
            awake.session.running = False
            awake.unsaved = True
            awake.pacing.rest(time.monotonic())

    def _keep_house(self) -> None:
        """Beats, checkpoints and bedtime, each when its time has come."""
        now_s = time.monotonic()
        if now_s >= self._next_checkpoint_s:
            self._next_checkpoint_s = now_s + CHECKPOINT_EVERY_S
            self._save_unsaved()
            self._send(*map(Asleep, self._keeper.put_to_sleep(self._settings.sleep_s)))
            self._studio.look_after()
        self._beat_if_due()

    def _save_unsaved(self) -> None:
        """Checkpoints; when the store cannot be written they stay unsaved and are tried again."""
        try:
            self._keeper.save_unsaved()
        except sqlite3.Error:
            log.exception("Checkpoints could not be stored")

    def _beat_if_due(self) -> None:
        now_s = time.monotonic()
        if now_s >= self._next_beat_s:
            self._next_beat_s = now_s + BEAT_EVERY_S
            awake = self._keeper.awake.values()
            self._send(Beat(len(awake), sum(one.is_training(self._settings.grace_s) for one in awake)))
