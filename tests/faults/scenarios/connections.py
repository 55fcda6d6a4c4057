"""Clients that do not do what clients should, by their connections: the others are answered all the same."""

from __future__ import annotations

import threading

from tests.faults.conftest import runners_of
from tests.faults.table import Outcome, scenario
from tests.faults.tools import SESSIONS, connections, longest_wait_s, seen_frames, wait_for
from tests.load.__main__ import make_session
from tests.serving import Server

WITHIN_1_S = "others answered within 1 s"
MOST_THREADS = 80  # those that carry out commands, and a dozen others
GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"


def others_wait(server: Server, count: int, said: bytes, *, seconds: float = 6.0) -> Outcome:
    """How long others wait beside so many connections on which this was said."""
    with connections(server, count, said):
        waited = longest_wait_s(server, seconds)
    return Outcome(f"longest wait {waited:.2f} s", waited < 1.0)


@scenario("overload", bound=WITHIN_1_S)
def connections_left_open(server: Server) -> Outcome:
    """20 clients ask with Connection: close and do not close, whatever the server does."""
    return others_wait(server, 20, GET % (b"/healthz", b"Connection: close\r\n"), seconds=4.0)


@scenario("overload", bound=WITHIN_1_S)
def garbage(server: Server) -> Outcome:
    """20 clients say a line that is no HTTP and keep the connection."""
    return others_wait(server, 20, b"\x16\x03\x01 no HTTP at all\r\n\r\n", seconds=4.0)


@scenario("overload", bound=WITHIN_1_S)
def slow_heads(server: Server) -> Outcome:
    """500 clients from one address begin a request and never end its head."""
    return others_wait(server, 500, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")


@scenario("overload", bound=WITHIN_1_S)
def slow_bodies(server: Server) -> Outcome:
    """448 clients from one address announce a body of 1,000 bytes and send one a second."""
    head = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" % SESSIONS.encode()
    ended = threading.Event()
    with connections(server, 448, head + b"Content-Length: 1000\r\n\r\n{") as held:

        def drip() -> None:
            while not ended.wait(1.0):
                for one in held:
                    try:
                        one.send(b" ")
                    except OSError:  # let go by the server
                        pass

        dripping = threading.Thread(target=drip)
        dripping.start()
        waited = longest_wait_s(server, 6.0)
        ended.set()
        dripping.join()
    return Outcome(f"longest wait {waited:.2f} s", waited < 1.0)


@scenario("overload", bound=f"{WITHIN_1_S}; the web process is the same")
def readers_that_never_read(server: Server) -> Outcome:
    """384 viewers with small buffers open a stream and read nothing."""
    session_id = make_session(server, 1)
    web = runners_of(server)[0].ppid()
    with connections(server, 384, GET % (f"{SESSIONS}/{session_id}/stream".encode(), b""), receive_buffer=4096):
        waited = longest_wait_s(server, 8.0)
    same = runners_of(server)[0].ppid() == web
    return Outcome(
        f"longest wait {waited:.2f} s, web process {'the same' if same else 'replaced'}", waited < 1 and same
    )


@scenario("resources", bound="descriptors of the web process as before within 8 s; no thread a viewer")
def a_crowd_comes_and_goes(server: Server) -> Outcome:
    """100 viewers open a stream and vanish without a word."""
    session_id = make_session(server, 1)
    web = runners_of(server)[0].parent()
    assert web is not None
    seen_frames(server, session_id, 0.5)  # what streams need at all is there from the first one on
    before = web.num_fds()
    with connections(server, 100, GET % (f"{SESSIONS}/{session_id}/stream".encode(), b"")) as held:
        for one in held:
            one.recv(12)
        during, threads = web.num_fds(), web.num_threads()
    wait_for(lambda: web.num_fds() <= before + 2, 8.0)
    after = web.num_fds()
    happened = f"descriptors before, during, after: {before}, {during}, {after}; {threads} threads during"
    return Outcome(happened, after <= before + 2 and threads <= MOST_THREADS)
