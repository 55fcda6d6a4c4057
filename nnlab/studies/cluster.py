"""Where tasks are carried out on a cluster: on its machines, each of which says how many it takes at a time."""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import Future
from functools import partial
from typing import Any

import ray

from nnlab.errors import InternalError
from nnlab.studies.processes import ATTEMPTS
from nnlab.studies.worker import NICENESS, answer

# Each machine has places for studies, half as many as cores (STUDIES in deploy/systemd/node.env). They are none of the
# cores that Ray gives to runners: else a runner whose machine has died would wait for the end of a study.
PLACE = "study"

log = logging.getLogger(__name__)


class ClusterTasks:
    """An executor on the cluster that this process has joined. Ray does a task again whose worker dies.

    Tasks end with the web process that has asked for them; what is done is in the store, and the rest is asked anew.
    """

    def __init__(self) -> None:
        options = {"num_cpus": 0, "resources": {PLACE: 1}, "max_retries": ATTEMPTS - 1, "scheduling_strategy": "SPREAD"}
        self._ask = ray.remote(**options)(carry_out)
        if not ray.cluster_resources().get(PLACE):
            log.warning("Studies wait: no machine of the cluster has places for them (ray start --resources)")
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
