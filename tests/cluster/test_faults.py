"""What dies on a cluster, and how soon all is well again; no acknowledged change is ever lost.

Bounds hold on a machine that is four times slower, as it does much else: docs/cluster.md says what a quiet one needs.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

from flask import Flask

from nnlab.web.ids import view_id_of
from tests.cluster.crowd import Crowd
from tests.cluster.machines import Machines

RUNNERS = 4
SESSIONS = 8
RUNNER_S, STOPPED_S, MACHINE_S, FROZEN_S, HEAD_S = 12.0, 28.0, 18.0, 36.0, 3.0  # without a frame, at most


def pid_of(app: Flask, session_id: str) -> int:
    """Process id of the session's runner."""
    pid: int = app.extensions["nnlab.fleet"].runner_of(view_id_of(session_id)).pid()
    return pid


def test_whatever_dies_sessions_come_back_with_all_that_was_acknowledged(
    new_app: Callable[..., Flask], machines: Machines
) -> None:
    app = new_app(runners=RUNNERS)
    with Crowd(app, SESSIONS) as crowd:
        check_runners(app, crowd)
        check_machines(app, crowd, machines)
        check_head(app, crowd, machines)
    assert crowd.acknowledged
    assert not crowd.lost_changes()
    assert set(crowd.refused) <= {503, 504}


def check_runners(app: Flask, crowd: Crowd) -> None:
    step = crowd.step_of(crowd.ids[0])
    took_s = crowd.outage_s(lambda: os.kill(pid_of(app, crowd.ids[0]), signal.SIGKILL))
    note("runner killed", took_s, RUNNER_S)
    assert crowd.step_of(crowd.ids[0]) > step
    took_s = crowd.outage_s(lambda: os.kill(pid_of(app, crowd.ids[0]), signal.SIGSTOP))
    note("runner stopped", took_s, STOPPED_S)


def check_machines(app: Flask, crowd: Crowd, machines: Machines) -> None:
    machine = machines.machine_of(pid_of(app, crowd.ids[0]))
    note("machine killed", crowd.outage_s(machine.kill), MACHINE_S)
    machines.replace(machine)
    machine = machines.machine_of(pid_of(app, crowd.ids[0]))
    note("machine frozen", crowd.outage_s(lambda: machine.signal(signal.SIGSTOP)), FROZEN_S)
    note("machine thawed", crowd.outage_s(lambda: machine.signal(signal.SIGCONT)), RUNNER_S)
    machine.kill()
    machines.replace(machine)


def check_head(app: Flask, crowd: Crowd, machines: Machines) -> None:
    unanswered = len(crowd.unanswered)
    note("head lost for 5 s", crowd.outage_s(lambda: machines.lose_head(5.0)), HEAD_S)
    assert len(crowd.unanswered) == unanswered
    note(
        "runner killed after that", crowd.outage_s(lambda: os.kill(pid_of(app, crowd.ids[0]), signal.SIGKILL)), RUNNER_S
    )


def note(what: str, took_s: float, most_s: float) -> None:
    """Say how long it took, and see that it is not too long."""
    print(f"{what}: {took_s:.1f} s without a frame, of {most_s:g}")
    assert took_s < most_s, what
