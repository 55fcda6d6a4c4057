"""For all tests: how long Hypothesis searches, what begins first, and that what they start keeps what it compiles."""

import os

import pytest
from hypothesis import settings

import tests.searching  # noqa: F401  which registers the profiles; --hypothesis-profile takes another one

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of some hundred servers compiles two hundred modules anew
settings.load_profile("full")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes minutes begins first: begun last, it would let all processes but its own wait for its end."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)
