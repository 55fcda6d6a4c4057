"""The door: all that is asked of sessions over HTTP passes here, and the routes decide none of it themselves.

A call carries who asks (the id in the path may edit or only watch), the key under which it is made only once, the
revision it is meant for and the gesture it is a part of. Whoever comes here is a person: what a room orders of its
students' sessions does not pass this door, and no lock is in its way (see nnlab.session.locks).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from flask import request
from pydantic import ValidationError

from nnlab.document.wording import invalid_input
from nnlab.errors import NotFound
from nnlab.fleet.hub import Viewer
from nnlab.session.commands import Change, Exists, Query
from nnlab.session.picture.want import Want
from nnlab.web.api.once import id_to_create, reply_before, request_key, under_key
from nnlab.web.api.preconditions import expected_revision, refuse_unheeded
from nnlab.web.http.allowance import count_change, count_creation
from nnlab.web.http.needs import needs_of
from nnlab.web.ids import editable, may_edit, view_id_of
from nnlab.web.state import fleet

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
    """Before each request: refuse what its route would pass over in silence, and what comes too often.

    Raises InvalidInput and TooMany, before anything is read of the body.
    """
    if request.method == "GET":
        return
    needs = needs_of(request.endpoint)
    if not needs.revision:
        refuse_unheeded()
    session_id = (request.view_args or {}).get("session_id")
    if session_id is not None and not needs.only_reads:
        count_change(session_id)


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


def made_before(number: int = 1) -> list[tuple[Caller, Any]]:
    """So many sessions that an earlier request under the request's key has made, as `create` gives them; else none.

    Asked before what they are made of, which may be another by now, or gone.
    """
    question = reply_before()
    if question is None:
        return []
    owners = [editor(id_to_create(index)) for index in range(number)]
    try:
        return [(who, fleet().call(who.view_id, question)) for who in owners]
    except NotFound:
        return []


def create(*changes: Change) -> list[tuple[Caller, Any]]:
    """Have sessions made, under the request's key each only once: their owners and the replies.

    Raises TooMany for an address that has made too many, before the first one.
    """
    owners = [editor(id_to_create(index)) for index in range(len(changes))]
    for who in owners:
        count_creation(partial(_exists, who))
    return [(who, fleet().call(who.view_id, under_key(change))) for who, change in zip(owners, changes, strict=True)]


def _exists(who: Caller) -> bool:
    try:
        fleet().call(who.view_id, Exists())
    except NotFound:
        return False
    return True


def key() -> str | None:
    """The request's key, for a change of what no session is. Raises InvalidInput for one that has not its form."""
    return request_key()


def watch(wants: Mapping[str, Want]) -> Viewer:
    """A viewer of these sessions' events, by view id. Raises NotFound when there is none of them."""
    return fleet().watch(wants)


def command(model: type[Command], fields: object) -> Command:
    """A command made of a body that the route has read itself, as it reads several media types. Raises InvalidInput."""
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise invalid_input(error) from None
