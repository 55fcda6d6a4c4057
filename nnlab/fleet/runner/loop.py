"""A runner: one process, one thread, many sessions. The local fleet starts it as `python -m nnlab.fleet.runner`."""

from __future__ import annotations

import logging
import queue
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Protocol

from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.boundary import refusal
from nnlab.fleet.runner.desk import Desk
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.runner.load import LAST, Load
from nnlab.fleet.runner.meter import Meter
from nnlab.fleet.runner.progress import Progress
from nnlab.fleet.runner.queues import Queues
from nnlab.fleet.runner.studio import Studio
from nnlab.fleet.runner.turns import Turns
from nnlab.fleet.runner.writing import Job, Outcome, Outcomes, Writer
from nnlab.fleet.store import Store
from nnlab.fleet.store.retention import Retention
from nnlab.fleet.wire import Beat, Call, Event, Made, Message, Reply, Unwatch, Watch
from nnlab.settings import Settings

log = logging.getLogger(__name__)

BEAT_EVERY_S = 0.5
CHECKPOINT_EVERY_S = 1.0  # and less often while the runner is too busy for fresh figures (see Load.leisure)
SAVES_S = 0.002  # of a round go to checkpoints: 150 sessions' at once would be a stall of 70 ms
HELD_S = 0.008  # frames are sent together that are made within so much, while there are turns to be given
CALLS_S = 0.005  # of a turn go to calls, or as long as the first one takes
TURNS_S = 0.003  # go to turns before the rest of a round is looked at, or as long as the first one takes
MOST_FAILURES = 3  # of the loop itself in a row: then the process ends, and another takes its place

News = Message | Outcomes | Made | None  # what comes in: from the parent, from the store, from the studio, the end


class Link(Protocol):
    """Whoever is above: sends messages down and gets those that go up."""

    def receive(self) -> Message | None:
        """The next message; None at the end."""

    def send(self, *messages: Message) -> None:
        """Send up, from any thread. Raises OSError when nobody is there, and what `encode` raises."""


class Runner:
    """Gives its sessions turns, by what they cost.

    A turn is a few milliseconds for calls, as many for training and, when one is due, a frame.
    """

    def __init__(self, channel: Link, open_store: Callable[[], Store], settings: Settings) -> None:
        self._channel = channel
        self._settings = settings
        self._inbox: queue.SimpleQueue[News] = queue.SimpleQueue()
        self._writer = Writer(open_store, self._inbox.put)
        self._load = Load()
        self._keeper = Keeper(self._writer, self._load)
        self._calls = Queues()
        self._turns = Turns()
        self._studio = Studio(self._inbox.put, self._keeper.has)
        meter = Meter(self._turns.book)
        self._desk = Desk(self._keeper, self._writer, self._studio, meter, send=self._send, plan=self._plan)
        self._progress = Progress(self._keeper, self._send, self._desk.waking.lose)
        self._retention = Retention(settings.keep_days)
        self._touch = self._desk.boundary.touch
        self._next_beat_s = 0.0
        self._next_checkpoint_s = 0.0
        self._to_save: deque[Awake] = deque()
        self._held: list[Message] = []
        self._held_until_s = 0.0
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
            self._studio.close()
            for awake in self._keeper.unsaved_at_rest():
                self._save_at_rest(awake)
            self._writer.close()

    def _round(self) -> bool:
        """Serve what has come in and give some turns; False at the end.

        What fails here, outside of any session, is survived, unless it fails every time.
        """
        news = self._take_news()
        parts: list[Callable[[], None]] = [partial(self._serve, one) for one in news]
        errors = map(self._attempt, [*parts, self._give_turns, self._keep_house, self._progress.refuse_abandoned])
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
        """Send up. When the parent is gone nobody hears; the listener says so next, and `run` ends.

        Frames that follow one another closely go together: the parent wakes once for all of them. One that shows what
        somebody has changed waits for no other.
        """
        if isinstance(message, Event) and message.kind == "frame" and not message.shows_change:
            self._held.append(message)
            return
        self._send_held()
        try:
            self._channel.send(message)
        except OSError:
            pass
        except Exception as error:  # a value that cannot be sent
            if not isinstance(message, Reply):
                raise
            log.exception("A reply could not be sent")
            self._send(Reply(message.request_id, error=refusal(error)))

    def _send_held(self) -> None:
        """Send the frames that were held."""
        self._held_until_s = time.monotonic() + HELD_S
        held, self._held = self._held, []
        if held:
            with suppress(OSError):
                self._channel.send(*held)

    def _take_news(self) -> list[News]:
        """All that has come in; when there is nothing, wait for it until the next turn or beat is due.

        A write in hand is worth a little patience even then.
        """
        now_s = time.monotonic()
        due_s = now_s if self._to_save else min(self._turns.next_due_s(now_s), self._next_beat_s)
        wait_s = max(0.0, due_s - now_s, self._writer.patience_s)
        news: list[News] = []
        if wait_s > 0 or now_s > self._held_until_s:
            self._send_held()
        with suppress(queue.Empty):
            news.append(self._inbox.get(timeout=wait_s) if wait_s > 0 else self._inbox.get_nowait())
        self._load.rest(min(wait_s, time.monotonic() - now_s))  # beyond, there was no processor
        with suppress(queue.Empty):
            while news:
                news.append(self._inbox.get_nowait())
        return news

    def _serve(self, news: News) -> None:
        """Calls wait for their session's turn; nothing else does."""
        match news:
            case Call():
                if (refused := self._calls.add(news)) is not None:
                    self._send(refused)
                self._plan(news.view_id)
            case Watch() | Unwatch():
                self._desk.receive(news)
            case Made():
                view_id, results = self._studio.finish(news)
                for result in results:
                    self._send(result)
                self._plan(view_id)
            case list():
                self._writer.heard(news)
                for outcome in news:
                    self._settle(outcome)

    def _settle(self, outcome: Outcome) -> None:
        self._touch(outcome.job.view_id, outcome.settle)
        self._plan(outcome.job.view_id)

    def _plan(self, view_id: str) -> None:
        """Enter the session's next turn: now when a call can be served, else when training or a frame is due."""
        if self._desk.is_busy(view_id):
            return  # the store's answer leads here again
        awake = self._keeper.awake.get(view_id)
        since_s = self._calls.since_s(view_id, reading=self._desk.is_needed(view_id))
        if since_s is not None:
            self._turns.plan(view_id, since_s, urgent=True)
        elif awake is not None:
            self._touch(view_id, partial(self._plan_training, awake))
        else:
            self._turns.forget(view_id)

    def _plan_training(self, awake: Awake) -> None:
        """Steps wait for their turn; what somebody has changed is shown as soon as it is stored."""
        self._turns.plan(awake.view_id, awake.due_s(self._settings.grace_s), urgent=awake.has_change_to_show)

    def _give_turns(self) -> None:
        """Give turns for a few milliseconds, or until something comes in."""
        until_s = time.monotonic() + TURNS_S
        while self._give_turn() and self._inbox.empty() and time.monotonic() < until_s:
            pass

    def _give_turn(self) -> bool:
        """Whoever's turn it is has its calls served, trains a slice and shows a frame if it is time; whether one is."""
        view_id = self._turns.take(time.monotonic())
        if view_id is None:
            return False
        if self._turns.late_s is not None:
            self._load.note(self._turns.late_s)
        self._serve_calls(view_id)
        awake = self._keeper.awake.get(view_id)
        if awake is not None and not self._desk.is_busy(view_id):
            self._touch(view_id, partial(self._take_turn, awake), pause=True)
        self._plan(view_id)
        return True

    def _serve_calls(self, view_id: str) -> None:
        """Serve the session's calls for a few milliseconds; while a change waits for the store, those that read."""
        until_s = time.monotonic() + CALLS_S
        while time.monotonic() < until_s and not self._desk.is_busy(view_id):
            call = self._calls.next(view_id, reading=self._desk.is_needed(view_id))
            if call is None:
                return
            self._desk.receive(call)

    def _take_turn(self, awake: Awake) -> None:
        revision = awake.subject.revision
        awake.take_slice(self._settings.grace_s)
        if awake.subject.revision != revision:
            awake.show_change_since(revision)
        self._show(awake)
        while (owed := awake.finished()) is not None:
            self._progress.finish(awake, owed)

    def _show(self, awake: Awake) -> None:
        """What watchers have yet to see, if it is time; frames that take long are made in the studio."""
        for event in awake.documents_due():
            self._send(event)
        if awake.are_frames_for_studio():
            self._studio.pose(awake)
        for event in awake.frames_due():
            self._send(event)

    def _keep_house(self) -> None:
        """Beats, checkpoints and bedtime, each when its time has come."""
        now_s = time.monotonic()
        self._load.look(now_s)
        self._save_some()
        if now_s >= self._next_checkpoint_s:
            self._next_checkpoint_s = now_s + CHECKPOINT_EVERY_S * self._load.leisure
            self._to_save.extend(self._keeper.unsaved())
            self._put_to_sleep()
            self._studio.look_after()
            self._tend_store()
            self._ask_for_nobody(lambda store: None)  # is it still writable?
            self._desk.waking.wake_watched(self._desk.boundary.quarantine.__contains__)
        self._beat_if_due()

    def _save_some(self) -> None:
        """Checkpoints of those whose time has come, for a few milliseconds."""
        until_s = time.monotonic() + SAVES_S
        while self._to_save and time.monotonic() < until_s:
            awake = self._to_save.popleft()
            if self._keeper.is_unsaved(awake) and not self._desk.is_busy(awake.view_id):
                self._touch(awake.view_id, partial(self._progress.save, awake))

    def _save_at_rest(self, awake: Awake) -> None:
        """All of it, after whatever of it is at the store."""
        self._touch(awake.view_id, partial(self._progress.save, awake, at_rest=True))

    def _put_to_sleep(self) -> None:
        """Let go of what may sleep; what has something left to save is saved, and goes the next time."""
        most_bytes = self._settings.awake_mb * 1_000_000
        for awake in self._keeper.sleepy(self._settings.sleep_s, most_bytes, self._desk.is_needed):
            if awake.has_new_rows:
                self._save_at_rest(awake)
            else:
                self._keeper.forget(awake.view_id)
                self._desk.rest(awake.view_id)
        for view_id in self._desk.boundary.quarantine.release():
            self._desk.rest(view_id)

    def _tend_store(self) -> None:
        """Let what nobody has used for too long leave the store."""
        if self._retention.is_due():
            in_use = self._keeper.in_use()
            self._ask_for_nobody(lambda store: self._retention.tend(store, in_use))

    def _ask_for_nobody(self, work: Callable[[Store], object]) -> None:
        """Have the store do what nobody waits for; what cannot be done is in its trouble."""
        self._writer.ask(Job("", work, lambda _: None, lambda _: None, is_awaited=False))

    def _beat_if_due(self) -> None:
        now_s = time.monotonic()
        if now_s >= self._next_beat_s:
            self._next_beat_s = now_s + BEAT_EVERY_S
            awake = self._keeper.awake.values()
            training = sum(one.is_training(self._settings.grace_s) for one in awake)
            self._send(Beat(len(awake), training, self._writer.trouble, self._load.stage / LAST))
