"""Points as a table, in the convention of whoever reads it: what is written here is read again as it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from nnlab.files.table.choices import DECIMALS, SEPARATORS
from nnlab.files.table.columns import OWN_NAMES

THOUSAND = 3  # digits behind a sign that may be a thousands mark


def points_to_csv(
    points: Sequence[dict[str, Any]],
    classes: Sequence[str] = (),
    *,
    task: str = "classification",
    separator: str = "comma",
    decimal: str = "point",
) -> str:
    """The CSV text of JSON points, with what the classes are called in place of their labels.

    A point of a surface without a value has the one that it is trained with, 0.
    """
    if task == "surface_fitting":
        points = [{**point, "value": point.get("value") or 0.0} for point in points]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=SEPARATORS[separator], lineterminator="\n")
    writer.writerow(OWN_NAMES)
    sign = DECIMALS[decimal]
    for point in points:
        writer.writerow([_cell(point, name, classes, sign) for name in OWN_NAMES])
    return text.getvalue()


def _cell(point: dict[str, Any], name: str, classes: Sequence[str], sign: str) -> str:
    value = point.get(name)
    if name == "label":
        label = int(value or 0)
        return classes[label] if label < len(classes) else str(label)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(float(value), sign)


def _number(value: float, sign: str) -> str:
    """All digits; three of them behind the sign get a fourth, so that nobody takes it for a thousands mark."""
    text = repr(value)
    if "e" not in text and len(text.partition(".")[2]) == THOUSAND:
        text += "0"
    return text.replace(".", sign)
