"""What the routes share: the fleet and the settings, found through the application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, cast

from flask import current_app

from nnlab.errors import NnlabError
from nnlab.fleet.hub import Viewer
from nnlab.fleet.wire import Beat
from nnlab.session.commands import Change, Query
from nnlab.session.picture.want import Want
from nnlab.settings import Settings


class Fleet(Protocol):
    """What the web layer needs of any fleet."""

    def start(self) -> None:
        """Start the runners, unless they run."""

    def call(self, view_id: str, command: Change | Query) -> Any:
        """Carry out a command and return its reply."""

    def watch(self, wants: Mapping[str, Want]) -> Viewer:
        """A viewer of these sessions' events, by view id."""

    def choose(self, view_ids: Sequence[str]) -> str:
        """Of these ids for a new session the one that would have the most room."""

    def trouble(self) -> NnlabError | None:
        """What keeps a runner from answering or from writing what is changed; None when all is well."""

    def beats(self) -> list[Beat]:
        """What each runner said last of itself."""

    def load(self) -> float:
        """How busy it is, from 0 to 1."""

    def close(self) -> None:
        """Save everything and end."""


def fleet() -> Fleet:
    """The application's fleet."""
    return cast(Fleet, current_app.extensions["nnlab.fleet"])


def settings() -> Settings:
    """The application's settings."""
    return cast(Settings, current_app.extensions["nnlab.settings"])
