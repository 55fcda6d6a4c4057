"""Which names this server answers to, and that only its own pages change what it holds.

A page of another site could send changes from the browser of a person who can reach this server, and with a name that
it resolves to this server's address (DNS rebinding) it could even read the answers. Such a request shows itself by its
Origin or its Host. Names under which nobody else can publish pages are always ours: localhost, this machine's name, and
addresses in digits. Programs outside browsers send no Origin and are not concerned.
"""

from __future__ import annotations

import ipaddress
import socket
from functools import cache, lru_cache
from urllib.parse import urlsplit

from flask import Flask, request

from nnlab.errors import NnlabError
from nnlab.sentence import Sentence
from nnlab.web.state import settings

READING = ("GET", "HEAD", "OPTIONS")
MOST_SHOWN = 80  # characters of a foreign name that are quoted back


class BadHost(NnlabError):
    """Every HTTP/1.1 request names the host it is for."""

    code = "bad_request"
    status = 400
    title = "The request names no host"


class ForeignSite(NnlabError):
    """A change that a page of another site asks for."""

    code = "foreign_site"
    status = 403
    title = "Not from another site"


def init_hosts(app: Flask) -> None:
    """Refuse changes to `app` that come from foreign pages, and requests without a host."""
    app.before_request(_check)


def _check() -> None:
    host = request.environ.get("HTTP_HOST")
    name = _name_in(f"//{host}") if host else None
    if not name and (host or request.environ.get("SERVER_PROTOCOL") != "HTTP/1.0"):
        raise BadHost(Sentence("The header Host is missing or no host's name."))
    if request.method in READING or "*" in _listed(settings().hosts):
        return
    if name and not _is_ours(name, settings().hosts):
        raise ForeignSite(
            Sentence(
                "This server does not go by the name {name}; NNLAB_HOSTS tells it its names.", name=name[:MOST_SHOWN]
            )
        )
    if _comes_from_elsewhere(request.headers.get("Origin"), host):
        raise ForeignSite(Sentence("Only pages of this server may change what it holds."))


def _comes_from_elsewhere(origin: str | None, host: str | None) -> bool:
    if origin is None:
        return False
    if origin == "null":  # browsers hide it in some requests of a page that sends no referrer
        return request.headers.get("Sec-Fetch-Site") != "same-origin"
    here = origin.lower().partition("//")[2] == (host or "").lower()
    return not here and _name_in(origin) not in _listed(settings().hosts)


@lru_cache(maxsize=256)
def _is_ours(name: str, hosts: str) -> bool:
    return name in ("localhost", *_own_names(), *_listed(hosts)) or name.endswith(".localhost") or _is_address(name)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _name_in(address: str) -> str | None:
    """The host's name in an address, in small letters; None when there is none."""
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


@cache
def _own_names() -> tuple[str, str]:
    name = socket.gethostname().lower()
    return name, f"{name}.local"


@cache
def _listed(hosts: str) -> frozenset[str]:
    return frozenset(hosts.lower().split(",")) - {""}
