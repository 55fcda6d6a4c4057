"""Settings from the environment: every NNLAB_ name, its default and what it does. docs/operating.md lists the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from nnlab.document.wording import invalid_input
from nnlab.errors import InvalidInput

PREFIX = "NNLAB_"
INSTANCE = Path(__file__).resolve().parents[1] / "instance"

DatabaseUrl = Annotated[str, Field(pattern=r"^postgresql(\+psycopg)?://")]


def _known_address(value: Any) -> Any:
    """Refuse addresses of other databases, which would be odd paths. What may be a password is not quoted back."""
    scheme, slashes, _ = str(value).partition("//")
    if value == "" or (slashes and scheme.endswith(":") and not scheme.startswith("postgresql")):
        rule = "must be the path of a file, or postgresql://user@host/name"
        raise PydanticCustomError("rule", "{rule}", {"field": "", "rule": rule, "value": scheme})
    return value


class Settings(BaseModel):
    """All settings. Raises InvalidInput for an unknown NNLAB_ name or a value out of range."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, alias_generator=lambda name: PREFIX + name.upper()
    )

    database: Annotated[DatabaseUrl | Path, BeforeValidator(_known_address)] = Field(
        INSTANCE / "nnlab.sqlite3", description="Path of the SQLite file, or postgresql://user@host/name."
    )
    runners: int = Field(
        os.cpu_count() or 1,
        ge=1,
        le=512,
        description="Runner processes, with NNLAB_RAY in the whole cluster at least; default: one a core.",
    )
    ray: str = Field(
        "",
        pattern=r"^(\S+:\d+)?$",
        description="Address of a Ray cluster, such as 10.0.0.1:6400, whose machines train; else this one does.",
    )
    max_streams: int = Field(4000, ge=1, le=10_000, description="Streams served at once; one more is answered 503.")
    max_connections_per_address: int = Field(
        2000,
        ge=1,
        description="Connections of one address at once, which a school may share; one more is answered 429.",
    )
    head_s: float = Field(10.0, gt=0, description="Seconds in which the head of a request must arrive.")
    body_s: float = Field(60.0, gt=0, description="Seconds in which the body of a request must arrive.")
    max_body_bytes: int = Field(256 * 1024, ge=1024, description="Largest request body.")
    hosts: str = Field(
        "",
        pattern=r"^[^\s/]*$",
        description="Names of the server, separated by commas, besides localhost, the machine's name and addresses"
        " in digits; * for any.",
    )
    grace_s: float = Field(30.0, gt=0, description="Seconds a running session that nobody watches goes on training.")
    keep_days: int = Field(
        365, ge=0, description="Days a session is kept that nobody uses; 0 keeps all that were ever changed."
    )
    awake_mb: int = Field(1024, ge=1, description="Memory for sessions in all runners; beyond, idle ones sleep early.")
    creations_per_address: int = Field(
        600, ge=1, description="Sessions one address may make in a minute; one more is answered 429."
    )
    creations: int = Field(3000, ge=1, description="Sessions all addresses together may make in a minute.")
    changes_per_session: int = Field(
        50, ge=1, description="Changes of one session in a second, for long; one more is answered 429."
    )
    study_workers: int = Field(
        os.cpu_count() or 1, ge=1, le=64, description="Processes that train networks of studies; default: one a core."
    )
    embed_in: str = Field(
        "*", pattern=r"^[^;,\r\n]+$", description="Sites that may frame /embed pages, as in CSP's frame-ancestors."
    )
    prefix: str = Field(
        "",
        pattern=r"^(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*$",
        description="Path before all addresses, such as /lab; else the one that a proxy names in X-Forwarded-Prefix.",
    )
    sleep_s: float = Field(900.0, gt=0, description="Seconds until an idle session leaves the runner's memory.")

    @property
    def database_address(self) -> str:
        """The database as another process is to be told of it."""
        return str(self.database.resolve()) if isinstance(self.database, Path) else self.database

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read NNLAB_DATABASE and the others; names without the prefix are nobody's business here."""
        try:
            return cls.model_validate({name: value for name, value in environment.items() if name.startswith(PREFIX)})
        except ValidationError as error:
            raise invalid_input(error) from None


def settings_or_exit() -> Settings:
    """The settings of a program that starts. What is wrong with them ends it with a sentence and exit code 1."""
    try:
        return Settings.from_environment()
    except InvalidInput as error:
        sys.exit(f"NNLab does not start: {error.detail} See docs/operating.md.")
