"""Changes under a key: what has been answered is answered again, what is being carried out is waited for."""

from __future__ import annotations

from nnlab.fleet.runner.awake import Awake, Owed
from nnlab.fleet.wire import Call
from nnlab.session.commands import Once
from nnlab.session.commands.kinds import Command
from nnlab.session.replies import key_reused, reply_in
from nnlab.session.subject import Subject


def command_of(call: Call) -> Command:
    """What is asked for, whether under a key or not."""
    return call.command.command if isinstance(call.command, Once) else call.command


def once_of(call: Call) -> Once | None:
    """The key of the call, if it has one."""
    return call.command if isinstance(call.command, Once) else None


def known_reply(call: Call, awake: Awake) -> bytes | None:
    """The reply that was given under the call's key, if there was one.

    Raises KeyReused, also when what is being carried out under that key is another request.
    """
    once = once_of(call)
    if once is None:
        return None
    if any(owed.key == once.key and owed.fingerprint != once.fingerprint for owed in _owed_under_keys(awake)):
        raise key_reused()
    return awake.subject.replies.find(once.key, once.fingerprint)


def is_owed(call: Call, awake: Awake) -> bool:
    """Whether a command under this key is being carried out already."""
    once = once_of(call)
    return once is not None and any(owed.key == once.key for owed in _owed_under_keys(awake))


def record_reply(once: Once | None, subject: Subject, value: object) -> None:
    """Keep the reply to a change, if it has a key; it is stored with the change itself."""
    if once is not None:
        subject.replies.record(once.key, once.fingerprint, value)


def record_ends(awake: Awake) -> None:
    """Keep that what is owed under keys has been ended by another change."""
    for owed in _owed_under_keys(awake):
        awake.subject.replies.record_end(owed.key, owed.fingerprint)


def reply_to_owed(owed: Owed, subject: Subject) -> object:
    """The reply to what was owed: the one that is kept, if it came twice under one key."""
    known = owed.once and subject.replies.find(owed.once.key, owed.once.fingerprint)
    if known:
        return reply_in(known)
    value = owed.work.reply()
    record_reply(owed.once, subject, value)
    return value


def _owed_under_keys(awake: Awake) -> list[Once]:
    return [owed.once for owed in awake.owed if owed.once is not None]
