"""Numbers as people write them: decimal point or comma, thousands marks, a typographic minus."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

MINUS = "\N{MINUS SIGN}"
GAPS = " '\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{RIGHT SINGLE QUOTATION MARK}"
PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
GROUPED = re.compile(rf"[+-]?[0-9]{{1,3}}([,{GAPS}])[0-9]{{3}}(?:\1[0-9]{{3}})*(?:\.[0-9]*)?")
GROUPS = re.compile(f"[,{GAPS}]")
SWAPPED = str.maketrans(",.", ".,")
SAMPLE = 2_000  # cells that tell whether few differ
PLAIN_BYTES = b"0123456789+-.eE\n"

MISSING = frozenset(("", "na", "n/a", "nan", "null", "none", "#n/a", "#na", "?", "-", "--", "."))  # in small letters


def number_of(text: str, decimal: str) -> float | None:
    """The number that a text says with this decimal sign; None for a text that says none."""
    text = text.replace(MINUS, "-")
    if decimal == ",":
        text = text.translate(SWAPPED) if not text.endswith(",") else ""
    if GROUPED.fullmatch(text):
        text = GROUPS.sub("", text)
    value = float(text) if PLAIN.fullmatch(text) else math.inf
    return value if math.isfinite(value) else None


def numbers_of(cells: list[str], decimal: str) -> list[float]:
    """The numbers that cells say, NaN for those that say none: fast where few differ, or all are written plainly."""
    if len(set(cells[:SAMPLE])) < SAMPLE / 4:
        known = {cell: math.nan if (value := number_of(cell, decimal)) is None else value for cell in set(cells)}
        return list(map(known.__getitem__, cells))
    joined = "\n".join(cells)
    texts = cells
    if decimal == "," or MINUS in joined:
        joined = joined.replace(MINUS, "-")
        if decimal == ",":
            joined = joined.replace(".", "_").replace(",", ".")  # a point is none, so it is not read plainly
        texts = joined.split("\n")
    plain = _plain_numbers(joined, texts)
    if plain is not None and len(plain) == len(cells):
        return plain
    return [math.nan if (value := number_of(cell, decimal)) is None else value for cell in cells]


def _plain_numbers(joined: str, texts: list[str]) -> list[float] | None:
    if joined.encode(errors="replace").translate(None, PLAIN_BYTES):
        return None
    try:
        values = list(map(float, texts)) if "" not in texts else [float(text or "nan") for text in texts]
    except ValueError:
        return None
    return None if ("e" in joined or "E" in joined) and any(map(math.isinf, values)) else values


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


def decimal_of(columns: list[list[str]], separator: str) -> Decimal:
    """The decimal sign of columns of numbers, by all of them together.

    1.234 may be a thousand or a little more than one; 1.5, 0.123 or 1,234.5 says which. Where nothing does, a comma
    that separates cells leaves the point.
    """
    texts = ["\n".join(cells) for cells in columns]
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
