"""In the runner: its studio, a niced process that makes long looks from copies of sessions, one at a time.

The runner's thread only copies weights. A copy is made when its turn has come, so that it is the newest there is.
"""

from __future__ import annotations

import logging
import queue
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from nnlab.errors import TooMany, Unavailable
from nnlab.fleet.channel import Channel
from nnlab.fleet.lost import look_failed
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.turns import Turns
from nnlab.fleet.wire import LookOrder, Made, Message, Order, Reply
from nnlab.session.commands import Query
from nnlab.spawning import start

log = logging.getLogger(__name__)

MOST_LOOKS = 4  # of one session at a time, the one in work included; each holds a thread of the web process
MOST_JOBS = 64  # of all sessions
LONGEST_S = 30.0  # what takes longer hangs
END_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Job:
    """What is wanted of a session: the answer to a query or, without one, the frames of its watchers."""

    awake: Awake
    request_id: int | None = None
    query: Query | None = None

    def order(self) -> Order | None:
        """With a copy of the session as it stands now; None when nobody wants it any more."""
        if self.query is not None:
            return LookOrder(self.awake.kind.pose(self.awake.subject).copy, self.query)
        return self.awake.frame_order()


class Studio:
    """Takes jobs and has one at a time done, in fair turns.

    `deliver` is called, in another thread, with what was made; `finish` then. `is_current`: whether a session is still
    the one that the runner has under its id.
    """

    def __init__(self, deliver: Callable[[Made], None], is_current: Callable[[Awake], bool]) -> None:
        self._deliver = deliver
        self._is_current = is_current
        self._turns = Turns()
        self._jobs: dict[str, deque[Job]] = {}
        self._in_work: Job | None = None
        self._since_s = 0.0
        self._bench = Bench(deliver)

    def look(self, awake: Awake, request_id: int, query: Query) -> None:
        """Have a query answered. Raises TooMany when too many of that session or of all wait already."""
        looks = [job for job in self._jobs_of(awake.view_id) if job.query is not None]
        if len(looks) >= MOST_LOOKS or sum(map(len, self._jobs.values())) >= MOST_JOBS:
            raise TooMany("Too many pictures, files and diagnostics are being made; ask for one after another.")
        self._add(Job(awake, request_id, query))

    def pose(self, awake: Awake) -> None:
        """Have the watchers' frames made; `awake` must not ask again before it has got them."""
        awake.is_posing = True
        self._add(Job(awake))

    def finish(self, made: Made) -> tuple[str, list[Message]]:
        """The session whose job is done, and what is to be sent; the next job begins."""
        job, self._in_work = self._in_work, None
        assert job is not None
        view_id = job.awake.view_id
        self._turns.book(view_id, made.took_s)
        self._plan(view_id)
        messages = self._results(job, made)
        self._begin()
        return view_id, messages

    def look_after(self) -> None:
        """Put an end to a job that hangs; its caller is told by way of `finish`."""
        if self._in_work is not None and time.monotonic() - self._since_s > LONGEST_S:
            log.warning("A look takes too long and is ended")
            self._bench.kill()
            self._since_s = time.monotonic()

    def close(self) -> None:
        """End the process; what is in work is lost."""
        self._bench.close()

    def _add(self, job: Job) -> None:
        view_id = job.awake.view_id
        self._jobs.setdefault(view_id, deque()).append(job)
        self._plan(view_id)
        self._begin()

    def _jobs_of(self, view_id: str) -> list[Job]:
        in_work = self._in_work
        working = [in_work] if in_work is not None and in_work.awake.view_id == view_id else []
        return working + list(self._jobs.get(view_id, ()))

    def _plan(self, view_id: str) -> None:
        if self._jobs.get(view_id):
            self._turns.plan(view_id, 0.0)
        elif not self._jobs_of(view_id):
            self._jobs.pop(view_id, None)
            self._turns.forget(view_id)

    def _begin(self) -> None:
        """Have the next job done, if nothing is in work."""
        if self._in_work is not None or (view_id := self._turns.take(time.monotonic())) is None:
            return
        self._in_work, self._since_s = self._jobs[view_id].popleft(), time.monotonic()
        order = self._order(self._in_work)
        if isinstance(order, Made):
            self._deliver(order)
        else:
            self._bench.make(order)

    def _order(self, job: Job) -> Order | Made:
        """The order for a job, with a copy of the session as it stands; or what is delivered without any work."""
        try:
            if not self._is_current(job.awake):
                return Made(error=Unavailable("The session has just been put away; ask again."))
            return job.order() or Made()
        except Exception:
            log.exception("A session could not be copied")
            return Made(error=look_failed())

    def _results(self, job: Job, made: Made) -> list[Message]:
        if job.request_id is not None:
            return [Reply(job.request_id, made.value, made.error)]
        job.awake.is_posing = False
        if made.error is not None:
            job.awake.was_not_shown()
        return list(made.events) if self._is_current(job.awake) else []


class Bench:
    """Where orders are made: a thread that waits for the process, which is started when it is needed."""

    def __init__(self, deliver: Callable[[Made], None]) -> None:
        self._deliver = deliver
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None

    def make(self, order: Order) -> None:
        """Make it, and deliver what came of it."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        self._orders.put(order)

    def kill(self) -> None:
        """End the process; another one is started for the next order."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End thread and process."""
        if self._thread is not None:
            self._orders.put(None)
            self.kill()
            self._thread.join(END_WITHIN_S)

    def _work(self) -> None:
        while (order := self._orders.get()) is not None:
            self._deliver(self._made(order))
        self._put_away()

    def _made(self, order: Order) -> Made:
        try:
            return self._exchange(order)
        except (EOFError, OSError):
            log.warning("The studio has ended in the middle of a look")
            self._put_away()
            return Made(error=Unavailable("The look was not finished; ask again in a second."))
        except Exception:  # an order that cannot be sent, an answer that is none: the next look finds a new process
            log.exception("The studio could not be talked to")
            self._put_away()
            return Made(error=look_failed())

    def _exchange(self, order: Order) -> Made:
        if self._process is None:
            process = self._process = start("nnlab.fleet.studio")
            assert process.stdin is not None and process.stdout is not None
            self._channel = Channel(process.stdout, process.stdin)
        self._channel.send(order)
        made = self._channel.receive()
        if not isinstance(made, Made):
            raise EOFError
        return made

    def _put_away(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        self._channel.close()
