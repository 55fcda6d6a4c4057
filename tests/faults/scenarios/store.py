"""A store that is locked, full, spoilt, or held by somebody else."""

from __future__ import annotations

import contextlib
import resource
import sqlite3
import time
from collections.abc import Iterator

import psutil

from tests.faults.conftest import runners_of
from tests.faults.table import Outcome, scenario
from tests.faults.tools import SESSIONS, answer, connect, neighbours, seen_frames, wait_for, wait_until
from tests.load.__main__ import make_session
from tests.serving import Server


@contextlib.contextmanager
def locked(server: Server, how: str) -> Iterator[None]:
    """Another process's transaction on the file: EXCLUSIVE, or IMMEDIATE, beside which others may still read."""
    lock = sqlite3.connect(server.database, isolation_level=None, timeout=10.0)
    try:
        lock.execute(f"BEGIN {how}")
        yield
        lock.execute("ROLLBACK")
    finally:
        lock.close()


@scenario("neighbours", bound="no gap of 1 s in anybody's frames")
def the_store_is_locked(server: Server) -> Outcome:
    """Another process holds the store's lock for 3 s while six sessions run."""

    def hold(end: float) -> None:
        wait_until(end - 5.0)
        with locked(server, "EXCLUSIVE"):
            wait_until(end - 2.0)

    seen = neighbours(server, hold, seconds=7.0)
    return Outcome(str(seen), seen.longest_gap_s < 1.0)


@scenario("once", bound="read within 1 s")
def reading_while_nobody_may_write(server: Server) -> Outcome:
    """A sleeping session is asked for while another process holds the right to write."""
    session_id = make_session(server, 1)
    server.stop()
    server.start()
    with locked(server, "IMMEDIATE"):
        began = time.monotonic()
        status, _ = answer(server, "GET", f"{SESSIONS}/{session_id}")
        took = time.monotonic() - began
    return Outcome(f"{status} after {took:.2f} s", status == 200 and took < 1.0)


@scenario("once", bound="refused in words, no step lost, goes on when there is room")
def the_disk_is_full(server: Server) -> Outcome:
    """No file of the store may grow while a session runs and 1,500 points are added to it."""
    session_id = make_session(server, 1)
    path = f"{SESSIONS}/{session_id}"
    step = wait_for(lambda: (now := server.get(path)["snapshot"]["step"]) > 1000 and now)
    many = {"points": [{"x": 0, "y": 0}] * 1500}
    with files_cannot_grow(server):
        refused, problem = answer(server, "POST", f"{path}/points", many)
        read, session = answer(server, "GET", path)
    taken, _ = answer(server, "POST", f"{path}/points", many)
    said = (problem or {}).get("detail", "nothing")
    after = session["snapshot"]["step"] if read == 200 else f"not read ({read})"
    happened = f"{refused} “{said}”; step {step} before, {after} after; then {taken}"
    kept = read == 200 and after >= step
    return Outcome(happened, refused in (503, 507) and "busy" not in said and kept and taken == 201)


@contextlib.contextmanager
def files_cannot_grow(server: Server) -> Iterator[None]:
    """As on a full disk: the runners and the web process may write no file beyond one page."""
    assert server.process is not None
    processes = [psutil.Process(server.process.pid), *psutil.Process(server.process.pid).children(recursive=True)]
    for process in processes:
        process.rlimit(psutil.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    yield
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.rlimit(psutil.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@scenario("neighbours", bound="refused below 500 and in words; runner and neighbour live on")
def a_spoilt_row(server: Server) -> Outcome:
    """What is stored of one session is overwritten with rubbish; then it is asked for and watched."""
    spoilt, neighbour = make_session(server, 1), make_session(server, 2)
    view_id = server.get(f"{SESSIONS}/{spoilt}")["view_id"]
    server.stop()
    spoil(server, view_id)
    server.start()
    (runner,) = runners_of(server)
    server.get(f"{SESSIONS}/{neighbour}")
    statuses = [answer(server, "GET", f"{SESSIONS}/{spoilt}{path}")[0] for path in ("", "/regions")]
    statuses.append(watched_status(server, spoilt))
    lives = runner.is_running() and runner.status() != psutil.STATUS_ZOMBIE
    other, _ = answer(server, "GET", f"{SESSIONS}/{neighbour}")
    happened = f"{statuses}; the runner {'lives' if lives else 'died'}; the neighbour's answer {other}"
    return Outcome(happened, all(400 <= status < 500 for status in statuses) and lives and other == 200)


@scenario("neighbours", bound="one successor; the neighbour answers within 5 s")
def a_spoilt_row_that_is_watched(server: Server) -> Outcome:
    """What is stored of a watched session is spoilt, and its runner killed, so that a new one reads it."""
    spoilt, neighbour = make_session(server, 1), make_session(server, 2)
    view_id = server.get(f"{SESSIONS}/{spoilt}")["view_id"]
    successors: set[int] = set()
    with connect(server, f"GET {SESSIONS}/{spoilt}/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()) as stream:
        stream.recv(12)
        (runner,) = runners_of(server)
        runner.suspend()  # it saves nothing over the rubbish
        spoil(server, view_id)
        runner.kill()
        end = time.monotonic() + 5.0
        other = 0
        while time.monotonic() < end:
            successors |= {one.pid for one in runners_of(server)} - {runner.pid}
            other = answer(server, "GET", f"{SESSIONS}/{neighbour}")[0]
    happened = f"{len(successors)} runners after the first; the neighbour's answer {other or 'none'}"
    return Outcome(happened, len(successors) == 1 and other == 200)


@scenario("refused", bound="not served, and said in words: at the start or by /readyz")
def a_file_that_is_no_store(server: Server) -> Outcome:
    """The server is started on a database of another program."""
    server.stop()
    server.database.unlink()
    foreign = sqlite3.connect(server.database)
    foreign.execute("CREATE TABLE sessions (id INTEGER PRIMARY KEY, song TEXT)")
    foreign.close()
    return refused_at_start(server)


@scenario("refused", bound="not served, and said in words: at the start or by /readyz")
def a_second_server_on_one_file(server: Server) -> Outcome:
    """Another server is started on the database of one that runs."""
    folder = server.database.parent / "second"
    folder.mkdir()
    second = Server(folder, runners=1, database=server.database)
    try:
        return refused_at_start(second)
    finally:
        second.kill()


def refused_at_start(server: Server) -> Outcome:
    """Whether a server that is started now ends with a sentence about its store, or is not ready and says that."""
    server.spawn()
    process = server.process
    assert process is not None
    seen = wait_for(lambda: process.poll() is not None or decided(answer(server, "GET", "/readyz")), 10.0)
    if seen is True:
        said = next((line for line in server.log().splitlines() if line.startswith("NNLab does not start")), "")
        return Outcome(f"ended: “{said}”", bool(said))
    status, said = seen or (0, "no word about the store within 10 s")
    return Outcome(f"/readyz {status}: “{said[:90]}”", status == 503)


def decided(answered: tuple[int, dict[str, str] | None]) -> tuple[int, str] | None:
    """Status and words of /readyz once it is ready, or not for the store's sake."""
    status, reply = answered
    said = (reply or {}).get("detail", "")
    return (status, said) if status == 200 or "store" in said.lower() else None


def watched_status(server: Server, session_id: str) -> int:
    """The status of a stream on which its viewer stays for a moment."""
    return seen_frames(server, session_id, 1.0).status


def spoil(server: Server, view_id: str) -> None:
    """Overwrite every text and blob of the session."""
    store = sqlite3.connect(server.database)
    for table in ("sessions", "parts"):
        columns = store.execute(f"SELECT name, type FROM pragma_table_info('{table}') WHERE pk = 0").fetchall()
        for name in [name for name, kind in columns if kind in ("TEXT", "BLOB")]:
            store.execute(f"UPDATE {table} SET {name} = X'00FF13' WHERE view_id = ?", (view_id,))
    store.commit()
    store.close()
