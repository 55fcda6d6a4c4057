"""What a stream shall carry, as it stands in a query."""

from __future__ import annotations

from typing import Any

import pytest

from nnlab.errors import InvalidInput, NnlabError, NotFound
from nnlab.session.picture.want import PLAIN, Want
from nnlab.web.api.wants import MOST_SESSIONS, ManyQuery
from nnlab.web.ids import new_id, view_id_of

A, B = "e" + 22 * "a", view_id_of("e" + 22 * "b")
KEY_A = view_id_of(A)


def wants(of: str = f"{A},{B}", *own: str, **common: Any) -> dict[str, Want]:
    return ManyQuery.model_validate({"of": of, "for": list(own), **common}).wants


def test_both_kinds_of_ids_name_a_session() -> None:
    assert wants() == {KEY_A: PLAIN, B: PLAIN}
    assert wants(f" {A} ,,{B}, ") == {KEY_A: PLAIN, B: PLAIN}


def test_one_want_is_for_all_and_another_for_one_of_them() -> None:
    common = Want(("regions",), 40, 2)
    own = f"{A};fps=12;parts=units,regions"
    assert wants(f"{A},{B}", own, resolution="40", fps="2") == {KEY_A: Want(("regions", "units"), 40, 12), B: common}
    assert wants(f"{A},{B}", f"{KEY_A};parts=", parts="weights") == {KEY_A: Want(()), B: Want(("weights",))}
    small = wants(f"{A},{B}", f"{A};resolution=;fps=", resolution="40", fps="2")
    assert small == {KEY_A: PLAIN, B: common}
    assert wants(f"{A},{B}", A) == {KEY_A: PLAIN, B: PLAIN}


@pytest.mark.parametrize(
    ("of", "own", "field"),
    [
        ("", "", "of"),
        (",", "", "of"),
        (f"{A},{A}", "", "of"),
        (f"{A},{KEY_A}", "", "of"),
        (A, f"{B};fps=2", "for"),
        (A, f"{A};fps=0", "fps"),
        (A, f"{A};fps=fast", "fps"),
        (A, f"{A};resolution=10", "resolution"),
        (A, f"{A};speed=2", "speed"),
        (A, f"{A};parts=everything", "parts"),
    ],
)
def test_what_cannot_be_understood_is_refused_by_name(of: str, own: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        wants(of, *filter(None, [own]))
    assert caught.value.errors[0].field == field


def test_what_is_no_id_is_no_session() -> None:
    for ask in (lambda: wants("nonsense"), lambda: wants(f"{A},v"), lambda: wants(A, "nonsense;fps=2")):
        with pytest.raises(NotFound):
            ask()


def test_a_stream_has_room_for_so_many_sessions() -> None:
    ids = [new_id() for _ in range(MOST_SESSIONS)]
    assert len(wants(",".join(ids))) == MOST_SESSIONS
    with pytest.raises(NnlabError, match=f"of must name 1 to {MOST_SESSIONS} sessions; got {MOST_SESSIONS + 1}"):
        wants(",".join([*ids, A]))
    assert len("GET /api/v1/stream?of=" + ",".join(ids)) < 8190 - 500, "with room for what is wanted"
