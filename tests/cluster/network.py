"""Several machines in one: each with an address of its own, and a cable that can be pulled.

They are network namespaces behind a bridge. Only within `tests.cluster.loopback`, where nothing leads outside.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLONE_NEWNET = 0x40000000
NUMBERS = itertools.count()  # so that names are new ones, whatever an earlier network has left
libc = ctypes.CDLL(None, use_errno=True)


class Host:
    """One machine; what is started `inside` it, threads and processes, stays there."""

    def __init__(self, name: str, number: int, bridge: str) -> None:
        self.name = name
        self.address = f"10.9.0.{number}"
        self._cable = f"{bridge}.{number}"
        self._holder = subprocess.Popen(["unshare", "--net", "cat"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        self._space = Path(f"/proc/{self._holder.pid}/ns/net")
        while os.readlink(self._space) == os.readlink("/proc/self/ns/net"):
            pass  # until it has one of its own
        run("ip", "link", "add", self._cable, "type", "veth", "peer", "name", "eth0", "netns", str(self._holder.pid))
        run("ip", "link", "set", self._cable, "master", bridge, "up")
        with self.inside():
            run("ip", "link", "set", "lo", "up")
            run("ip", "address", "add", f"{self.address}/24", "dev", "eth0")
            run("ip", "link", "set", "eth0", "up")
            run("ip", "route", "add", "default", "dev", "eth0")  # Ray takes the address for its own that leads outside

    @contextmanager
    def inside(self) -> Iterator[None]:
        """This thread is in the machine meanwhile, with all that it starts."""
        with Path("/proc/thread-self/ns/net").open() as outside, self._space.open() as space:
            _enter(space.fileno())
            try:
                yield
            finally:
                _enter(outside.fileno())

    def pull(self) -> None:
        """Nothing comes or goes from now on."""
        run("ip", "link", "set", self._cable, "down")

    def plug(self) -> None:
        """All is as before."""
        run("ip", "link", "set", self._cable, "up")

    def close(self) -> None:
        """The machine is no more; its processes are to have ended."""
        run("ip", "link", "del", self._cable)
        self._holder.kill()
        self._holder.wait()


class Network:
    """Machines by name, each with a cable to all others."""

    def __init__(self, *names: str) -> None:
        self._bridge = f"nn{os.getpid()}x{next(NUMBERS)}"
        run("ip", "link", "add", self._bridge, "type", "bridge")
        run("ip", "link", "set", self._bridge, "up")
        self.hosts = {name: Host(name, number, self._bridge) for number, name in enumerate(names, 1)}

    def __getitem__(self, name: str) -> Host:
        return self.hosts[name]

    def close(self) -> None:
        """End it."""
        for host in self.hosts.values():
            host.close()
        run("ip", "link", "del", self._bridge)


def run(*command: str) -> None:
    """Run a command that must not fail."""
    subprocess.run(command, check=True)


def _enter(descriptor: int) -> None:
    if libc.setns(descriptor, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "A network could not be entered")
