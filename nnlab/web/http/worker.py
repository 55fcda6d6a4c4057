"""How gunicorn serves NNLab: one loop reads, writes and closes every connection, threads only compute.

gunicorn's own gthread reads requests in its threads, so slow senders hold them, and waits in its loop for every client
to close. Here a thread is given a request once it is whole, and leaves its reply to the loop. Nobody waits for anybody
else's network.
"""

from __future__ import annotations

import errno
import ipaddress
import resource
import selectors
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.http import errors
from gunicorn.workers.gthread import PollableMethodQueue, ThreadWorker

from nnlab.settings import Settings
from nnlab.web.http.body import MOST_MODEL_BYTES
from nnlab.web.http.connection import Connection
from nnlab.web.http.gathering import TooLarge
from nnlab.web.http.refusals import refusal
from nnlab.web.http.rounds import Rounds

LOOK_EVERY_S = 0.25  # how often connections are looked through for those whose time is over
TAKES_NOTHING_S = 10.0  # how long a reply waits for a client that takes nothing of it
REST_S = 0.5  # a refusal for asking too often is kept back so long: who asks on at once is not answered on and on
LINGER_S = 2.0  # how long a client may take to close after us; closing first could destroy what it has not read yet
HURRY_S = 0.5  # how long a connection that says nothing may stay when the server stops or has no room
MOST_HELD_BYTES = 256 * 2**20  # of all requests on their way in and all replies on their way out
TURN_S = 0.0005  # of the interpreter: whoever writes to a thousand streams has to ask for it a thousand times a frame
SPARE_FILES = 16  # left for what the application opens, when the system gives no more
TOO_MANY = b"HTTP/1.1 429 "
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

STATUSES = {
    errors.LimitRequestLine: 414,
    errors.LimitRequestHeaders: 431,
    errors.ExpectationFailed: 417,
    errors.InvalidResponseHeader: 500,  # these two are the application's fault
    errors.InvalidResponseHeaderName: 500,
}
BAD_REQUESTS = (errors.ParseException, errors.NoMoreData, StopIteration)


class Queue(PollableMethodQueue):  # type: ignore[misc]
    """gunicorn's queue to the loop, which also bears calls that come too late."""

    def close(self) -> None:
        """Close, and forget the numbers: the system gives them to other files."""
        super().close()
        self._read_fd = self._write_fd = -1


class Worker(ThreadWorker):  # type: ignore[misc]
    """A worker class for gunicorn.

    What answers, from `_handle_next` to `_answered`, runs in threads of the pool, all else in the loop's.
    """

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """Refuse what this worker cannot do."""
        if cfg.is_ssl:
            sys.exit("NNLab serves plain HTTP: put a proxy in front for TLS, or start with --worker-class gthread.")

    def init_process(self) -> None:
        """Open as many files as the system lets us, have threads take short turns, then start."""
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        with suppress(ValueError, OSError):  # a system that says "without limit" and does not mean it
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        sys.setswitchinterval(TURN_S)
        self.method_queue = Queue()
        self._waiting: dict[Connection, Callable[[Connection], None]] = {}  # -> what happens when its time is over
        self._addresses: Counter[str] = Counter()
        self._rounds: Rounds[Connection] = Rounds()
        self._look_at_s = 0.0
        super().init_process()

    # The server stops.

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Stop on Ctrl+C as on SIGTERM: gunicorn would break off whatever is being done, and say goodbye to nobody."""
        self.handle_exit(sig, frame)

    def is_parent_alive(self) -> bool:
        """Whether gunicorn's other process lives; if it does not, this one stops as on SIGTERM."""
        lives: bool = super().is_parent_alive()
        if not lives:
            self.alive = False
        return lives

    # A connection comes in.

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection in, unless its address has too many."""
        try:
            accepted, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self.worker_connections = max(1, self.nr_conns - SPARE_FILES)  # more are not possible here
            return
        conn = Connection(
            accepted, client, listener.getsockname(), max(self._settings.max_body_bytes, MOST_MODEL_BYTES)
        )
        conn.take_back = lambda cut: self.method_queue.defer(self._take_back, conn, cut)
        self.nr_conns += 1
        self._addresses[conn.address] += 1
        if self._addresses[conn.address] > self._settings.max_connections_per_address and not self._is_proxy(conn):
            self._refuse(conn, 429)
        else:
            self._await_request(conn, self._settings.head_s)

    @property
    def _settings(self) -> Settings:
        settings: Settings = self.wsgi.extensions["nnlab.settings"]
        return settings

    def _is_proxy(self, conn: Connection) -> bool:
        """Whether the connection is of a proxy that gunicorn trusts (FORWARDED_ALLOW_IPS), so of many clients."""
        if not conn.address or "*" in self.cfg.forwarded_allow_ips:
            return True
        address = ipaddress.ip_address(conn.address.partition("%")[0])
        return any(address in network for network in self.cfg.forwarded_allow_networks())

    # A request comes in.

    def _await_request(self, conn: Connection, patience_s: float) -> None:
        """Gather a request, whose first byte must come within `patience_s`."""
        try:
            conn.begin()
        except TooLarge as error:
            return self._refuse(conn, error.status)
        if conn.gathering.whole:
            return self._answer(conn)
        self._await(conn, selectors.EVENT_READ, self._gather, patience_s, self._too_slow)
        if conn.gathering.content:
            self._begin_patience(conn)

    def _gather(self, conn: Connection, _file: Any = None) -> None:
        """Take in what has arrived of a request and answer it once it is whole."""
        data = conn.receive()
        if data is None:
            return
        gathering = conn.gathering
        if not data:
            return self._cut_off(conn)
        was_empty, was_in_body = not gathering.content, gathering.in_body
        try:
            gathering.feed(data)
        except TooLarge as error:
            return self._refuse(conn, error.status)
        if gathering.whole:
            self._answer(conn)
        elif was_empty or gathering.in_body != was_in_body:
            self._begin_patience(conn)

    def _begin_patience(self, conn: Connection) -> None:
        """The first byte of a head, or of a body, has come: from now on the whole of it has so much time."""
        in_body = conn.gathering.in_body
        conn.deadline_s = time.monotonic() + (self._settings.body_s if in_body else self._settings.head_s)
        if in_body and conn.gathering.expects_continue:
            conn.sock.rest += CONTINUE
            conn.send()

    def _too_slow(self, conn: Connection) -> None:
        """Nothing came, which is no fault; or half of a request, which is one."""
        if conn.gathering.content:
            self._refuse(conn, 408)
        else:
            self._close(conn)

    def _cut_off(self, conn: Connection) -> None:
        if conn.gathering.content:
            self._refuse(conn, 400)
        else:
            self._close(conn)

    # A request is answered.

    def _answer(self, conn: Connection) -> None:
        self._stop_awaiting(conn)
        self.enqueue_req(conn)

    def enqueue_req(self, conn: Connection) -> None:
        """Let a thread answer the request when its address has its turn."""
        self._rounds.add(conn.address, conn)
        self.tpool.submit(self._handle_next).add_done_callback(self._answered)

    def _handle_next(self) -> Connection:
        conn = self._rounds.next()
        self.handle(conn)
        return conn

    def _answered(self, future: Future[Connection]) -> None:
        self.method_queue.defer(self.finish_request, future.result())

    def handle(self, conn: Connection) -> None:
        """Answer the request that has been gathered; in a thread of the pool, which waits for no socket."""
        try:
            conn.keep = bool(self.handle_request(conn.next_request(self.cfg), conn))
        except BAD_REQUESTS as error:
            broken_off = isinstance(error, StopIteration)  # by the application, and gunicorn has logged it
            self._say(conn, 500 if broken_off else STATUSES.get(type(error), 400))
        except Exception:
            self.log.exception("Error while answering a request")
            self._say(conn, 500)
        if not conn.sock.given and not _is_refused(conn):
            conn.send()  # most replies are out with this, and the loop has nothing to do but wait for the next request

    def finish_request(self, conn: Connection) -> None:
        """Go on with a connection whose request has been answered."""
        if conn.sock.given:
            return
        if _is_refused(conn):
            conn.deadline_s = time.monotonic() + REST_S
            self._waiting[conn] = self._let_out
        else:
            self._send_rest(conn)

    def _let_out(self, conn: Connection) -> None:
        self._stop_awaiting(conn)
        self._send_rest(conn)

    def _refuse(self, conn: Connection, status: int) -> None:
        """Answer a problem document instead of asking the application, and close."""
        self._stop_awaiting(conn)
        self._say(conn, status)
        self._send_rest(conn)

    def _say(self, conn: Connection, status: int) -> None:
        conn.keep = False
        conn.sock.rest[:] = refusal(status)

    # A reply goes out.

    def _send_rest(self, conn: Connection, _file: Any = None) -> None:
        """Send what the client takes; then await its next request or its end."""
        before = len(conn.sock.rest)
        stands = conn.send()
        if stands and conn.sock.rest:
            if len(conn.sock.rest) < before or conn not in self._waiting:
                self._await(conn, selectors.EVENT_WRITE, self._send_rest, TAKES_NOTHING_S, self._cut)
            return
        if not stands:
            return self._cut(conn)
        self._stop_awaiting(conn)
        if conn.keep and self.alive:
            self._await_request(conn, self.cfg.keepalive)
        else:
            self._take_leave(conn)

    # A connection ends.

    def _take_leave(self, conn: Connection) -> None:
        """Say that nothing follows and let the client close: closing first could destroy what it has not read."""
        try:
            conn.socket.shutdown(socket.SHUT_WR)
        except OSError:
            return self._close(conn)
        self._await(conn, selectors.EVENT_READ, self._linger, LINGER_S, self._close)

    def _linger(self, conn: Connection, _file: Any = None) -> None:
        if conn.receive() == b"":
            self._close(conn)

    def _take_back(self, conn: Connection, cut: bool) -> None:
        """A connection that was given away is done with."""
        (self._cut if cut else self._take_leave)(conn)

    def _cut(self, conn: Connection) -> None:
        self._stop_awaiting(conn)
        conn.reset()
        self._close(conn)

    def _close(self, conn: Connection) -> None:
        self._stop_awaiting(conn)
        conn.socket.close()
        self.nr_conns -= 1
        self._addresses[conn.address] -= 1
        if not self._addresses[conn.address]:
            del self._addresses[conn.address]

    # The loop.

    def _await(
        self,
        conn: Connection,
        event: int,
        act: Callable[[Connection, Any], None],
        patience_s: float,
        over: Callable[[Connection], None],
    ) -> None:
        """Call `act` whenever the socket is ready, and `over` when `patience_s` have gone by."""
        self._stop_awaiting(conn)
        conn.deadline_s = time.monotonic() + patience_s
        self._waiting[conn] = over
        self.poller.register(conn.socket, event, partial(act, conn))

    def _stop_awaiting(self, conn: Connection) -> None:
        if self._waiting.pop(conn, None):
            with suppress(KeyError):  # it only rested
                self.poller.unregister(conn.socket)

    def murder_keepalived(self, force: bool = False) -> None:
        """gunicorn asks for this in each turn of the loop: nothing of its own is kept."""

    def murder_pending(self) -> None:
        """gunicorn asks for this in each turn of the loop: end the connections whose time is over."""
        now_s = time.monotonic()
        if now_s < self._look_at_s:
            return
        self._look_at_s = now_s + LOOK_EVERY_S
        in_a_hurry = not self.alive or self.nr_conns >= self.worker_connections
        for conn, over in tuple(self._waiting.items()):
            if in_a_hurry and over == self._too_slow and not conn.gathering.content:
                conn.deadline_s = min(conn.deadline_s, now_s + HURRY_S)
            if now_s > conn.deadline_s:
                over(conn)
        self._make_room()

    def _make_room(self) -> None:
        """Cut the connections that hold the most memory, when all of them together hold too much."""
        held_bytes = {conn: conn.held_bytes for conn in self._waiting}
        excess = sum(held_bytes.values()) - MOST_HELD_BYTES
        if excess > 0:
            for conn in sorted(held_bytes, key=held_bytes.__getitem__, reverse=True):
                if excess > 0:
                    excess -= held_bytes[conn]
                    self._cut(conn)


def _is_refused(conn: Connection) -> bool:
    """Whether the reply says that the client asks too often."""
    return conn.sock.rest.startswith(TOO_MANY)
