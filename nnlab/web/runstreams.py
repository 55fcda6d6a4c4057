"""The stream of a run: how it stands, as that changes."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial

from flask import Response

from nnlab.fleet.hub import Topic, Viewer
from nnlab.session.picture.want import PLAIN
from nnlab.web.api.frames import event_stream
from nnlab.web.api.shapes import READ_PROBLEMS, blueprint
from nnlab.web.api.studies import RUN_EVENTS, RunPath, reply
from nnlab.web.pages.languages import language, translated
from nnlab.web.runwatch import Watcher
from nnlab.web.streams import Bounded, stream_of
from nnlab.web.studies import desk

bp = blueprint("runstreams", "A run of a study, live")


@bp.get("/runs/<run_id>/stream", responses={200: event_stream(RUN_EVENTS), **READ_PROBLEMS})
def stream_run(path: RunPath, query: Bounded) -> Response:
    """Server-sent events: the run without its rows, each second while it changes; bye at its end."""
    return stream_of(lambda leaving: _enter(path.run_id, leaving), query.max_events)


def _enter(run_id: str, leaving: ExitStack) -> Viewer:
    """A viewer of one run, in the request's language. Raises NotFound."""
    studies, say = desk(), partial(translated, language=language())
    watcher = Watcher(run_id, lambda standing: reply(standing, studies.summary(standing), say=say))
    studies.watch.enter(watcher)
    leaving.callback(studies.watch.leave, watcher)
    viewer = Viewer(lambda viewer: None)
    viewer.stand_before(Topic(run_id, PLAIN), watcher.board)
    return viewer
