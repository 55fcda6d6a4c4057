"""The cells of an .xlsx workbook, as texts with a decimal point."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.parsers.expat import ExpatError

from python_calamine import CalamineError, CalamineWorkbook

from nnlab.errors import InvalidInput
from nnlab.files.table.choices import refused
from nnlab.files.table.extent import extent_of, too_large
from nnlab.files.table.nature import UNPACK, wrong_file
from nnlab.files.table.rows import Rows
from nnlab.sentence import Sentence

MOST_BYTES = 60 * 1024 * 1024  # unpacked
MOST_TEXT = 200 * 1024 * 1024  # letters, if all cells had the longest text: each gets one of its own


def sheet_rows(content: bytes, sheet: str | None = None) -> tuple[Rows, list[str], str]:
    """The rows of a sheet, the names of all sheets, and which one it is. Raises InvalidInput."""
    _check_size(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(workbook.sheet_names)
        name = _chosen(names, sheet)
        values = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError):
        raise _broken() from None
    rows, lines = [], []
    for number, row in enumerate(values, 1):
        cells = [text_of(value) for value in row]
        if any(cells):
            rows.append(cells)
            lines.append(number)
    if not rows:
        raise refused("sheet", Sentence("The sheet {name} is empty; choose another one.", name=name))
    return Rows(rows, lines, typed=True), names, name


def text_of(value: Any) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip()


def _chosen(names: list[str], sheet: str | None) -> str:
    if not names:
        raise refused("body", Sentence("There are no points in this text."))
    if sheet is None or sheet in names:
        return sheet or names[0]
    raise refused("sheet", Sentence("sheet must be one of {known}; got {value}.", known=", ".join(names), value=sheet))


def _check_size(content: bytes) -> None:
    """Refuse what would take much more room than it should, whatever the file says about itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _measure(packed)
    except ExpatError:
        raise _broken() from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        raise wrong_file(UNPACK) from None


def _measure(packed: zipfile.ZipFile) -> None:
    """All parts, as any of them may be a sheet, each with the strings that its cells share with others."""
    room, most_texts, longest = MOST_BYTES, 0, 0
    for entry in packed.infolist():
        with packed.open(entry) as part:
            content = part.read(room + 1)
        room -= len(content)
        if room < 0:
            raise too_large()
        are_strings = entry.filename.lower().endswith("sharedstrings.xml")
        if are_strings or b"sheetData" in content:
            found = extent_of(content, are_strings=are_strings)
            most_texts, longest = max(most_texts, found.num_texts), max(longest, found.longest)
    if most_texts * longest > MOST_TEXT:
        raise too_large()


def _broken() -> InvalidInput:
    return refused("body", Sentence("This workbook is broken; save it anew, or as CSV."))
