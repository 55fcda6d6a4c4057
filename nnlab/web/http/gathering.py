"""The bytes of one request, collected as they come in; knows when they are whole and when they are too many.

It only looks for the end. What the bytes mean, and whether they keep the rules, is judged by gunicorn's parser.
"""

from __future__ import annotations

import re

MOST_HEAD_BYTES = 64 * 1024
LONGEST_SIZE_LINE = 8 * 1024  # of a chunk

END_OF_HEAD = re.compile(rb"\n\r?\n")
LENGTH = re.compile(rb"\ncontent-length:[ \t]*(\d{1,18})[ \t]*(?=\r?\n)", re.IGNORECASE)
CHUNKED = re.compile(rb"\ntransfer-encoding:[^\n]*chunked", re.IGNORECASE)
EXPECTS = re.compile(rb"\nexpect:[ \t]*100-continue", re.IGNORECASE)


class TooLarge(Exception):
    """More than is taken; `status` says of what: 413 the body, 414 the address, 431 the head."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gathering:
    """One request on its way in. `feed` it what arrives until it is `whole`."""

    def __init__(self, most_body_bytes: int) -> None:
        self.content = bytearray()
        self.whole = False
        self.expects_continue = False
        self._most = most_body_bytes
        self._body = 0  # where the body begins; 0 while the head is on its way
        self._looked = 0  # up to where the end was looked for
        self._end: int | None = None  # of the body, when its length was said

    @property
    def in_body(self) -> bool:
        """Whether the head is there and the body is not."""
        return self._body > 0 and not self.whole

    def feed(self, data: bytes) -> None:
        """Take what has arrived. Raises TooLarge."""
        self.content += data
        if not self._body:
            self._look_for_body()
        if self._body and not self.whole:
            self.whole = self._ends_by_chunks() if self._end is None else len(self.content) >= self._end

    def _look_for_body(self) -> None:
        found = END_OF_HEAD.search(self.content, max(0, self._looked - 2))
        self._looked = found.end() if found else len(self.content)
        if self._looked > MOST_HEAD_BYTES:
            raise TooLarge(414 if self.content.find(b"\n", 0, MOST_HEAD_BYTES) < 0 else 431)
        if found:
            self._body = self._looked
            self._read_head()

    def _read_head(self) -> None:
        """Learn how the body ends. A head that says it twice is whole at once, for the parser to refuse."""
        lengths = LENGTH.findall(self.content, 0, self._body)
        chunked = CHUNKED.search(self.content, 0, self._body) is not None
        self.expects_continue = EXPECTS.search(self.content, 0, self._body) is not None
        if len(lengths) + chunked != 1:
            self._end = self._body
        elif lengths:
            self._end = self._body + int(lengths[0])
            if int(lengths[0]) > self._most:
                raise TooLarge(413)

    def _ends_by_chunks(self) -> bool:
        """Go on from chunk to chunk. What is no chunk counts as the end, for the parser to refuse."""
        while (end := self.content.find(b"\r\n", self._looked)) >= 0:
            size = _size_of(self.content[self._looked : end])
            if size is None:
                return True
            if size == 0:
                return self.content.find(b"\r\n\r\n", end) >= 0 or len(self.content) - end > MOST_HEAD_BYTES
            if end + size - self._body > self._most:
                raise TooLarge(413)
            if len(self.content) < end + 2 + size + 2:
                return False
            self._looked = end + 2 + size + 2
        return len(self.content) - self._looked > LONGEST_SIZE_LINE


def _size_of(line: bytearray) -> int | None:
    """The size that stands before a chunk; None for what is none."""
    digits = bytes(line).partition(b";")[0].strip(b" \t")
    return int(digits, 16) if re.fullmatch(rb"[0-9A-Fa-f]{1,16}", digits) else None
