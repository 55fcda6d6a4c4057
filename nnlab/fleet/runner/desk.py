"""Where a runner's calls are carried out, each session's in order, and answered only once they are stored.

A change is made when the store is known to take it: if it is not free, an empty job finds out when it is, while the
session goes on training; then the change is made, and until its write has come back nothing touches the session. So
nobody ever sees a change that is taken back, and a refused one is taken back exactly (see Memento).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from nnlab.errors import Conflict, NnlabError, Unsettled
from nnlab.fleet.kinds import KINDS
from nnlab.fleet.runner.awake import Awake
from nnlab.fleet.runner.boundary import Boundary, broken, refusal
from nnlab.fleet.runner.gate import Gate
from nnlab.fleet.runner.keeper import Keeper
from nnlab.fleet.runner.lines import Lines, Request
from nnlab.fleet.runner.looks import takes_long
from nnlab.fleet.runner.meter import Meter
from nnlab.fleet.runner.once import command_of, is_owed, known_reply, once_of, record_ends, record_reply
from nnlab.fleet.runner.studio import Studio
from nnlab.fleet.runner.waking import Waking
from nnlab.fleet.runner.writing import Writer
from nnlab.fleet.store import LostOwnership
from nnlab.fleet.store.errors import AlreadyThere
from nnlab.fleet.wire import Asleep, Call, Message, Reply, Unwatch, Watch
from nnlab.sentence import Sentence
from nnlab.session import commands
from nnlab.session.replies import reply_in
from nnlab.session.subject import Memento, Subject
from nnlab.session.work import Nothing

MOST_OWED = 4  # Step commands of one session at a time: each holds a thread of the web process
MOST_WAITING = 8  # for them, with whoever asks again under the same key


class Desk:
    """Serves what is asked of sessions. `plan` is called when a session may have its turns again."""

    def __init__(
        self,
        keeper: Keeper,
        writer: Writer,
        studio: Studio,
        meter: Meter,
        *,
        send: Callable[[Message], None],
        plan: Callable[[str], None],
    ) -> None:
        self._keeper = keeper
        self._studio = studio
        self._send = send
        self._plan = plan
        self._lines = Lines()
        self.waking = Waking(keeper, self._lines, send, self)
        self._gate = Gate(writer, self._lines, self.waking, self)
        self.boundary = Boundary(send, self.waking, meter)

    def is_busy(self, view_id: str) -> bool:
        """Whether something of the session is at the store, so that nothing may touch it now."""
        return self._lines.is_busy(view_id)

    def is_needed(self, view_id: str) -> bool:
        """Whether anything waits for the session."""
        return self._lines.find(view_id) is not None

    def receive(self, request: Request) -> None:
        """Serve a request now, or let it wait in its session's line."""
        line = self._lines.find(request.view_id)
        if line is not None and (line.busy or is_change(request)):
            line.waiting.append(request)
        else:
            self._serve(request)
            self.rest(request.view_id)

    def go_on(self, view_id: str) -> None:
        """The store has answered: serve what waits, up to the next change."""
        line = self._lines.open(view_id)
        line.busy = False
        while line.waiting and not line.busy:
            self._serve(line.waiting.popleft(), writable=True)
        if not line.busy and self._lines.find(view_id) is line:
            self._lines.close(view_id)
        self.rest(view_id)

    def rest(self, view_id: str) -> None:
        """Nothing more is to be done at once: the session has its turns again, or is no longer here."""
        is_here = view_id in self._keeper.awake or view_id in self.boundary.quarantine
        if not is_here and not self.is_needed(view_id):
            self._send(Asleep(view_id))
        self._plan(view_id)

    # What is asked

    def _serve(self, request: Request, *, writable: bool = False) -> None:
        """Serve a request within the boundary; `writable`: the store has just taken something."""
        awake = self._keeper.awake.get(request.view_id)
        if isinstance(request, Unwatch):
            self._keeper.unwatch(request.view_id, request.want)
        elif isinstance(request, Watch):
            self.boundary.touch(request.view_id, partial(self._watch, request, awake))
        elif isinstance(request.command, commands.Query):
            act = partial(self._read, request, request.command, awake)
            self.boundary.touch(request.view_id, act, request_id=request.request_id, reading=True)
        else:
            act = partial(self._change, request, awake, writable=writable)
            self.boundary.touch(request.view_id, act, request_id=request.request_id)

    def _watch(self, watch: Watch, awake: Awake | None) -> None:
        if awake is None:
            self._wake_for(watch)
            return
        for event in awake.welcome(watch.want):
            self._send(event)

    def _read(self, call: Call, query: commands.Query, awake: Awake | None) -> None:
        if awake is None:
            self._wake_for(call)
            return
        awake.touched_s = time.monotonic()
        if takes_long(query, awake.subject):
            self._studio.look(awake, call.request_id, query)
        else:
            self._send(Reply(call.request_id, awake.kind.begin(query, awake.subject)))

    def _change(self, call: Call, awake: Awake | None, *, writable: bool) -> None:
        """Make a change, now or when the session and the store are ready for it."""
        if awake is not None and (known := known_reply(call, awake)) is not None:
            self._send(Reply(call.request_id, reply_in(known)))
            return
        command = command_of(call)
        match command:
            case commands.Birth():
                self._create(call, command.make())
            case _ if awake and not command.takes_steps and not writable and not self._gate.is_open():
                self._gate.wait(call)
            case commands.Death():
                self._delete(call)
            case _ if awake is None:
                self._wake_for(call)
            case _:
                awake.touched_s = time.monotonic()
                self._carry_out(call, awake)

    def _wake_for(self, request: Request) -> None:
        if request.view_id in self.boundary.quarantine:
            self.waking.refuse(request, broken())
            return
        self._lines.open(request.view_id).waiting.appendleft(request)
        self.waking.wake(request.view_id)

    def _carry_out(self, call: Call, awake: Awake) -> None:
        if not command_of(call).takes_steps:
            self._apply(call, awake)
        elif not is_owed(call, awake):
            self._owe(call, awake)
        elif len(awake.owed) < MOST_WAITING:
            awake.owe(call.request_id, Nothing(awake.subject), once_of(call))  # answered once the first one is
        else:
            raise Unsettled("These steps are being taken; ask again once they are.")

    def _owe(self, call: Call, awake: Awake) -> None:
        """Begin long work; its reply is sent once it is done and stored."""
        ends_works = command_of(call).ends_works
        if len(awake.owed) >= MOST_OWED and not ends_works:
            raise Conflict("Steps are being taken already; wait for their answer, or pause.")
        work = awake.kind.begin(command_of(call), awake.subject)
        if ends_works:
            record_ends(awake)
            self._keeper.abandon_owed(awake)
        awake.owe(call.request_id, work, once_of(call))

    def _create(self, call: Call, subject: Subject) -> None:
        value = KINDS[subject.kind].whole(subject)
        record_reply(once_of(call), subject, value)

        def created(awake: Awake) -> None:
            self._send(Reply(call.request_id, value))
            self.go_on(call.view_id)

        self._keeper.create(call.view_id, subject, created, partial(self._not_created, call))
        self._lines.occupy(call.view_id)

    def _not_created(self, call: Call, error: Exception) -> None:
        """The session could not be stored, or it was created before under the same key: then so is the answer."""
        once = once_of(call)
        if not isinstance(error, AlreadyThere):
            self._refused(call, error)
            return
        if once is None:
            self._refused(call, Conflict(Sentence("There is a session of this id already.")))
            return
        for request in [Call(call.request_id, call.view_id, once.question), *self._lines.close(call.view_id)]:
            self.receive(request)

    def _delete(self, call: Call) -> None:
        def deleted() -> None:
            self.boundary.quarantine.forget(call.view_id)
            self.waking.gone(call.view_id, Reply(call.request_id))

        self._keeper.delete(call.view_id, deleted, partial(self._refused, call))
        self._lines.occupy(call.view_id)

    # Changes of what is in memory

    def _apply(self, call: Call, awake: Awake) -> None:
        before = awake.kind.memento(awake.subject)
        value = awake.kind.begin(command_of(call), awake.subject)
        if changes_nothing(call, awake, before):
            self._send(Reply(call.request_id, value))
            return
        if self._ends_steps(call, awake):
            record_ends(awake)
        record_reply(once_of(call), awake.subject, value)
        stored = partial(self._stored, call, awake, before, value)
        self._keeper.save(awake, stored, partial(self._take_back, call, before))
        self._lines.occupy(call.view_id)

    def _stored(self, call: Call, awake: Awake, before: Memento, value: object) -> None:
        """A change is stored."""
        self._send(Reply(call.request_id, value))
        if self._ends_steps(call, awake):
            self._keeper.abandon_owed(awake)
        awake.show_change_since(before.revision)
        self.go_on(call.view_id)

    def _ends_steps(self, call: Call, awake: Awake) -> bool:
        return awake.is_travelling or command_of(call).ends_works

    def _take_back(self, call: Call, before: Memento, error: Exception) -> None:
        """A change could not be stored."""
        before.bring_back()
        self._refused(call, error)

    def _refused(self, call: Call, error: Exception) -> None:
        """The store has not done what a call asked for; what waited behind it asks anew."""
        self._send(Reply(call.request_id, error=refusal(error)))
        if isinstance(error, LostOwnership):
            self.waking.lose(call.view_id)
        elif not isinstance(error, NnlabError):
            raise error
        else:
            for request in self._lines.close(call.view_id):
                self.receive(request)
        self.rest(call.view_id)


def is_change(request: Request) -> bool:
    """Whether a request has to wait for the changes before it."""
    return isinstance(request, Call) and isinstance(request.command, commands.Change)


def changes_nothing(call: Call, awake: Awake, before: Memento) -> bool:
    """Whether what was asked for was so already, and is stored. One under a key has its reply stored with it."""
    command = call.command
    is_vain = isinstance(command, commands.Change) and command.is_of_document_alone
    return is_vain and awake.subject.revision == before.revision and not awake.is_travelling
