"""Which runner has which session, and when a place is free again."""

from __future__ import annotations

import threading

import pytest

from nnlab.fleet.local.placement import Placement


@pytest.fixture
def placement() -> Placement[str]:
    """Two runners, a and b."""
    placement: Placement[str] = Placement()
    placement.install(0, "a")
    placement.install(1, "b")
    return placement


def call(placement: Placement[str], view_id: str) -> str:
    """A call that has come back."""
    runner = placement.enter(view_id)
    placement.leave(view_id, runner)
    return runner


def test_sessions_go_to_the_runner_that_has_the_fewest_and_stay_there(placement: Placement[str]) -> None:
    assert [call(placement, view_id) for view_id in "tuvw"] == ["a", "b", "a", "b"]
    assert [call(placement, view_id) for view_id in "tuvw"] == ["a", "b", "a", "b"]
    assert placement.counts() == [2, 2]
    placement.free("t", "a")
    placement.free("v", "a")
    assert [placement.place("x"), placement.place("y"), placement.find("t")] == ["a", "a", None]


def test_a_place_is_freed_by_the_runner_that_has_it_and_no_other(placement: Placement[str]) -> None:
    call(placement, "v")
    placement.free("v", "b")
    assert placement.find("v") == "a"
    placement.free("v", "a")
    placement.free("v", "a")
    placement.free("nowhere", "a")
    assert (placement.find("v"), placement.counts()) == (None, [0, 0])


def test_a_call_on_its_way_keeps_the_place(placement: Placement[str]) -> None:
    """The runner has put the session to sleep before the call came to it; the call wakes it again."""
    call(placement, "v")
    placement.enter("v")
    placement.free("v", "a")
    assert placement.find("v") == "a"
    placement.leave("v", "a")
    assert placement.find("v") == "a"
    placement.free("v", "a")
    assert placement.find("v") is None


def test_what_an_earlier_runner_says_does_not_move_a_session(placement: Placement[str]) -> None:
    placement.enter("v")
    placement.lose("a", {"v"})
    placement.install(0, "a2")
    assert placement.enter("v") == "a2"
    placement.leave("v", "a")
    placement.leave("v", "a")
    placement.free("v", "a")
    placement.free("v", "a2")  # one call is on its way to it
    assert placement.find("v") == "a2"
    placement.leave("v", "a2")
    placement.free("v", "a2")
    assert placement.counts() == [0, 0]


def test_when_a_runner_ends_its_watched_sessions_wait_and_the_others_go_elsewhere(placement: Placement[str]) -> None:
    for view_id in "tuvw":
        call(placement, view_id)
    placement.lose("a", {"t"})
    assert (placement.find("t"), placement.find("v")) == ("a", None)
    assert placement.counts() == [1, 2]
    assert placement.place("v") == "b"
    assert placement.place("new") == "b"
    placement.install(0, "a2")
    assert placement.find("t") == "a2"
    assert placement.place("newer") == "a2"
    assert placement.counts() == [2, 4]
    assert placement.runners() == ["a2", "b"]


def test_without_any_runner_alive_sessions_wait_for_a_successor(placement: Placement[str]) -> None:
    placement.lose("a", set())
    placement.lose("b", set())
    assert placement.place("v") == "a"
    placement.install(0, "a2")
    assert placement.find("v") == "a2"


def test_a_runner_without_sessions_for_long_leaves_no_trace(placement: Placement[str]) -> None:
    for number in range(100):
        view_id = f"{number}"
        placement.free(view_id, call(placement, view_id))
    assert placement.counts() == [0, 0]
    assert placement._places == {}


def test_many_threads_place_and_free_side_by_side(placement: Placement[str]) -> None:
    errors: list[BaseException] = []

    def use(name: int) -> None:
        try:
            for number in range(300):
                view_id = f"{number % 50}"
                placement.free(view_id, call(placement, view_id))
                if name == 0 and number % 10 == 0:
                    runner = placement.runners()[0]
                    placement.lose(runner, {f"{other}" for other in range(0, 50, 2)})
                    placement.install(0, f"a{number}")
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=use, args=(name,)) for name in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    for number in range(50):
        for runner in placement.runners():
            placement.leave(f"{number}", runner)
            placement.free(f"{number}", runner)
    assert placement.counts() == [0, 0]
