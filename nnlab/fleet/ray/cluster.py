"""The Ray cluster: joining it, and the named actors in it that are our runners."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ray
from ray.exceptions import AuthenticationError, RayError

from nnlab.errors import Unavailable
from nnlab.fleet.environment import environment_of
from nnlab.fleet.ray.actor import RunnerActor
from nnlab.fleet.ray.lifeline import Lifeline
from nnlab.sentence import Sentence
from nnlab.settings import Settings

NAMESPACE = "nnlab"
PREFIX = "runner-"
CORES = 0.5  # of each runner: any machine may go and the others have room; studies get the other half at the most
PATIENCE_S = 10.0  # joining takes less than a second

log = logging.getLogger(__name__)


class ClusterRefused(Unavailable):
    """The web process cannot be a part of the cluster."""

    code = "cluster_refused"


class Cluster:
    """One cluster, as a web process or a command uses it."""

    def __init__(self, settings: Settings, namespace: str = NAMESPACE) -> None:
        self._settings = settings
        self._namespace = namespace
        self._lifeline: Lifeline | None = None  # of who has joined

    def join(self) -> None:
        """Become a part of it. Raises ClusterRefused: it cannot be reached, or is of another version."""
        if ray.is_initialized():
            return
        with _kept_handlers(), self._patience():
            try:
                context = ray.init(
                    address=self._settings.ray, log_to_driver=False, logging_level="ERROR", configure_logging=False
                )
            except (ConnectionError, AuthenticationError, ValueError) as error:
                log.error("The cluster at %s: %s", self._settings.ray, error)
                raise ClusterRefused(self._out_of_reach) from None
            except RuntimeError as error:  # among others of another Ray or Python
                raise ClusterRefused(str(error)) from None
        self._lifeline = Lifeline(context.address_info["raylet_socket_name"])

    @property
    def _out_of_reach(self) -> Sentence:
        return Sentence(
            "The cluster at {address} cannot be reached, or it has another token (RAY_AUTH_TOKEN_PATH).",
            address=self._settings.ray,
        )

    @contextmanager
    def _patience(self) -> Iterator[None]:
        """Say what may be wrong when it takes long: Ray tries for minutes, and a wrong token too."""
        timer = threading.Timer(PATIENCE_S, log.error, (str(self._out_of_reach),))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def leave(self) -> None:
        """Go; the runners stay."""
        if self._lifeline is not None:
            self._lifeline.close()
            self._lifeline = None
            ray.shutdown()

    @property
    def is_cut_off(self) -> bool:
        """Whether the part of it has ended by way of which this process has joined. Only another process can join."""
        return self._lifeline is not None and self._lifeline.is_cut

    def names(self) -> list[str]:
        """Names of all runners there are, in order."""
        found = ray.util.list_named_actors(all_namespaces=True)
        names = [one["name"] for one in found if one["namespace"] == self._namespace]
        return sorted((name for name in names if name.startswith(PREFIX)), key=number_of)

    def find(self, name: str) -> Any:
        """The runner of this name; None when there is none."""
        try:
            return ray.get_actor(name, self._namespace)
        except ValueError:
            return None

    def ensure(self, name: str) -> Any:
        """The runner of this name, started if there is none. It is nobody's child, and Ray replaces it when it dies.

        It has its environment from its machine (deploy/ray.env): with one of its own it could not have a process that
        is ready, and would come a second later.
        """
        options = {
            "name": name,
            "namespace": self._namespace,
            "get_if_exists": True,
            "lifetime": "detached",
            "max_restarts": -1,
            "max_task_retries": 0,
            "num_cpus": CORES,
            "max_concurrency": 1000,
            "scheduling_strategy": "SPREAD",
        }
        return ray.remote(RunnerActor).options(**options).remote(environment_of(self._settings))

    def end(self, runner: Any, *, for_good: bool) -> None:
        """End a runner's process; Ray starts another unless it is `for_good`."""
        try:
            ray.kill(runner, no_restart=for_good)
        except RayError as error:
            log.warning("A runner could not be ended: %s", error)


def number_of(name: str) -> int:
    """The number in a runner's name."""
    digits = name.removeprefix(PREFIX)
    return int(digits) if digits.isdecimal() else 0


def names_of(count: int) -> list[str]:
    """The names of so many runners."""
    return [f"{PREFIX}{number}" for number in range(count)]


@contextmanager
def _kept_handlers() -> Iterator[None]:
    """Keep what stops this process gracefully: Ray puts a handler of its own in place of it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)
