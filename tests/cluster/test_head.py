"""A head that is started anew, with its memory and without: who notices, and that no acknowledged change is missing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.cluster.crowd import wait_for
from tests.cluster.machines import Machines, command_of
from tests.faults.tools import Writer
from tests.load.__main__ import make_session
from tests.serving import Server

PORT = 6500  # of a cluster of its own
RUNNERS = 2


@pytest.fixture
def machines() -> Iterator[Machines]:
    """A cluster of one machine, which nobody takes for dead because this one has much to do: none would replace it."""
    machines = Machines(1, port=PORT, cores=RUNNERS, RAY_health_check_failure_threshold="60")
    yield machines
    machines.close()


@pytest.fixture
def server(machines: Machines, postgres: Any, tmp_path: Path) -> Iterator[Server]:
    """A server on it."""
    server = Server(tmp_path, database=postgres.new_database(), ray=machines.address, runners=RUNNERS)
    server.environment |= machines.environment
    yield server.start()
    status = server.stop()
    print(server.log())
    assert status == 0


def test_sessions_outlive_a_head_with_its_memory_and_without_and_nobody_need_do_anything(
    machines: Machines, server: Server
) -> None:
    with Writer(server, make_session(server, 1)) as writer:
        goes_on(writer)
        before, deaf = runners(machines), web_process(server)
        machines.restart_head(forgets=False)
        goes_on(writer)
        wait_for(lambda: web_process(server) not in (deaf, 0))  # it had joined by way of the head's part of the cluster
        goes_on(writer)
        assert "so does this web process, to join anew" in server.log()
        assert runners(machines) == before
        os.kill(min(before), signal.SIGKILL)
        wait_for(lambda: len(runners(machines) - before) == 1)
        goes_on(writer)

        before, stranger = runners(machines), web_process(server)
        machines.restart_head(forgets=True)
        (machine,) = machines.machines
        # By itself, within a minute: the new cluster is not its own.
        wait_for(lambda: machine.process.poll() is not None)
        machine.kill()
        machines.replace(machine)
        wait_for(lambda: web_process(server) not in (stranger, 0))
        goes_on(writer)
        assert not runners(machines) & before
    assert writer.lost() == 0


def goes_on(writer: Writer) -> None:
    """Wait for changes that are acknowledged."""
    enough = len(writer.acknowledged) + 10
    wait_for(lambda: len(writer.acknowledged) >= enough)


def web_process(server: Server) -> int:
    """Process id of the one that serves; 0 while there is none."""
    assert server.process is not None
    return next((child.pid for child in psutil.Process(server.process.pid).children()), 0)


def runners(machines: Machines) -> set[int]:
    """Process ids of the runners."""
    return {
        process.pid
        for machine in machines.machines
        for process in machine.processes()
        if "RunnerActor" in command_of(process)
    }
