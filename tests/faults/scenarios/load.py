"""One person who asks for much, beside others who watch their experiments."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import Awaitable

from tests.faults.conftest import runners_of
from tests.faults.table import Outcome, scenario
from tests.faults.tools import SESSIONS, answer, connect, in_threads, neighbours
from tests.load.__main__ import make_session
from tests.load.crowd import ANSWERED, RATES, REFUSED_LOST, measure
from tests.load.starving import Attack, at_a_rate, no_attack, pace_kept
from tests.serving import Server

UNHARMED = "others keep 11 fps and POST p99 under 150 ms"
GIANT = {
    "network": {"hidden": [{"units": 128, "activation": "tanh"}] * 8},
    "training": {"batch_size": 2000, "learning_rate": 0.001},
    "pace": {"resolution": 200, "steps_per_second": 50_000},
}


def giant(server: Server) -> str:
    """The largest session there can be, running."""
    session_id: str = server.post(SESSIONS, GIANT)["id"]
    server.post(f"{SESSIONS}/{session_id}/dataset", {"name": "spiral", "points": 2000})
    server.post(f"{SESSIONS}/{session_id}/run")
    return session_id


@scenario("neighbours", bound=UNHARMED)
def nobody_asks_for_much(server: Server) -> Outcome:
    """Six running, watched sessions and nothing else: what the next ones are to be compared with."""
    seen = neighbours(server, lambda end: None)
    return Outcome(str(seen), seen.unharmed)


@scenario("neighbours", bound=UNHARMED)
def many_changes(server: Server) -> Outcome:
    """One client sends its own session 160 changes a second."""
    path, strengths = f"{SESSIONS}/{make_session(server, 99)}", itertools.count()
    attack = Attack("changes", no_attack)

    def change() -> tuple[str, str, object]:
        return "PATCH", path, {"training": {"l2": next(strengths) % 100 / 1000}}

    seen = neighbours(server, lambda end: asyncio.run(until(end, at_a_rate(server, attack, 160, change))))
    told = ", ".join(f"{count} x {status}" for status, count in sorted(attack.statuses.items()))
    return Outcome(f"{seen}; the changes: {told}", seen.unharmed)


async def until(end: float, work: Awaitable[None]) -> None:
    """Let it work until the steady clock's time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(end - time.monotonic()):
            await work


@scenario("neighbours", bound=UNHARMED)
def a_giant_session(server: Server) -> Outcome:
    """8 x 128 units, 2,000 points, full batch, resolution 200, watched with every view, on the same runner."""
    own = giant(server)
    path = f"{SESSIONS}/{own}/stream?views=units,weights,scores,warp"
    with connect(server, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()) as stream:
        assert b" 200 " in stream.recv(13)

        def read(end: float) -> None:
            while time.monotonic() < end and stream.recv(1 << 20):
                pass

        seen = neighbours(server, read)
    return Outcome(str(seen), seen.unharmed)


def looks(server: Server, path: str, count: int) -> Outcome:
    """Neighbours while so many at once ask a giant session for something that is long to make."""
    own = giant(server)
    server.post(f"{SESSIONS}/{own}/pause")
    view_id = server.get(f"{SESSIONS}/{own}")["view_id"]
    statuses: list[int] = []

    def ask(end: float) -> None:
        while time.monotonic() < end:
            statuses.append(answer(server, "GET", f"{SESSIONS}/{view_id}{path}")[0])

    seen = neighbours(server, lambda end: in_threads(count, lambda _: ask(end)))
    told = ", ".join(f"{statuses.count(status)} x {status}" for status in sorted(set(statuses)))
    asked = 200 in statuses and {200, 429} >= set(statuses)
    return Outcome(f"{seen}; the looks: {told}", asked and seen.unharmed and seen.longest_gap_s < 1.0)


@scenario("neighbours", bound=UNHARMED + ", no gap of 1 s")
def figures_of_a_giant(server: Server) -> Outcome:
    """8 at once ask, with a view link, for figures of a giant session at resolution 200."""
    return looks(server, "/figure?resolution=200", 8)


@scenario("neighbours", bound=UNHARMED + ", no gap of 1 s")
def diagnostics_of_a_giant(server: Server) -> Outcome:
    """8 at once ask, with a view link, for the diagnostics of a giant session."""
    return looks(server, "/diagnostics", 8)


@scenario("neighbours", bound=UNHARMED + ", no gap of 1 s")
def exports_of_a_giant(server: Server) -> Outcome:
    """8 at once ask, with a view link, for the Python script of a giant session."""
    return looks(server, "/model?format=python", 8)


@scenario("neighbours", bound=UNHARMED + ", no gap of 1 s")
def pictures_of_a_giant(server: Server) -> Outcome:
    """8 at once ask, with a view link, for PNGs of a giant session at resolution 200."""
    return looks(server, "/regions?resolution=200&format=png", 8)


@scenario("neighbours", bound="at least 90 % of the pace that it keeps unchanged")
def a_running_session_that_is_changed(server: Server) -> Outcome:
    """40 changes of its title a second, for 4 s, to a running session that nobody watches."""
    alone, changed = (asyncio.run(pace_kept(server, per_second, 4.0)) for per_second in (0, 40))
    return Outcome(f"{600 * changed:.0f} steps a second, {600 * alone:.0f} unchanged", changed >= 0.9 * alone)


@scenario("overload", bound="nobody refused, 11 fps, another's changes p99 under 100 ms", max_streams=1000)
def a_thousand_viewers(server: Server) -> Outcome:
    """1,000 viewers come to one running session at once, while another session is changed."""
    seen = measure(server, 1000, 4.0)
    refused, lost = seen[REFUSED_LOST]
    fps, p99_ms = seen[RATES][0], seen[ANSWERED][-1]
    happened = f"{refused} refused, {lost} lost; {fps} fps on average; changes p99 {p99_ms:.0f} ms"
    return Outcome(happened, refused == lost == 0 and fps >= 11 and p99_ms < 100)


@scenario("resources", bound="429 before 1,500; at most 100 MB more")
def many_creations(server: Server) -> Outcome:
    """One address makes sessions as fast as it can until it is refused, or for 20 s."""
    (runner,) = runners_of(server)
    before = runner.memory_info().rss
    statuses: list[int] = []

    def create(end: float) -> None:
        while time.monotonic() < end and len(statuses) < 1500 and 429 not in statuses:
            statuses.append(answer(server, "POST", SESSIONS, {})[0])

    end = time.monotonic() + 20.0
    in_threads(8, lambda _: create(end))
    more_mb = (runner.memory_info().rss - before) / 2**20
    told = ", ".join(f"{statuses.count(status)} x {status}" for status in sorted(set(statuses)))
    return Outcome(f"{told}; {more_mb:.0f} MB more in the runner", 429 in statuses and more_mb < 100)
