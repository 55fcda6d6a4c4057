"""The languages of the pages: English texts are the keys, and `translations/<language>.po` says them in another one.

A translation is a file: whatever lies in the folder is offered. See docs/translating.md.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from flask import Flask, Response, g, request

from nnlab.sentence import Sentence

ENGLISH = "en"
SERVER = "server"  # the comment, in a translation, of texts that no script says; see tests/messages.py
FOLDER = Path(__file__).parent / "translations"
COOKIE = "lang"
COOKIE_AGE_S = 365 * 24 * 3600


def init_languages(app: Flask) -> None:
    """Give the templates of `app` their texts in the request's language, and remember a language that was chosen."""
    app.context_processor(_template_values)
    app.after_request(_remember)


@cache
def languages() -> dict[str, str]:
    """Every language there is: its code and its own name for itself."""
    codes = [ENGLISH, *sorted(file.stem for file in FOLDER.glob("*.po"))]
    return {code: str(Locale.parse(code).get_display_name(code)).capitalize() for code in codes}


@cache
def messages(language: str) -> dict[str, str | list[str]]:
    """English text -> text in `language`, or the forms of its plural; English needs none."""
    if language == ENGLISH:
        return {}
    return dict(_entry(message) for message in _catalog(language))


@cache
def messages_of_scripts(language: str) -> dict[str, str | list[str]]:
    """Those that scripts may say, for a page to carry: without what the server alone says."""
    if language == ENGLISH:
        return {}
    return dict(_entry(message) for message in _catalog(language) if SERVER not in message.auto_comments)


def _catalog(language: str) -> list[Message]:
    with (FOLDER / f"{language}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id and message.string]


def _entry(message: Message) -> tuple[str, str | list[str]]:
    if isinstance(message.id, str):
        return message.id, str(message.string)
    return message.id[0], [str(form) for form in message.string or ()]


def language() -> str:
    """The request's language: ?lang=, else the one chosen before, else the first that the browser asks for."""
    if "language" not in g:
        g.language = _wanted(request.args.get(COOKIE)) or _wanted(request.cookies.get(COOKIE)) or _accepted()
    return str(g.language)


def translate(text: str) -> str:
    """`text` in the request's language, in English where there is no translation; a Sentence with its values."""
    return translated(text, language())


def translated(text: str, language: str) -> str:
    """The same in any language, also without a request."""
    known = messages(language)
    if not isinstance(text, Sentence):
        return str(known.get(text, text))
    values = {
        name: translated(value, language) if isinstance(value, Sentence) else value
        for name, value in text.values.items()
    }
    return str(known.get(text.template, text.template)).format(**values)


def plain_translator(language: str) -> Callable[[str], str]:
    """What says plain texts in this language, for whoever speaks when there is no request."""
    known = messages(language)
    return lambda text: str(known.get(text, text))


def _template_values() -> dict[str, Any]:
    return {
        "_": translate,
        "language": language(),
        "languages": languages(),
        "messages": messages_of_scripts(language()),
    }


def _wanted(code: str | None) -> str | None:
    return code if code in languages() else None


def _accepted() -> str:
    return request.accept_languages.best_match(list(languages()), default=ENGLISH) or ENGLISH


def _remember(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.update(("Cookie", "Accept-Language"))
        response.content_language.add(language())
        response.headers.setdefault("Cache-Control", "private, no-cache")
        if chosen := _wanted(request.args.get(COOKIE)):
            response.set_cookie(COOKIE, chosen, max_age=COOKIE_AGE_S, samesite="Lax", httponly=True)
    return response
