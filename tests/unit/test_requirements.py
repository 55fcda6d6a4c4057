"""What requirements.txt installs is what the server uses: nothing that a button asks for is missing."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.serving import ROOT


def imported(path: Path) -> Iterator[str]:
    """Top-level names that a module imports, at once or when it needs them."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module":
            yield from (one.value.partition(".")[0] for one in node.args if isinstance(one, ast.Constant))


def test_every_package_that_the_server_imports_is_required() -> None:
    texts = [(ROOT / name).read_text() for name in ("requirements.txt", "requirements-cluster.txt")]
    required = set(re.findall(r"^([\w-]+)==", "\n".join(texts), re.MULTILINE))
    modules = {name for path in (ROOT / "nnlab").rglob("*.py") for name in imported(path)}
    others = modules - set(sys.stdlib_module_names) - {"nnlab"}
    assert {"flask", "numpy", "onnx"} <= others
    distributions = packages_distributions()
    normal = lambda name: name.lower().replace("_", "-")  # noqa: E731
    missing = [name for name in others if not {normal(one) for one in distributions.get(name, [name])} & required]
    assert missing == []
