"""`python -m tests.script_coverage FOLDER`: which lines of the page's scripts ran, in Node's tests or in Chromium.

FOLDER holds V8's block coverage, as Node writes it to $NODE_V8_COVERAGE and the browser tests to $SCRIPT_COVERAGE. A
line has run if in any of these files the innermost block around its first character has. Scripts that nothing loaded
count.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.serving import ROOT

SCRIPTS = ROOT / "static/js"
ADDRESS = re.compile(r"/static/(?:~\w+/)?js/([^?#]+)")  # a server puts a mark of all files before a file's name


def main(folder: Path) -> None:
    """Print the share of lines that ran: of each script that has others, and of all."""
    ran: dict[Path, set[int]] = {script: set() for script in sorted(SCRIPTS.rglob("*.js"))}
    for script, functions in covered_scripts(folder):
        if script in ran:
            ran[script] |= lines_run(script.read_text(), functions)
    totals = [0, 0]
    for script, lines in ran.items():
        all_lines = set(code_lines(script.read_text()))
        counts = len(all_lines & lines), len(all_lines)
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
        if counts[0] < counts[1]:
            print(row(str(script.relative_to(ROOT)), *counts))
    print(row("all scripts", *totals))


def row(name: str, ran: int, lines: int) -> str:
    """One line of the table."""
    return f"{name:45} {ran:6} of {lines:6} lines {100 * ran / max(1, lines):6.1f} %"


def covered_scripts(folder: Path) -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    """Scripts of the page and their functions with blocks, from every file of the folder."""
    for path in folder.glob("*.json"):
        for script in json.loads(path.read_text())["result"]:
            if found := ADDRESS.search(script["url"]):
                yield SCRIPTS / found[1], script["functions"]


def lines_run(text: str, functions: list[dict[str, Any]]) -> set[int]:
    """Numbers of the lines whose first character lies in a block that ran."""
    blocks = [block for function in functions for block in function["ranges"]]
    blocks.sort(key=lambda block: (block["startOffset"], -block["endOffset"]))
    counts = [0] * (len(text) + 1)
    for block in blocks:  # outer before inner: what is painted last is the innermost
        start, end = block["startOffset"], min(block["endOffset"], len(text))
        counts[start:end] = [block["count"]] * (end - start)
    return {number for number, offset in code_lines(text).items() if counts[offset]}


def code_lines(text: str) -> dict[int, int]:
    """Number of each line that is neither empty nor comment, and the place of its first character."""
    found, offset, in_comment = {}, 0, False
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        code = line.strip()
        in_comment = in_comment or code.startswith("/*")
        if code and not in_comment and not code.startswith("//"):
            found[number] = offset + line.index(code[0])
        in_comment = in_comment and "*/" not in code
        offset += len(line)
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
