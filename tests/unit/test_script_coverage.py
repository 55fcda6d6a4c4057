"""What counts as run, of the scripts that Node and Chromium tell of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.script_coverage import SCRIPTS, covered_scripts, lines_run


@pytest.mark.parametrize(
    "address",
    [
        "file:///somewhere/static/js/core/store.js",
        "http://127.0.0.1:8000/static/js/core/store.js",
        "http://127.0.0.1:8000/lab/static/~3f9c0a1b2c3d/js/core/store.js?x=1",
    ],
)
def test_a_script_is_found_by_any_of_its_addresses(tmp_path: Path, address: str) -> None:
    others = [{"url": "node:fs", "functions": []}, {"url": "http://127.0.0.1/other/js/core/store.js", "functions": []}]
    said = {"result": [{"url": address, "functions": []}, *others]}
    (tmp_path / "one.json").write_text(json.dumps(said))

    assert list(covered_scripts(tmp_path)) == [(SCRIPTS / "core/store.js", [])]


def test_a_line_has_run_if_the_innermost_block_around_it_has() -> None:
    text = "// a comment\nconst a = 1;\nif (a > 1) {\n  never();\n}\n"
    whole = {"startOffset": 0, "endOffset": len(text), "count": 1}
    inner = {"startOffset": text.index("{"), "endOffset": text.index("}"), "count": 0}

    assert lines_run(text, [{"ranges": [whole, inner]}]) == {2, 3, 5}
