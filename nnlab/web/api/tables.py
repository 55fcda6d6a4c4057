"""Tables over HTTP: which media types they come with, which choices a query can make, whom they are read for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Annotated, Any, Literal

from flask import request
from pydantic import BaseModel, Field

from nnlab.document.fields import menu
from nnlab.document.points import LARGEST_SEED, texts_of_classes
from nnlab.engine.menus.scalings import SCALINGS
from nnlab.errors import TooMany
from nnlab.files.table.choices import Choices
from nnlab.files.table.encoding import known_name
from nnlab.files.table.reading import Target
from nnlab.sentence import Sentence
from nnlab.session import commands
from nnlab.web.api import door
from nnlab.web.api.shapes import Arguments
from nnlab.web.http.body import UnsupportedMediaType

CSV_TYPE = "text/csv"
MOST_TABLE_BYTES = 6 * 1024 * 1024
LARGE_BYTES, MOST_LARGE = 256 * 1024, 2  # tables beyond this are read so many at a time

_large_ones = BoundedSemaphore(MOST_LARGE)

# What browsers, mail programs and spreadsheets call tables; Windows calls CSV a file of Excel's.
TABLE_TYPES = (
    CSV_TYPE,
    "text/plain",
    "text/tab-separated-values",
    "text/comma-separated-values",
    "text/x-csv",
    "text/x-comma-separated-values",
    "text/json",
    "application/csv",
    "application/x-csv",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/octet-stream",
)

COLUMN = "The column by its name or its number from 1; none for no column."


class TableQuery(Arguments):
    """What is decided about the reading of a table; whatever is left out is found out, or asked for."""

    encoding: str | None = Field(None, description="Encoding of the text, such as utf-8 or windows-1252.")
    separator: Literal["comma", "semicolon", "tab", "bar", "blank"] | None = Field(
        None, description="What stands between the cells."
    )
    decimal: Literal["point", "comma"] | None = Field(None, description="The decimal sign.")
    header: bool | None = Field(None, description="Whether the first row names the columns.")
    sheet: str | None = Field(None, description="The sheet of a workbook.")
    x: str | None = Field(None, description=COLUMN)
    y: str | None = Field(None, description=COLUMN)
    label: str | None = Field(None, description=COLUMN)
    value: str | None = Field(None, description=COLUMN)
    held_out: str | None = Field(None, description=COLUMN)
    unusable: Literal["refuse", "skip"] | None = Field(
        None, description="What becomes of rows that are no points: the table is refused, or they are left out."
    )
    rows: Literal["all", "sample"] | None = Field(
        None, description="All rows, or a sample with as many of each class as can be where there are too many."
    )
    seed: int = Field(1, ge=0, le=LARGEST_SEED, description="Of the sample.")
    scaling: Annotated[str, menu(SCALINGS)] | None = Field(
        None,
        description="network.scaling from then on; left out, it becomes standard where the coordinates call for it.",
    )

    def choices(self) -> Choices:
        """The same for the reading room; the charset of the media type counts as a choice."""
        said = {name: getattr(self, name) for name in Choices.__slots__}
        said["encoding"] = said["encoding"] or known_name(request.mimetype_params.get("charset"))
        return Choices(**said)


class Dialect(BaseModel):
    """How a table is written."""

    kind: str = Field(description="text, sheet (a workbook) or json.")
    encoding: str | None
    separator: str | None = Field(description="comma, semicolon, tab, bar or blank.")
    decimal: str | None = Field(description="point or comma.")
    header: bool = Field(description="Whether names of columns were found.")
    sheet: str | None
    sheets: list[str]
    encodings: list[str] = Field(description="Those there are to choose from.")


class ColumnReply(BaseModel):
    """One column of a table."""

    number: int = Field(description="From 1.")
    name: str
    kind: str = Field(description="number, whole, index (it counts the rows), boolean, words or empty.")
    range: tuple[float, float] | None
    values: list[str] | None = Field(description="The different values, the most frequent first; null for many.")
    missing: int = Field(description="Cells that say nothing that the column could have.")


class Proposals(BaseModel):
    """The number of the column for each part of a point, or none; what becomes of rows."""

    x: str
    y: str
    label: str
    value: str
    held_out: str
    unusable: str
    rows: str
    scaling: str = Field(description="The input scaling that the coordinates call for, or that the network has.")


class ClassReply(BaseModel):
    """A class of the table."""

    label: int
    name: str = Field(description="Empty where the labels are numbers from 0.")
    text: str = Field(description="As it stands in the table.")
    points: int


class Ranges(BaseModel):
    """The least and the largest value of each part; null for none."""

    x: tuple[float, float] | None
    y: tuple[float, float] | None
    value: tuple[float, float] | None


class HeadRow(BaseModel):
    """One of the first rows."""

    line: int
    cells: list[str]


class QuestionReply(BaseModel):
    """A choice that nobody has made and that the table leaves open; the import needs it."""

    choice: str = Field(description="Name of the parameter.")
    message: str


class RowProblem(BaseModel):
    """A row that is no point."""

    line: int
    part: str
    message: str


class PreviewReply(BaseModel):
    """What is understood of a table."""

    dialect: Dialect
    columns: list[ColumnReply]
    proposals: Proposals
    classes: list[ClassReply]
    ranges: Ranges
    head: list[HeadRow]
    num_rows: int
    num_usable: int = Field(description="Rows that are points.")
    num_taken: int = Field(description="Points that the import would take.")
    seed: int
    questions: list[QuestionReply]
    problems: list[RowProblem] = Field(description="The first 20.")


def table_body() -> bytes:
    """The bytes of the table in the request. Raises UnsupportedMediaType, which names the types that are taken."""
    if request.mimetype not in TABLE_TYPES:
        known = ", ".join(("application/json", *TABLE_TYPES))
        raise UnsupportedMediaType(f"Content-Type must be one of {known}; got {request.mimetype or 'none'}.")
    content: bytes = request.get_data()
    return content


@contextmanager
def room_to_read(content: bytes) -> Iterator[None]:
    """Room for one more large table: reading takes time from all who are served. Raises TooMany."""
    if len(content) <= LARGE_BYTES:
        yield
        return
    if not _large_ones.acquire(blocking=False):
        raise TooMany(Sentence("Other large tables are being read; try again in a moment."))
    try:
        yield
    finally:
        _large_ones.release()


def document_of(session_id: str) -> dict[str, Any]:
    """The session's document as JSON. Raises NotFound."""
    document: dict[str, Any] = door.ask(session_id, commands.Read())["document"]
    return document


def target_of(document: dict[str, Any]) -> Target:
    """What the points are for."""
    return Target(document["task"], classes_of(document))


def scaling_of(document: dict[str, Any], query: TableQuery) -> str | None:
    """The input scaling that is decided: by the query, or as the network scales its inputs already."""
    present: str = document["network"]["scaling"]
    return query.scaling or (present if present != "none" else None)


def classes_of(document: dict[str, Any]) -> tuple[str, ...]:
    """What the classes are called in files; none in fitting tasks."""
    if document["task"] != "classification":
        return ()
    return texts_of_classes(document["class_names"], document["classes"])
