"""What dies on a cluster, and how soon all is well again; no acknowledged change is ever lost.

Bounds are for a quiet machine, as docs/cluster.md has it. On one that is slower, or does much else, they are as many
times longer as a process like a runner then takes to start.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from flask import Flask

from nnlab.web.ids import view_id_of
from tests.cluster.crowd import Crowd, slowness
from tests.cluster.machines import Machines

RUNNERS = 4
SESSIONS = 8
RUNNER_S, STOPPED_S, MACHINE_S, FROZEN_S, THAWED_S, HEAD_S = 3.0, 10.0, 5.0, 15.0, 2.0, 1.0  # without a frame, at most


def pid_of(app: Flask, session_id: str) -> int:
    """Process id of the session's runner."""
    pid: int = app.extensions["nnlab.fleet"].runner_of(view_id_of(session_id)).pid()
    return pid


def test_whatever_dies_sessions_come_back_with_all_that_was_acknowledged(
    new_app: Callable[..., Flask], machines: Machines
) -> None:
    app = new_app(runners=RUNNERS)
    with Crowd(app, SESSIONS) as crowd:
        check = Check(crowd)
        check_runners(app, crowd, check)
        check_machines(app, crowd, machines, check)
        check_head(app, crowd, machines, check)
    assert crowd.acknowledged
    assert not crowd.lost_changes()
    assert set(crowd.refused) <= {503, 504}


def check_runners(app: Flask, crowd: Crowd, check: Check) -> None:
    step = crowd.step_of(crowd.ids[0])
    check("runner killed", lambda: os.kill(pid_of(app, crowd.ids[0]), signal.SIGKILL), RUNNER_S)
    assert crowd.step_of(crowd.ids[0]) > step
    check("runner stopped", lambda: os.kill(pid_of(app, crowd.ids[0]), signal.SIGSTOP), STOPPED_S)


def check_machines(app: Flask, crowd: Crowd, machines: Machines, check: Check) -> None:
    machine = machines.machine_of(pid_of(app, crowd.ids[0]))
    check("machine killed", machine.kill, MACHINE_S)
    machines.replace(machine)
    machine = machines.machine_of(pid_of(app, crowd.ids[0]))
    check("machine frozen", lambda: machine.signal(signal.SIGSTOP), FROZEN_S)
    check("machine thawed", lambda: machine.signal(signal.SIGCONT), THAWED_S)
    machine.kill()
    machines.replace(machine)


def check_head(app: Flask, crowd: Crowd, machines: Machines, check: Check) -> None:
    unanswered = len(crowd.unanswered)
    check("head lost for 5 s", lambda: machines.lose_head(5.0), HEAD_S)
    assert len(crowd.unanswered) == unanswered
    check("runner killed after that", lambda: os.kill(pid_of(app, crowd.ids[0]), signal.SIGKILL), RUNNER_S)


class Check:
    """Says how long a session was without a frame, and sees that it is not too long."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._slowness = slowness()

    def __call__(self, what: str, fault: Callable[[], object], most_s: float) -> None:
        took_s = self._crowd.outage_s(fault)
        before, self._slowness = self._slowness, slowness()
        times = max(before, self._slowness)
        print(f"{what}: {took_s:.1f} s without a frame, of {most_s:g}; {times:.1f} times slower than a quiet machine")
        assert took_s < most_s * times, what
