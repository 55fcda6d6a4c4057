"""What a stream shall carry, as it stands in a query: one want for all sessions, and others for some of them."""

from __future__ import annotations

from pydantic import Field, ValidationError

from nnlab.document.wording import broken_rule, invalid_input
from nnlab.session.picture.want import Want, parse_parts
from nnlab.web.api import door
from nnlab.web.api.shapes import Fineness

MOST_SESSIONS = 300  # their ids fit a request line of 8 KB, which is all that servers and proxies take

EMPTY = {"parts": ""}  # where a name stands without a value; of the others it is the document's


class WantQuery(Fineness):
    """What each frame has, how finely, how often."""

    parts: str = Field(
        "regions",
        description="What each frame has besides the figures, separated by commas: regions, units, weights, scores,"
        " phases, curves, warp or warp.LAYER.UNIT.UNIT; empty for the figures alone.",
    )
    fps: float | None = Field(
        None, ge=0.05, le=60, description="Frames a second at the most; never more than the document's."
    )

    @property
    def want(self) -> Want:
        """The same as a value. Raises InvalidInput for unknown parts."""
        return Want(parse_parts(self.parts), self.resolution, self.fps)


class ManyQuery(WantQuery):
    """Which sessions, and what of them."""

    of: str = Field(description=f"Session ids or view ids, separated by commas; at most {MOST_SESSIONS}.")
    own: list[str] = Field(
        [],
        alias="for",
        description="What is different for one session: its id and any of parts, resolution and fps, as in"
        " ID;fps=2;resolution=40;parts=regions,units. An empty resolution or fps is the document's. May be given for"
        " several.",
    )

    @property
    def wants(self) -> dict[str, Want]:
        """The want of each session, by view id. Raises InvalidInput, and NotFound for what is no id at all."""
        wants = dict.fromkeys(self._view_ids(), self.want)
        for text in self.own:
            name, *changes = text.split(";")
            if (view_id := door.caller(name).view_id) not in wants:
                raise broken_rule("for", "must begin with one of the ids in of", name)
            wants[view_id] = self._changed(changes).want
        return wants

    def _view_ids(self) -> list[str]:
        names = [name.strip() for name in self.of.split(",") if name.strip()]
        if not 1 <= len(names) <= MOST_SESSIONS:
            raise broken_rule("of", f"must name 1 to {MOST_SESSIONS} sessions", len(names))
        view_ids = [door.caller(name).view_id for name in names]
        if len(set(view_ids)) < len(names):
            raise broken_rule("of", "must name each session once", self.of)
        return view_ids

    def _changed(self, changes: list[str]) -> WantQuery:
        said = {name: value or EMPTY.get(name) for name, _, value in (change.partition("=") for change in changes)}
        common = {"parts": self.parts, "resolution": self.resolution, "fps": self.fps}
        try:
            return WantQuery.model_validate(common | said)
        except ValidationError as error:
            raise invalid_input(error) from None
