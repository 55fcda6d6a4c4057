"""When a web process that asks for news is answered."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

HURRY = 0.25  # of the usual time between two answers: when there is a change to be shown


class Taker:
    """One web process, which asks again as soon as it is answered. All but `wake` is for the loop's thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._news, self._change = asyncio.Event(), asyncio.Event()
        self._waits = False  # for anything at all
        self._answered_s = 0.0

    def wake(self, urgent: bool) -> None:
        """There is something for it, for the first time since it was answered, or something urgent; from any thread."""
        if urgent:
            self._loop.call_soon_threadsafe(self._change.set)
        if self._waits:
            self._loop.call_soon_threadsafe(self._news.set)

    async def linger(self, usual_s: float) -> None:
        """Let so much time go by since the last answer, less when there is a change to be shown."""
        await self._wait(self._change, self._left_s(usual_s))
        if (left_s := self._left_s(HURRY * usual_s)) > 0:
            await asyncio.sleep(left_s)

    async def wait(self, most_s: float) -> None:
        """Wait for anything. Before, say `expect` and look whether it is there already."""
        await self._wait(self._news, most_s)

    def expect(self) -> None:
        """From now on whatever comes is heard of."""
        self._news.clear()
        self._waits = True

    def answer(self) -> None:
        """It is answered now."""
        self._waits = False
        self._change.clear()
        self._answered_s = time.monotonic()

    def _left_s(self, since_answer_s: float) -> float:
        return self._answered_s + since_answer_s - time.monotonic()

    @staticmethod
    async def _wait(event: asyncio.Event, most_s: float) -> None:
        if most_s > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(most_s):
                    await event.wait()
