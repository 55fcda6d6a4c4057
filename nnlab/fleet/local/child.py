"""One runner process as its parent sees it: calls in flight, the last beat, the end."""

from __future__ import annotations

import logging
import os
import queue
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import Any

from nnlab.fleet.channel import Channel
from nnlab.fleet.codec import encode
from nnlab.fleet.environment import memory_of_runners
from nnlab.fleet.local.silence import Silence
from nnlab.fleet.lost import gone, lost
from nnlab.fleet.wire import Asleep, Beat, Event, Message, Reply
from nnlab.spawning import start

log = logging.getLogger(__name__)

END_WITHIN_S = 5.0
READ_BYTES = 64 * 1024  # at once, as much as a pipe holds


class Child:
    """Starts a runner and talks to it."""

    def __init__(self, environment: dict[str, str]) -> None:
        whole = {**memory_of_runners(), **os.environ, **environment}
        self._process = start("nnlab.fleet.runner", whole, buffer_bytes=READ_BYTES)
        assert self._process.stdin is not None and self._process.stdout is not None
        self._channel = Channel(self._process.stdout, self._process.stdin)
        self._outbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._writer.start()
        self._lock = threading.Lock()
        self._in_flight: dict[int, tuple[str, Future[Any]]] = {}
        self._ended = False
        self.started_s = time.monotonic()
        self.beat: Beat | None = None
        self._silence = Silence(self._process.pid)

    @property
    def pid(self) -> int:
        """Process id of the runner."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether calls are refused since the runner is no more."""
        return self._ended

    @property
    def ended_by(self) -> str:
        """What has ended the process, for the log: a system that is short of memory sends SIGKILL."""
        status = self._process.returncode or 0
        return signal.Signals(-status).name if status < 0 else f"itself with status {status}"

    def is_silent(self, silence_s: float, start_s: float) -> bool:
        """Whether nothing has been heard for so long; `start_s` is the time until the first word."""
        return self._silence.seconds() > (silence_s if self.beat else start_s)

    def call(self, request_id: int, view_id: str, body: bytes) -> Future[Any]:
        """Send an encoded `Call`; the future gets the reply or its error, RunnerLost when the runner dies first.

        Raises RunnerGone when it is dead already.
        """
        future: Future[Any] = Future()
        with self._lock:
            if self._ended:
                raise gone()
            self._in_flight[request_id] = (view_id, future)
        self._outbox.put(body)
        return future

    def send(self, message: Message) -> None:
        """Send without a reply and without waiting, however full the pipe of a runner that hangs may be."""
        self._outbox.put(encode(message))

    def _write(self) -> None:
        """Write what is to be sent; for a thread of its own. What a dead runner misses is told by `read`."""
        with suppress(OSError):
            while (body := self._outbox.get()) is not None:
                self._channel.send_encoded(body)
        self._channel.close_sending()

    def read(self, on_event: Callable[[Event | Asleep], None], on_answer: Callable[[str], None]) -> None:
        """Deal out what the runner sends until it ends; for a thread of its own.

        `on_answer` gets the view id of each call that is answered, in order with the events. A runner that cannot be
        understood is ended.
        """
        try:
            while (message := self._channel.receive()) is not None:
                self._silence.heard()
                self._deal_out(message, on_event, on_answer)
        except Exception:
            log.exception("Runner process %d could not be understood and is ended", self.pid)
            self.kill()
        self.close()
        self._outbox.put(None)
        self._writer.join()
        self._channel.close()
        self._fail_in_flight()

    def _deal_out(
        self, message: Message, on_event: Callable[[Event | Asleep], None], on_answer: Callable[[str], None]
    ) -> None:
        if isinstance(message, Reply):
            self._settle(message, on_answer)
        elif isinstance(message, Event | Asleep):
            on_event(message)
        elif isinstance(message, Beat):
            self.beat = message

    def kill(self) -> None:
        """End a runner that hangs."""
        self._silence.heard()  # it is given time to end
        self._process.kill()

    def end(self) -> None:
        """Let the runner save everything and end; `close` waits for it."""
        self._outbox.put(None)

    def close(self) -> None:
        """Wait until the runner has ended; kill it if it takes too long."""
        try:
            self._process.wait(END_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _settle(self, reply: Reply, on_answer: Callable[[str], None]) -> None:
        with self._lock:
            found = self._in_flight.pop(reply.request_id, None)
        if found is None:
            return
        view_id, future = found
        on_answer(view_id)
        if reply.error is not None:
            future.set_exception(reply.error)
        else:
            future.set_result(reply.value)

    def _fail_in_flight(self) -> None:
        with self._lock:
            self._ended = True
            futures = [future for _, future in self._in_flight.values()]
            self._in_flight.clear()
        for future in futures:
            future.set_exception(lost())
