"""The ids of a room: its code, and the secret ids of those who are in it, which begin with what they are and the code.

The room knows hashes of them alone. A student's session id, and the screen's id, follow from the secret id of whoever
may have them, so no store has to keep them.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Any

from nnlab.errors import NotFound
from nnlab.rooms.life import no_such_room
from nnlab.rooms.state import CODE_LENGTH, CODE_LETTERS
from nnlab.sentence import Sentence
from nnlab.web.ids import same_id, view_id_of

TEACHER, MEMBER, SCREEN = "t", "m", "w"
SECRET_BYTES = 16
CODE = re.compile(rf"[{CODE_LETTERS}]{{{CODE_LENGTH}}}")
FORM = re.compile(rf"([tmw])([{CODE_LETTERS}]{{{CODE_LENGTH}}})[A-Za-z0-9_-]{{22}}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an id of a room. `key` is what the room knows of it."""

    id: str
    code: str

    @property
    def key(self) -> str:
        """The hash of the id."""
        return _hashed("key", self.id)

    @property
    def room_id(self) -> str:
        """Where the room is hosted."""
        return room_id_of(self.code)

    @property
    def screen_id(self) -> str:
        """Of a teacher: the id of the projector."""
        return f"{SCREEN}{self.code}{_hashed('screen', self.id)}"

    @property
    def session_id(self) -> str:
        """Of a member: the secret id of the own session."""
        return same_id(_hashed("session", self.id))

    @property
    def view_id(self) -> str:
        """Of a member: the view id of the own session."""
        return view_id_of(self.session_id)

    @property
    def keys(self) -> dict[str, Any]:
        """Of a teacher: what the room is told of the two ids."""
        return {"teacher": self.key, "screen": Person(self.screen_id, self.code).key}


def person(text: str) -> Person:
    """Who has this id. Raises NotFound for what is none."""
    found = FORM.fullmatch(text)
    if found is None:
        raise NotFound(Sentence("There is no such room; check the link."))
    return Person(text, found[2])


def newcomer(kind: str, code: str, key: str | None) -> Person:
    """A new id; for the same key the same."""
    secret = _text(secrets.token_bytes(SECRET_BYTES)) if key is None else _hashed(f"new {kind} {code}", key)
    return Person(f"{kind}{code}{secret}", code)


def new_code(key: str | None, attempt: int) -> str:
    """A code; for the same key and attempt the same."""
    raw = secrets.token_bytes(16) if key is None else hashlib.sha256(f"nnlab code {attempt} {key}".encode()).digest()
    number, letters = int.from_bytes(raw[:16]), []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[place])
    return "".join(letters)


def code_of(text: str) -> str:
    """The code as it was meant, in any case, with blanks or dashes. Raises NotFound for what is none."""
    code = re.sub(r"[\s-]", "", text).upper()
    if not CODE.fullmatch(code):
        raise no_such_room()
    return code


def room_id_of(code: str) -> str:
    """Where the room of this code is hosted."""
    return f"r{code}"


def _hashed(purpose: str, text: str) -> str:
    return _text(hashlib.sha256(f"nnlab room {purpose} {text}".encode()).digest()[:SECRET_BYTES])


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
