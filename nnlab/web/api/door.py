"""The door: all that is asked of sessions over HTTP passes here, and the routes decide none of it themselves.

A call carries who asks (the id in the path may edit or only watch), the key under which it is made only once, the
revision it is meant for and the gesture it is a part of. Whoever comes here is a person: what a room orders of its
students' sessions does not pass this door, and no lock is in its way (see nnlab.session.locks).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import request
from pydantic import ValidationError

from nnlab.document.wording import invalid_input
from nnlab.errors import Conflict, NotFound, Unavailable
from nnlab.fleet.hub import Viewer
from nnlab.rooms.life import DeleteRoom, Lookup, OpenRoom
from nnlab.rooms.members import Join
from nnlab.sentence import Sentence
from nnlab.session.commands import Change, Query
from nnlab.session.picture.want import Want
from nnlab.web.api.once import id_to_create, request_key, under_key
from nnlab.web.api.preconditions import expected_revision, refuse_unheeded
from nnlab.web.http.allowance import count_creation
from nnlab.web.http.needs import needs_of
from nnlab.web.ids import editable, may_edit, view_id_of
from nnlab.web.rooms.desk import count_miss
from nnlab.web.rooms.people import MEMBER, TEACHER, Person, code_of, new_code, newcomer, person, room_id_of
from nnlab.web.state import fleet

MOST_CODES = 8  # that are tried for a new room; one in a million is taken where a hundred rooms are open

Command = TypeVar("Command", bound=Change)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the session they mean, and whether their id is the secret one that may change it."""

    session_id: str
    view_id: str
    may_edit: bool


def caller(session_id: str) -> Caller:
    """Who asks with this id. Raises NotFound for what is no id at all."""
    return Caller(session_id, view_id_of(session_id), may_edit(session_id))


def editor(session_id: str) -> Caller:
    """Who asks with this id, which must be the secret one. Raises ReadOnly and NotFound."""
    return Caller(session_id, editable(session_id), True)


def enter() -> None:
    """Before each request: refuse what its route would pass over in silence. Raises InvalidInput."""
    if request.method != "GET" and not needs_of(request.endpoint).revision:
        refuse_unheeded()


def ask(session_id: str, query: Query) -> Any:
    """The answer to a question; either id will do."""
    return fleet().call(caller(session_id).view_id, query)


def tell(session_id: str, change: Change, *, gesture: int | None = None) -> Any:
    """Have a change made and return its reply; under the request's key, if it has one, only once.

    `gesture` is the one in the address; one in the body goes first. Raises ReadOnly for a view id.
    """
    who = editor(session_id)
    said: dict[str, Any] = {}
    if needs_of(request.endpoint).revision:
        said["if_revision"] = expected_revision()
    if gesture is not None and getattr(change, "gesture", None) is None:
        said["gesture"] = gesture
    return fleet().call(who.view_id, under_key(change.model_copy(update=said)))


def create(change: Change) -> tuple[Caller, Any]:
    """Have a session made: its owner and the reply. Raises TooMany for an address that has made too many."""
    count_creation()
    who = editor(id_to_create())
    return who, fleet().call(who.view_id, under_key(change))


def in_room(room_id: str) -> Person:
    """Who has this id of a room. Raises NotFound for what is no id at all."""
    return person(room_id)


def ask_room(who: Person, query: Query) -> Any:
    """The answer of the room."""
    return _of_room(who.room_id, query)


def tell_room(who: Person, change: Change) -> Any:
    """Have the room changed; under the request's key, if it has one, only once."""
    return _of_room(who.room_id, under_key(change))


def delete_room(who: Person) -> None:
    """Delete a room that its teacher has closed for good; asked for again, that is as well."""
    with suppress(NotFound):
        fleet().call(who.room_id, DeleteRoom())


def look_up(code: str) -> Any:
    """What everybody may know of the room of this code. Raises NotFound, or TooMany for who guesses codes."""
    return _of_room(room_id_of(code_of_guess(code)), Lookup())


def join(code: str, nickname: str) -> tuple[Person, Any]:
    """Let somebody into the room of this code: who they are from now on, and the room's reply."""
    count_creation()
    found = code_of_guess(code)
    who = newcomer(MEMBER, found, request_key())
    return who, _of_room(who.room_id, under_key(Join(nickname=nickname, key=who.key, view_id=who.view_id)))


def open_room(fields: dict[str, Any]) -> tuple[Person, Any]:
    """Have a room made: its teacher, and the room's reply. A code that is another room's is replaced."""
    count_creation()
    for attempt in range(MOST_CODES):
        code = new_code(request_key(), attempt)
        who = newcomer(TEACHER, code, request_key())
        command = OpenRoom.model_validate(fields | {"code": code, **who.keys})
        with suppress(Conflict):
            return who, fleet().call(who.room_id, under_key(command))
    raise Unavailable(Sentence("No free code was found; try again."))


def successor(who: Person) -> Person:
    """Whom a teacher is to be from now on."""
    return newcomer(TEACHER, who.code, request_key())


def code_of_guess(text: str) -> str:
    """The code that was typed. Raises NotFound, or TooMany."""
    try:
        return code_of(text)
    except NotFound:
        count_miss()
        raise


def _of_room(room_id: str, command: Change | Query) -> Any:
    """What the room replies; that there is none counts against the address."""
    try:
        return fleet().call(room_id, command)
    except NotFound:
        count_miss()
        raise


def watch(wants: Mapping[str, Want]) -> Viewer:
    """A viewer of these sessions' events, by view id. Raises NotFound when there is none of them."""
    return fleet().watch(wants)


def command(model: type[Command], fields: object) -> Command:
    """A command made of a body that the route has read itself, as it reads several media types. Raises InvalidInput."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise invalid_input(error) from None
