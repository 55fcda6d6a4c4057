"""Works out the menus' formulas: LaTeX in, numbers out, so that tests can hold them against the engine."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

FUNCTIONS = {"max": max, "tanh": math.tanh, "log": math.log, "sqrt": math.sqrt}
NAMES = {r"\eta": "eta", r"\mu": "mu", r"\sigma": "sigma", r"\hat{m}": "m_hat", r"\hat{v}": "v_hat", "v'": "v_new"}
TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z_]+|\*\*|\S")


def evaluate(formula: str, values: Mapping[str, float]) -> dict[str, float]:
    """The values after all lines of a formula, in order; what a line needs and has not got, a later one defines."""
    known = dict(values)
    waiting = [_parted(line) for line in formula.split(r"\\")]
    while waiting:
        target, value = next(line for line in waiting if _names(line[1]) <= set(known))
        waiting.remove((target, value))
        known[target] = eval(value, {"__builtins__": {}}, FUNCTIONS | known)
    return known


def _parted(line: str) -> tuple[str, str]:
    """What a line gives a value, and that value in Python."""
    target, *_, value = re.split(r"=|\\leftarrow", _plain(line))
    return target.strip(), _with_products(value)


def _plain(line: str) -> str:
    for name, plain in NAMES.items():
        line = line.replace(name, f" {plain} ")
    innermost = r"\{([^{}]*)\}"
    while re.search(innermost, line):
        line = re.sub(rf"\\frac{innermost}{innermost}", r"((\1) / (\2))", line)
        line = re.sub(rf"(?<!\\frac)(?<!\}}){innermost}(?!\{{)", r"(\1)", line)
    return line.replace("^", " ** ").replace(r"\leftarrow", "\0").replace("\\", " ").replace("\0", r"\leftarrow")


def _with_products(text: str) -> str:
    """Put a * between neighbours that are multiplied by standing side by side."""
    made = ""
    for token in TOKEN.findall(text):
        last = made.split(" ")[-1]
        follows_value = re.fullmatch(r"[\w.]+|\)", last) and last not in FUNCTIONS
        made += f" * {token}" if follows_value and re.match(r"[\w(]", token) else f" {token}"
    return made.strip()


def _names(text: str) -> set[str]:
    return set(re.findall(r"[A-Za-z_]+", text)) - set(FUNCTIONS)
