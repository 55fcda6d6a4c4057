"""Nicknames are hostile text."""

from __future__ import annotations

import pytest

from nnlab.errors import InvalidInput
from nnlab.rooms.nicknames import LONGEST, NicknameTaken, cleaned, unlike


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("  Ada \n Lovelace ", "Ada Lovelace"),
        ("A\u202eda", "Ada"),
        ("A\u200bda\u2060", "Ada"),
        ("\uff21da", "Ada"),
        ("Zoë", "Zoë"),
        ("<b>Bob</b>", "<b>Bob</b>"),
        ("a" + "\u0301" * 40 + "b", "á\u0301\u0301b"),
        ("小明", "小明"),
        ("Class 9", "Class 9"),
    ],
)
def test_a_nickname_is_cleaned(typed: str, shown: str) -> None:
    assert cleaned(typed) == shown


@pytest.mark.parametrize("typed", ["", "   ", "\u200b", "...", "x" * (LONGEST + 1), "\u202e\u202e"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="nickname"):
        cleaned(typed)


@pytest.mark.parametrize(
    "typed", ["Fuck", "f.u.c.k", "FÜCK", "sh1t", "h1tler", "n a z i", "$hit", "Nazi 1", "Bullsh1t", "Hurensohn"]
)
def test_words_for_no_classroom_are_refused(typed: str) -> None:
    with pytest.raises(InvalidInput, match="classroom"):
        cleaned(typed)


@pytest.mark.parametrize(
    "typed", ["Nazia", "Nazim 2", "Ishita", "Harshita", "Draper", "Schurek", "Siriporn", "Ficker", "Scunthorpe"]
)
def test_nobody_is_refused_their_own_name_for_what_stands_in_it(typed: str) -> None:
    assert cleaned(typed) == typed


@pytest.mark.parametrize("typed", ["ada", "ADA", "A d a", "Àda", "Ada!"])
def test_two_names_that_look_alike_are_one(typed: str) -> None:
    with pytest.raises(NicknameTaken):
        unlike(cleaned(typed), ["Bob", "Ada"])


def test_other_names_are_others() -> None:
    assert unlike("Adam", ["Ada", "Bob"]) == "Adam"
