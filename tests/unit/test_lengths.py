"""A function fits a screen."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MOST_LINES = 35  # of code, the docstring, blank lines and comments apart; the page's limit is ESLint's
FILES = [*sorted((ROOT / "nnlab").rglob("*.py")), *sorted((ROOT / "tests").rglob("*.py")), ROOT / "app.py"]
SILENT = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def code_lines(text: str) -> set[int]:
    """The lines that have more than a comment; all lines of a text of several."""
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {line for token in tokens if token.type not in SILENT for line in range(token.start[0], token.end[0] + 1)}


def spans(text: str) -> Iterator[tuple[str, range]]:
    """(name, lines of its body) of every function of a module, those inside of others too."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, Function):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, range(body[0].lineno if body else node.lineno, (node.end_lineno or node.lineno) + 1)


def longer_than(most_lines: int, text: str) -> list[str]:
    """The functions of a module with more lines of code."""
    long = [(name, span) for name, span in spans(text) if len(span) > most_lines]
    lines = code_lines(text) if long else set()  # to cut a text into tokens takes longer than all else
    return [name for name, span in long if len(lines.intersection(span)) > most_lines]


def test_every_function_fits_a_screen() -> None:
    found = {str(path.relative_to(ROOT)): longer_than(MOST_LINES, path.read_text()) for path in FILES}
    assert {path: names for path, names in found.items() if names} == {}


TEXT = '''
def f(
    a,
):
    """What it does.

    More.
    """
    # why
    b = """x
    y"""

    return b
'''


def test_docstrings_comments_and_blank_lines_do_not_count() -> None:
    assert longer_than(3, TEXT) == []
    assert longer_than(2, TEXT) == ["f"]
