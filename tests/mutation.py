"""`python -m tests.mutation`: plant mistakes in the engine's formulas one at a time; every one must fail a test.

A mistake is a flipped sign, a swapped pair of operands, or a function in place of its opposite. Each is tried in a
child process that imports the mutated module in place of the real one and runs the tests that are about it. Prints the
survivors and the share killed; exit code 1 if any survives that is not listed below with the reason.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.util
import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import hypothesis
import numpy  # noqa: F401  imported once here, inherited by every child
import pytest

ROOT = Path(__file__).resolve().parents[1]
TIMEOUT_S = 120
OPPOSITES = {
    "add": "subtract", "subtract": "add", "multiply": "divide", "divide": "multiply", "maximum": "minimum",
    "minimum": "maximum", "greater": "less", "less": "greater", "tanh": "sin", "exp": "expm1", "sqrt": "square",
    "sign": "abs", "log": "log1p", "equal": "not_equal", "fmin": "fmax",
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.GtE, ast.Lt: ast.LtE, ast.GtE: ast.Gt, ast.LtE: ast.Lt, ast.Eq: ast.NotEq,
}  # fmt: skip
ASYMMETRIC = ("subtract", "divide", "greater", "less")

# Which tests judge which module.
JUDGES = {
    "cache_lines": ("cache_lines",),
    "activations": ("activations", "passes"),
    "losses": ("losses", "passes"),
    "optimizers": ("optimizers", "trainer"),
    "regularization": ("regularization", "passes"),
    "passes": ("passes", "regularization", "gradient_check"),
    "products": ("passes", "ensemble"),
    "initializers": ("initializers",),
    "features": ("features",),
    "minibatches": ("minibatches", "regularization", "saved_state", "observation"),
    "observation": ("observation",),
    "program": ("passes", "regularization", "trainer", "saved_state", "ensemble"),
    "gradient_check": ("gradient_check",),
    "diagnostics": ("diagnostics",),
    "histograms": ("diagnostics",),
    "surgery": ("surgery",),
    "ensemble": ("ensemble",),
    "divergence": ("divergence", "extremes"),
    "reports": ("trainer",),
    "regions": ("regions",),
    "grids": ("grids", "regions"),
    "units": ("units",),
    "region_shape": ("region_shape",),
}

# Mutants that change no number: "module kind: line" -> why. Another mistake in the same line is no excuse.
PLUS_MINUS_ONE = "t is -1 or +1, so multiplying by it and dividing by it are the same"
BOUNDARY = "differs only where two floating-point numbers are equal by chance"
SPEED = "decides between two ways to the same numbers"
SAME_OPERANDS = "both operands are the same array, or the second is 0 or NaN"
EQUIVALENT: dict[str, str] = {
    "losses opposite: call(np.multiply, loss.scores, loss.targets, loss.dscores),": PLUS_MINUS_ONE,
    "losses opposite: call(np.multiply, loss.dscores, loss.targets, loss.dscores),": PLUS_MINUS_ONE,
    "products comparison: return block if block >= SMALLEST_BLOCK else most": SPEED,
    "products comparison: if not TURN_ABOVE < dz.size * len(inputs) <= SMALL_PRODUCT:": SPEED,
    "products operator: if not TURN_ABOVE < dz.size * len(inputs) <= SMALL_PRODUCT:": SPEED,
    "products operator: largest = max(link.rows * (link.width + 1) for shape in network.shapes for link in "
    "shape.links)": SPEED,
    "regularization swap: tape.append(call(np.subtract, norms, norms, part))  # 0, or NaN": SAME_OPERANDS,
    "regularization opposite: tape.append(call(np.add, norms, part, norms))": SAME_OPERANDS,
    "minibatches comparison: while drawn < count:": "draws the next permutation one chunk earlier, in the same order",
    "program comparison: varies = optimizer.varies or training.learning_rate_decay > 0": SPEED,
    "program comparison: self._part = lined_up_like(memory.gradient) if len(self._blocks) > 1 else memory.gradient":
        SPEED,
    "gradient_check negate: STEP = 1e-5  # h: balances the formula's error, h^2, against rounding, 1e-16 / h":
        "the centred difference is the same for -h",
    "gradient_check negate: floor = FLOOR * max(1.0, abs(middle))": "only widens what counts as rounding",
    "gradient_check comparison: if error >= PASS_BELOW and explained_by_kink(*slopes, float(analytic[index]), floor):":
        BOUNDARY,
    "gradient_check comparison: elif worst is None or error > worst_error:": BOUNDARY,
    "gradient_check comparison: return GradientCheck(worst_error < PASS_BELOW, len(checked), at_kinks, found)":
        BOUNDARY,
    "gradient_check comparison: is_kink = relative_error(ahead, behind, floor) > KINK_ABOVE": BOUNDARY,
    "ensemble negate: alike = {replace(member.training, learning_rate=1.0, l2=0.0, l1=0.0) for member in members}":
        "any number will do, the same for all members",
    "divergence comparison: if step == 0 and network.spec.init_scale > 1:": BOUNDARY,
    "divergence comparison: if largest_input > LARGE_INPUT:": BOUNDARY,
    "divergence comparison: if rate * l2 >= 2:  # then w <- (1 - lr l2) w grows by itself": BOUNDARY,
    'divergence comparison: if training.momentum >= 1 and training.optimizer in ("momentum", "nesterov"):': BOUNDARY,
    "regions comparison: if len(scores) <= 2:": SPEED,
}  # fmt: skip


def source_of(module: str) -> Path:
    """Return the file of one of the engine's modules."""
    return next((ROOT / "nnlab/engine").rglob(f"{module}.py"))


def sites(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (position of the node in ast.walk, kind of mistake) for all mistakes that can be made in a module."""
    for number, node in enumerate(ast.walk(tree)):
        for kind in kinds(node):
            yield number, kind


def kinds(node: ast.AST) -> list[str]:
    """Return the mistakes that can be made at a node."""
    if isinstance(node, ast.Call):
        function = bound_function(node)
        found = ["opposite"] if function in OPPOSITES else []
        return found + (["swap"] if function in ASYMMETRIC else [])
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return [] if _is_text(node) else ["operator"]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return ["drop minus"]
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        return ["comparison"]
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return ["no transpose"]
    if isinstance(node, ast.Constant) and isinstance(node.value, float) and node.value not in (0.0,):
        return ["negate"]
    return []


def _is_text(node: ast.BinOp) -> bool:
    return any(isinstance(side, ast.List | ast.Tuple | ast.JoinedStr) for side in (node.left, node.right))


def bound_function(node: ast.Call) -> str | None:
    """Return the NumPy function of `np.f(...)`, `call(np.f, ...)` or the tape's own `maximum(...)`."""
    target = node.func
    if isinstance(target, ast.Name) and target.id == "maximum":
        return target.id
    if isinstance(target, ast.Name) and target.id == "call" and node.args:
        target = node.args[0]
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id == "np":
        return target.attr
    return None


def mutate(tree: ast.Module, number: int, kind: str) -> tuple[ast.Module, int]:
    """Return the module with that mistake, and its line."""
    mutant = copy.deepcopy(tree)
    node = list(ast.walk(mutant))[number]
    if kind == "no transpose":
        _replace(mutant, node, node.value)
    elif kind == "drop minus":
        _replace(mutant, node, node.operand)
    elif kind == "operator":
        node.op = OPERATORS[type(node.op)]()
    elif kind == "comparison":
        node.ops[0] = COMPARISONS[type(node.ops[0])]()
    elif kind == "negate":
        node.value = -node.value
    else:
        _change_call(node, kind)
    return ast.fix_missing_locations(mutant), node.lineno


def _change_call(node: ast.Call, kind: str) -> None:
    if isinstance(node.func, ast.Name) and node.func.id == "maximum":  # np.minimum wants `out` by name
        minimum = ast.Attribute(ast.Name("np", ast.Load()), "fmin", ast.Load())
        node.func, node.args = ast.Name("call", ast.Load()), [minimum, *node.args]
        return
    first = 1 if isinstance(node.func, ast.Name) else 0
    if kind == "swap":
        node.args[first], node.args[first + 1] = node.args[first + 1], node.args[first]
        return
    target = node.args[0] if first else node.func
    target.attr = OPPOSITES[target.attr]


def _replace(tree: ast.Module, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, field, new)
            elif isinstance(value, list):
                value[:] = [new if each is old else each for each in value]


class MutantLoader(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Imports one module from a mutated tree."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self._name, self._tree = name, tree

    def find_spec(self, name, path, target=None):
        """Offer the mutant in place of the module."""
        return importlib.util.spec_from_loader(name, self) if name == self._name else None

    def exec_module(self, module):
        """Run the mutant's code as the module."""
        exec(compile(self._tree, f"<mutant of {self._name}>", "exec"), module.__dict__)


def survives(module: str, tree: ast.Module) -> bool:
    """Run the judges on a mutant in a child process; tell whether they all pass."""
    child = os.fork()
    if child == 0:
        os._exit(_judge(module, tree))
    deadline = time.monotonic() + TIMEOUT_S
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) == 0
        time.sleep(0.02)
    os.kill(child, 9)
    os.waitpid(child, 0)
    return False  # an endless loop is noticed too


def _judge(module: str, tree: ast.Module) -> int:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # none is needed, and they take longer than the tests
    name = ".".join(source_of(module).relative_to(ROOT).with_suffix("").parts)
    sys.meta_path.insert(0, MutantLoader(name, tree))
    hypothesis.settings.register_profile("mutation", derandomize=True, database=None, deadline=None)
    hypothesis.settings.load_profile("mutation")
    tests = ROOT / "tests/unit/engine"
    files = [str(next(tests.rglob(f"test_{judge}.py"))) for judge in JUDGES[module]]
    options = ["-x", "-q", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        try:
            return int(pytest.main([*files, *options]))
        except BaseException:  # noqa: BLE001  whatever a mutant does, it has been noticed
            return 1


def main() -> int:
    """Try all mutants; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=list(JUDGES))
    made = killed = excused = 0
    survivors = []
    for module in parser.parse_args().modules:
        source = source_of(module).read_text()
        tree, lines = ast.parse(source), source.splitlines()
        if not survives(module, tree):
            sys.exit(f"{module}: its tests fail without a mistake")
        for number, kind in sites(tree):
            mutant, line = mutate(tree, number, kind)
            key = f"{module} {kind}: {lines[line - 1].strip()}"
            made += 1
            if not survives(module, mutant):
                killed += 1
            elif key in EQUIVALENT:
                excused += 1
            else:
                survivors.append(key)
                print(f"survived at line {line}:", key, flush=True)
        print(f"{module}: {made} mutants so far, {killed} killed", file=sys.stderr, flush=True)
    print(f"{made} mutants, {killed} killed, {excused} change nothing, {len(survivors)} survived")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
