"""What a file is, by its first bytes: a table to be read, or something else, which is named as what it is."""

from __future__ import annotations

import io
import zipfile
from typing import Literal

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import refused
from nnlab.sentence import Sentence

Nature = Literal["text", "sheet", "json"]

UNPACK = Sentence("an archive; unpack it first and open the table that is in it")
PICTURE = Sentence("a picture")
WORKBOOK = Sentence("a workbook of another kind; save it as .xlsx or CSV first")
NUMPY = Sentence("a file of NumPy arrays; write them with numpy.savetxt first")

# The first bytes of files that are no tables -> what such a file is.
SIGNS: tuple[tuple[bytes, Sentence], ...] = (
    (b"\x89PNG", PICTURE),
    (b"\xff\xd8\xff", PICTURE),
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"II*\x00", PICTURE),
    (b"MM\x00*", PICTURE),
    (b"%PDF", Sentence("a PDF; copy the table's cells out of it and paste them")),
    (b"\x1f\x8b", UNPACK),
    (b"7z\xbc\xaf", UNPACK),
    (b"Rar!", UNPACK),
    (b"BZh", UNPACK),
    (b"\xfd7zXZ", UNPACK),
    (b"\xd0\xcf\x11\xe0", WORKBOOK),
    (b"\x93NUMPY", NUMPY),
    (b"SQLite format 3", Sentence("a database; export the table as CSV first")),
    (b"PAR1", Sentence("a Parquet file; export the table as CSV first")),
    (b"{\\rtf", Sentence("a text with formatting (RTF); save it as plain text first")),
)

# Names inside a zip -> what the zip is.
PACKED = (
    ("xl/workbook.bin", WORKBOOK),
    ("word/", Sentence("a Word document; copy the table's cells out of it and paste them")),
    ("ppt/", Sentence("a PowerPoint document; copy the table's cells out of it and paste them")),
    ("content.xml", WORKBOOK),
    (".npy", NUMPY),
)
MARKUP = (
    ("<!doctype html", Sentence("a web page; copy the table's cells out of it and paste them")),
    ("<html", Sentence("a web page; copy the table's cells out of it and paste them")),
    ("<svg", PICTURE),
    ("<?xml", Sentence("XML; export the table as CSV first")),
)


def nature_of(content: bytes) -> Nature:
    """How a file is to be read. Raises InvalidInput that names what is no table."""
    if content.startswith(b"PK"):
        return _nature_of_zip(content)
    for sign, what in SIGNS:
        if content.startswith(sign) and not (sign == b"BM" and _is_text(content)):
            raise wrong_file(what)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP" or content[4:12] in (b"ftypheic", b"ftypavif"):
        raise wrong_file(PICTURE)
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, what in MARKUP:
        if start.startswith(mark.encode()):
            raise wrong_file(what)
    return "json" if start[:1] in (b"{", b"[") else "text"


def wrong_file(what: Sentence) -> InvalidInput:
    """The error for a file that is something else than a table."""
    return refused("body", Sentence("This is no table, it is {what}.", what=what))


def _is_text(content: bytes) -> bool:
    return b"\0" not in content[:200]


def _nature_of_zip(content: bytes) -> Nature:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise wrong_file(UNPACK) from None
    for mark, what in PACKED:
        if any(name.startswith(mark) or name.endswith(mark) for name in names):
            raise wrong_file(what)
    if "xl/workbook.xml" in names:
        return "sheet"
    raise wrong_file(UNPACK)
