"""Where a request ends, however its bytes arrive; gunicorn's parser is the judge."""

from __future__ import annotations

from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.http.parser import RequestParser
from hypothesis import given
from hypothesis import strategies as st

from nnlab.web.http.gathering import LONGEST_SIZE_LINE, MOST_HEAD_BYTES, Gathering, TooLarge
from tests.unit.making import CALM

MOST = 1000
HEAD = b"POST /x HTTP/1.1\r\nHost: a\r\n"
CONFIG = Config()


def chunked(chunks: list[bytes], extension: bytes, trailer: bytes) -> bytes:
    body = b"".join(b"%x%b\r\n%b\r\n" % (len(chunk), extension, chunk) for chunk in chunks if chunk)
    return HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + body + b"0\r\n" + trailer + b"\r\n"


def measured(body: bytes) -> bytes:
    return HEAD + b"content-length: %d\r\n\r\n" % len(body) + body


bodies = st.binary(max_size=40) | st.sampled_from([b"\r\n\r\n", b"0\r\n\r\n", b"\n\n"])
requests = st.one_of(
    bodies.map(measured),
    st.builds(
        chunked,
        st.lists(bodies, max_size=4),
        st.sampled_from([b"", b";a=1", b" ;b"]),
        st.sampled_from([b"", b"X: y\r\n"]),
    ),
    st.just(HEAD + b"\r\n"),
)


def parses(content: bytes) -> bool:
    """Whether gunicorn needs nothing more to read the request and its body."""
    try:
        next(RequestParser(CONFIG, [content], ("", 0))).body.read()
    except NoMoreData:
        return False
    except ParseException as error:
        assert "terminator" in str(error)  # it calls a body that ends in the middle of a chunk's end broken
        return False
    return True


@given(requests, st.data())
@CALM
def test_a_request_is_whole_at_its_last_byte_however_it_arrives(content: bytes, data: Any) -> None:
    gathering = Gathering(MOST)
    at = 0
    while at < len(content):
        assert not gathering.whole
        step = data.draw(st.integers(1, len(content) - at))
        gathering.feed(content[at : at + step])
        at += step
    assert gathering.whole
    assert gathering.content == content
    assert parses(content)


@given(requests, st.integers(1, 10))
@CALM
def test_what_the_parser_cannot_finish_is_not_whole(content: bytes, missing: int) -> None:
    cut = content[: -min(missing, len(content) - 1)]
    gathering = Gathering(MOST)
    gathering.feed(cut)
    assert not gathering.whole


def gathered(*parts: bytes) -> Gathering:
    gathering = Gathering(MOST)
    for part in parts:
        gathering.feed(part)
    return gathering


@pytest.mark.parametrize(
    "content",
    [
        HEAD + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n",
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        HEAD + b"Content-Length: -5\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1" * (LONGEST_SIZE_LINE + 1),
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n" + b"X: y\r\n" * MOST_HEAD_BYTES,
        b"GET / HTTP/1.1\nHost: a\n\n",
        b"\r\n\r\n",
    ],
)
def test_what_breaks_the_rules_is_whole_for_the_parser_to_refuse(content: bytes) -> None:
    gathering = Gathering(MOST)
    gathering.feed(content)
    assert gathering.whole
    with pytest.raises((ParseException, NoMoreData)):
        next(RequestParser(CONFIG, [bytes(gathering.content)], ("", 0))).body.read()


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"GET /" + b"x" * MOST_HEAD_BYTES, 414),
        (HEAD + b"X: " + b"x" * MOST_HEAD_BYTES, 431),
        (HEAD + b"Content-Length: 1001\r\n\r\n", 413),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n3e9\r\n", 413),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"64\r\n%b\r\n" % (b"x" * 100) * 11, 413),
    ],
)
def test_too_much_is_refused_as_soon_as_it_is_seen(content: bytes, status: int) -> None:
    with pytest.raises(TooLarge) as caught:
        Gathering(MOST).feed(content)
    assert caught.value.status == status


def test_it_knows_which_part_is_on_its_way_and_whether_the_client_waits_for_a_word() -> None:
    gathering = Gathering(MOST)
    gathering.feed(HEAD + b"Expect: 100-Continue\r\nContent-Length: 2\r\n")
    assert not gathering.in_body
    gathering.feed(b"\r\n")
    assert gathering.in_body
    assert gathering.expects_continue
    gathering.feed(b"{}")
    assert gathering.whole
    assert not gathering.in_body
