"""Bytes to text: what they say themselves, UTF-8 where they are UTF-8, else the code page that makes sense of them."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from nnlab.files.table.choices import refused
from nnlab.sentence import Sentence

# Those there are to choose from, by their names in Python; the first of the code pages is the one that is guessed last.
CODE_PAGES = (
    "windows-1252 windows-1250 windows-1251 windows-1253 windows-1254 windows-1257 iso-8859-1 iso-8859-2 iso-8859-15"
    " koi8-r mac-roman cp437 cp850 shift_jis gb18030 big5 euc-kr"
).split()
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", *CODE_PAGES)
GUESSED = ["cp1252", "cp1250", "cp1251", "cp1253", "mac_roman", "cp437", "cp850", "shift_jis", "gb18030"]

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LOOKED_AT_BYTES = 1000  # for the zeros of UTF-16
MOST_SAMPLE_BYTES = 8000  # of lines with letters beyond ASCII, for the recognizer


@dataclass(frozen=True, slots=True)
class Text:
    """A text, the encoding it was in, and whether that is known rather than guessed."""

    text: str
    encoding: str
    certain: bool


def decoded(content: bytes, encoding: str | None = None) -> Text:
    """The text of a file. Raises InvalidInput where it is none, or none in the encoding that was chosen."""
    mark, said = next(((mark, name) for mark, name in MARKS if content.startswith(mark)), (b"", None))
    chosen = encoding or said or _utf_16(content)
    if chosen is not None:
        return _told(content.removeprefix(mark) if encoding in (None, said) else content, chosen)
    try:
        return Text(content.decode("utf-8"), "utf-8", True)
    except UnicodeDecodeError:
        return _guessed(content)


def _told(content: bytes, encoding: str) -> Text:
    if encoding not in ENCODINGS:
        sentence = Sentence("encoding must be one of {known}; got {value}.", known=", ".join(ENCODINGS), value=encoding)
        raise refused("encoding", sentence)
    try:
        return Text(content.decode(encoding), encoding, True)
    except UnicodeDecodeError:
        sentence = Sentence("This text is not in {encoding}; choose another encoding.", encoding=encoding)
        raise refused("encoding", sentence) from None


def _utf_16(content: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of digits and Latin letters is zero."""
    start = content[:LOOKED_AT_BYTES]
    if b"\0" not in start:
        return None
    even, odd = start[::2].count(0), start[1::2].count(0)
    if max(even, odd) < 0.3 * len(start) / 2 or min(even, odd) > 0.02 * len(start):
        raise refused("body", Sentence("This is no table: it is no text at all."))
    return "utf-16-be" if even > odd else "utf-16-le"


def _guessed(content: bytes) -> Text:
    """In a code page, by the lines that tell them apart."""
    lines = [line for line in content.splitlines() if not line.isascii()]
    sample = b"\n".join(lines)[:MOST_SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=GUESSED).best()
    found = [_our_name(best.encoding)] if best is not None else []
    for encoding in (*found, *CODE_PAGES):
        try:
            return Text(content.decode(encoding), encoding, False)
        except UnicodeDecodeError:
            continue
    raise refused("body", Sentence("This is no table: it is no text at all."))


def known_name(name: str | None) -> str | None:
    """One of ENCODINGS by any of its names; None for none of them. UTF-8 and ASCII are found out anyway."""
    try:
        wanted = codecs.lookup(name or "").name
    except (LookupError, ValueError):  # no name at all, with a zero or a half of a letter in it
        return None
    return next((ours for ours in ENCODINGS[1:] if codecs.lookup(ours).name == wanted), None)


def _our_name(name: str) -> str:
    wanted = codecs.lookup(name).name
    return next((ours for ours in CODE_PAGES if codecs.lookup(ours).name == wanted), name)
