"""`python -m tests.own_data`: write the table of docs/own-data.md, which is made of the tests' cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.unit.files.table.variants import GROUPS, Variant

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "own-data.md"
START, END = "<!-- table: python -m tests.own_data -->\n", "<!-- end of the table -->\n"


def written(document: str) -> str:
    """The document with the table as it should be."""
    before, _, rest = document.partition(START)
    _, _, after = rest.partition(END)
    return before + START + table() + END + after


def table() -> str:
    """All variants by groups, and what becomes of each."""
    return "".join(f"\n### {title}\n\n{''.join(_rows(group))}\n" for title, group in GROUPS.items())


def _rows(variants: list[Variant]) -> Iterator[str]:
    yield "| file | what becomes of it |\n| --- | --- |\n"
    for variant in variants:
        yield f"| {_cell(variant.name)} | {_cell(variant.outcome)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text()))
