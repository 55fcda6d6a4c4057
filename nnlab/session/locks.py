"""Locks of a room: a student's change that touches what is locked is refused, by whatever way it comes.

What a change does to the document is judged by its outcome, so files and data sets need no rules of their own. What it
does besides, to weights by hand or to the course of training, it names (`control_in`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from nnlab.document.models import Document, Network, Training
from nnlab.errors import Locked
from nnlab.sentence import Sentence
from nnlab.session.commands.kinds import Change
from nnlab.session.memento import Memento
from nnlab.session.orders import Orders
from nnlab.session.session import Session
from nnlab.session.work import Travel

Handler = Callable[[Any, Any], Any]
Look = Callable[[Document], Any]


def _path(path: str) -> Look:
    def look(document: Document) -> Any:
        value: Any = document
        for name in path.split("."):
            value = getattr(value, name)
        return value

    return look


def _activations(document: Document) -> Any:
    return [(layer.activation, layer.pieces) for layer in document.network.hidden]


def _regularization(document: Document) -> Any:
    training = document.training
    kept = [layer.keep_prob for layer in document.network.hidden]
    return training.l2, training.l1, training.max_norm, training.keep_prob, training.input_noise, kept


def _points(document: Document) -> Any:
    return document.task, document.classes, document.class_names, document.points


# What can be locked: a part of the document, as what it looks at there, or a control that no part of it stands for.
PARTS: dict[str, Look] = {
    **{name: _path(name) for name in ("network", "training", "pace", "stop", "view", "title")},
    **{f"network.{name}": _path(f"network.{name}") for name in Network.model_fields},
    **{f"training.{name}": _path(f"training.{name}") for name in Training.model_fields},
    "network.activation": _activations,
    "regularization": _regularization,
    "points": _points,
}
CONTROLS = ("run", "weights")
LOCKS = (*PARTS, *CONTROLS)
WORDS = {  # of what has no label in the document
    "title": Sentence("Title"),
    "network": Sentence("Network"),
    "training": Sentence("Training"),
    "pace": Sentence("Pace"),
    "stop": Sentence("Stop conditions"),
    "view": Sentence("View"),
    "network.activation": Sentence("Activation"),
    "regularization": Sentence("Regularization"),
    "points": Sentence("Points"),
    "run": Sentence("Run"),
    "weights": Sentence("Weights"),
}


def carry_out(handler: Handler, command: Change, session: Session) -> Any:
    """Carry a student's change out. Raises Locked, and leaves the session as it was, when a lock is in its way."""
    orders = session.orders
    if orders is None:
        return handler(command, session)
    _refuse_by_control(command.control_in(session), orders)
    if not any(name in PARTS for name in orders.locks):
        return handler(command, session)
    before, memento = session.document, Memento(session)
    outcome = handler(command, session)
    after = outcome.destination if isinstance(outcome, Travel) else session.document
    if touched := _touched(orders.locks, before, after):
        memento.bring_back()
        raise _locked(touched)
    return outcome


def _refuse_by_control(control: str, orders: Orders) -> None:
    if orders.is_frozen:
        raise Locked(Sentence("The teacher has stopped everybody; wait until it goes on."))
    if control in orders.locks:
        raise _locked(control)


def _touched(locks: Iterable[str], before: Document, after: Document) -> str | None:
    """The first lock whose part of the document has changed."""
    if after is before:
        return None
    return next((name for name in locks if name in PARTS and PARTS[name](before) != PARTS[name](after)), None)


def _locked(name: str) -> Locked:
    return Locked(Sentence("The teacher has locked “{control}”; change something else.", control=words_of(name)))


def words_of(name: str) -> Sentence:
    """What a lock is called on screen."""
    if name in WORDS:
        return WORDS[name]
    part, _, field = name.partition(".")
    model = Network if part == "network" else Training
    return Sentence(model.model_fields[field].title or name)
