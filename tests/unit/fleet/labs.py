"""A runner inside this process, over a channel in memory, and its caller."""

from __future__ import annotations

import itertools
import json
import queue
import threading
from collections.abc import Callable
from typing import Any

from nnlab.fleet.frames import inflate
from nnlab.fleet.runner.loop import Runner
from nnlab.fleet.store import Store
from nnlab.fleet.wire import Call, Event, Message, Reply
from nnlab.session import commands
from nnlab.settings import Settings
from tests.unit.making import DEADLINE_S, make_document

V, W = "v" + "A" * 22, "v" + "B" * 22


class MemoryChannel:
    """Both ends of a channel: what the runner is told, and what it says."""

    def __init__(self) -> None:
        self._down: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self.said: list[Message] = []

    def send(self, *messages: Message) -> None:
        """Called by the runner."""
        with self._changed:
            self.said += messages
            self._changed.notify_all()

    def receive(self) -> Message | None:
        """Called by the runner."""
        return self._down.get()

    def tell(self, message: Message | None) -> None:
        """Called by the test; None is the end."""
        self._down.put(message)

    def wait_for(self, wanted: Callable[[Message], bool]) -> Any:
        """The first thing said that is wanted."""
        with self._changed:
            found = self._changed.wait_for(lambda: [one for one in self.said if wanted(one)], DEADLINE_S)
        assert found, f"not among {len(self.said)} messages"
        return found[0]


class Lab:
    """A runner at work, and its caller."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.channel = MemoryChannel()
        self.runner: Runner | None = None
        self._request_ids = itertools.count(1)
        self._ready = threading.Event()
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()
        assert self._ready.wait(DEADLINE_S)

    def _serve(self) -> None:
        self.runner = Runner(self.channel, lambda: Store(self.settings.database), self.settings)  # type: ignore[arg-type]
        self._threads.append(threading.Thread(target=self.runner.listen))
        self._threads[1].start()
        self._ready.set()
        self.runner.run()

    def ask(self, view_id: str, command: Any) -> int:
        """Send a call; its request id."""
        request_id = next(self._request_ids)
        self.channel.tell(Call(request_id, view_id, command))
        return request_id

    def reply(self, request_id: int) -> Any:
        """Wait for the reply to a call; its value, or its error raised."""
        reply = self.channel.wait_for(lambda one: isinstance(one, Reply) and one.request_id == request_id)
        if reply.error is not None:
            raise reply.error
        return reply.value

    def call(self, view_id: str, command: Any) -> Any:
        """Send a call and wait for its reply."""
        return self.reply(self.ask(view_id, command))

    def create(self, view_id: str = V, **fields: Any) -> None:
        """Make a small session."""
        self.call(view_id, commands.Create(document=make_document(**{"pace": {"resolution": 20}} | fields)))

    def step_of(self, view_id: str = V) -> int:
        """Updates so far."""
        step: int = self.call(view_id, commands.ReadSnapshot())["snapshot"]["step"]
        return step

    def events(self, kind: str, view_id: str = V) -> list[dict[str, Any]]:
        """Data of the events so far."""
        said = [one for one in list(self.channel.said) if isinstance(one, Event)]
        pieces = [inflate(one.piece).decode() for one in said if one.view_id == view_id]
        return [json.loads(piece.split("data: ", 1)[1]) for piece in pieces if f"event: {kind}\n" in piece]

    def stop(self) -> None:
        """The end of the pipe: the runner saves and ends."""
        self.channel.tell(None)
        for thread in self._threads:
            thread.join(DEADLINE_S)
            assert not thread.is_alive()
