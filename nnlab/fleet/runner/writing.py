"""The store on a thread of its own: training goes on however long it takes, and what became of each job comes back."""

from __future__ import annotations

import logging
import math
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from nnlab.database.errors import StoreBusy
from nnlab.fleet.store import LostOwnership, Save, Store, StoreError, schema

log = logging.getLogger(__name__)

# A write takes a tenth of a millisecond in a file, and on a server 2 to 4 for twenty sessions, while the interpreter is
# free. A thread that trains gives it away every 5 ms only: then those 4 become 25 to 150.
PATIENCE_S = 0.012
READ_AFTER_S = 0.3  # what needs no more than reading waits no longer than this for another process's lock
LOOK_EVERY_S = 0.01  # at the lock, while another process holds it
MOST_TOGETHER = 128  # savings in one statement: what the others of a large batch wait for is a few milliseconds
TROUBLE_S = 5.0  # a store that has refused something is said to be in trouble for so long


@dataclass(frozen=True, slots=True)
class Job:
    """`work` is done on the store's thread; then, on the runner's, `then` gets its value or `otherwise` its error.

    `instead` is tried, and may only read, when nothing can be written. `is_awaited`: somebody waits for its end.
    """

    view_id: str
    work: Callable[[Store], Any]
    then: Callable[[Any], None]
    otherwise: Callable[[Exception], None]
    instead: Callable[[Store], Any] | None = None
    is_awaited: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job. A value means that it is stored."""

    job: Job
    value: Any = None
    error: Exception | None = None

    def settle(self) -> None:
        """Tell whoever asked; on the runner's thread."""
        if self.error is not None:
            self.job.otherwise(self.error)
        else:
            self.job.then(self.value)


Outcomes = list[Outcome]


@dataclass(frozen=True, slots=True)
class Saving:
    """The work of a job that saves a session; those that wait together are saved in few statements."""

    save: Save

    def __call__(self, store: Store) -> None:
        """Save this one alone. Raises LostOwnership."""
        store.save(self.save.view_id, self.save.term, self.save.checkpoint)


class Writer:
    """Does jobs in order, all that wait in one transaction. `report` is called on its thread with what came of them.

    Everything but `report` and the work of jobs is for the runner's thread.
    """

    def __init__(self, open_store: Callable[[], Store], report: Callable[[Outcomes], None]) -> None:
        self._report = report
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._awaited = 0
        self._since_s = 0.0
        self._trouble: StoreError | None = None
        self._failed_s = -math.inf
        opened: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(open_store, opened), daemon=True)
        self._thread.start()
        opened.result()
        self._looker = open_store()

    def ask(self, job: Job) -> None:
        """Have a job done, after all that were asked for before."""
        if self._awaited == 0:
            self._since_s = time.monotonic()
        self._awaited += job.is_awaited
        self._jobs.put(job)

    def heard(self, outcomes: Outcomes) -> None:
        """Note what has come back."""
        self._awaited -= sum(outcome.job.is_awaited for outcome in outcomes)
        self._since_s = time.monotonic()
        for outcome in outcomes:
            if isinstance(outcome.error, StoreError):
                self._trouble, self._failed_s = outcome.error, self._since_s

    def is_free(self) -> bool:
        """Whether the store would take a write at once; saves the way to the other thread to find out."""
        return self._looker.is_free()

    @property
    def trouble(self) -> StoreError | None:
        """Why the store has refused something just now; None when all is well."""
        return self._trouble if time.monotonic() - self._failed_s < TROUBLE_S else None

    @property
    def patience_s(self) -> float:
        """How long it is worth to wait for what somebody waits for, rather than to go on training."""
        return max(0.0, self._since_s + PATIENCE_S - time.monotonic()) if self._awaited else 0.0

    def close(self) -> None:
        """Do what has been asked for, and end."""
        self._jobs.put(None)
        self._thread.join()
        self._looker.close()

    def _run(self, open_store: Callable[[], Store], opened: Future[None]) -> None:
        try:
            store, looker = open_store(), open_store()  # here, as a connection is for one thread
        except BaseException as error:
            opened.set_exception(error)
            return
        opened.set_result(None)
        while jobs := self._waiting_jobs():
            self._report(self._outcomes(store, looker, jobs))
        store.close()
        looker.close()

    def _outcomes(self, store: Store, looker: Store, jobs: list[Job]) -> Outcomes:
        """What becomes of the jobs; whatever happens, each has an outcome, or its session would wait for ever."""
        error: Exception = StoreBusy()
        try:
            if self._wait_while_locked(store, looker, jobs):
                return _do_all(store, jobs)
        except Exception as unexpected:
            log.exception("The store has failed")
            error = unexpected
        return [_do_instead(store, job, error) for job in jobs]

    def _wait_while_locked(self, store: Store, looker: Store, jobs: list[Job]) -> bool:
        """Wait until the file's lock is free; whether it is in time. What can be read instead is, before long.

        `jobs` loses those that have been read and gains those that come meanwhile.
        """
        began_s = time.monotonic()
        while looker.is_locked():
            waited_s = time.monotonic() - began_s
            if waited_s > schema.BUSY_TIMEOUT_S:
                return False
            if waited_s > READ_AFTER_S and (readable := [job for job in jobs if job.instead]):
                jobs[:] = [job for job in jobs if not job.instead]
                self._report([_do_instead(store, job, StoreBusy()) for job in readable])
            self._take_one_more(jobs)
        return True

    def _take_one_more(self, jobs: list[Job]) -> None:
        """Wait a moment for another job; the end is left where it is."""
        with suppress(queue.Empty):
            job = self._jobs.get(timeout=LOOK_EVERY_S)
            if job is not None:
                jobs.append(job)
            else:
                self._jobs.put(None)
                time.sleep(LOOK_EVERY_S)

    def _waiting_jobs(self) -> list[Job]:
        """All jobs that are there, at least one; none at the end."""
        jobs: list[Job] = []
        while (job := self._jobs.get()) is not None:
            jobs.append(job)
            if self._jobs.empty():
                return jobs
        self._jobs.put(None)  # the end is found again once these are done
        return jobs


def _do_all(store: Store, jobs: list[Job]) -> Outcomes:
    """Do the jobs in one transaction; when it fails, each in one of its own, so that a refusal is nobody else's.

    What nobody waits for has been trained since, and will be written again: it need not wait for the disk.
    """
    begun = False
    try:
        with store.transaction(must_last=any(job.is_awaited for job in jobs)):
            begun = True
            return [outcome for group in _groups(jobs) for outcome in _do(store, group)]
    except Exception as error:
        if begun and len(jobs) > 1:
            return [outcome for job in jobs for outcome in _do_all(store, [job])]
        log.warning("The store has refused something: %s", error)
        return [_do_instead(store, job, error) for job in jobs]


def _groups(jobs: list[Job]) -> Iterator[list[Job]]:
    """The jobs in order; savings of several sessions that follow each other together, every other job by itself."""
    group: list[Job] = []
    for job in jobs:
        if group and not _joins(job, group):
            yield group
            group = []
        group.append(job)
    if group:
        yield group


def _joins(job: Job, group: list[Job]) -> bool:
    savings = isinstance(job.work, Saving) and isinstance(group[0].work, Saving)
    return savings and len(group) < MOST_TOGETHER and all(one.view_id != job.view_id for one in group)


def _do(store: Store, group: list[Job]) -> Outcomes:
    """Do one job, or several savings. A StoreError ends the transaction; anything else is a single job's own affair."""
    if len(group) > 1:
        lost = store.save_all([job.work.save for job in group if isinstance(job.work, Saving)])
        return [Outcome(job, error=LostOwnership(job.view_id) if job.view_id in lost else None) for job in group]
    (job,) = group
    try:
        return [Outcome(job, job.work(store))]
    except StoreError:
        raise
    except Exception as error:
        return [Outcome(job, error=error)]


def _do_instead(store: Store, job: Job, error: Exception) -> Outcome:
    if job.instead is None:
        return Outcome(job, error=error)
    try:
        return Outcome(job, job.instead(store))
    except StoreError:
        return Outcome(job, error=error)
    except Exception as unreadable:
        return Outcome(job, error=unreadable)
