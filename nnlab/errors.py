"""The errors NNLab raises on purpose: a stable code, a message that ends in the remedy, the field it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One broken rule: the field's path in dotted form (`hidden.0.units`) and the sentence that says so."""

    field: str
    message: str


class NnlabError(Exception):
    """Base of all of them. `code` is stable for programs, `status` is the HTTP status the web layer answers with."""

    code = "error"
    status = 400
    title = "The request could not be carried out"
    retry_after_s: int | None = None  # when asking again may help

    def __init_subclass__(cls) -> None:
        """Each kind is found by its code (see error_of)."""
        super().__init_subclass__()
        if "code" in vars(cls):
            KINDS[cls.code] = cls

    def __init__(self, detail: str, *, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.errors = errors

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders whole, keyword arguments included."""
        return _rebuild, (type(self), self.detail, self.errors)


def _rebuild(kind: type[NnlabError], detail: str, errors: tuple[FieldError, ...]) -> NnlabError:
    return kind(detail, errors=errors)


KINDS: dict[str, type[NnlabError]] = {}


def error_of(code: str, detail: str, errors: tuple[FieldError, ...] = ()) -> NnlabError:
    """The error of this code, as it was raised in another process; a code from a newer program is an InternalError."""
    return KINDS.get(code, InternalError)(detail, errors=errors)


class InvalidInput(NnlabError):
    """A value breaks a rule of the document or of a request; `errors` names each field."""

    code = "invalid_input"
    status = 422
    title = "The input breaks a rule"


class NotFound(NnlabError):
    """No such session, point, run or page."""

    code = "not_found"
    status = 404
    title = "Not found"


class ReadOnly(NnlabError):
    """A change was asked for with a view-only id."""

    code = "read_only"
    status = 403
    title = "This link may only watch"


class RevisionConflict(NnlabError):
    """If-Match named a revision that is no longer the newest."""

    code = "revision_conflict"
    status = 412
    title = "The document has changed since"


class Conflict(NnlabError):
    """The session is in a state in which this cannot be done, such as undo with nothing to undo."""

    code = "conflict"
    status = 409
    title = "Not possible now"


class Locked(NnlabError):
    """The room that the session belongs to has locked what was to be changed, or has stopped everybody."""

    code = "locked"
    status = 423
    title = "Locked by the teacher"


class Broken(NnlabError):
    """The session has failed again and again, or what is stored of it cannot be read; it is left alone and kept."""

    code = "broken"
    status = 409
    title = "This session is broken"


class InternalError(NnlabError):
    """A bug: the request was not carried out and the session is as it was last stored."""

    code = "internal_error"
    status = 500
    title = "Internal server error"


class Unavailable(NnlabError):
    """The server cannot do this at the moment and has not done it; asking again in `retry_after_s` seconds may work."""

    code = "unavailable"
    status = 503
    title = "Try again shortly"
    retry_after_s = 1


class TooMany(NnlabError):
    """One session is asked for more than its share; nothing was done, and asking again in a while will work."""

    code = "too_many_requests"
    status = 429
    title = "Too many requests at once"
    retry_after_s = 1


class Unsettled(NnlabError):
    """Nobody knows whether this was done or will be; the session must be read before asking again."""

    code = "unsettled"
    status = 503
    title = "This may have been done"
