"""Messages as bytes and back: MessagePack by the schema of nnlab.fleet.wire.

What is not in the schema is not understood: no value makes the receiver run or import anything. A message of an unknown
kind is refused as a whole, a command of an unknown name by an answer to its caller.
"""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.msgpack import Decoder, Encoder

from nnlab.errors import FieldError, InvalidInput, NnlabError, error_of
from nnlab.fleet.wire import Message
from nnlab.sentence import Sentence
from nnlab.session.commands.kinds import Command
from nnlab.session.commands.names import tagged, untagged


class Misunderstood(Exception):
    """Bytes that are no message, or one of another protocol."""


def encode(message: Message) -> bytes:
    """The message as bytes. Raises InvalidInput for a number beyond 64 bits, TypeError for what has no form at all."""
    try:
        return ENCODER.encode(message)
    except OverflowError:
        raise InvalidInput(Sentence("A whole number is too large: it must fit into 64 bits.")) from None


def decode(body: bytes) -> Message:
    """The message in the bytes. Raises Misunderstood."""
    try:
        return DECODER.decode(body)
    except msgspec.MsgspecError as error:
        raise Misunderstood(f"no message: {error}") from error


def _to_plain(value: Any) -> Any:
    """What MessagePack has no form for, as plain values."""
    match value:
        case Command():
            return tagged(value)
        case NnlabError():
            errors = [(error.field, _words(error.message)) for error in value.errors]
            return value.code, _words(value.detail), errors
        case str():  # a sentence among values: those who put it in another language are given its parts beside it
            return str(value)
        case float():  # NumPy's
            return float(value)
    raise TypeError(f"cannot be sent: {type(value).__name__}")


def _from_plain(kind: type, value: Any) -> Any:
    """The reverse, by the type that the schema names."""
    if kind is Command:
        return untagged(value)
    code, detail, errors = value
    return error_of(code, _sentence(detail), tuple(FieldError(field, _sentence(words)) for field, words in errors))


def _words(text: str) -> Any:
    return text.parts if isinstance(text, Sentence) else text


def _sentence(words: Any) -> str:
    return Sentence.of(words) if isinstance(words, dict) else words


ENCODER = Encoder(enc_hook=_to_plain)
DECODER: Decoder[Message] = Decoder(Message, dec_hook=_from_plain)
