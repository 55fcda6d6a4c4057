"""A runner: one process, one thread, many sessions. `python -m nnlab.fleet.runner` is started by the local fleet."""

from __future__ import annotations

import heapq
import logging
import math
import queue
import sqlite3
import time

from nnlab.errors import InternalError, NnlabError, NotFound, Unavailable
from nnlab.fleet.awake import Awake, OwedSteps
from nnlab.fleet.frames import event
from nnlab.fleet.keeper import Keeper
from nnlab.fleet.store import LostOwnership, Store
from nnlab.fleet.wire import Asleep, Beat, Call, Channel, Event, Message, Reply, Unwatch, Watch
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.session import Session
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
            self._refuse_abandoned_steps()
        self._keeper.save_unsaved()
        self._store.close()

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
        """Carry out a batch in one transaction of the store; replies leave only once it is stored."""
        if not messages:
            return
        calls = [message for message in messages if isinstance(message, Call)]
        revisions = {call.view_id: self._revision(call.view_id) for call in calls}
        try:
            with self._store.transaction():
                replies = [reply for call in calls if (reply := self._reply_to(call)) is not None]
        except sqlite3.Error:
            log.exception("The store could not be written")
            replies = [_not_stored(call) for call in calls]
            for call in calls:
                self._keeper.forget(call.view_id)
        for reply in replies:
            self._channel.send(reply)
        self._show_changes(revisions)
        for message in messages:
            if isinstance(message, Watch):
                self._watch(message)
            elif isinstance(message, Unwatch):
                self._keeper.unwatch(message.view_id, message.views)

    def _reply_to(self, call: Call) -> Reply | None:
        """The reply to a call; None for a Step, which is replied to when its steps are taken."""
        try:
            if isinstance(call.command, commands.Step):
                self._owe_steps(call, call.command.steps)
                return None
            return Reply(call.request_id, self._carry_out(call))
        except NnlabError as error:
            return Reply(call.request_id, error=error)
        except LostOwnership:
            self._keeper.forget(call.view_id)
            return _not_stored(call)
        except sqlite3.Error:
            raise
        except Exception:
            log.exception("A command failed: %s", type(call.command).__name__)
            self._keeper.forget(call.view_id)
            return Reply(
                call.request_id, error=InternalError("The command failed inside the server and was not carried out.")
            )

    def _carry_out(self, call: Call) -> object:
        match call.command:
            case commands.Create(document=document):
                return apply(commands.Read(), self._keeper.create(call.view_id, Session(document)).session)
            case commands.CreateFrom(checkpoint=checkpoint):
                session = Session.from_checkpoint(checkpoint)
                return apply(commands.Read(), self._keeper.create(call.view_id, session).session)
            case commands.Delete():
                self._keeper.delete(call.view_id)
                self._channel.send(Event(call.view_id, "bye", None, event("bye", {"reason": "deleted"})))
                return None
        awake = self._keeper.wake(call.view_id)
        value = apply(call.command, awake.session)
        if isinstance(call.command, commands.Change):
            self._keeper.save(awake)
        return value

    def _owe_steps(self, call: Call, steps: int) -> None:
        awake = self._keeper.wake(call.view_id)
        awake.session.require_steps()
        awake.session.running = False
        awake.owed.append(OwedSteps(call.request_id, steps))

    def _revision(self, view_id: str) -> int | None:
        awake = self._keeper.awake.get(view_id)
        return awake.session.revision if awake is not None else None

    def _show_changes(self, revisions: dict[str, int | None]) -> None:
        """After a batch of calls: the new document and soon a frame to whoever watches."""
        for view_id, before in revisions.items():
            awake = self._keeper.awake.get(view_id)
            if awake is None:
                continue
            if awake.session.revision != before:
                awake.change_pace()
                if awake.watchers:
                    self._channel.send(awake.document_event())
            awake.show_change()
            self._plan(awake)

    def _watch(self, watch: Watch) -> None:
        try:
            awake = self._keeper.wake(watch.view_id)
        except NotFound:
            return  # deleted in the meantime, which its viewers learn by asking again
        awake.watchers.add(watch.views)
        self._channel.send(awake.document_event())
        awake.show_change()
        self._plan(awake)

    def _plan(self, awake: Awake) -> None:
        """Enter the session's next turn; an entry made earlier is stale from now on."""
        awake.turn_s = awake.due_s(self._settings.grace_s)
        if awake.turn_s < math.inf:
            heapq.heappush(self._turns, (awake.turn_s, awake.view_id))

    def _give_turn(self) -> None:
        """The session that has been due longest trains a slice and shows a frame if it is time."""
        if not self._turns or self._turns[0][0] > time.monotonic():
            return
        due_s, view_id = heapq.heappop(self._turns)
        awake = self._keeper.awake.get(view_id)
        if awake is None or awake.turn_s != due_s:
            return
        try:
            awake.take_slice(self._settings.grace_s)
            self._reply_to_finished_steps(awake)
            for frame in awake.frames_due():
                self._channel.send(frame)
        except Exception:
            log.exception("A session failed while training; it goes back to its last checkpoint and pauses")
            self._keeper.forget(view_id)
            awake = self._keeper.wake(view_id)
            awake.session.running = False
            awake.unsaved = True
        self._plan(awake)

    def _reply_to_finished_steps(self, awake: Awake) -> None:
        while (owed := awake.finished_steps()) is not None:
            with self._store.transaction():
                self._keeper.save(awake)
            awake.owed.remove(owed)
            self._channel.send(Reply(owed.request_id, apply(commands.ReadSnapshot(), awake.session)))

    def _refuse_abandoned_steps(self) -> None:
        while self._keeper.abandoned:
            owed = self._keeper.abandoned.pop()
            error = Unavailable("The steps could not be finished; read the session, then ask again.")
            self._channel.send(Reply(owed.request_id, error=error))

    def _keep_house(self) -> None:
        """Beats, checkpoints and bedtime, each when its time has come."""
        now_s = time.monotonic()
        if now_s >= self._next_checkpoint_s:
            self._next_checkpoint_s = now_s + CHECKPOINT_EVERY_S
            self._keeper.save_unsaved()
            for view_id in self._keeper.put_to_sleep(self._settings.sleep_s):
                self._channel.send(Asleep(view_id))
        if now_s >= self._next_beat_s:
            self._next_beat_s = now_s + BEAT_EVERY_S
            self._channel.send(self._beat())

    def _beat(self) -> Beat:
        awake = self._keeper.awake.values()
        return Beat(len(awake), sum(one.is_training(self._settings.grace_s) for one in awake))


def _not_stored(call: Call) -> Reply:
    return Reply(call.request_id, error=Unavailable("The change could not be stored and was not made; try again."))
