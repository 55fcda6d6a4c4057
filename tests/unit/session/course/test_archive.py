"""Numbered pieces: what is put in comes out as it was, each thing is written once, nothing else is kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from nnlab.document.models import Document, parse_document
from nnlab.engine.network.network import LayerWeights
from nnlab.errors import InvalidInput
from nnlab.session.course.archive import Archive, Thing
from nnlab.session.course.past import WeightEdit
from tests.unit.making import CALM, documents, make_document


def after_rest(thing: Thing) -> Thing:
    """The thing as it comes back from the store."""
    archive = Archive()
    number = archive.number(thing)
    woken: Thing = Archive(archive.keep([number])).thing(number)
    return woken


@given(documents())
@CALM
def test_documents_come_back_as_they_were(fields: dict[str, object]) -> None:
    document = parse_document(fields)
    assert after_rest(document) == document


@pytest.mark.parametrize(
    "thing",
    [
        b"",
        b"\x00\xff" * 100,
        WeightEdit("weights", 2, (0, 0, 2), 0.1),
        WeightEdit("biases", 1, (0, 1), 3e9),  # learned, beyond what may be asked for
        (),
    ],
)
def test_bytes_and_single_weights_come_back_as_they_were(thing: Thing) -> None:
    assert after_rest(thing) == thing


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_layers_come_back_bit_for_bit(dtype: type) -> None:
    random = np.random.default_rng(1)
    layers = tuple(
        LayerWeights(name, random.normal(size=shape).astype(dtype), random.normal(size=shape[-1]).astype(dtype))
        for name, shape in (("tanh", (2, 5)), ("maxout", (3, 5, 4)), ("identity", (4, 2)))
    )
    woken = after_rest(layers)
    assert isinstance(woken, tuple)
    for one, other in zip(layers, woken, strict=True):
        assert one.activation == other.activation
        for name in ("weights", "biases"):
            assert getattr(one, name).tobytes() == getattr(other, name).tobytes()
            assert getattr(one, name).dtype == getattr(other, name).dtype


def test_a_thing_has_one_number_over_rests_and_a_new_thing_another() -> None:
    archive, one, other = Archive(), make_document(title="one"), make_document(title="other")
    number = archive.number(one)
    assert archive.number(one) == number
    woken = Archive(archive.keep([number]))
    assert woken.number(woken.thing(number)) == number
    assert woken.number(other) > number


def test_documents_share_the_points_they_have_in_common() -> None:
    many = make_document(points=[{"x": x, "y": 0, "id": x + 1} for x in range(500)])
    titles: list[Document] = [many.model_copy(update={"title": f"{number}"}) for number in range(20)]
    archive = Archive()
    contents = archive.keep([archive.number(document) for document in titles])
    assert len(contents) == 21
    assert sum(map(len, contents.values())) < 2 * 500 * 30 + 20 * 2_000
    woken = Archive(contents)
    first, last = (woken.thing(archive.number(document)) for document in (titles[0], titles[-1]))
    assert first == titles[0]
    assert first.points is last.points


def test_what_is_not_kept_is_forgotten() -> None:
    archive = Archive()
    first, second = archive.number(b"first"), archive.number(make_document())
    assert archive.keep([first]) == {first: b"bfirst"}
    assert second not in archive.keep([first])


@pytest.mark.parametrize("content", [b"", b"x", b"d", b"d[", b"d[7,{}]", b"p", b"l", b"l\xff\xff\xff\xff", b"w{"])
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput):
        Archive({3: content}).thing(3)
