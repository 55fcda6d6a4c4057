"""Nicknames are hostile text: cleaned, short, never two alike, and without the words that nobody wants on a wall."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from nnlab.document.validation import one_line
from nnlab.document.wording import broken_rule
from nnlab.errors import Conflict
from nnlab.sentence import Sentence

LONGEST = 24  # characters, once cleaned
MOST_MARKS = 2  # accents on one letter; more of them climb over the neighbours' names
LOOK_ALIKES = str.maketrans("0134578@$!|", "oieastbasil")

# Parts of words that are refused in a classroom, in English and German; a teacher removes what passes.
REFUSED = (
    "fuck", "shit", "cunt", "bitch", "nigger", "nigga", "faggot", "whore", "penis", "vagina", "porn", "rape", "hitler",
    "siegheil", "heilhitler", "nazi", "fick", "fotze", "hure", "wichs", "schlampe", "schwuchtel", "kanake", "arschloch",
)  # fmt: skip


class NicknameTaken(Conflict):
    """Somebody in the room has a name that looks the same."""

    code = "nickname_taken"
    title = "This nickname is taken"


def cleaned(text: str) -> str:
    """The nickname as it stands on the wall. Raises InvalidInput for none, a long one, and one that is refused."""
    plain = unicodedata.normalize("NFKC", one_line(text))
    seen = "".join(char for char in plain if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    name = _few_marks(re.sub(r"\s+", " ", seen).strip())
    if not 1 <= len(name) <= LONGEST or not any(char.isalnum() for char in name):
        raise broken_rule("nickname", f"must have 1 to {LONGEST} characters, a letter or digit among them", name)
    if any(word in _letters(name) for word in REFUSED):
        raise broken_rule("nickname", "must be one for a classroom; choose another", name)
    return name


def skeleton(name: str) -> str:
    """What two names have in common that look the same: case, accents and blanks apart."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in folded if char.isalnum())


def unlike(name: str, others: Iterable[str]) -> str:
    """The name. Raises NicknameTaken when one of the others looks the same."""
    if skeleton(name) in map(skeleton, others):
        raise NicknameTaken(Sentence("Somebody here is called {nickname}; choose another nickname.", nickname=name))
    return name


def _letters(name: str) -> str:
    """For the filter: digits and signs that stand for letters are read as those."""
    return "".join(char for char in skeleton_with_signs(name) if char.isalpha())


def skeleton_with_signs(name: str) -> str:
    """The name in lower case without accents, look-alikes replaced."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return folded.translate(LOOK_ALIKES)


def _few_marks(name: str) -> str:
    """The name with no more than a few accents on any letter."""
    kept, marks = [], 0
    for char in name:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
