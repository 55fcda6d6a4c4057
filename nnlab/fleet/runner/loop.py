"""A runner: one process, one thread, many sessions. The local fleet starts it as `python -m nnlab.fleet.runner`."""

from __future__ import annotations

import heapq
import logging
import math
import queue
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.boundary import refusal
from nnlab.fleet.runner.desk import Desk
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.runner.writing import Job, Outcome, Outcomes, Writer
from nnlab.fleet.store import Store
from nnlab.fleet.store.retention import Retention
from nnlab.fleet.wire import Asleep, Beat, Call, Channel, Message, Reply, Unwatch, Watch
from nnlab.settings import Settings

log = logging.getLogger(__name__)

BEAT_EVERY_S = 0.5
CHECKPOINT_EVERY_S = 1.0
MOST_FAILURES = 3  # of the loop itself in a row: then the process ends, and another takes its place

News = Message | Outcomes | None  # what comes in: from the parent, from the store, the end


class Runner:
    """Serves commands between turns; keeps the due times of its sessions in a heap.

    A turn is a few milliseconds of training and, when one is due, a frame.
    """

    def __init__(self, channel: Channel, open_store: Callable[[], Store], settings: Settings) -> None:
        self._channel = channel
        self._settings = settings
        self._inbox: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._writer = Writer(open_store, self._inbox.put)
        self._keeper = Keeper(self._writer)
        self._retention = Retention(settings.keep_days)
        self._desk = Desk(self._keeper, self._writer, self._send, self._plan)
        self._touch = self._desk.boundary.touch
        self._turns: list[tuple[float, str]] = []  # heap of (due, view_id); stale entries are skipped
        self._next_beat_s = 0.0
        self._next_checkpoint_s = 0.0
        self._failures = 0

    def listen(self) -> None:
        """Move messages from the pipe to the inbox until the pipe ends; for a thread of its own."""
        try:
            while (message := self._channel.receive()) is not None:
                self._inbox.put(message)
        finally:
            self._inbox.put(None)

    def run(self) -> None:
        """Serve until the other end is gone, then leave every session at rest in the store."""
        try:
            while self._round():
                pass
        finally:
            self._save_unsaved(at_rest=True)
            self._writer.close()

    def _round(self) -> bool:
        """Serve what has come in and give one turn; False at the end.

        What fails here, outside of any session, is survived, unless it fails every time.
        """
        news = self._take_news()
        parts: list[Callable[[], None]] = [partial(self._serve, one) for one in news]
        errors = map(self._attempt, [*parts, self._give_turn, self._keep_house, self._desk.refuse_abandoned])
        failed = [error for error in errors if error is not None]
        self._failures = self._failures + 1 if failed else 0
        if self._failures == MOST_FAILURES:
            raise failed[0]
        return None not in news

    def _attempt(self, act: Callable[[], None]) -> Exception | None:
        """Call `act`; what it has raised."""
        try:
            act()
            self._beat_if_due()
        except Exception as error:
            log.exception("The runner has failed and goes on")
            return error
        return None

    def _send(self, message: Message) -> None:
        """Send up. When the parent is gone nobody hears; the listener says so next, and `run` ends."""
        with suppress(OSError):
            try:
                self._channel.send(message)
            except OSError:
                raise
            except Exception as error:  # a value that cannot be sent
                if not isinstance(message, Reply):
                    raise
                log.exception("A reply could not be sent")
                self._channel.send(Reply(message.request_id, error=refusal(error)))

    def _take_news(self) -> list[News]:
        """All that has come in; when there is nothing, wait for it until the next turn or beat is due.

        A write in hand is worth a little patience even then.
        """
        next_turn_s = self._turns[0][0] if self._turns else math.inf
        wait_s = max(min(next_turn_s, self._next_beat_s) - time.monotonic(), self._writer.patience_s)
        news: list[News] = []
        try:
            news.append(self._inbox.get(timeout=wait_s) if wait_s > 0 else self._inbox.get_nowait())
            while True:
                news.append(self._inbox.get_nowait())
        except queue.Empty:
            return news

    def _serve(self, news: News) -> None:
        match news:
            case Call() | Watch() | Unwatch():
                self._desk.receive(news)
            case list():
                self._writer.heard(news)
                for outcome in news:
                    self._settle(outcome)

    def _settle(self, outcome: Outcome) -> None:
        self._touch(outcome.job.view_id, outcome.settle)

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
        if awake is None or awake.turn_s != due_s or self._desk.is_busy(view_id):
            return
        self._touch(view_id, partial(self._take_turn, awake), pause=True)

    def _take_turn(self, awake: Awake) -> None:
        revision = awake.session.revision
        awake.take_slice(self._settings.grace_s)
        if awake.session.revision != revision:
            self._desk.show_change(awake, revision)
        for frame in awake.frames_due():
            self._send(frame)
        while (owed := awake.finished()) is not None:
            self._desk.finish(awake, owed)
        self._plan(awake)

    def _keep_house(self) -> None:
        """Beats, checkpoints and bedtime, each when its time has come."""
        now_s = time.monotonic()
        if now_s >= self._next_checkpoint_s:
            self._next_checkpoint_s = now_s + CHECKPOINT_EVERY_S
            self._save_unsaved()
            self._put_to_sleep()
            self._tend_store()
            self._writer.ask(Job("", lambda store: None, lambda _: None, lambda _: None))  # is it still writable?
            self._desk.waking.wake_watched(self._desk.boundary.quarantine.__contains__)
        self._beat_if_due()

    def _save_unsaved(self, *, at_rest: bool = False) -> None:
        """Checkpoints; what is at the store already is passed over."""
        for awake in self._keeper.unsaved(at_rest=at_rest):
            if not self._desk.is_busy(awake.view_id):
                self._touch(awake.view_id, partial(self._desk.save_progress, awake, at_rest=at_rest))

    def _put_to_sleep(self) -> None:
        """Let go of what may sleep; what has something left to save is saved, and goes the next time."""
        most_bytes = self._settings.awake_mb * 1_000_000
        for awake in self._keeper.sleepy(self._settings.sleep_s, most_bytes, self._desk.is_needed):
            if awake.has_new_rows:
                self._touch(awake.view_id, partial(self._desk.save_progress, awake, at_rest=True))
            else:
                self._keeper.forget(awake.view_id)
                self._send(Asleep(awake.view_id))
        for view_id in self._desk.boundary.quarantine.release():
            self._send(Asleep(view_id))

    def _tend_store(self) -> None:
        """Let what nobody has used for too long leave the store."""
        if self._retention.is_due():
            in_use = self._keeper.in_use()
            self._writer.ask(Job("", lambda store: self._retention.tend(store, in_use), lambda _: None, lambda _: None))

    def _beat_if_due(self) -> None:
        now_s = time.monotonic()
        if now_s >= self._next_beat_s:
            self._next_beat_s = now_s + BEAT_EVERY_S
            awake = self._keeper.awake.values()
            training = sum(one.is_training(self._settings.grace_s) for one in awake)
            self._send(Beat(len(awake), training, self._writer.trouble))
