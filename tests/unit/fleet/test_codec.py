"""Messages as bytes: what was sent arrives, and nothing else is understood."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
import pytest

from nnlab import errors
from nnlab.database import errors as store_errors
from nnlab.errors import FieldError, InternalError, InvalidInput, NnlabError
from nnlab.fleet.codec import Misunderstood, decode, encode
from nnlab.fleet.lost import RunnerGone, RunnerLost
from nnlab.fleet.wire import (
    Asleep,
    Beat,
    Call,
    Event,
    FrameOrder,
    Hello,
    LookOrder,
    Made,
    Message,
    Reply,
    Unwatch,
    Watch,
)
from nnlab.sentence import Sentence
from nnlab.session import commands
from nnlab.session.apply import apply
from nnlab.session.frozen import freeze
from nnlab.session.picture.want import PLAIN, Want
from nnlab.session.session import Session
from tests.unit.making import make_session

STEP = commands.Step(steps=3)
COPY = freeze(make_session())
MESSAGES: list[Message] = [
    Hello(),
    Call(1, "v", STEP),
    Call(2, "v", commands.Create(document=make_session().document)),
    Call(3, "v", commands.CreateFrom(checkpoint=make_session().checkpoint())),
    Call(4, "v", commands.Once(key="k" * 16, fingerprint="f", command=STEP)),
    Watch("v", Want(("units", "weights"), 40, 2.5)),
    Unwatch("v", PLAIN),
    Reply(1, {"revision": 2, "values": [1.5, None], "content": b"file"}),
    Event("v", "frame", None, b"\x00" * 3000),
    Event("v", "frame", PLAIN, b""),
    Beat(3, 1),
    Asleep("v"),
    LookOrder(COPY, commands.Figure(resolution=20, words={"a": "b"})),
    FrameOrder(COPY, "v", "7-1", (PLAIN, Want(())), {"state": "paused", "message": None}, None),
    Made({"a": [1]}, took_s=0.5),
    Made(events=(Event("v", "frame", PLAIN, b"piece"),)),
]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: type(message).__name__)
def test_a_message_arrives_as_it_was_sent(message: Message) -> None:
    assert decode(encode(message)) == message


EDITS = [commands.PointEdit(id=1, x=2.0), commands.PointEdit(id=2, value=None)]
COMMANDS: list[Any] = [
    commands.AddPoints(points=[{"x": 1.5, "y": -2.0, "label": 1}], gesture=7),
    commands.ChangePoints(points=EDITS, remove=[3]),
    commands.ReplacePoints(points=[], grow_classes=True),
    commands.Patch(patch={"training": {"learning_rate": 0.1, "max_norm": None}}, if_revision=3),
    commands.Predict(points=[[0.5, 1.0], [1, 2]], activations=True),
    commands.EditWeight(layer=1, unit=1, bias=0.5),
    commands.RestoreModel(layers=apply(commands.ReadModel(), make_session())["layers"]),
    commands.MakeDataset(name="spiral", points=50),
    commands.Back(to_step=3),
    commands.Delete(),
]


@pytest.mark.parametrize("command", COMMANDS, ids=type)
def test_a_command_arrives_with_the_fields_it_was_given_and_no_others(command: Any) -> None:
    for sent in (command, commands.Once(key="k" * 16, fingerprint="f", command=command)):
        arrived = decode(encode(Call(1, "v", sent)))
        assert isinstance(arrived, Call) and arrived.command == sent
    inner = arrived.command.command  # type: ignore[attr-defined]
    assert inner.model_dump(exclude_unset=True) == command.model_dump(exclude_unset=True)


def test_a_copy_comes_back_as_the_session_it_was_made_of() -> None:
    session = make_session(title="Mine")
    session.advance(20)
    reply = decode(encode(Reply(1, apply(commands.Copy(), session))))
    assert isinstance(reply, Reply)
    call = decode(encode(Call(2, "w", commands.CreateFrom(checkpoint=reply.value))))
    assert isinstance(call, Call) and isinstance(call.command, commands.CreateFrom)
    again = call.command.make()
    assert (again.document, again.trainer.state()) == (session.document, session.trainer.state())


ERRORS = [
    kind
    for module in (errors, store_errors)
    for kind in vars(module).values()
    if isinstance(kind, type) and issubclass(kind, NnlabError)
]


@pytest.mark.parametrize("kind", [*ERRORS, RunnerGone, RunnerLost])
def test_every_error_arrives_whole(kind: type[NnlabError]) -> None:
    inner = Sentence("{count} points", count=2)
    fields = (
        FieldError("points.0.x", "points.0.x is required."),
        FieldError("y", Sentence("{field} {n}", field="y", n=1)),
    )
    sent = kind(Sentence("There are {what}.", what=inner), errors=fields)
    reply = decode(encode(Reply(1, error=sent)))
    assert isinstance(reply, Reply) and reply.error is not None
    assert type(reply.error) is kind or kind is NnlabError
    assert (reply.error.detail, reply.error.errors, str(reply.error)) == (sent.detail, fields, str(sent))
    assert reply.error.detail.parts == sent.detail.parts  # type: ignore[attr-defined]
    assert decode(encode(Reply(1, error=kind("Plain.")))).error.detail == "Plain."  # type: ignore[union-attr]


def test_an_error_of_an_unknown_code_keeps_its_words() -> None:
    class Newer(NnlabError):
        code = "newer"

    body = encode(Reply(1, error=Newer("It is so.")))
    del errors.KINDS["newer"]
    reply = decode(body)
    assert isinstance(reply, Reply)
    assert type(reply.error) is InternalError
    assert reply.error.detail == "It is so."


def test_values_arrive_as_plain_ones() -> None:
    value = {"message": Sentence("a {n}", n=1), "loss": np.float64(0.5), "range": (1, 2)}
    reply = decode(encode(Reply(1, value)))
    assert isinstance(reply, Reply)
    assert reply.value == {"message": "a 1", "loss": 0.5, "range": [1, 2]}
    assert [type(one) for one in reply.value.values()] == [str, float, list]


@pytest.mark.parametrize("value", [object(), np.zeros(2), Session, print, 1j], ids=lambda value: type(value).__name__)
def test_what_has_no_form_is_not_sent(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot be sent|not supported|unsupported"):
        encode(Reply(1, value))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x80\x05half",
        msgspec.msgpack.encode(["Explode", 1]),
        msgspec.msgpack.encode(["Call", "one", "v", ["Step", {}]]),
        msgspec.msgpack.encode(["Reply"]),
        msgspec.msgpack.encode({"type": "Asleep"}),
    ],
)
def test_what_is_no_message_is_not_understood(body: bytes) -> None:
    with pytest.raises(Misunderstood, match="no message"):
        decode(body)


@pytest.mark.parametrize(
    "command", [["Explode", {}], ["Step", {"steps": 10**9}], ["Step", {"speed": 1}], ["Model", {}], ["Create", {}]]
)
def test_an_unknown_command_is_refused_by_an_answer(command: Any) -> None:
    call = decode(msgspec.msgpack.encode(["Call", 1, "v", command]))
    assert isinstance(call, Call)
    assert call.command == commands.Unknown(name=command[0])
    with pytest.raises(InvalidInput, match=f'command must be one that this server knows; got "{command[0]}"'):
        apply(call.command, make_session())


def test_an_unknown_command_under_a_key_is_refused_too() -> None:
    once = {"key": "k" * 16, "fingerprint": "f", "command": ["Explode", {}]}
    call = decode(msgspec.msgpack.encode(["Call", 1, "v", ["Once", once]]))
    assert isinstance(call, Call)
    assert isinstance(call.command, commands.Once)
    assert call.command.command == commands.Unknown(name="Explode")
