"""The documentation says what there is: every route, every setting, every error code."""

from __future__ import annotations

from pathlib import Path

import nnlab.fleet.local.child
import nnlab.web.http.body  # noqa: F401 - defines errors
from nnlab.errors import NnlabError
from nnlab.settings import PREFIX, Settings
from nnlab.web import create_app

DOCS = Path(__file__).resolve().parents[2] / "docs"

# Codes that no caller should ever meet, or that stand for their parent.
INTERNAL = {"error", "internal_error", "runner_gone"}


def test_every_route_stands_in_the_api_page() -> None:
    text = (DOCS / "api.md").read_text()
    for path, operations in create_app(Settings()).api_doc["paths"].items():
        for method in operations:
            assert f"`{method.upper()} {path}`" in text, f"{method} {path}"


def test_every_setting_stands_in_the_operating_page() -> None:
    text = (DOCS / "operating.md").read_text()
    for name in Settings.model_fields:
        assert f"`{PREFIX}{name.upper()}`" in text, name


def test_every_error_code_stands_in_the_api_page() -> None:
    text = (DOCS / "api.md").read_text()
    waiting, codes = [NnlabError], set()
    while waiting:
        kind = waiting.pop()
        codes.add(kind.code)
        waiting += kind.__subclasses__()
    for code in codes - INTERNAL:
        assert f"`{code}`" in text, code
