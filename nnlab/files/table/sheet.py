"""The cells of an .xlsx workbook, as texts with a decimal point."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from nnlab.files.table.choices import refused
from nnlab.files.table.nature import UNPACK, wrong_file
from nnlab.files.table.rows import Rows
from nnlab.sentence import Sentence

MOST_BYTES = 60 * 1024 * 1024  # unpacked
MOST_CELLS = 400_000  # from A1 to the last cell: the reader makes room for all, and lets no other thread run
CELL = re.compile(rb"\br\s*=\s*[\"']\s*([A-Za-z]{1,3})([0-9]{1,7})")
PIECE = 1024 * 1024


def sheet_rows(content: bytes, sheet: str | None = None) -> tuple[Rows, list[str], str]:
    """The rows of a sheet, the names of all sheets, and which one it is. Raises InvalidInput."""
    _check_size(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = list(workbook.sheet_names)
        name = _chosen(names, sheet)
        values = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError):
        raise refused("body", Sentence("This workbook is broken; save it anew, or as CSV.")) from None
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
            room = MOST_BYTES
            for entry in packed.infolist():
                room -= _measure(packed, entry, room)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, zlib.error):
        raise wrong_file(UNPACK) from None


def _measure(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> int:
    size, last_row, last_column, rest = 0, 0, 0, b""
    is_sheet = entry.filename.startswith("xl/worksheets/")
    with packed.open(entry) as part:
        while piece := part.read(PIECE):
            size += len(piece)
            if is_sheet:
                for letters, digits in CELL.findall(rest + piece):
                    last_row = max(last_row, int(digits))
                    last_column = max(last_column, _column(letters))
                rest = piece[-40:]
            if size > room or last_row * last_column > MOST_CELLS:
                raise refused("body", Sentence("This workbook is too large; save the table alone, as CSV."))
    return size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number
