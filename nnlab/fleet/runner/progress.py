"""What sessions come to by themselves is stored: what they have trained, and the steps that somebody waits for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from nnlab.errors import NnlabError, Unsettled
from nnlab.fleet.runner.awake import Awake, Owed
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.runner.once import reply_to_owed
from nnlab.fleet.store import LostOwnership
from nnlab.fleet.wire import Message, Reply


class Progress:
    """Stores progress. `lose` is called with a session that another runner has taken over."""

    def __init__(self, keeper: Keeper, send: Callable[[Message], None], lose: Callable[[str], None]) -> None:
        self._keeper = keeper
        self._send = send
        self._lose = lose

    def save(self, awake: Awake, *, at_rest: bool = False) -> None:
        """A checkpoint; when the store refuses it, it is tried again."""
        self._keeper.save_progress(awake, partial(self._not_saved, awake), at_rest=at_rest)

    def finish(self, awake: Awake, owed: Owed) -> None:
        """Answer a Step or Back whose steps are taken, once they are stored."""
        value = reply_to_owed(owed, awake.subject)

        def refused(error: Exception) -> None:
            self._send(Reply(owed.request_id, error=Unsettled("The steps were taken and could not be stored.")))
            self._not_saved(awake, error)

        self._keeper.save(awake, lambda: self._send(Reply(owed.request_id, value)), refused)
        awake.owed.remove(owed)

    def refuse_abandoned(self) -> None:
        """Answer those who wait for steps that will not be taken."""
        abandoned, self._keeper.abandoned = self._keeper.abandoned, []
        error = Unsettled("The steps were not finished; read the session, then ask again.")
        for owed in abandoned:
            self._send(Reply(owed.request_id, error=error))

    def _not_saved(self, awake: Awake, error: Exception) -> None:
        if isinstance(error, LostOwnership):
            if self._keeper.has(awake):
                self._lose(awake.view_id)
        elif not isinstance(error, NnlabError):
            raise error
