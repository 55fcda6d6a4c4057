"""Names of files; tests/js/files.test.js holds the page's to the same examples."""

from __future__ import annotations

import pytest

from nnlab.web.api.files import file_stem


@pytest.mark.parametrize(
    ("title", "stem"),
    [("Two spirals: α & β!", "two-spirals-α-β"), ("a_b", "a-b"), ("", "nnlab-vAbCdEf-"), ("…", "nnlab-vAbCdEf-")],
)
def test_files_are_named_after_the_title_or_the_view_id(title: str, stem: str) -> None:
    assert file_stem(title, "vAbCdEf-ghi") == stem
