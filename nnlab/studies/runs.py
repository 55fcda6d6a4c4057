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
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Any

from nnlab.errors import InvalidInput, NnlabError, NotFound, TooMany
from nnlab.sentence import Sentence
from nnlab.session.replies import key_reused
from nnlab.studies.keys import key_of
from nnlab.studies.processes import Executor
from nnlab.studies.registry import STUDIES, study_named
from nnlab.studies.store import Kept, StudyStore
from nnlab.studies.study import Chunk, Study, in_order, plan

log = logging.getLogger(__name__)

MOST_JOBS = 100
ID_BYTES = 12
MOST_SECONDS = 900.0  # of one core, that a run may take
AGAIN_AFTER_S = 5.0  # when the store or the executor refuses


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
    problem: str = ""  # what it has failed of


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
        self._to_keep: deque[tuple[Job, int, list[dict[str, Any]]]] = deque()  # the rows of chunks, by number
        self._pace = 1.0  # seconds that a second of the estimate takes here
        self._in_flight = 0
        self._again: threading.Timer | None = None
        self._lock = threading.RLock()  # a task that ends as it is sent comes back while its sender holds it
        self._started = self._closed = False

    def start(self) -> None:
        """Go on with the runs that had not ended, unless that has been done."""
        with self._lock:
            if self._started or self._closed:
                return
            for kept in self._store.unfinished():
                self._resume(kept)
            self._started = True

    def estimate(self, name: str, fields: dict[str, Any]) -> Estimate:
        """What a run would cost. Raises NotFound and InvalidInput."""
        study = study_named(name)
        parameters = study.parse(fields)
        chunks = plan(study, parameters)
        updates = sum(case.steps for case in study.cases(parameters))
        seconds = self._pace * sum(chunk.seconds for chunk in chunks) / min(self._workers, len(chunks))
        return Estimate(seconds, sum(len(chunk.runs) for chunk in chunks), updates, len(chunks))

    def create(self, name: str, fields: dict[str, Any], *, once: str | None = None) -> str:
        """Queue a run; return its id. Under the same `once` there is one run only.

        Raises NotFound, InvalidInput, TooMany, and KeyReused when `once` is of a run of something else.
        """
        self.start()
        study = study_named(name)
        parameters = study.parse(fields)
        _check_cost(sum(chunk.seconds for chunk in plan(study, parameters)))
        whole = parameters.model_dump(mode="json")
        kept = Kept(_id_of(once), name, whole, key_of(study, parameters), "queued", "")
        with self._lock:
            if self._is_there(kept):
                return kept.id
            if len(self._jobs) >= MOST_JOBS and kept.key not in self._jobs:
                raise TooMany(Sentence("Too many studies are running; try again when one of them has ended."))
            job = self._job_of(kept)
            self._store.add(replace(kept, state="running") if job.in_flight else kept)
            self._enlist(kept.id, job)
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
            if self._again is not None:
                self._again.cancel()
            self._jobs.clear()
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.close()
        self._store.close()

    def _is_there(self, run: Kept) -> bool:
        """Whether it was made before, under the same id. Raises KeyReused when that was another one."""
        known = self._store.find(run.id)
        if known is not None and (known.study, known.parameters) != (run.study, run.parameters):
            raise key_reused()
        return known is not None

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
        try:
            chunks = job.chunks if job else plan(study, study.parse(kept.parameters))
        except InvalidInput:  # of an earlier version, which knew other parameters
            return len(done), 0.0, None
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
        self._enlist(kept.id, self._job_of(replace(kept, key=key)))

    def _job_of(self, kept: Kept) -> Job:
        """What is to be done for a run; it may be on its way already, or all there."""
        if (known := self._jobs.get(kept.key)) is not None:
            return known
        study = STUDIES[kept.study]
        chunks = plan(study, study.parse(kept.parameters))
        done = self._store.done(kept.key)
        missing = deque(number for number in range(len(chunks)) if number not in done)
        return Job(kept.key, study, kept.parameters, chunks, missing)

    def _enlist(self, run_id: str, job: Job) -> None:
        """Have a job done for a run."""
        if job.key not in self._jobs:
            self._jobs[job.key] = job
            self._turns.appendleft(job.key)  # a newcomer soon has something to show
        if run_id not in job.runs:
            job.runs.append(run_id)
        self._go_on()

    def _go_on(self) -> None:
        """Write down what has come of the jobs and give free workers their next chunk.

        Where the store or the executor refuses, all of that is still to be done, and is tried again.
        """
        try:
            self._keep_rows()
            for job in tuple(self._jobs.values()):
                self._end_if_over(job)
            self._dispatch()
        except Exception as error:
            bug = not isinstance(error, NnlabError)
            log.warning("Studies wait, and go on in %g s: %s", AGAIN_AFTER_S, error, exc_info=bug)
            if self._again is None:
                self._again = threading.Timer(AGAIN_AFTER_S, self._go_on_again)
                self._again.daemon = True
                self._again.start()

    def _go_on_again(self) -> None:
        with self._lock:
            self._again = None
            if not self._closed:
                self._go_on()

    def _keep_rows(self) -> None:
        """Keep what has been measured, and see whose runs were cancelled by another web process."""
        while self._to_keep:
            job, number, rows = self._to_keep[0]
            try:
                self._store.keep(job.key, number, rows)
            except (TypeError, ValueError) as error:  # no rows that could ever be kept
                self._fail(job, error)
            self._leave(job, self._store.cancelled(job.key))
            self._to_keep.popleft()

    def _dispatch(self) -> None:
        """Give free workers their next chunk, of the job whose turn it is."""
        while self._turns and self._in_flight < self._workers and not self._closed:
            waiting = [key for key in self._turns if self._jobs[key].missing]
            if not waiting:
                return
            job = self._jobs[waiting[0]]
            self._turns.remove(job.key)
            self._turns.append(job.key)
            self._send(job)

    def _send(self, job: Job) -> None:
        """Have the next chunk done; it is still missing if that is refused."""
        self._store.set_state(job.runs, "running")
        if self._executor is None:
            self._executor = self._make_executor()
        number = job.missing[0]
        task = {"kind": "chunk", "study": job.study.name, "parameters": job.fields, "chunk": number}
        sent_s = time.monotonic()
        future = self._executor.submit(task)
        job.missing.popleft()
        job.in_flight.add(number)
        self._in_flight += 1
        future.add_done_callback(lambda done: self._returned(job, number, time.monotonic() - sent_s, done))

    def _returned(self, job: Job, number: int, took_s: float, future: Future[Any]) -> None:
        """Take a chunk in, in the executor's thread, and go on."""
        with self._lock:
            self._in_flight -= 1
            if self._closed:
                return
            job.in_flight.discard(number)
            try:
                self._to_keep.append((job, number, future.result()))
                self._pace += 0.1 * (took_s / job.chunks[number].seconds - self._pace)
            except Exception as error:  # whatever an executor may raise
                self._fail(job, error)
            self._go_on()

    def _fail(self, job: Job, error: Exception) -> None:
        job.problem = str(error) or type(error).__name__
        job.missing.clear()
        log.error("Study %s failed: %s", job.study.name, job.problem)

    def _leave(self, job: Job, run_ids: set[str]) -> None:
        """Runs that were cancelled, here or by another web process, need the job no more."""
        job.runs = [run_id for run_id in job.runs if run_id not in run_ids]
        if not job.runs and self._jobs.get(job.key) is job:
            self._drop(job)

    def _end_if_over(self, job: Job) -> None:
        if job.problem or not (job.missing or job.in_flight):
            self._store.set_state(job.runs, "failed" if job.problem else "done", job.problem)
            self._drop(job)

    def _drop(self, job: Job) -> None:
        del self._jobs[job.key]
        self._turns.remove(job.key)
        job.missing.clear()


def _id_of(once: str | None) -> str:
    """A run's id: a new one, or the one that belongs to a caller's key."""
    drawn = secrets.token_bytes(ID_BYTES) if once is None else hashlib.sha256(b"nnlab run " + once.encode()).digest()
    return "r" + drawn[:ID_BYTES].hex()


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
