"""`pytest -p tests.cluster.plugin tests/api ...`: runners are on Ray then, sessions in PostgreSQL.

With `-n 2` both processes of tests share the cluster; each has runners and a database of its own.
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from nnlab.settings import Settings
from nnlab.web.state import Fleet
from tests.cluster.machines import Machines

RAY, DATABASE = "TESTS_ON_RAY", "TESTS_DATABASE"  # name the cluster and an empty database for the API's tests
CLUSTER = pytest.StashKey[Machines]()
POSTGRES = pytest.StashKey[Any]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let there be fewer machines, or none for tests that need no cluster or make one of their own."""
    parser.addoption("--machines", type=int, default=2, help="how many the cluster has; 0 for no cluster")


def pytest_configure(config: pytest.Config) -> None:
    """Start the cluster before the first test, and a database server."""
    config.addinivalue_line("filterwarnings", "ignore::DeprecationWarning:ray")
    config.addinivalue_line("filterwarnings", "ignore::ResourceWarning")
    if hasattr(config, "workerinput"):  # one of several processes of tests, which has its environment from their first
        os.environ[DATABASE] = config.workerinput[DATABASE]
        return
    if count := config.getoption("--machines"):
        machines = config.stash[CLUSTER] = Machines(count)
        os.environ.update(machines.environment)
        os.environ[RAY] = machines.address
    from tests.cluster.postgres import Server

    config.stash[POSTGRES] = Server()
    os.environ[DATABASE] = config.stash[POSTGRES].new_database()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give one of several processes of tests a database."""
    node.workerinput[DATABASE] = node.config.stash[POSTGRES].new_database()


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


def new_fleet(settings: Settings) -> Fleet:
    """A fleet with runners that no other process of tests has."""
    from nnlab.fleet.ray.fleet import RayFleet

    return RayFleet(settings, namespace())


def namespace() -> str:
    """The name that this process of tests has in the cluster."""
    return os.environ.get("PYTEST_XDIST_WORKER", "nnlab")


def stop_runners(settings: Settings) -> None:
    """End the runners, which outlive every web process."""
    from nnlab.fleet.ray.crew import Crew

    crew = Crew(settings, namespace())
    for _ in crew.stop():
        pass
    crew.leave()
