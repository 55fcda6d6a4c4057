"""Where tasks are carried out on a cluster: wherever Ray has a core that the runners leave free."""

from __future__ import annotations

import os
import threading
from concurrent.futures import Future
from functools import partial
from typing import Any

import ray

from nnlab.errors import InternalError
from nnlab.studies.processes import ATTEMPTS
from nnlab.studies.worker import NICENESS, answer

CORES = 1  # of each task, besides half of one for each runner: with a runner a core, studies get half of the cores


class ClusterTasks:
    """An executor on the cluster that this process has joined. Ray does a task again whose worker dies.

    Tasks end with the web process that has asked for them; what is done is in the store, and the rest is asked anew.
    """

    def __init__(self, size: int) -> None:
        self.size = size
        self._ask = ray.remote(num_cpus=CORES, max_retries=ATTEMPTS - 1, scheduling_strategy="SPREAD")(carry_out)
        self._lock = threading.Lock()
        self._in_flight: set[Any] = set()
        self._closed = False

    def submit(self, task: dict[str, Any]) -> Future[Any]:
        """Carry out a task wherever there is room; the future gets its result."""
        future: Future[Any] = Future()
        with self._lock:
            if self._closed:
                future.set_exception(InternalError("The workers are ending."))
                return future
            asked = self._ask.remote(task)
            self._in_flight.add(asked)
        asked.future().add_done_callback(partial(self._settle, future, asked))
        return future

    def pids(self) -> list[int]:
        """None: they are processes of the cluster's machines."""
        return []

    def close(self) -> None:
        """End. What is not done yet fails."""
        with self._lock:
            self._closed = True
            in_flight = list(self._in_flight)
        for asked in in_flight:
            ray.cancel(asked, force=True)

    def _settle(self, future: Future[Any], asked: Any, done: Future[dict[str, Any]]) -> None:
        with self._lock:
            self._in_flight.discard(asked)
        try:
            said = done.result()
        except Exception as error:  # among others Ray's for a worker that has died every time
            future.set_exception(InternalError(f"The workers died of this ({type(error).__name__})."))
            return
        if "error" in said:
            future.set_exception(InternalError(said["error"]))
        else:
            future.set_result(said["result"])


def carry_out(task: dict[str, Any]) -> dict[str, Any]:
    """In a worker of the cluster: carry out a task, after the live sessions of its machine."""
    if hasattr(os, "nice"):
        os.nice(NICENESS - os.nice(0))
    return answer(task)
