"""Where tasks are carried out: by default in a few processes of this machine, which give way to live sessions."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Protocol

from nnlab.errors import InternalError
from nnlab.spawning import start

WORKER = "nnlab.studies.worker"
IDLE_S = 20.0  # how long workers are kept when there is nothing to do
ATTEMPTS = 3  # of a task whose worker dies: it may have been killed, and it may be the one that kills


class Executor(Protocol):
    """Carries out tasks, wherever that is."""

    def submit(self, task: dict[str, Any]) -> Future[Any]:
        """Carry out a task (see worker.py); the future gets its result."""

    def pids(self) -> list[int]:
        """Process ids of the workers, where they are processes of this machine."""

    def close(self) -> None:
        """End. What is not done yet fails."""


class Processes:
    """Workers of this machine. They start with the first task and end when there has been none for a while; one that
    dies is replaced and its task done again.
    """

    def __init__(self, size: int) -> None:
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="study")
        self._own = threading.local()
        self._workers: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._closed = False
        self._in_flight = 0
        self._idle_since_s = 0.0
        self._timer: threading.Timer | None = None

    def submit(self, task: dict[str, Any]) -> Future[Any]:
        """Carry out a task in the next worker that is free."""
        with self._lock:
            self._in_flight += 1
        future = self._threads.submit(self._carry_out, task)
        future.add_done_callback(self._returned)
        return future

    def pids(self) -> list[int]:
        """Process ids of the workers."""
        with self._lock:
            return [worker.pid for worker in self._workers]

    def close(self) -> None:
        """End the workers, whatever they are doing."""
        with self._lock:
            self._closed = True
            if self._timer is not None:
                self._timer.cancel()
            workers = list(self._workers)
        for worker in workers:
            worker.kill()
        self._threads.shutdown(cancel_futures=True)
        for worker in workers:
            self._forget(worker)

    def _returned(self, _future: Future[Any]) -> None:
        with self._lock:
            self._in_flight -= 1
            self._idle_since_s = time.monotonic()
            if not self._in_flight and self._timer is None and not self._closed:
                self._rest_in(IDLE_S)

    def _rest_in(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._rest)
        self._timer.daemon = True
        self._timer.start()

    def _rest(self) -> None:
        """End the workers if there has been nothing to do for long enough; else look again."""
        with self._lock:
            self._timer = None
            if self._in_flight or self._closed:
                return
            left_s = self._idle_since_s + IDLE_S - time.monotonic()
            if left_s > 0:
                return self._rest_in(left_s)
            workers = list(self._workers)
        for worker in workers:
            self._forget(worker)

    def _carry_out(self, task: dict[str, Any]) -> Any:
        for _ in range(ATTEMPTS):
            answer = self._ask(self._worker(), task)
            if answer is not None:
                if "error" in answer:
                    raise InternalError(answer["error"])
                return answer["result"]
        raise InternalError("The workers died of this.")

    def _worker(self) -> subprocess.Popen[bytes]:
        """The worker of this thread, started if there is none."""
        worker: subprocess.Popen[bytes] | None = getattr(self._own, "worker", None)
        if worker is None or worker.poll() is not None:
            with self._lock:
                if self._closed:
                    raise InternalError("The workers are ending.")
                worker = self._own.worker = start(WORKER)
                self._workers.add(worker)
        return worker

    def _ask(self, worker: subprocess.Popen[bytes], task: dict[str, Any]) -> Any:
        """The worker's answer; None if it has died."""
        assert worker.stdin is not None and worker.stdout is not None
        try:
            worker.stdin.write(json.dumps(task).encode() + b"\n")
            worker.stdin.flush()
            line = worker.stdout.readline()
        except (OSError, ValueError):  # ended, or its pipes closed here as there was nothing to do
            line = b""
        if line.endswith(b"\n"):
            return json.loads(line)
        self._own.worker = None
        self._forget(worker)
        return None

    def _forget(self, worker: subprocess.Popen[bytes]) -> None:
        with self._lock:
            self._workers.discard(worker)
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what could not be written any more
                    pass
