import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.menus.optimizers import OPTIMIZERS
from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step.saved_state import MAGIC, from_bytes, to_bytes
from nnlab.engine.trainer import Trainer
from nnlab.errors import InvalidInput
from tests.searching import examples
from tests.unit.engine.making import make_examples, network_spec, specs

trainings = st.builds(
    TrainingSpec,
    optimizer=st.sampled_from(list(OPTIMIZERS)),
    learning_rate=st.sampled_from([0.001, 0.02]),
    learning_rate_decay=st.sampled_from([0.0, 0.1]),
    batch_size=st.integers(1, 12),
    keep_prob=st.sampled_from([1.0, 0.7]),
    input_noise=st.sampled_from([0.0, 0.1]),
    l2=st.sampled_from([0.0, 0.01]),
)


@given(specs(), trainings, st.integers(0, 80), st.integers(1, 80))
@examples(50)
def test_going_back_and_on_gives_the_same_bits(spec, training, before, after):
    data = make_examples(9, spec.loss, max(2, spec.outputs))
    trainer, other = Trainer(spec, training, data), Trainer(spec, training, data)
    trainer.step(before)
    state = trainer.state()
    trainer.step(after)
    there = trainer.state()
    trainer.restore(state)
    assert trainer.state() == state
    trainer.step(after)
    assert trainer.state() == there
    other.restore(state)
    other.step(after)
    assert other.state() == there


@given(trainings, st.lists(st.integers(1, 50), min_size=1, max_size=6))
@examples(30)
def test_how_steps_are_grouped_does_not_matter(training, groups):
    spec, data = network_spec([(5, "tanh"), (4, "relu")]), make_examples(11)
    grouped, whole = Trainer(spec, training, data), Trainer(spec, training, data)
    for count in groups:
        grouped.step(count)
        grouped.losses()
        grouped.diagnostics()
    whole.step(sum(groups))
    assert grouped.state() == whole.state()


def trained(**more):
    trainer = Trainer(network_spec([(4, "tanh")]), TrainingSpec(batch_size=3, **more), make_examples(10))
    trainer.step(37)
    return trainer


def test_a_restored_state_brings_back_step_epoch_and_losses():
    trainer = trained()
    state, step, epoch, losses = trainer.state(), trainer.steps_taken, trainer.epoch, trainer.losses()
    trainer.step(100)
    trainer.restore(state)
    assert (trainer.steps_taken, trainer.epoch, trainer.losses()) == (step, epoch, losses)


def test_another_optimizer_gets_the_weights_and_starts_fresh():
    state = trained(optimizer="momentum").state()
    other = trained(optimizer="adam")
    other.restore(state)
    np.testing.assert_array_equal(other.network.params, from_bytes(state).kept[-1])
    assert other.steps_taken == 37
    assert other.step(10) == 10


def test_other_points_get_the_weights_and_a_fresh_epoch():
    trainer = trained()
    state = trainer.state()
    trainer.set_examples(make_examples(6))
    trainer.restore(state)
    np.testing.assert_array_equal(trainer.network.params, from_bytes(state).kept[-1])
    assert trainer.step(40) == 40


def test_a_state_of_another_shape_is_refused_and_nothing_changes():
    trainer = trained()
    before = trainer.state()
    other = Trainer(network_spec([(5, "tanh")]), TrainingSpec(), make_examples(10))
    with pytest.raises(InvalidInput, match="state must be of a network 2-4tanhx1-3identityx1 float32"):
        trainer.restore(other.state())
    assert trainer.state() == before


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_bytes_that_are_no_state_are_refused(damage):
    trainer = trained()
    state = trainer.state()
    for data in [state[: len(state) // 2], state[:20]] if damage is None else [damage]:
        with pytest.raises(InvalidInput, match="state must be bytes that"):
            trainer.restore(data)
    assert trainer.state() == state


def invented(state, header):
    """The state under another header: a text, or fields that differ."""
    start = len(MAGIC) + 4
    end = start + int.from_bytes(state[len(MAGIC) : start], "little")
    text = header if isinstance(header, str) else json.dumps(json.loads(state[start:end]) | header)
    return MAGIC + len(text).to_bytes(4, "little") + text.encode() + state[end:]


@pytest.mark.parametrize(
    "header",
    ["[" * 100_000, "1", {"shape": [10**30, 1]}, {"shape": [-1, -1]}, {"pending": 10**30}, {"counters": 1},
     {"dtype": "(1,f4"}, {"dtype": "(" + "-" * 100_000 + "1,)f4"}, {"dtype": ",,,"}, {"dtype": "O"}, {"dtype": ["f4"]}],
    ids=lambda header: str(header)[:20],
)  # fmt: skip
def test_states_with_an_invented_header_are_refused(header):
    state = trained().state()
    assert invented(state, {}) == state
    with pytest.raises(InvalidInput, match="state must be bytes that"):
        from_bytes(invented(state, header))


def test_an_optimizer_that_began_at_a_later_step_is_refused():
    trainer = trained(optimizer="adam")
    state = trainer.state()
    counters = from_bytes(state).counters._replace(optimizer_start=38)
    with pytest.raises(InvalidInput, match="what a trainer with these specs"):
        trainer.open_state(invented(state, {"counters": counters}))
    assert trainer.state() == state


def test_bytes_and_back_is_the_same_snapshot():
    state = trained().state()
    assert to_bytes(from_bytes(state)) == state


def test_a_restored_trainer_is_no_longer_diverged():
    trainer = trained()
    state = trainer.state()
    trainer.set_training(TrainingSpec(learning_rate=1e38, batch_size=3))
    trainer.step(50)
    assert trainer.diverged
    trainer.restore(state)
    assert trainer.diverged is None
