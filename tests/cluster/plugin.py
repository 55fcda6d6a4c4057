"""`pytest -p tests.cluster.plugin tests/api ...`: the tests' application has its runners on a cluster."""

from __future__ import annotations

import os

import pytest

from nnlab.settings import Settings
from tests.cluster.machines import ADDRESS, Machines

RAY = "TESTS_ON_RAY"  # names the cluster for fixtures
CLUSTER = pytest.StashKey[Machines]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster before the first test."""
    config.addinivalue_line("filterwarnings", "ignore::DeprecationWarning:ray")
    config.addinivalue_line("filterwarnings", "ignore::ResourceWarning")
    config.stash[CLUSTER] = Machines()
    os.environ[RAY] = ADDRESS


def pytest_unconfigure(config: pytest.Config) -> None:
    """End it."""
    if CLUSTER in config.stash:
        config.stash[CLUSTER].close()


@pytest.fixture(scope="session")
def machines(request: pytest.FixtureRequest) -> Machines:
    """The cluster of these tests."""
    return request.config.stash[CLUSTER]


def stop_runners(settings: Settings) -> None:
    """End the runners, which outlive every web process."""
    from nnlab.fleet.ray.crew import Crew

    crew = Crew(settings)
    for _ in crew.stop():
        pass
    crew.leave()
