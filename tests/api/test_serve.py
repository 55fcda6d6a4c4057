"""Flask's own server over a real socket: what it stumbles over is no 500, and its streams have a thread each."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from nnlab.web.http.serve import QuietHandler
from tests.api.conftest import API, Session


@pytest.fixture
def port(app: Flask) -> Iterator[int]:
    """The port of a server for this test."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


def say(port: int, content: bytes, *, then_end: bool = False) -> bytes:
    """What the server answers."""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(content)
        if then_end:
            connection.shutdown(socket.SHUT_WR)
        answer = b""
        while data := connection.recv(65536):
            answer += data
        return answer


POST = f"POST {API}/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n".encode()


@pytest.mark.parametrize(
    "chunks", [b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}0\r\n\r\n", b"-2\r\n{}\r\n0\r\n\r\n", b"5\r\n{}"]
)
def test_broken_chunks_are_a_400(port: int, chunks: bytes) -> None:
    answer = say(port, POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks, then_end=True)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"application/problem+json" in answer


def test_a_body_that_breaks_off_is_a_400(port: int) -> None:
    answer = say(port, POST + b"Content-Length: 1000\r\n\r\n{", then_end=True)
    assert answer.startswith(b"HTTP/1.1 400 ")


def test_a_request_without_a_host_is_a_400(port: int) -> None:
    assert say(port, b"GET /healthz HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400 ")


@pytest.mark.parametrize("accepts", [b"", b"Accept-Encoding: gzip\r\n"])
def test_a_stream_is_written_by_a_thread(port: int, session: Session, accepts: bytes) -> None:
    path = f"{API}/sessions/{session.id}/stream?max_events=2".encode()
    answer = say(port, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n" + accepts + b"\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert (b"Content-Encoding: gzip" in answer) == bool(accepts)
    assert (b"event: document" in answer) != bool(accepts)
