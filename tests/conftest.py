"""For all tests: how long Hypothesis searches, and that what they start may keep what it compiles."""

import os

from hypothesis import settings

import tests.searching  # noqa: F401  which registers the profiles; --hypothesis-profile takes another one

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of some hundred servers compiles two hundred modules anew
settings.load_profile("full")
