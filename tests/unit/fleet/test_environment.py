"""What the process of a runner is started with."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

from nnlab.fleet.environment import LARGE_PAGES, memory_of_runners


@pytest.mark.parametrize(("library", "asked"), [("glibc", LARGE_PAGES), ("", {}), ("musl", {})])
def test_large_pages_are_asked_for_where_the_c_library_can_have_them(
    monkeypatch: pytest.MonkeyPatch, library: str, asked: dict[str, str]
) -> None:
    monkeypatch.setattr(platform, "libc_ver", lambda: (library, "1"))
    assert memory_of_runners() == asked


def test_a_process_starts_with_them_wherever_it_is() -> None:
    found = subprocess.run(
        [sys.executable, "-c", "print(1)"], env=os.environ | LARGE_PAGES, capture_output=True, check=True
    )
    assert (found.stdout.strip(), found.stderr) == (b"1", b"")
