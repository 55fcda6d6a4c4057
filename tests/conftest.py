"""For all tests: the processes they start may keep what they compile, whatever the shell says."""

import os

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of some hundred servers compiles two hundred modules anew
