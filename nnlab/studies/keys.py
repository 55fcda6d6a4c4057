"""Under what the numbers of a run are kept: a key that changes with all that decides them, the code included."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from nnlab.studies.study import Study

PACKAGE = Path(__file__).resolve().parents[1]
CODE = ("engine", "document", "session", "studies")  # decide the numbers


def key_of(study: Study, parameters: Any) -> str:
    """The key of a study's run with these parameters."""
    run = json.dumps([study.name, parameters.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(f"{run} {_code()}".encode()).hexdigest()


@cache
def _code() -> str:
    """A text that changes with the code that makes the numbers."""
    digest = hashlib.sha256(np.__version__.encode())
    for folder in CODE:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
