"""A Ray cluster on loopback: a head and machines that can be killed, frozen, and started again."""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[2]
PORT = 6400
LOOPBACK = "127.0.0.1"
MARK = "TESTS_MACHINE"
CORES = 3  # of each machine, whatever this one has: any may die, and the others have room for six runners
START_S = 150.0  # 3 s on a quiet machine
COMMON = ["--object-store-memory=80000000", "--disable-usage-stats"]
# A machine ends with any part of it; the head need not, so that a part of it can be lost alone.
MACHINE = ["--block", "--include-log-monitor=false"]
HEAD = ["--head", "--num-cpus=0", "--include-dashboard=false", "--include-log-monitor=false"]


def environment_of(process: psutil.Process) -> dict[str, str]:
    """The environment that a process was started with; empty when it has ended."""
    try:
        return process.environ()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return {}


def command_of(process: psutil.Process) -> str:
    """What a process calls itself; empty when it has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def settings_in(file: Path) -> dict[str, str]:
    """The lines NAME=VALUE of a file for systemd."""
    lines = (line for line in file.read_text().splitlines() if line and not line.startswith("#"))
    return dict(line.split("=", 1) for line in lines)


class Machine:
    """One raylet with its workers, or the head. It is started as its unit does it: again, when it ends at its start.

    Ray gives itself 30 s for that, which is too short for a machine with ten times as much to do as it can.
    """

    def __init__(self, arguments: list[str], environment: dict[str, str], log: Path) -> None:
        self._command = [str(Path(sys.executable).with_name("ray")), "start", *arguments, *COMMON]
        self._environment = {**environment, MARK: str(log)}
        self._log = log
        self.name = str(log)
        self._start()

    def _start(self) -> None:
        # Else Ray would refuse to start a head while a machine of the cluster is here.
        (self._log.parent / "ray/ray_current_cluster").unlink(missing_ok=True)
        with self._log.open("wb") as out:
            self.process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=out, stderr=out, start_new_session=True
            )

    def wait_until_up(self) -> None:
        """Wait until Ray says so."""
        deadline_s = time.monotonic() + START_S
        while True:
            has_ended = self.process.poll() is not None  # a head that is up does too
            if "Ray runtime started" in (said := self._log.read_text()):
                return
            if time.monotonic() > deadline_s:
                raise RuntimeError(said)
            if has_ended:
                self.kill()
                self._start()
            time.sleep(0.05)

    def processes(self) -> list[psutil.Process]:
        """All its processes, which know it from their environment, whoever's children they are."""
        return [one for one in psutil.process_iter() if environment_of(one).get(MARK) == self.name]

    def signal(self, number: int) -> None:
        """Send a signal to all processes of the machine."""
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def kill(self) -> None:
        """kill -9 of all of it at once."""
        self.signal(signal.SIGSTOP)  # or Ray would notice the end of some before the others are ended
        self.signal(signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(20)


class Machines:
    """A cluster with a token, in a folder of its own. `close` ends every process of it.

    Who is to join it needs its `environment`. The head is where it is made, with the address `at`.
    """

    def __init__(
        self, count: int = 2, *, port: int = PORT, cores: int = CORES, at: str = LOOPBACK, **settings: str
    ) -> None:
        self.address = f"{at}:{port}"
        self.folder = Path(tempfile.mkdtemp(prefix="nnray"))  # short: sockets are in it
        token = self.folder / "token"
        token.write_text(secrets.token_hex(32))
        token.chmod(0o600)
        self.environment = {
            **settings_in(ROOT / "deploy/ray.env"),
            "RAY_AUTH_TOKEN_PATH": str(token),
            "RAY_OBJECT_STORE_ALLOW_SLOW_STORAGE": "1",
            "PYTHONPATH": str(ROOT),
            "RAY_gcs_storage": "rocksdb",
            "RAY_gcs_storage_path": str(self.folder / "gcs"),
            **settings,
        }
        self._cores = cores
        self._count = itertools.count(1)
        self._head = [*HEAD, f"--node-ip-address={at}", f"--port={port}", f"--temp-dir={self.folder / 'ray'}"]
        self.head = self._start(self._head, "head")
        self.head.wait_until_up()
        self.machines: list[Machine] = []
        for _ in range(count):
            self.add()

    def add(self, at: str = LOOPBACK) -> Machine:
        """One machine more, with this address."""
        memory = settings_in(ROOT / "deploy/machine.env")
        share = [f"--num-cpus={self._cores}", f'--resources={{"study":{self._cores // 2}}}']
        where = [f"--address={self.address}", f"--node-ip-address={at}"]
        machine = self._start([*where, *share, *MACHINE], f"machine-{next(self._count)}", **memory)
        machine.wait_until_up()
        self.machines.append(machine)
        return machine

    def lose_head(self, for_s: float) -> None:
        """kill -9 of the part of the head that all depend on, and start it again after so long."""
        (server,) = [one for one in self.head.processes() if "gcs_server" in one.name()]
        command, environment = server.cmdline(), server.environ()
        server.kill()
        time.sleep(for_s)
        subprocess.Popen(command, env=environment, cwd=ROOT, start_new_session=True)

    def restart_head(self, *, forgets: bool) -> None:
        """kill -9 of all of the head, and another one in its place, as its unit does it."""
        self.head.kill()
        if forgets:
            shutil.rmtree(self.folder / "gcs")
        self.head = self._start(self._head, f"head-{next(self._count)}")
        self.head.wait_until_up()

    def machine_of(self, pid: int) -> Machine:
        """The machine that has this process."""
        name = environment_of(psutil.Process(pid))[MARK]
        return next(one for one in self.machines if one.name == name)

    def replace(self, machine: Machine, at: str = LOOPBACK) -> Machine:
        """Another machine in place of one that is gone."""
        self.machines.remove(machine)
        return self.add(at)

    def close(self) -> None:
        """End all."""
        for machine in [*self.machines, self.head]:
            machine.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self, arguments: list[str], name: str, **more: str) -> Machine:
        return Machine(arguments, {**os.environ, **self.environment, **more}, self.folder / f"{name}.log")
