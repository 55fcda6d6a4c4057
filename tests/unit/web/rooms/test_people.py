"""Ids of rooms: what they say, what follows from them, and what is none."""

from __future__ import annotations

import pytest

from nnlab.errors import NotFound
from nnlab.rooms.state import CODE_LETTERS
from nnlab.web.ids import FORM as SESSION_FORM
from nnlab.web.rooms.people import MEMBER, TEACHER, code_of, new_code, newcomer, person


@pytest.mark.parametrize("typed", ["ABCDEF", "abcdef", " abc def ", "abc-def"])
def test_a_code_may_be_typed_in_any_way(typed: str) -> None:
    assert code_of(typed) == "ABCDEF"


@pytest.mark.parametrize(
    "typed", ["", "ABCDE", "ABCDEFG", "ABCDE1", "ABCDEO", "ABCDEI", "ABCDES", "ABCDEL", "../../etc"]
)
def test_what_has_not_six_of_the_letters_is_no_code(typed: str) -> None:
    with pytest.raises(NotFound):
        code_of(typed)


def test_a_code_has_letters_that_nobody_mistakes() -> None:
    assert not set(CODE_LETTERS) & set("ILOS0158")
    codes = {new_code(None, 0) for _ in range(200)}
    assert len(codes) > 190
    assert all(code_of(code) == code for code in codes)


def test_under_a_key_ids_and_codes_are_the_same_and_else_new() -> None:
    assert new_code("key", 0) == new_code("key", 0) != new_code("key", 1)
    assert newcomer(MEMBER, "ABCDEF", "key") == newcomer(MEMBER, "ABCDEF", "key")
    assert newcomer(MEMBER, "ABCDEF", "key") != newcomer(TEACHER, "ABCDEF", "key")
    assert newcomer(MEMBER, "ABCDEF", None) != newcomer(MEMBER, "ABCDEF", None)


def test_what_follows_from_an_id_does_not_lead_back() -> None:
    teacher, member = newcomer(TEACHER, "ABCDEF", None), newcomer(MEMBER, "ABCDEF", None)
    screen = person(teacher.screen_id)
    assert (screen.code, screen.room_id) == ("ABCDEF", "rABCDEF")
    assert teacher.keys == {"teacher": teacher.key, "screen": screen.key}
    assert SESSION_FORM.fullmatch(member.session_id) and SESSION_FORM.fullmatch(member.view_id)
    secrets = {member.id[7:], teacher.id[7:]}
    shown = " ".join([screen.id, teacher.key, member.key, member.session_id, member.view_id])
    assert not any(secret in shown for secret in secrets)


@pytest.mark.parametrize(
    "text", ["", "ABCDEF", "tABCDEF", "xABCDEF" + "a" * 22, "tABCDEF" + "a" * 23, "tabcdef" + "a" * 22]
)
def test_what_has_not_the_form_is_nobodys_id(text: str) -> None:
    with pytest.raises(NotFound):
        person(text)
