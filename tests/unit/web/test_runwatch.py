"""Who watches a run sees it change, from one thread for all, which ends with the last of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from nnlab.errors import NotFound, Unavailable
from nnlab.fleet.frames import inflate
from nnlab.fleet.hub import Topic, Viewer
from nnlab.session.picture.want import PLAIN
from nnlab.studies.runs import Standing
from nnlab.web.runwatch import RunWatch, Watcher

BEGUN = Standing("r1", "seed_variance", {}, "running", 0.25, 3.0, 1, "", "key")
PATIENCE_S = 20.0


class Kept:
    """What is kept of runs."""

    def __init__(self) -> None:
        self.found: list[Standing | Exception] = [BEGUN]  # the last one stays

    def find(self, run_id: str) -> Standing:
        found = self.found.pop(0) if len(self.found) > 1 else self.found[0]
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def watch(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunWatch]:
    monkeypatch.setattr("nnlab.web.runwatch.LOOK_EVERY_S", 0.01)
    made = RunWatch(kept.find)
    yield made
    made.close()


def say(standing: Standing) -> dict[str, Any]:
    return {"state": standing.state, "progress": standing.progress}


@pytest.fixture
def come(watch: RunWatch) -> Callable[[], tuple[Watcher, Viewer]]:
    def enter() -> tuple[Watcher, Viewer]:
        watcher, viewer = Watcher("r1", say), Viewer(lambda viewer: None)
        watch.enter(watcher)
        viewer.stand_before(Topic("r1", PLAIN), watcher.board)
        return watcher, viewer

    return enter


def test_each_change_is_shown_and_then_the_end(kept: Kept, watch: RunWatch, come: Any) -> None:
    watcher, viewer = come()
    ((kind, piece),) = viewer.next(0)
    assert (kind, inflate(piece)) == ("run", b'event: run\ndata: {"state":"running","progress":0.25}\n\n')
    kept.found = [Unavailable("not now"), ValueError("a bug"), replace(BEGUN, state="done", progress=1.0)]
    events: list[tuple[str, bytes]] = []
    while not viewer.is_over:
        events += (news := viewer.next(PATIENCE_S))
        assert news, "nothing more was shown"
    assert [kind for kind, _ in events] == ["run", "bye"]
    assert b'"done"' in inflate(events[0][1])
    (thread,) = [one for one in threading.enumerate() if one.name == "runs"]
    watch.leave(watcher)
    thread.join(PATIENCE_S)
    assert not thread.is_alive()
    _, late = come()
    assert [kind for kind, _ in late.next(0)] == ["run", "bye"]


def test_a_run_that_is_kept_no_longer_is_over(kept: Kept, come: Any) -> None:
    _, viewer = come()
    viewer.next(0)
    kept.found = [NotFound("gone")]
    assert [kind for kind, _ in viewer.next(PATIENCE_S)] == ["bye"]
    with pytest.raises(NotFound):
        come()
