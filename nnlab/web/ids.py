"""The two ids of a session: a secret that may edit, and a one-way hash of it that may only watch."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets

from nnlab.errors import NotFound, ReadOnly
from nnlab.sentence import Sentence

EDIT, VIEW = "e", "v"
SECRET_BYTES = 16
FORM = re.compile(r"[ev][A-Za-z0-9_-]{22}")


def new_id() -> str:
    """A fresh secret id."""
    return EDIT + _text(secrets.token_bytes(SECRET_BYTES))


def same_id(key: str) -> str:
    """The secret id that belongs to a caller's key, which is as secret as the id: whoever knows it may edit."""
    return EDIT + _text(hashlib.sha256(b"nnlab session " + key.encode()).digest()[:SECRET_BYTES])


def view_id_of(session_id: str) -> str:
    """The view id that belongs to either id. Raises NotFound for what is no id at all."""
    if not FORM.fullmatch(session_id):
        raise NotFound(Sentence("There is no such session; check the link."))
    if session_id.startswith(VIEW):
        return session_id
    return VIEW + _text(hashlib.sha256(session_id.encode()).digest()[:SECRET_BYTES])


def editable(session_id: str) -> str:
    """The view id of a session that this id may change. Raises ReadOnly for a view id."""
    view_id = view_id_of(session_id)
    if session_id.startswith(VIEW):
        raise ReadOnly(
            Sentence("This link may only watch; fork the session to get one of your own that you can change.")
        )
    return view_id


def may_edit(session_id: str) -> bool:
    """Whether the id is the secret one."""
    return session_id.startswith(EDIT)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
