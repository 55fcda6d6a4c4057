"""Applications on the cluster, each with runners of its own."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from nnlab.settings import Settings
from nnlab.web import create_app
from tests.cluster.crowd import wait_for
from tests.cluster.machines import Machines


@pytest.fixture(scope="session")
def joined(machines: Machines) -> Iterator[None]:
    """This process is a part of the cluster, for all its applications."""
    from nnlab.fleet.ray.cluster import Cluster

    cluster = Cluster(Settings(ray=machines.address))
    cluster.join()
    yield
    cluster.leave()


@pytest.fixture
def new_app(joined: None, machines: Machines, postgres: Any) -> Iterator[Callable[..., Flask]]:
    """Makes applications on the cluster: those of one namespace share their runners, as several web processes do."""
    from nnlab.fleet.ray.crew import Crew
    from nnlab.fleet.ray.fleet import RayFleet

    made: list[tuple[Flask, Settings, str]] = []

    database = postgres.new_database()

    def make(namespace: str = "", **fields: Any) -> Flask:
        space = namespace or uuid.uuid4().hex
        settings = Settings(
            **{
                "database": database,
                "ray": machines.address,
                "runners": 2,
                "creations_per_address": 10**6,
                "creations": 10**6,
                "changes_per_session": 10**6,
                **fields,
            }
        )
        fleet = RayFleet(settings, space)
        app = create_app(settings, fleet)
        made.append((app, settings, space))
        fleet.start()
        wait_for(lambda: fleet.trouble() is None)
        return app

    yield make
    crews = [Crew(settings, space) for _, settings, space in made]
    for app, _, _ in made:
        app.extensions["nnlab.rooms"].close()
        app.extensions["nnlab.studies"].close()
        app.extensions["nnlab.fleet"].close()
    for crew in crews:
        assert all("at rest" in line for line in crew.stop())
