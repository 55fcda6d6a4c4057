"""All runners of the cluster, for whoever runs it: restart them one by one, stop them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import ray
from ray.exceptions import RayError

from nnlab.fleet.ray.actor import START_S
from nnlab.fleet.ray.cluster import NAMESPACE, Cluster, names_of
from nnlab.settings import Settings

REST_S = 30.0  # that a runner may take to leave its sessions in the store


class Crew:
    """The runners, found by name. Raises ClusterRefused."""

    def __init__(self, settings: Settings, namespace: str = NAMESPACE) -> None:
        self._cluster = Cluster(settings, namespace)
        self._wanted = names_of(settings.runners)
        self._cluster.join()

    def restart(self) -> Iterator[str]:
        """Let each rest and start one with the present code and settings in its place; say how it goes.

        A runner that is beyond the number that is wanted is not replaced.
        """
        for name in dict.fromkeys([*self._wanted, *self._cluster.names()]):
            rested = self._end(name)
            if name not in self._wanted:
                yield f"{name}: {rested}, not replaced"
                continue
            pid = ray.get(self._cluster.ensure(name).pid.remote(), timeout=START_S)
            yield f"{name}: {rested}, started as process {pid}"

    def stop(self) -> Iterator[str]:
        """Let each rest and end; say how it goes."""
        for name in self._cluster.names():
            yield f"{name}: {self._end(name)}"

    def leave(self) -> None:
        """Leave the cluster."""
        self._cluster.leave()

    def _end(self, name: str) -> str:
        runner: Any = self._cluster.find(name)
        if runner is None:
            return "was not there"
        try:
            ray.get(runner.rest.remote(), timeout=REST_S)
            said = "at rest"
        except RayError as error:  # it hangs or dies: what was acknowledged is stored
            said = f"ended ({type(error).__name__})"
        self._cluster.end(runner, for_good=True)
        return said
