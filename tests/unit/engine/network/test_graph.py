import pytest

from nnlab.engine.network.graph import sources_of_layers
from nnlab.errors import InvalidInput
from tests.unit.engine.making import network_spec

HIDDEN = [(2, "tanh"), (2, "relu"), (2, "tanh")]


def test_each_layer_is_fed_by_the_one_before_and_its_skips():
    spec = network_spec(HIDDEN, skips=((0, 2), (0, 4), (1, 4)))
    assert sources_of_layers(spec) == [(0,), (0, 1), (2,), (0, 1, 3)]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ((3, 1), "closes the cycle 1 -> 2 -> 3 -> 1"),
        ((2, 2), "closes the cycle 2 -> 2"),
        ((1, 2), "1 already feeds 2"),
        ((0, 5), r"numbered 0 \(the input\) to 4"),
        ((-1, 2), r"numbered 0 \(the input\) to 4"),
    ],
)
def test_a_link_that_cannot_be_is_refused_with_the_reason(link, words):
    with pytest.raises(InvalidInput, match=words) as caught:
        sources_of_layers(network_spec(HIDDEN, skips=((0, 3), link)))
    assert caught.value.errors[0].field == "network.skips.1"


def test_a_link_given_twice_is_refused():
    with pytest.raises(InvalidInput, match="0 already feeds 3"):
        sources_of_layers(network_spec(HIDDEN, skips=((0, 3), (0, 3))))
