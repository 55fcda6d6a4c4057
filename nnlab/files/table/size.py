"""Whether coordinates are of a size that training is made for, or want scaling."""

from __future__ import annotations

from nnlab.files.table.parts import Parts

LARGEST, NARROWEST = 10.0, 0.5  # coordinates beyond this, or closer together, train badly as they are
MOST_UNEVEN = 10.0  # how many times wider one of them may be


def proposed_scaling(parts: Parts, task: str) -> str:
    """The input scaling that the coordinates call for: large, far from 0, uneven, or close together.

    A curve has one input.
    """
    columns = [parts.x] if task == "curve_fitting" else [parts.x, parts.y]
    ranges = [column.range for column in columns if column is not None and column.range is not None]
    widths = [high - low for low, high in ranges]
    if not ranges or max(widths) == 0:
        return "none"
    far = max(abs(edge) for edges in ranges for edge in edges) > LARGEST
    aside = any(abs(low + high) / 2 > high - low for low, high in ranges)
    uneven = max(widths) > MOST_UNEVEN * min(widths)
    return "standard" if far or aside or uneven or max(widths) < NARROWEST else "none"
