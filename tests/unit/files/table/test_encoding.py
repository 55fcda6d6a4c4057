"""Encodings by the names that others have for them."""

from __future__ import annotations

import pytest

from nnlab.files.table.encoding import known_name


def test_a_charset_is_known_by_any_of_its_names() -> None:
    assert known_name("Latin-1") == known_name("ISO_8859-1") == "iso-8859-1"
    assert known_name("cp1252") == "windows-1252"


@pytest.mark.parametrize("name", [None, "", "utf-8", "of my own", "\0", "\ud800", "é", "x" * 5000])
def test_what_is_no_charset_to_choose_is_left_out(name: str | None) -> None:
    assert known_name(name) is None
