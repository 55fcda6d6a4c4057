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

# What is refused in a classroom, in English and German; a teacher removes what passes.
REFUSED = (
    "fuck", "bullshit", "shithead", "bitch", "nigger", "nigga", "faggot", "whore", "penis", "vagina", "porno", "hitler",
    "siegheil", "fickdich", "fotze", "hurensohn", "wichs", "schlampe", "schwuchtel", "kanake", "arschloch",
)  # fmt: skip
# As words of their own alone: they stand in names, as in Ishita, Nazia, Draper, Schurek and Siriporn.
REFUSED_ALONE = frozenset({"shit", "cunt", "rape", "porn", "nazi", "nazis", "hure", "huren", "fick", "ficken"})


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
    if _is_coarse(name):
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


def _is_coarse(name: str) -> bool:
    """Whether one of the words stands there, whatever is between its letters, and with digits and signs for letters."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char))
    for text in (plain, plain.translate(LOOK_ALIKES)):
        words = re.findall(r"[^\W\d_]+", text)
        letters = "".join(words)
        if any(part in letters for part in REFUSED) or not REFUSED_ALONE.isdisjoint({letters, *words}):
            return True
    return False


def _few_marks(name: str) -> str:
    """The name with no more than a few accents on any letter."""
    kept, marks = [], 0
    for char in name:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
