"""The end of the fleet that lives in a Ray actor: one runner as it is everywhere, any number of web processes."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import queue
import threading
import time
from functools import partial

import msgspec

from nnlab.fleet.codec import decode, encode
from nnlab.fleet.hub import Topic
from nnlab.fleet.lost import gone
from nnlab.fleet.ray.outboxes import Outboxes
from nnlab.fleet.ray.taker import Taker
from nnlab.fleet.runner.loop import Runner
from nnlab.fleet.store import Store
from nnlab.fleet.wire import Beat, Call, Event, Hello, Message, Reply, Unwatch, Watch
from nnlab.settings import Settings

NICENESS = 5  # commands and pages come before training
TAKE_S = 1.0  # an answer at the latest, empty if need be: the web process hears that the runner lives
LOOK_EVERY_S = 0.5
SILENCE_S = 4.5  # a runner's thread without a beat for so long hangs: the process ends and Ray starts another
START_S = 30.0  # until the first one

log = logging.getLogger(__name__)


class RunnerActor:
    """Hosts a runner, which runs in a thread of its own, and is what is above it.

    What is asked of it is asked in bytes of nnlab.fleet.codec, so that Ray carries no object of ours.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self._settings = Settings.from_environment(environment)
        self._boxes = Outboxes()
        self._takers: dict[str, Taker] = {}
        self._request_ids = itertools.count(1)
        self._calls: dict[int, asyncio.Future[bytes]] = {}
        self._inbox: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        self._beat = encode(Beat(0, 0))
        self._heard_s = 0.0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._resting = False
        self._thread = threading.Thread(target=self._run, name="runner", daemon=True)

    # What web processes ask, in the actor's loop.

    async def hello(self, web: str) -> bytes:
        """Open a box for a web process; say which protocol is spoken."""
        loop = self._start()
        taker = self._takers[web] = Taker(loop)
        self._unwatch_all(self._boxes.open(web, taker.wake))
        return encode(Hello())

    async def pid(self) -> int:
        """Process id, on whichever machine."""
        self._start()
        return os.getpid()

    async def call(self, body: bytes) -> bytes:
        """Carry out a `Call`; its `Reply`. A runner that is resting does not."""
        loop = self._start()
        if self._resting:
            return encode(Reply(0, error=gone()))
        call = decode(body)
        assert isinstance(call, Call)
        request_id = next(self._request_ids)
        future = self._calls[request_id] = loop.create_future()
        self._inbox.put(msgspec.structs.replace(call, request_id=request_id))
        return await future

    async def watch(self, web: str, body: bytes) -> None:
        """Show a web process what it wants to watch; again for each of them, as each is to get the document."""
        message = decode(body)
        assert isinstance(message, Watch)
        if self._boxes.watch(web, Topic(message.view_id, message.want)):
            self._inbox.put(message)

    async def unwatch(self, web: str, body: bytes) -> None:
        """No longer."""
        message = decode(body)
        assert isinstance(message, Unwatch)
        if self._boxes.unwatch(web, Topic(message.view_id, message.want)):
            self._inbox.put(message)

    async def take(self, web: str, linger_s: float) -> list[bytes] | None:
        """The newest beat and what has come for a web process since it last asked: waits for something.

        There are at least `linger_s` between two answers, and less only when there is a change to be shown: what comes
        in the meantime goes in one. None for a web process that is not known here, or not any more.
        """
        taker = self._takers.get(web)
        if taker is None:
            return None
        await taker.linger(linger_s)
        taker.expect()
        if not self._boxes.has_news(web):
            await taker.wait(TAKE_S)
        taker.answer()
        bodies = self._boxes.take(web)
        return None if bodies is None else [self._beat, *bodies]

    async def rest(self) -> None:
        """Leave every session at rest in the store; from now on calls are sent back."""
        self._start()
        self._resting = True
        self._inbox.put(None)
        while self._thread.is_alive():
            await asyncio.sleep(0.01)

    # What the runner is above, in its threads.

    def receive(self) -> Message | None:
        """The next message for the runner."""
        return self._inbox.get()

    def send(self, *messages: Message) -> None:
        """Take messages from the runner. Raises what `encode` raises."""
        for message in messages:
            self._take_one(message)

    def _take_one(self, message: Message) -> None:
        body = encode(message)
        match message:
            case Event():
                self._boxes.put(message, body)
            case Reply():
                assert self._loop is not None
                self._loop.call_soon_threadsafe(self._settle, message.request_id, body)
            case Beat():
                self._beat, self._heard_s = body, time.monotonic()

    def _run(self) -> None:
        """The runner's thread. When it ends by itself so does the process, and Ray starts another."""
        try:
            if hasattr(os, "nice"):
                os.nice(NICENESS)  # of this thread, and so of those that it starts
            runner = Runner(self, partial(Store, self._settings.database), self._settings)
            threading.Thread(target=runner.listen, name="listen", daemon=True).start()
            runner.run()
        except BaseException:
            log.exception("The runner has failed")
        finally:
            if not self._resting:
                os._exit(1)

    # In the loop.

    def _start(self) -> asyncio.AbstractEventLoop:
        """Start the runner with the first thing that is asked: before that there is no loop."""
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._heard_s = time.monotonic() + START_S - SILENCE_S
            self._thread.start()
            self._house_keeping = self._loop.create_task(self._keep_house())
        return self._loop

    def _settle(self, request_id: int, body: bytes) -> None:
        future = self._calls.pop(request_id, None)
        if future is not None and not future.done():
            future.set_result(body)

    def _unwatch_all(self, topics: list[Topic]) -> None:
        for topic in topics:
            self._inbox.put(Unwatch(*topic))

    async def _keep_house(self) -> None:
        """End a process whose runner hangs, and forget web processes that are gone."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if time.monotonic() - self._heard_s > SILENCE_S and not self._resting:
                os._exit(1)
            self._unwatch_all(self._boxes.forget_silent())
            for web in self._takers.keys() - self._boxes.webs():
                del self._takers[web]
