"""Running a session: run, pause, step, reset, undo, redo."""

from __future__ import annotations

from typing import Any

from flask import Response

from nnlab.session import commands
from nnlab.web.api import door
from nnlab.web.api.sessions import answer
from nnlab.web.api.shapes import CHANGE_PROBLEMS, SessionPath, SessionReply, StateReply, blueprint

bp = blueprint("control", "Training: start, stop, step, go back to the start")


@bp.post("/sessions/<session_id>/run", responses={200: StateReply, **CHANGE_PROBLEMS})
def run(path: SessionPath) -> dict[str, Any]:
    """Train continuously, at the document's pace. A session nobody watches or asks rests after a while."""
    return _state_after(path, commands.Run())


@bp.post("/sessions/<session_id>/pause", responses={200: StateReply, **CHANGE_PROBLEMS})
def pause(path: SessionPath) -> dict[str, Any]:
    """Stop training; everything is kept."""
    return _state_after(path, commands.Pause())


@bp.post("/sessions/<session_id>/step", responses={200: StateReply, **CHANGE_PROBLEMS})
def step(path: SessionPath, body: commands.Step) -> dict[str, Any]:
    """Take 1 to 10,000 parameter updates now and return the session as it then stands; pauses a running one first."""
    return _state_after(path, body)


@bp.post("/sessions/<session_id>/reset", responses={200: SessionReply, **CHANGE_PROBLEMS})
def reset(path: SessionPath, body: commands.Reset) -> Response:
    """Start anew from the seed: the same start as before, or another with another seed."""
    return _whole_after(path, body)


@bp.post("/sessions/<session_id>/back", responses={200: SessionReply, **CHANGE_PROBLEMS})
def back(path: SessionPath, body: commands.Back) -> Response:
    """Go to an earlier step: weights, optimizer and generator exactly as they were; pauses.

    `last_step` of the snapshot is as far as one can come forward again, until training goes on from the earlier step.
    """
    return _whole_after(path, body)


@bp.post("/sessions/<session_id>/undo", responses={200: SessionReply, **CHANGE_PROBLEMS})
def undo(path: SessionPath) -> Response:
    """Take back the last change of the document, or of weights by hand."""
    return _whole_after(path, commands.Undo())


@bp.post("/sessions/<session_id>/redo", responses={200: SessionReply, **CHANGE_PROBLEMS})
def redo(path: SessionPath) -> Response:
    """Make the change again that was last taken back."""
    return _whole_after(path, commands.Redo())


def _state_after(path: SessionPath, command: commands.Change) -> dict[str, Any]:
    state: dict[str, Any] = door.tell(path.session_id, command)
    return state


def _whole_after(path: SessionPath, command: commands.Change) -> Response:
    return answer(door.caller(path.session_id), door.tell(path.session_id, command))
