"""The secret id edits, the view id watches, and no way leads back."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.errors import NotFound, ReadOnly
from nnlab.web.ids import FORM, editable, may_edit, new_id, view_id_of
from tests.unit.making import CALM

ids = st.from_regex(r"[ev][A-Za-z0-9_-]{22}", fullmatch=True)


def test_new_ids_have_the_form_and_never_repeat() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == len({view_id_of(one) for one in made}) == 1000
    assert all(FORM.fullmatch(one) and may_edit(one) for one in made)


def test_the_view_id_is_the_first_half_of_the_ids_sha256() -> None:
    secret = new_id()
    digest = hashlib.sha256(secret.encode()).digest()
    assert view_id_of(secret) == "v" + base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


@given(ids)
@CALM
def test_a_view_id_is_its_own_view_id(session_id: str) -> None:
    view_id = view_id_of(session_id)
    assert FORM.fullmatch(view_id)
    assert view_id_of(view_id) == view_id
    assert not may_edit(view_id)


@given(ids)
@CALM
def test_only_the_secret_id_may_edit(session_id: str) -> None:
    if may_edit(session_id):
        assert editable(session_id) == view_id_of(session_id)
    else:
        with pytest.raises(ReadOnly, match="fork"):
            editable(session_id)


@given(st.text() | ids.map(lambda one: one + "\n") | ids.map(lambda one: "x" + one[1:]) | ids.map(lambda one: one[:-1]))
@CALM
def test_what_has_not_the_form_of_an_id_is_not_found(text: str) -> None:
    for ask in (view_id_of, editable):
        with pytest.raises(NotFound):
            ask(text)
