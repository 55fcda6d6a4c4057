"""Where a runner's calls are carried out: a batch in one transaction, answered only once it is stored."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import nullcontext

from nnlab.errors import Conflict, InternalError, NnlabError, NotFound, Unsettled
from nnlab.fleet.frames import event
from nnlab.fleet.runner.awake import Awake, Owed, OwedJourney, OwedSteps
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.runner.once import command_of, is_owed, once_of, record_ends, record_reply, reply_to_owed
from nnlab.fleet.store import LostOwnership, Store, StoreError
from nnlab.fleet.store.errors import AlreadyThere, StoreBusy
from nnlab.fleet.wire import Asleep, Call, Event, Message, Reply
from nnlab.sentence import Sentence
from nnlab.session import commands
from nnlab.session.apply import apply, step_to_go_to
from nnlab.session.replies import reply_in
from nnlab.session.session import Session

log = logging.getLogger(__name__)

MOST_OWED = 4  # Step commands of one session at a time: each holds a thread of the web process
FAILED = "The command failed inside the server and was not carried out."

CREATES = (commands.Create, commands.CreateFrom)

# What ends a Step that is still being carried out: whoever waits for it is told so. A Back ends with any change.
ENDS_STEPS = (commands.Pause, commands.Reset, commands.RestoreModel)


class Desk:
    """Serves batches of calls. `after_each` is called between two of them, so that a long batch is no silence."""

    def __init__(self, keeper: Keeper, store: Store, after_each: Callable[[], None]) -> None:
        self._keeper = keeper
        self._store = store
        self._after_each = after_each

    def serve(self, calls: list[Call]) -> list[Message]:
        """Carry the calls out; return what is to be sent now that they are stored."""
        try:
            with self._store.transaction() if any(map(self._touches_store, calls)) else nullcontext():
                return [message for call in calls for message in self._answer(call)]
        except StoreError as error:
            log.exception("The store could not be written")
            for call in calls:
                if isinstance(call.command, commands.Change):
                    self._keeper.forget(call.view_id)
            return [Reply(call.request_id, error=error) for call in calls]

    def finish(self, awake: Awake, owed: Owed) -> Reply:
        """The reply to a Step or Back whose steps are taken."""
        awake.owed.remove(owed)
        question = commands.Read() if isinstance(owed, OwedJourney) else commands.ReadSnapshot()
        try:
            value = reply_to_owed(owed, awake.session, question)
            with self._store.transaction():
                self._keeper.save(awake)
        except (StoreError, LostOwnership):
            log.exception("The store could not be written")
            return Reply(owed.request_id, error=Unsettled("The steps were taken and could not be stored."))
        return Reply(owed.request_id, value)

    def refuse_abandoned(self) -> list[Message]:
        """Answers for those who wait for steps that will not be taken."""
        abandoned, self._keeper.abandoned = self._keeper.abandoned, []
        error = Unsettled("The steps were not finished; read the session, then ask again.")
        return [Reply(owed.request_id, error=error) for owed in abandoned]

    def _touches_store(self, call: Call) -> bool:
        return isinstance(call.command, commands.Change)

    def _answer(self, call: Call) -> list[Message]:
        """The reply to a call and what else follows from it; nothing yet for a Step."""
        self._after_each()
        try:
            return self._carry_out(call)
        except StoreError:
            raise
        except NotFound as error:
            gone = [] if call.view_id in self._keeper.awake else [Asleep(call.view_id)]
            return [Reply(call.request_id, error=error), *gone]
        except NnlabError as error:
            return [Reply(call.request_id, error=error)]
        except LostOwnership:
            self._keeper.forget(call.view_id)
            return [Reply(call.request_id, error=StoreBusy())]
        except Exception:
            log.exception("A command failed: %s", type(call.command).__name__)
            self._keeper.forget(call.view_id)
            return [Reply(call.request_id, error=InternalError(FAILED))]

    def _carry_out(self, call: Call) -> list[Message]:
        known = self._known_reply(call)
        if known is not None:
            return [Reply(call.request_id, reply_in(known))]
        command = command_of(call)
        match command:
            case commands.Create(document=document):
                return [Reply(call.request_id, self._create(call, Session(document)))]
            case commands.CreateFrom(checkpoint=checkpoint):
                return [Reply(call.request_id, self._create(call, Session.from_checkpoint(checkpoint)))]
            case commands.Delete():
                self._keeper.delete(call.view_id)
                return [Reply(call.request_id), goodbye(call.view_id), Asleep(call.view_id)]
            case commands.Step(steps=steps):
                self._owe_steps(call, steps)
                return []
            case commands.Back():
                self._owe_journey(call, command)
                return []
        return [Reply(call.request_id, self._apply(call))]

    def _known_reply(self, call: Call) -> bytes | None:
        """The reply that was given under the call's key, if there was one. Raises KeyReused."""
        once = once_of(call)
        if once is None or isinstance(once.command, CREATES):
            return None
        return self._keeper.wake(call.view_id).session.replies.find(once.key, once.fingerprint)

    def _create(self, call: Call, session: Session) -> object:
        value = apply(commands.Read(), session)
        record_reply(once_of(call), session, value)
        try:
            self._keeper.create(call.view_id, session)
        except AlreadyThere:  # under the same key
            return self._created_before(call)
        return value

    def _created_before(self, call: Call) -> object:
        once = once_of(call)
        if once is None:
            raise Conflict(Sentence("There is a session of this id already."))
        session = self._keeper.wake(call.view_id).session
        known = session.replies.find(once.key, once.fingerprint)
        return apply(commands.Read(), session) if known is None else reply_in(known)

    def _apply(self, call: Call) -> object:
        awake = self._keeper.wake(call.view_id)
        command = command_of(call)
        value = apply(command, awake.session)
        if isinstance(command, commands.Change):
            if awake.is_travelling or isinstance(command, ENDS_STEPS):
                record_ends(awake)
                self._keeper.abandon_owed(awake)
            record_reply(once_of(call), awake.session, value)
            self._keeper.save(awake)
        return value

    def _owe_steps(self, call: Call, steps: int) -> None:
        awake = self._keeper.wake(call.view_id)
        if is_owed(call, awake):
            awake.owed.append(OwedSteps(call.request_id, 0, once_of(call)))  # answered when the first one is
            return
        awake.session.require_steps()
        if len(awake.owed) >= MOST_OWED:
            raise Conflict("Steps are being taken already; wait for their answer, or pause.")
        awake.session.running = False
        awake.owed.append(OwedSteps(call.request_id, steps, once_of(call)))

    def _owe_journey(self, call: Call, command: commands.Back) -> None:
        awake = self._keeper.wake(call.view_id)
        if is_owed(call, awake):
            awake.owed.append(OwedSteps(call.request_id, 0, once_of(call)))
            return
        journey = awake.session.set_out(step_to_go_to(command, awake.session))
        record_ends(awake)
        self._keeper.abandon_owed(awake)
        awake.owe_journey(call.request_id, journey, once_of(call))


def goodbye(view_id: str) -> Event:
    """For the viewers of a session that is no more."""
    return Event(view_id, "bye", None, event("bye", {"reason": "deleted"}))
