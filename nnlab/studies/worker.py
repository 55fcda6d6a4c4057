"""A worker: `python -m nnlab.studies.worker`. Tasks come in on standard input, answers go out, each a line of JSON.

It ends with its input, so it never outlives whoever started it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from base64 import b64encode
from typing import Any

NICENESS = 15  # after the live sessions, whose runners have 5


def main() -> None:
    """Carry out one task after the other until there are no more."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    for number in (signal.SIGINT, signal.SIGTERM):  # are for the parent, whose end ends us
        signal.signal(number, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever else is printed goes to standard error
    for line in sys.stdin:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """Carry out a task: {"result"}, or {"error"} with what went wrong."""
    try:
        return {"result": TASKS[task["kind"]](task)}
    except Exception:
        traceback.print_exc()
        return {"error": traceback.format_exc(limit=1).splitlines()[-1]}


def _chunk(task: dict[str, Any]) -> Any:
    from nnlab.studies.registry import study_named
    from nnlab.studies.study import run_chunk

    study = study_named(task["study"])
    return run_chunk(study, study.parse(task["parameters"]), task["chunk"])


def _picture(task: dict[str, Any]) -> str:
    from nnlab.studies.drawing import picture

    return b64encode(picture(task["chart"], kind=task["format"], theme=task["theme"], narrow=task["narrow"])).decode()


TASKS = {"chunk": _chunk, "picture": _picture}

if __name__ == "__main__":
    main()
