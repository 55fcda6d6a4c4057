"""Runs of studies: queued, carried out chunk by chunk, kept. All that is asked of studies passes here.

Runs take turns, a chunk each, so that none waits for the end of another. Runs of the same study with the same
parameters are one job: each chunk of it is done once.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from nnlab.errors import InvalidInput, NnlabError, NotFound, TooMany
from nnlab.sentence import Sentence
from nnlab.studies.processes import Executor
from nnlab.studies.registry import STUDIES, study_named
from nnlab.studies.store import Kept, StudyStore
from nnlab.studies.study import Chunk, Study, in_order, key_text, plan

log = logging.getLogger(__name__)

MOST_JOBS = 100
MOST_SECONDS = 900.0  # of one core, that a run may take
CODE = ("engine", "document", "session", "studies")  # decide the numbers


@dataclass
class Job:
    """What is to be done for one or more runs alike."""

    key: str
    study: Study
    fields: dict[str, Any]
    chunks: list[Chunk]
    missing: deque[int]
    in_flight: set[int] = field(default_factory=set)
    runs: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would cost: seconds until its end, if nothing else runs; networks and their updates."""

    seconds: float
    networks: int
    updates: int
    chunks: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a run stands. `progress` is 0 to 1; `seconds_left` None once it has ended; `done` counts chunks."""

    id: str
    study: str
    parameters: dict[str, Any]
    state: str
    progress: float
    seconds_left: float | None
    done: int
    problem: str
    key: str


class Runs:
    """Makes runs, carries them out on an executor and keeps what comes of them."""

    def __init__(self, store: StudyStore, executor: Callable[[], Executor], *, workers: int) -> None:
        self._store = store
        self._make_executor = executor
        self._workers = workers
        self._executor: Executor | None = None
        self._jobs: dict[str, Job] = {}
        self._turns: deque[str] = deque()
        self._pace = 1.0  # seconds that a second of the estimate takes here
        self._in_flight = 0
        self._lock = threading.RLock()
        self._started = self._closed = False

    def start(self) -> None:
        """Go on with the runs that had not ended, unless that has been done."""
        with self._lock:
            if self._started or self._closed:
                return
            self._started = True
            for kept in self._store.unfinished():
                self._resume(kept)

    def estimate(self, name: str, fields: dict[str, Any]) -> Estimate:
        """What a run would cost. Raises NotFound and InvalidInput."""
        study = study_named(name)
        parameters = study.parse(fields)
        chunks = plan(study, parameters)
        updates = sum(case.steps for case in study.cases(parameters))
        seconds = self._pace * sum(chunk.seconds for chunk in chunks) / min(self._workers, len(chunks))
        return Estimate(seconds, sum(len(chunk.runs) for chunk in chunks), updates, len(chunks))

    def create(self, name: str, fields: dict[str, Any]) -> str:
        """Queue a run; return its id. Raises NotFound, InvalidInput, TooMany."""
        self.start()
        study = study_named(name)
        parameters = study.parse(fields)
        _check_cost(sum(chunk.seconds for chunk in plan(study, parameters)))
        whole = parameters.model_dump(mode="json")
        kept = Kept("r" + secrets.token_hex(12), name, whole, key_of(study, parameters), "queued", "")
        with self._lock:
            if len(self._jobs) >= MOST_JOBS and kept.key not in self._jobs:
                raise TooMany(Sentence("Too many studies are running; try again when one of them has ended."))
            self._store.add(kept)
            self._enlist(kept)
        return kept.id

    def standing(self, run_id: str) -> Standing:
        """How a run stands. Raises NotFound."""
        self.start()
        with self._lock:
            kept = self._kept(run_id)
            done, progress, left = self._progress(kept)
            return Standing(
                kept.id, kept.study, kept.parameters, kept.state, progress, left, done, kept.problem, kept.key
            )

    def rows(self, standing: Standing) -> list[dict[str, Any]]:
        """What has been measured so far, in the study's order."""
        return in_order(self._store.rows(standing.key))

    def cancel(self, run_id: str) -> None:
        """Stop a run; its chunks are kept. One that has ended stays as it is. Raises NotFound."""
        self.start()
        with self._lock:
            kept = self._kept(run_id)
            if kept.state not in ("queued", "running"):
                return
            self._store.set_state([run_id], "cancelled")
            job = self._jobs.get(kept.key)
            if job is not None:
                self._leave(job, {run_id})

    def pids(self) -> list[int]:
        """Process ids of the workers, where they are processes of this machine."""
        return self._executor.pids() if self._executor else []

    def close(self) -> None:
        """Stop; what is not done goes on with the next start."""
        with self._lock:
            self._closed = True
            self._jobs.clear()
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.close()
        self._store.close()

    def _kept(self, run_id: str) -> Kept:
        kept = self._store.find(run_id)
        if kept is None or kept.study not in STUDIES:
            raise NotFound(Sentence("There is no run {id}.", id=run_id[:40]))
        return kept

    def _progress(self, kept: Kept) -> tuple[int, float, float | None]:
        """Chunks that are done, what share of the run that is, and how many seconds are left, whoever has it done."""
        done = self._store.done(kept.key)
        if kept.state == "done":
            return len(done), 1.0, None
        job = self._jobs.get(kept.key)
        study = STUDIES[kept.study]
        chunks = job.chunks if job else plan(study, study.parse(kept.parameters))
        whole = sum(chunk.seconds for chunk in chunks)
        ready = sum(chunks[number].seconds for number in done if number < len(chunks))
        left = (whole - ready) * self._pace / self._workers if kept.state in ("queued", "running") else None
        return len(done), ready / whole, left

    def _resume(self, kept: Kept) -> None:
        """Go on with a run of an earlier process, which may have been made by other code."""
        try:
            study = study_named(kept.study)
            key = key_of(study, study.parse(kept.parameters))
        except NnlabError as error:
            return self._store.set_state([kept.id], "failed", error.detail)
        if key != kept.key:
            self._store.set_key(kept.id, key)
        self._enlist(Kept(kept.id, kept.study, kept.parameters, key, kept.state, ""))

    def _enlist(self, kept: Kept) -> None:
        """Have what is missing for a run done; it may be on its way already, or all there."""
        job = self._jobs.get(kept.key)
        if job is None:
            study = STUDIES[kept.study]
            chunks = plan(study, study.parse(kept.parameters))
            done = self._store.done(kept.key)
            missing = deque(number for number in range(len(chunks)) if number not in done)
            job = self._jobs[kept.key] = Job(kept.key, study, kept.parameters, chunks, missing)
            self._turns.appendleft(kept.key)  # a newcomer soon has something to show
        job.runs.append(kept.id)
        if job.in_flight:
            self._store.set_state([kept.id], "running")
        self._end_if_done(job)
        self._dispatch()

    def _dispatch(self) -> None:
        """Give free workers their next chunk, of the job whose turn it is."""
        while self._turns and self._in_flight < self._workers and not self._closed:
            waiting = [key for key in self._turns if self._jobs[key].missing]
            if not waiting:
                return
            job = self._jobs[waiting[0]]
            self._turns.remove(job.key)
            self._turns.append(job.key)
            self._send(job, job.missing.popleft())

    def _send(self, job: Job, number: int) -> None:
        if not job.in_flight:
            self._store.set_state(job.runs, "running")
        job.in_flight.add(number)
        self._in_flight += 1
        if self._executor is None:
            self._executor = self._make_executor()
        task = {"kind": "chunk", "study": job.study.name, "parameters": job.fields, "chunk": number}
        sent_s = time.monotonic()
        future = self._executor.submit(task)
        future.add_done_callback(lambda done: self._returned(job, number, time.monotonic() - sent_s, done))

    def _returned(self, job: Job, number: int, took_s: float, future: Future[Any]) -> None:
        """Keep a chunk that is done, in the executor's thread, and go on."""
        with self._lock:
            self._in_flight -= 1
            if self._closed:
                return
            job.in_flight.discard(number)
            try:
                self._store.keep(job.key, number, future.result())
                self._leave(job, self._store.cancelled(job.key))
            except (NnlabError, CancelledError, OSError) as error:
                self._fail(job, str(error))
            else:
                self._pace += 0.1 * (took_s / job.chunks[number].seconds - self._pace)
                self._end_if_done(job)
            self._dispatch()

    def _leave(self, job: Job, run_ids: set[str]) -> None:
        """Runs that were cancelled, here or by another web process, need the job no more."""
        job.runs = [run_id for run_id in job.runs if run_id not in run_ids]
        if not job.runs and self._jobs.get(job.key) is job:
            self._drop(job)

    def _end_if_done(self, job: Job) -> None:
        if not job.missing and not job.in_flight and self._jobs.get(job.key) is job:
            self._store.set_state(job.runs, "done")
            self._drop(job)

    def _fail(self, job: Job, problem: str) -> None:
        log.error("Study %s failed: %s", job.study.name, problem)
        if self._jobs.get(job.key) is job:
            self._store.set_state(job.runs, "failed", problem)
            self._drop(job)

    def _drop(self, job: Job) -> None:
        del self._jobs[job.key]
        self._turns.remove(job.key)
        job.missing.clear()


def key_of(study: Study, parameters: Any) -> str:
    """Under what the chunks are kept: all that decides their numbers."""
    return hashlib.sha256(f"{key_text(study, parameters)} {_code()}".encode()).hexdigest()


@cache
def _code() -> str:
    """A text that changes with the code that makes the numbers."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256(np.__version__.encode())
    for folder in CODE:
        for path in sorted((package / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _check_cost(seconds: float) -> None:
    if seconds > MOST_SECONDS:
        raise InvalidInput(
            Sentence(
                "This would take about {seconds} seconds of one core; at most {most} are possible. Ask for fewer "
                "networks or steps.",
                seconds=round(seconds),
                most=round(MOST_SECONDS),
            )  # fmt: skip
        )
