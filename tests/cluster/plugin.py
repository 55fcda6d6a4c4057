"""`pytest -p tests.cluster.plugin tests/api ...`: runners are on Ray then, sessions in PostgreSQL."""

from __future__ import annotations

import os
from typing import Any

import pytest

from nnlab.settings import Settings
from tests.cluster.machines import Machines

RAY, DATABASE = "TESTS_ON_RAY", "TESTS_DATABASE"  # name the cluster and an empty database for the API's tests
CLUSTER = pytest.StashKey[Machines]()
POSTGRES = pytest.StashKey[Any]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster before the first test."""
    config.addinivalue_line("filterwarnings", "ignore::DeprecationWarning:ray")
    config.addinivalue_line("filterwarnings", "ignore::ResourceWarning")
    machines = config.stash[CLUSTER] = Machines()
    os.environ.update(machines.environment)
    os.environ[RAY] = machines.address
    from tests.cluster.postgres import Server

    config.stash[POSTGRES] = Server()
    os.environ[DATABASE] = config.stash[POSTGRES].new_database()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End it."""
    for key in (CLUSTER, POSTGRES):
        if key in config.stash:
            config.stash[key].close()


@pytest.fixture(scope="session")
def machines(request: pytest.FixtureRequest) -> Machines:
    """The cluster of these tests."""
    return request.config.stash[CLUSTER]


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Any:
    """Its database server, see postgres.py."""
    return request.config.stash[POSTGRES]


def stop_runners(settings: Settings) -> None:
    """End the runners, which outlive every web process."""
    from nnlab.fleet.ray.crew import Crew

    crew = Crew(settings)
    for _ in crew.stop():
        pass
    crew.leave()
