"""Readers that stall, leave or come in crowds."""

from __future__ import annotations

import json
import socket
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable

import psutil
import pytest

from tests.faults.conftest import DEADLINE_S, wait_for
from tests.faults.test_kill import SESSIONS, kill_runner, running_session
from tests.serving import Server


def open_stream(server: Server, session_id: str, *, receive_buffer: int | None = None) -> socket.socket:
    connection = socket.socket()
    if receive_buffer:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", server.port))
    connection.sendall(f"GET {SESSIONS}/{session_id}/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    return connection


def status_of(connection: socket.socket) -> int:
    return int(connection.recv(12).split()[1])


def has_place(server: Server, session_id: str) -> bool:
    with open_stream(server, session_id) as stream:
        return status_of(stream) == 200


def healthy(server: Server) -> bool:
    return server.get("/healthz") == {"status": "alive"}


def test_a_reader_that_stops_reading_gives_its_place_back(new_server: Callable[..., Server]) -> None:
    server = new_server(max_streams=1)
    session_id = running_session(server)
    server.request("PATCH", f"{SESSIONS}/{session_id}", {"pace": {"frames_per_second": 30, "resolution": 200}})
    stalled = open_stream(server, session_id, receive_buffer=4096)
    assert status_of(stalled) == 200  # and then it reads no more

    wait_for(lambda: has_place(server, session_id))
    stalled.close()


def test_a_reader_that_leaves_gives_its_place_back(new_server: Callable[..., Server]) -> None:
    server = new_server(max_streams=1)
    session_id = running_session(server)
    with open_stream(server, session_id) as first:
        assert status_of(first) == 200
        with open_stream(server, session_id) as second:
            assert status_of(second) == 503
    wait_for(lambda: has_place(server, session_id))


def test_with_every_stream_taken_commands_and_pages_still_answer(new_server: Callable[..., Server]) -> None:
    server = new_server(max_streams=20)
    session_id = running_session(server)
    streams = [open_stream(server, session_id) for _ in range(30)]
    statuses = sorted(status_of(stream) for stream in streams)
    assert statuses == [200] * 20 + [503] * 10
    began = time.monotonic()
    assert healthy(server)
    assert server.post(f"{SESSIONS}/{session_id}/points", {"points": [{"x": 1, "y": 1}]})["points"]
    with urllib.request.urlopen(server.url + "/") as page:
        assert page.status == 200
    assert time.monotonic() - began < 2
    for stream in streams:
        stream.close()


def test_a_session_that_nobody_watches_rests_and_goes_on_when_watched(new_server: Callable[..., Server]) -> None:
    server = new_server(grace_s=0.5, sleep_s=1.0)
    session_id = running_session(server, steps_per_second=1000)
    time_to_rest = time.monotonic() + 3
    wait_for(lambda: time.monotonic() > time_to_rest)
    first = server.get(f"{SESSIONS}/{session_id}")["snapshot"]
    assert first["state"] == "running"
    assert first["step"] < 2500  # it would be 3,000 without a rest
    with open_stream(server, session_id) as stream:
        assert status_of(stream) == 200
        wait_for(lambda: server.get(f"{SESSIONS}/{session_id}")["snapshot"]["step"] > first["step"] + 300)


def test_half_a_request_does_not_hold_the_server(new_server: Callable[..., Server]) -> None:
    server = new_server()
    halves = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(50)]
    for half in halves:
        half.sendall(b"POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
    assert healthy(server)
    for half in halves:
        half.close()
    assert healthy(server)


def test_a_truncated_body_is_a_4xx_and_makes_nothing(new_server: Callable[..., Server]) -> None:
    server = new_server()
    request = urllib.request.Request(
        server.url + SESSIONS, b'{"title": "cut', {"Content-Type": "application/json"}, method="POST"
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    with caught.value as error:
        assert error.code == 400


def ask(server: Server, request: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", server.port), 10)
    connection.sendall(request.encode())
    return connection


def read_all(connection: socket.socket) -> bytes:
    content = b""
    while data := connection.recv(65536):
        content += data
    return content


def test_streams_end_as_their_reader_asked(new_server: Callable[..., Server]) -> None:
    server = new_server(max_streams=1)
    session_id = running_session(server)
    path = f"{SESSIONS}/{session_id}/stream"

    def streamed() -> bytes | None:
        with ask(server, f"GET {path}?max_events=3 HTTP/1.1\r\nHost: localhost\r\n\r\n") as stream:
            content = read_all(stream)
        return None if content.startswith(b"HTTP/1.1 503 ") else content

    for _ in range(2):  # each gives its only place back, before long
        head, _, body = wait_for(streamed).partition(b"\r\n\r\n")
        assert b"Transfer-Encoding: chunked" in head
        assert body.count(b"event: ") == 3
        assert body.endswith(b"\r\n0\r\n\r\n")


def test_old_readers_and_those_who_want_the_head_alone_are_served(new_server: Callable[..., Server]) -> None:
    server = new_server()
    path = f"{SESSIONS}/{running_session(server)}/stream"
    with ask(server, f"GET {path}?max_events=2 HTTP/1.0\r\n\r\n") as old:
        head, _, body = read_all(old).partition(b"\r\n\r\n")
    assert b"chunked" not in head
    assert body.startswith(b"event: document\n")
    assert body.endswith(b"\n\n")
    with ask(server, f"HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") as short:
        assert b"text/event-stream" in read_all(short)


def test_readers_that_never_read_take_nothing_from_the_others_and_go(new_server: Callable[..., Server]) -> None:
    server = new_server()
    session_id = running_session(server)
    server.request("PATCH", f"{SESSIONS}/{session_id}", {"pace": {"frames_per_second": 30, "resolution": 200}})
    with ask(server, f"GET {SESSIONS}/{session_id}/stream HTTP/1.1\r\nHost: localhost\r\n\r\n") as good:
        stalled = [open_stream(server, session_id, receive_buffer=4096) for _ in range(60)]
        received = 0

        def all_were_let_go() -> bool:
            nonlocal received
            received += len(good.recv(1 << 20))
            return streams_of(server) == 1

        wait_for(all_were_let_go)
        assert received > 0
        began = time.monotonic()
        assert server.process is not None
        server.process.terminate()
        assert b"event: bye" in (end := read_all(good))
        assert end.endswith(b"\r\n0\r\n\r\n")
        assert time.monotonic() - began < 5
    for one in stalled:
        one.close()
    assert server.process.wait(30) == 0


def streams_of(server: Server) -> int:
    """Connections that the web process holds."""
    assert server.process is not None
    (web,) = psutil.Process(server.process.pid).children()
    return sum(1 for one in web.net_connections("tcp") if one.raddr)


def test_a_stream_of_many_goes_on_after_a_kill_of_their_runner(new_server: Callable[..., Server]) -> None:
    server = new_server()
    names = [running_session(server) for _ in range(3)]
    (one, *_) = views = [server.get(f"{SESSIONS}/{name}")["view_id"] for name in names]
    seen: list[tuple[str, str, int]] = []  # (kind, session, step) of each event

    def read() -> None:
        url = f"{server.url}/api/v1/stream?of={','.join(names)}&parts=&fps=5&for={one};fps=20"
        with urllib.request.urlopen(url, timeout=DEADLINE_S) as stream:
            kind = ""
            for line in map(bytes.decode, stream):
                name, _, value = line.strip().partition(": ")
                kind = value if name == "event" else kind
                if name == "data":
                    data = json.loads(value)
                    seen.append((kind, data["session"], data.get("step", 0)))

    def frames_since(count: int) -> Counter[str]:
        return Counter(session for kind, session, _ in seen[count:] if kind == "frame")

    reader = threading.Thread(target=read)
    reader.start()
    wait_for(lambda: frames_since(0)[one] > 20 and set(frames_since(0)) == set(views))
    kill_runner(server)
    killed = len(seen)
    wait_for(lambda: frames_since(killed)[one] > 20 and set(frames_since(killed)) == set(views))
    counts = frames_since(killed)
    assert counts[one] > 2 * max(counts[view] for view in views if view != one)
    for name in names:
        server.request("DELETE", f"{SESSIONS}/{name}")
    reader.join(DEADLINE_S)
    assert not reader.is_alive()
    assert Counter(session for kind, session, _ in seen if kind == "bye") == Counter(views)


def test_the_stream_of_a_run_tells_how_it_goes_while_it_goes(new_server: Callable[..., Server]) -> None:
    server = new_server(max_streams=1, study_workers=1)
    body = {"hidden": [64, 64], "seeds": 100, "steps": 10_000}  # minutes
    run = "/api/v1/runs/" + server.post("/api/v1/studies/seed_variance/runs", body)["id"]
    with ask(server, f"GET {run}/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n") as left:
        assert status_of(left) == 200
    with wait_for(lambda: open_run(server, run)) as stream:
        seen = b""
        while b"event: run" not in seen:
            seen += stream.recv(65536)
        assert b"event: bye" not in seen
        assert server.get(run)["state"] == "running"
        server.request("DELETE", run)
        seen += read_all(stream)
    assert b'"state":"cancelled"' in seen.partition(b"event: run")[2]
    assert seen.index(b"event: bye") > seen.index(b'"state":"cancelled"')


def open_run(server: Server, run: str) -> socket.socket | None:
    """A stream of a run; None while there is no place."""
    stream = ask(server, f"GET {run}/stream HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    if status_of(stream) == 200:
        return stream
    stream.close()
    return None
