"""The door of the rooms: all that is asked of them over HTTP passes here.

A code that is none, or an id of no room, counts against the address that it comes from.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from nnlab.errors import Conflict, NotFound, Unavailable
from nnlab.rooms.life import DeleteRoom, Look, Lookup, OpenRoom, no_such_room
from nnlab.rooms.members import Join
from nnlab.rooms.room import no_such_link
from nnlab.sentence import Sentence
from nnlab.session.commands import Change, Query
from nnlab.web.api.once import request_key, under_key
from nnlab.web.http.allowance import count_creation
from nnlab.web.rooms.desk import count_miss
from nnlab.web.rooms.people import MEMBER, TEACHER, Person, code_of, new_code, newcomer, person, room_id_of
from nnlab.web.state import fleet

MOST_CODES = 8  # that are tried for a new room; one in a million is taken where a hundred rooms are open


def visitor(room_id: str) -> Person:
    """Who has this id of a room. Raises NotFound for what is no id at all."""
    return person(room_id)


def look(who: Person) -> Any:
    """The room as this person may see it. Raises NotFound."""
    return _found(who.room_id, Look(key=who.key), no_such_link)


def ask(who: Person, query: Query) -> Any:
    """The answer of the room."""
    return _of_room(who.room_id, query)


def tell(who: Person, change: Change) -> Any:
    """Have the room changed; under the request's key, if it has one, only once."""
    return _of_room(who.room_id, under_key(change))


def delete(who: Person) -> None:
    """Delete a room that its teacher has closed for good; asked for again, that is as well."""
    with suppress(NotFound):
        fleet().call(who.room_id, DeleteRoom())


def look_up(code: str) -> Any:
    """What everybody may know of the room of this code. Raises NotFound, or TooMany for who guesses codes."""
    return _found(room_id_of(code_of_guess(code)), Lookup(), no_such_room)


def join(code: str, nickname: str) -> tuple[Person, Any]:
    """Let somebody into the room of this code: who they are from now on, and the room's reply."""
    found = code_of_guess(code)
    who = newcomer(MEMBER, found, request_key())
    count_creation(partial(_is_known, who))
    command = Join(nickname=nickname, key=who.key, view_id=who.view_id)
    return who, _found(who.room_id, under_key(command), no_such_room)


def open_room(fields: dict[str, Any]) -> tuple[Person, Any]:
    """Have a room made: its teacher, and the room's reply. A code that is another room's is replaced."""
    owners = [newcomer(TEACHER, new_code(request_key(), attempt), request_key()) for attempt in range(MOST_CODES)]
    count_creation(partial(_is_known, owners[0]))
    for who in owners:
        command = OpenRoom.model_validate(fields | {"code": who.code, **who.keys})
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


def _is_known(who: Person) -> bool:
    """Whether the room is there and knows this id."""
    try:
        fleet().call(who.room_id, Look(key=who.key))
    except NotFound:
        return False
    return True


def _found(room_id: str, command: Change | Query, missing: Callable[[], NotFound]) -> Any:
    """What the room replies; where there is none, `missing` says so to who came by a code, or by a link."""
    try:
        return _of_room(room_id, command)
    except NotFound:
        raise missing() from None


def _of_room(room_id: str, command: Change | Query) -> Any:
    """What the room replies; that there is none counts against the address."""
    try:
        return fleet().call(room_id, command)
    except NotFound:
        count_miss()
        raise
