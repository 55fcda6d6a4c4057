"""Server-sent events as pieces that can be joined in any order."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.fleet.frames import GZIP_HEADER, KEEP_ALIVE, deflate, event, inflate
from tests.unit.making import CALM


@given(st.lists(st.binary(max_size=2000)), st.randoms())
@CALM
def test_pieces_after_a_header_are_a_gzip_stream_in_any_order(contents: list[bytes], random: Any) -> None:
    pieces = [(content, deflate(content)) for content in contents]
    random.shuffle(pieces)
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    assert inflater.decompress(GZIP_HEADER) == b""
    for content, piece in pieces:
        assert inflater.decompress(piece) == content, "each is readable the moment it arrives"
        assert inflate(piece) == content


def test_an_event_has_its_lines_in_order_and_ends_with_an_empty_one() -> None:
    text = inflate(event("frame", {"step": 1, "note": "ä"}, event_id="7-1", retry_ms=500)).decode()
    assert text.endswith("\n\n")
    *lines, data = text.rstrip("\n").split("\n")
    assert lines == ["id: 7-1", "retry: 500", "event: frame"]
    assert json.loads(data.removeprefix("data: ")) == {"step": 1, "note": "ä"}


def test_id_and_retry_are_left_out_when_there_are_none() -> None:
    assert inflate(event("bye", {})).decode() == "event: bye\ndata: {}\n\n"


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "\u2028", "data: x\n\nevent: y"])
def test_text_with_line_breaks_stays_one_event(text: str) -> None:
    lines = inflate(event("document", {"title": text})).decode().splitlines()
    assert len(lines) == 3
    assert json.loads(lines[1].removeprefix("data: ")) == {"title": text}


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_leaves_as_null(number: float) -> None:
    assert inflate(event("frame", {"loss": [number, 0.5]})).decode() == 'event: frame\ndata: {"loss":[null,0.5]}\n\n'


def test_keep_alive_is_a_comment_that_no_reader_hears() -> None:
    text = inflate(KEEP_ALIVE).decode()
    assert text.startswith(":")
    assert text.endswith("\n\n")
    assert text.count("\n") == 2
