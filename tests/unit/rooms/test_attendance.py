"""Who is there by what several web processes say."""

from __future__ import annotations

from nnlab.fleet.codec import decode, encode
from nnlab.fleet.wire import Call
from nnlab.rooms.attendance import SAID_S, Attendance
from nnlab.rooms.hosting import begin
from nnlab.rooms.members import Attend
from tests.unit.rooms.making import make_room


def test_web_processes_hear_of_each_other_whom_they_know() -> None:
    room = make_room("Ada", "Bob")
    assert begin(Attend(web="one", numbers=[1]), room) == []
    assert begin(Attend(web="other", numbers=[2]), room) == [1]
    assert begin(Attend(web="one", numbers=[1]), room) == [2]
    assert begin(Attend(web="one", numbers=[]), room) == [2]
    assert begin(Attend(web="other", numbers=[2]), room) == []


def test_the_command_crosses_a_pipe() -> None:
    call = Call(1, "v", Attend(web="one", numbers=[1, 2]))
    assert decode(encode(call)) == call


def test_a_web_process_that_says_nothing_is_forgotten() -> None:
    now_s = [0.0]
    attendance = Attendance(lambda: now_s[0])
    attendance.note("gone", [1, 2])
    now_s[0] += SAID_S
    attendance.note("here", [3])
    assert attendance.beside("here") == []
