"""Changes that wait until it is known that the store can be written."""

from __future__ import annotations

from nnlab.fleet.runner.boundary import refusal
from nnlab.fleet.runner.lines import Lines
from nnlab.fleet.runner.waking import Serves, Waking
from nnlab.fleet.runner.writing import Job, Writer
from nnlab.fleet.wire import Call


class Gate:
    """Open while the store is free; else an empty job finds out when it is, for all who wait."""

    def __init__(self, writer: Writer, lines: Lines, waking: Waking, desk: Serves) -> None:
        self._writer = writer
        self._lines = lines
        self._waking = waking
        self._desk = desk
        self._asking = False

    def is_open(self) -> bool:
        """Whether the store would take a change at once."""
        return self._writer.is_free()

    def wait(self, call: Call) -> None:
        """Let a change wait in its session's line."""
        self._lines.open(call.view_id).waiting.append(call)
        if not self._asking:
            self._asking = True
            self._writer.ask(Job("", lambda store: None, lambda _: self._open(), self._stay_shut))

    def _open(self) -> None:
        self._asking = False
        for view_id in self._lines.idle():
            self._desk.go_on(view_id)

    def _stay_shut(self, error: Exception) -> None:
        self._asking = False
        for view_id in self._lines.idle():
            for request in self._lines.close(view_id):
                self._waking.refuse(request, refusal(error))
            self._desk.rest(view_id)
