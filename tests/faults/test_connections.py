"""Whatever one client's connections do, another client is answered at once."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from nnlab.web.http.worker import REST_S
from tests.faults.conftest import wait_for
from tests.faults.test_kill import SESSIONS, running_session
from tests.faults.test_streams import open_stream, status_of
from tests.serving import Server

ANSWERED_WITHIN_S = 2.0  # seen: 2 to 4 ms on a quiet machine; a server that waits for each stranger takes 38 s
HEAD = "{method} {path} HTTP/1.1\r\nHost: localhost\r\n"
POST = HEAD.format(method="POST", path=SESSIONS).encode() + b"Content-Type: application/json\r\n"
ASK_AND_CLOSE = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
GARBAGE = b"\x16\x03\x01 this is no HTTP\r\n\r\n"
THREADS = 64  # see gunicorn.conf.py
LARGE_FILE = "/docs/swagger/js/swagger-ui-bundle.js"
SLOW_HEAD = b"GET /healthz HTTP/1.1\r\nHost: loc"
SLOW_BODY = POST + b"Content-Length: 1000\r\n\r\n{"
SLOW_CHUNK = POST + b"Transfer-Encoding: chunked\r\n\r\n3e8\r\n{"


class Strangers:
    """Connections to a server, closed at the end of a test."""

    def __init__(self, server: Server, stack: ExitStack) -> None:
        self._server = server
        self._stack = stack

    def send(self, content: bytes, count: int = 1, source: str = "127.0.0.1") -> list[socket.socket]:
        """Open `count` connections, say `content` on each and leave them open."""
        made = []
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", self._server.port), 10, source_address=(source, 0))
            self._stack.enter_context(one)
            one.sendall(content)
            made.append(one)
        return made


def serving(folder: Path, **settings: Any) -> Iterator[Server]:
    """A server for several tests, which none of them may upset."""
    server = Server(folder, runners=1, **settings).start()
    yield server
    server.stop()
    assert "Traceback" not in server.log()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the usual settings."""
    yield from serving(tmp_path_factory.mktemp("usual"))


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that has no patience and little room for one address."""
    yield from serving(
        tmp_path_factory.mktemp("strict"),
        head_s=0.5,
        body_s=0.5,
        max_connections_per_address=10,
        creations_per_address=1,
    )


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What is closed after the test and before the server stops."""
    with ExitStack() as stack:
        yield stack


def answered_within_s(server: Server) -> float:
    """Seconds that a newcomer's /healthz takes."""
    began = time.monotonic()
    assert server.get("/healthz") == {"status": "alive"}
    return time.monotonic() - began


def web_connections(server: Server) -> list[Any]:
    """Connections that the web process holds."""
    assert server.process is not None
    (web,) = psutil.Process(server.process.pid).children()
    return [one for one in web.net_connections("tcp") if one.raddr]


def read_all(connection: socket.socket) -> bytes:
    """Everything until the server closes."""
    content = b""
    while data := connection.recv(65536):
        content += data
    return content


def problem_of(connection: socket.socket) -> dict[str, Any]:
    """The problem document that the server answers before it closes."""
    head, _, body = read_all(connection).partition(b"\r\n\r\n")
    assert b"Content-Type: application/problem+json" in head
    assert b"Connection: close" in head
    problem: dict[str, Any] = json.loads(body)
    assert set(problem) == {"type", "title", "status", "detail", "code", "errors"}
    assert problem["status"] == int(head.split()[1])
    return problem


@pytest.mark.parametrize(
    ("content", "count"),
    [(ASK_AND_CLOSE, 20), (GARBAGE, 20), (b"", 100), (SLOW_HEAD, 500), (SLOW_BODY, 448), (SLOW_CHUNK, 448)],
    ids=["closes and stays", "garbage", "silence", "slow heads", "slow bodies", "slow chunks"],
)
def test_nobody_waits_for_strangers(server: Server, stack: ExitStack, content: bytes, count: int) -> None:
    Strangers(server, stack).send(content, count)
    assert max(answered_within_s(server) for _ in range(5)) < ANSWERED_WITHIN_S


def test_nobody_waits_for_readers_that_never_read(server: Server, stack: ExitStack) -> None:
    session_id = running_session(server)
    for _ in range(300):
        stack.enter_context(open_stream(server, session_id, receive_buffer=4096))
    assert max(answered_within_s(server) for _ in range(20)) < ANSWERED_WITHIN_S


def test_nobody_waits_for_those_who_do_not_read_their_answer(server: Server, stack: ExitStack) -> None:
    for _ in range(THREADS + 6):
        one = stack.enter_context(socket.socket())
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", server.port))
        one.sendall((HEAD.format(method="GET", path=LARGE_FILE) + "\r\n").encode())
    assert max(answered_within_s(server) for _ in range(5)) < ANSWERED_WITHIN_S


@pytest.mark.parametrize("content", [SLOW_HEAD, SLOW_BODY, SLOW_CHUNK], ids=["head", "body", "chunk"])
def test_a_request_that_does_not_arrive_is_answered_408(strict: Server, stack: ExitStack, content: bytes) -> None:
    (stranger,) = Strangers(strict, stack).send(content)
    assert problem_of(stranger)["status"] == 408


def test_a_request_that_trickles_is_answered_408_all_the_same(strict: Server, stack: ExitStack) -> None:
    (stranger,) = Strangers(strict, stack).send(SLOW_BODY)
    stranger.settimeout(0.1)
    answer = b""

    def more() -> bytes:
        nonlocal answer
        try:
            stranger.sendall(b" ")
            answer = stranger.recv(65536)
        except TimeoutError:
            pass
        return answer

    assert wait_for(more).startswith(b"HTTP/1.1 408 ")


def test_an_address_may_have_so_many_connections_and_others_are_not_concerned(strict: Server, stack: ExitStack) -> None:
    strangers = Strangers(strict, stack)
    strangers.send(SLOW_HEAD, 10, source="127.0.0.2")
    (one_more,) = strangers.send(b"", source="127.0.0.2")
    assert problem_of(one_more)["status"] == 429
    assert answered_within_s(strict) < ANSWERED_WITHIN_S
    (neighbour,) = strangers.send(ASK_AND_CLOSE, source="127.0.0.3")
    assert read_all(neighbour).startswith(b"HTTP/1.1 200 ")


def test_who_asks_too_often_waits_for_the_refusal_and_nobody_else_does(strict: Server, stack: ExitStack) -> None:
    create = POST + b"Connection: close\r\nContent-Length: 2\r\n\r\n{}"
    strangers = Strangers(strict, stack)
    first, *more = strangers.send(create, 8, source="127.0.0.4")
    began = time.monotonic()
    assert answered_within_s(strict) < REST_S
    problems = [problem_of(one) for one in (first, *more) if not one.recv(13, socket.MSG_PEEK).endswith(b"201 ")]
    assert time.monotonic() - began >= REST_S
    assert {problem["status"] for problem in problems} == {429}
    assert len(problems) == 7
    (neighbour,) = strangers.send(create, source="127.0.0.5")
    assert read_all(neighbour).startswith(b"HTTP/1.1 201 ")


def test_connections_are_given_back(strict: Server, stack: ExitStack) -> None:
    assert strict.process is not None
    (web,) = psutil.Process(strict.process.pid).children()
    session_id = running_session(strict)
    with open_stream(strict, session_id) as first:  # what the first stream opens for all of them stays
        assert status_of(first) == 200
    wait_for(lambda: not web_connections(strict))
    base = web.num_fds()
    with ExitStack() as crowd:
        strangers = Strangers(strict, crowd)
        for content in (ASK_AND_CLOSE, GARBAGE, b"", SLOW_HEAD, SLOW_BODY, SLOW_CHUNK):
            strangers.send(content, 20)
        for _ in range(20):
            crowd.enter_context(open_stream(strict, session_id))
        for stranger in strangers.send(SLOW_HEAD, 20):
            stranger.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # resets when closed
    wait_for(lambda: web.num_fds() <= base)


def test_half_closed_clients_get_their_answer(server: Server, stack: ExitStack) -> None:
    (stranger,) = Strangers(server, stack).send(ASK_AND_CLOSE)
    stranger.shutdown(socket.SHUT_WR)
    assert b'"alive"' in read_all(stranger)


def test_requests_sent_together_are_answered_in_turn(server: Server, stack: ExitStack) -> None:
    first = HEAD.format(method="GET", path="/healthz").encode() + b"\r\n"
    (stranger,) = Strangers(server, stack).send(first * 3 + ASK_AND_CLOSE)
    assert read_all(stranger).count(b'"alive"') == 4


def test_a_body_in_chunks_is_read(server: Server, stack: ExitStack) -> None:
    head = POST + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
    (stranger,) = Strangers(server, stack).send(head + b'9\r\n{"title":\r\n5;x=1\r\n"Hi"}\r\n')
    stranger.sendall(b"0\r\nX-Trailer: 1\r\n\r\n")
    answer = read_all(stranger)
    assert answer.startswith(b"HTTP/1.1 201 ")
    assert b'"title":"Hi"' in answer


CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"

BROKEN = [
    ("chunk size zz", CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n", 400),
    ("negative chunk", CHUNKED + b"-2\r\n{}\r\n0\r\n\r\n", 400),
    ("no end of a chunk", CHUNKED + b"2\r\n{}0\r\n\r\n0\r\n\r\n", 400),
    ("endless size of a chunk", CHUNKED + b"1" * 20_000, 400),
    ("false Transfer-Encoding", POST + b"Transfer-Encoding: gzip\r\n\r\n", 400),
    ("two lengths", POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", 400),
    ("length and chunks", POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
    ("length -1", POST + b"Content-Length: -1\r\n\r\n", 400),
    ("length of a gigabyte", POST + b"Content-Length: 1000000000\r\n\r\n", 413),
    ("chunk of a gigabyte", CHUNKED + b"3b9aca00\r\n", 413),
    ("long address", b"GET /" + b"x" * 9000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    ("endless address", b"GET /" + b"x" * 200_000, 414),
    ("long header", HEAD.format(method="GET", path="/").encode() + b"X: " + b"x" * 9000 + b"\r\n\r\n", 431),
    ("many headers", HEAD.format(method="GET", path="/").encode() + b"X: x\r\n" * 200 + b"\r\n", 431),
    ("endless header", HEAD.format(method="GET", path="/").encode() + b"X: " + b"x" * 2_000_000, 431),
    ("no Host", b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    ("two Hosts", b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    ("unknown version", b"GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n", 400),
    ("garbage", GARBAGE, 400),
    ("bare line feeds", b"GET /healthz HTTP/1.1\nHost: localhost\n\n", 400),
    ("unknown expectation", POST + b"Expect: wonders\r\nContent-Length: 2\r\n\r\n{}", 417),
]


@pytest.mark.parametrize(("content", "status"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_broken_http_is_a_problem_document(server: Server, stack: ExitStack, content: bytes, status: int) -> None:
    (stranger,) = Strangers(server, stack).send(b"")
    with suppress(BrokenPipeError, ConnectionResetError):  # refused before all of it was sent
        stranger.sendall(content)
    assert problem_of(stranger)["status"] == status


@pytest.mark.parametrize("content", [SLOW_BODY, SLOW_CHUNK, SLOW_HEAD], ids=["body", "chunk", "head"])
def test_a_request_that_is_cut_off_is_a_400(server: Server, stack: ExitStack, content: bytes) -> None:
    (stranger,) = Strangers(server, stack).send(content)
    stranger.shutdown(socket.SHUT_WR)
    assert problem_of(stranger)["status"] == 400


def test_a_header_script_name_changes_nothing(server: Server, stack: ExitStack) -> None:
    head = ASK_AND_CLOSE.removesuffix(b"\r\n")
    (stranger,) = Strangers(server, stack).send(head + b"SCRIPT_NAME: /elsewhere\r\n\r\n")
    assert read_all(stranger).startswith(b"HTTP/1.1 200 ")


def test_an_old_client_and_a_head_are_served(server: Server, stack: ExitStack) -> None:
    strangers = Strangers(server, stack)
    (old,) = strangers.send(b"GET /healthz HTTP/1.0\r\n\r\n")
    assert b'"alive"' in read_all(old)
    (head,) = strangers.send(ASK_AND_CLOSE.replace(b"GET", b"HEAD"))
    assert read_all(head).endswith(b"\r\n\r\n")


def test_expect_100_continue_is_answered(server: Server, stack: ExitStack) -> None:
    head = POST + b"Connection: close\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    (stranger,) = Strangers(server, stack).send(head)
    assert stranger.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
    stranger.sendall(b"{}")
    assert read_all(stranger).startswith(b"HTTP/1.1 201 ")


def test_a_stream_takes_no_thread(server: Server, stack: ExitStack) -> None:
    session_id = running_session(server)
    streams = [stack.enter_context(open_stream(server, session_id)) for _ in range(200)]
    assert {status_of(stream) for stream in streams} == {200}
    assert server.process is not None
    (web,) = psutil.Process(server.process.pid).children()
    assert web.num_threads() < 100


def test_when_the_system_gives_no_more_files_those_who_say_nothing_go_first(
    new_server: Callable[..., Server], stack: ExitStack
) -> None:
    server = new_server()
    assert server.process is not None
    (web,) = psutil.Process(server.process.pid).children()
    most = web.num_fds() + 40
    web.rlimit(psutil.RLIMIT_NOFILE, (most, most))
    strangers = Strangers(server, stack)
    strangers.send(b"", 100)
    for _ in range(3):
        (newcomer,) = strangers.send(ASK_AND_CLOSE)
        assert b'"alive"' in read_all(newcomer)
    assert web.is_running()


def test_when_there_is_no_room_requests_wait_for_it_in_peace(
    new_server: Callable[..., Server], stack: ExitStack
) -> None:
    server = new_server()
    assert server.process is not None
    (web,) = psutil.Process(server.process.pid).children()
    most = web.num_fds() + 40
    web.rlimit(psutil.RLIMIT_NOFILE, (most, most))
    with ExitStack() as crowd:
        Strangers(server, crowd).send(SLOW_BODY, 100)
        wait_for(lambda: web.num_fds() >= most - 1)
        (newcomer,) = Strangers(server, stack).send(ASK_AND_CLOSE)
        newcomer.settimeout(1)
        web.cpu_percent()
        with pytest.raises(TimeoutError):  # it waits its turn
            newcomer.recv(1)
        assert web.cpu_percent() < 50  # and nobody turns in circles
    newcomer.settimeout(10)
    assert b'"alive"' in read_all(newcomer)
