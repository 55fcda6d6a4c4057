"""Numbers as people write them: decimal point or comma, thousands marks, a typographic minus."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from nnlab.files.table.digits import Float64s

MINUS = "\N{MINUS SIGN}"
GAPS = " '\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{RIGHT SINGLE QUOTATION MARK}"
PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
GROUPED = re.compile(rf"[+-]?[0-9]{{1,3}}([,{GAPS}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:\.[0-9]*)?")
GROUPS = re.compile(f"[,{GAPS}]")
ALL_GROUPED = re.compile(r"(?:(?:[+-]?[0-9]{1,3}(?:(?:,[0-9]{3})++|[0-9]*+)(?:\.[0-9]*+)?)?(?:\n|\Z))*+")
SWAPPED = str.maketrans(",.", ".,")
FIRST = 2_000  # cells of a column that are asked first for the decimal sign
PLAIN_BYTES = b"0123456789+-.eE\n"

MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "#n/a", "#na", "?", "-", "--", "."))  # in small letters


def number_of(text: str, decimal: str) -> float | None:
    """The number that a text says with this decimal sign; None for a text that says none."""
    if decimal == ",":
        text = text.translate(SWAPPED) if not text.endswith(",") else ""
    if not PLAIN.fullmatch(text):
        text = _as_plain(text)
    value = float(text) if text else math.inf
    return value if math.isfinite(value) else None


def _as_plain(text: str) -> str:
    """The number without thousands marks, with the usual minus; nothing for a text that is none."""
    text = text.replace(MINUS, "-")
    if GROUPED.fullmatch(text):
        text = GROUPS.sub("", text)
    return text if PLAIN.fullmatch(text) else ""


def numbers_of(cells: list[str], decimal: str) -> Float64s:
    """The numbers (N,) that cells say, NaN for those that say none: fast where all are written in one way."""
    text = "\n".join(cells)
    joined = text.replace(MINUS, "-")
    if joined.count("\n") != len(cells) - 1 or (decimal == "," and (",\n" in joined or joined.endswith(","))):
        return each_number_of(cells, decimal)
    if decimal == ",":
        joined = joined.translate(SWAPPED) if "." in joined else joined.replace(",", ".")
    if "," in joined and ALL_GROUPED.fullmatch(joined):
        joined = joined.replace(",", "")
    plain = _plain_numbers(joined, cells if joined == text else joined.split("\n"))
    return each_number_of(cells, decimal) if plain is None else plain


def each_number_of(cells: Iterable[str], decimal: str) -> Float64s:
    """The same, cell by cell: for few of them."""
    numbers = (number_of(cell, decimal) for cell in cells)
    return np.fromiter((math.nan if number is None else number for number in numbers), np.float64)


def _plain_numbers(joined: str, texts: list[str]) -> Float64s | None:
    """The numbers in texts, NaN for an empty one; None if they, joined, have anything else."""
    if joined.encode(errors="replace").translate(None, PLAIN_BYTES):
        return None
    told = texts if "" not in texts else (text or "nan" for text in texts)
    try:
        values = np.fromiter(map(float, told), np.float64, len(texts))
    except ValueError:
        return None
    return None if np.isinf(values).any() else values


def is_missing(text: str) -> bool:
    """Whether a cell of a column of numbers says that there is none."""
    return text.lower() in MISSING


def looks_numeric(text: str) -> bool:
    """Whether a text is a number with either decimal sign."""
    return number_of(text, ".") is not None or number_of(text, ",") is not None


@dataclass(frozen=True, slots=True)
class Decimal:
    """A decimal sign, and whether the numbers leave no doubt about it."""

    sign: str
    certain: bool


def decimal_of(columns: Sequence[Sequence[str]], separator: str) -> Decimal:
    """The decimal sign of columns of numbers, by all of them together.

    1.234 may be a thousand or a little more than one; 1.5, 0.123 or 1,234.5 says which. Where nothing does, a comma
    that separates cells leaves the point. Where the first cells tell, the others are not asked: what could only be read
    with the other sign is no number then, and its row is asked about.
    """
    for some in ([cells[:FIRST] for cells in columns], columns):
        texts = ["\n".join(cells) for cells in some]
        point, comma = (_sure(texts, sign, other) for sign, other in ((".", ","), (",", ".")))
        if point != comma:
            return Decimal("." if point else ",", True)
    if point:
        return Decimal(".", False)
    has_point, has_comma = (any(sign in text for text in texts) for sign in ".,")
    if has_comma:
        return Decimal("," if separator != "," else ".", False)
    return Decimal(".", not has_point or separator == ",")


def _sure(texts: list[str], sign: str, other: str) -> bool:
    """Whether some number can only be one with this decimal sign."""
    s, o = re.escape(sign), re.escape(other)
    if any(re.search(rf"{o}[0-9]{{3}}{o}[0-9]{{3}}", text) for text in texts if other in text):
        return True
    pattern = re.compile(
        rf"^[+{MINUS}-]?(?:0*{s}[0-9]+|[0-9]{{4,}}{s}[0-9]*|[0-9]+{s}(?:[0-9]{{0,2}}|[0-9]{{4,}})"
        rf"|[0-9]{{1,3}}(?:[{o}{GAPS}][0-9]{{3}})+{s}[0-9]*"
        rf"|[0-9]*{s}[0-9]*[eE][+-]?[0-9]+)(?:[eE][+-]?[0-9]+)?$",
        re.MULTILINE,
    )
    return any(sign in text and pattern.search(text) is not None for text in texts)
