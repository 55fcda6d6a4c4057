"""`python -m tests.cluster.loopback COMMAND...`: run it in a network of its own that has nothing but loopback.

Ray listens on all addresses of a machine; here there is only 127.0.0.1. Processes have a space of their own too:
whatever COMMAND leaves behind ends with it. Needs root or the right to make user namespaces.
"""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import subprocess
import sys

SIOCSIFFLAGS = 0x8914
UP_AND_RUNNING = 0x41
INSIDE = "TESTS_IN_LOOPBACK"
UNSHARE = ["unshare", "--net", "--pid", "--fork", "--mount", "--mount-proc", "--kill-child"]


def main(command: list[str]) -> int:
    """Run the command inside; its exit status."""
    if os.environ.get(INSIDE):
        return be_first(command)
    unshare = UNSHARE if os.geteuid() == 0 else [*UNSHARE, "--map-root-user"]
    probe = subprocess.run([*unshare, "true"], capture_output=True, text=True)
    if probe.returncode:
        print(f"No network of its own can be made here ({probe.stderr.strip()}).", file=sys.stderr)
        print("The tests of the cluster need one: Ray would listen on every address of this machine.", file=sys.stderr)
        return 77
    again = [*unshare, sys.executable, "-m", "tests.cluster.loopback", *command]
    return subprocess.run(again, env={**os.environ, INSIDE: "1"}).returncode


def be_first(command: list[str]) -> int:
    """Be the first process of the space: bring loopback up, run the command, bury orphans."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, struct.pack("16sh", b"lo", UP_AND_RUNNING))
    child = os.posix_spawnp(command[0], command, os.environ)
    while True:
        pid, status = os.wait()
        if pid == child:
            return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
