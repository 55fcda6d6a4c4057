"""What fails in one session is answered, mended or given up, and goes no further."""

from __future__ import annotations

import logging

import pytest

from nnlab.database.errors import StoreBusy
from nnlab.errors import Conflict, InternalError, InvalidInput, NnlabError
from nnlab.fleet.runner.boundary import Boundary
from nnlab.fleet.runner.meter import Meter
from nnlab.fleet.runner.quarantine import MOST_FAILURES
from nnlab.fleet.store import LostOwnership
from nnlab.fleet.wire import Message, Reply


class Nurse:
    """Notes what is to be done about sessions."""

    def __init__(self) -> None:
        self.said: list[Message] = []
        self.done: list[object] = []
        self.boundary = Boundary(self.said.append, self, Meter(lambda view_id, seconds: None))

    def recover(self, view_id: str, *, pause: bool) -> None:
        self.done.append(("recover", view_id, pause))

    def give_up(self, view_id: str) -> None:
        self.done.append(("give up", view_id))

    def fail(self, error: Exception, request_id: int | None = None, *, reading: bool = False) -> None:
        """A touch that raises."""

        def act() -> None:
            raise error

        self.boundary.touch("v", act, request_id=request_id, reading=reading)

    def answers(self) -> list[tuple[int, type[NnlabError] | None]]:
        return [(one.request_id, type(one.error)) for one in self.said if isinstance(one, Reply)]


@pytest.fixture
def nurse(caplog: pytest.LogCaptureFixture) -> Nurse:
    caplog.set_level(logging.CRITICAL)
    return Nurse()


def test_what_goes_well_is_left_alone(nurse: Nurse) -> None:
    done: list[int] = []
    nurse.boundary.touch("v", lambda: done.append(1), request_id=1)
    assert (done, nurse.said, nurse.done) == ([1], [], [])


def test_an_error_on_purpose_is_the_answer_and_no_failure(nurse: Nurse) -> None:
    nurse.fail(Conflict("no"), 1)
    assert (nurse.answers(), nurse.done) == ([(1, Conflict)], [])


def test_an_error_on_purpose_that_nobody_asked_for_is_a_failure(nurse: Nurse) -> None:
    nurse.fail(InvalidInput("what is stored breaks a rule"))
    assert (nurse.answers(), nurse.done) == ([], [("recover", "v", False)])


def test_a_failure_is_answered_and_mended(nurse: Nurse) -> None:
    nurse.fail(ZeroDivisionError(), 1)
    assert (nurse.answers(), nurse.done) == ([(1, InternalError)], [("recover", "v", False)])


def test_a_failure_while_reading_is_answered_and_harms_nobody(nurse: Nurse) -> None:
    for _ in range(2 * MOST_FAILURES):
        nurse.fail(ZeroDivisionError(), 1, reading=True)
    assert set(nurse.answers()) == {(1, InternalError)}
    assert nurse.done == []


def test_a_session_that_another_runner_has_is_said_to_be_busy(nurse: Nurse) -> None:
    nurse.fail(LostOwnership("v"), 1)
    assert nurse.answers() == [(1, StoreBusy)]


def test_after_too_many_failures_a_session_is_given_up_and_no_other(nurse: Nurse) -> None:
    for _ in range(MOST_FAILURES):
        nurse.fail(ZeroDivisionError())
    assert nurse.done == [("recover", "v", False)] * (MOST_FAILURES - 1) + [("give up", "v")]
    assert "v" in nurse.boundary.quarantine
    nurse.boundary.touch("w", lambda: 1 / 0 and None, pause=True)
    assert nurse.done[-1] == ("recover", "w", True)
