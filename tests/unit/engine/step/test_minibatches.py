import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.specs import TrainingSpec
from nnlab.engine.step.minibatches import Minibatches
from tests.searching import examples
from tests.unit.engine.making import make_examples, make_trainer, network_spec


def stream(count, batch_size, chunks, seed=0):
    """The numbers of the examples in the order they are seen."""
    batches = Minibatches(np.arange(count, dtype=float)[None], 0, batch_size, np.random.default_rng(seed))
    seen = []
    for _ in range(chunks):
        batches.refill()
        seen += [batches.batch(slot)[0].ravel().astype(int) for slot in range(batches.slots)]
    return seen


@given(st.integers(2, 60), st.integers(1, 59))
@examples(40)
def test_the_stream_is_permutations_end_to_end(count, batch_size):
    if batch_size >= count:
        batch_size = count - 1
    seen = np.concatenate(stream(count, batch_size, 3))
    for start in range(0, len(seen) - count + 1, count):
        assert sorted(seen[start : start + count]) == list(range(count))


def test_without_shuffle_every_epoch_takes_the_points_in_their_order():
    batches = Minibatches(np.arange(7.0)[None], 0, 3, np.random.default_rng(0), shuffle=False)
    batches.refill()
    seen = np.concatenate([batches.batch(slot)[0].ravel() for slot in range(14)])
    assert seen.tolist() == list(range(7)) * 6


def test_shuffle_is_changed_while_training_and_goes_with_a_snapshot():
    training = TrainingSpec(batch_size=3, shuffle=False)
    trainer = make_trainer(network_spec(), training, make_examples(10))
    trainer.step(2)
    saved = trainer.state()
    trainer.step(5)
    again = make_trainer(network_spec(), training, make_examples(10))
    again.restore(saved)
    again.step(5)
    np.testing.assert_array_equal(again.network.params, trainer.network.params)
    trainer.set_training(TrainingSpec(batch_size=3))
    trainer.step(5)
    again.step(5)
    assert (again.network.params != trainer.network.params).any()


@pytest.mark.parametrize("batch_size", [10, 11, 500])
def test_batches_at_or_above_the_number_of_points_are_all_points_in_order(batch_size):
    assert stream(10, batch_size, 1)[0].tolist() == list(range(10))


def test_every_batch_has_the_same_size_at_the_end_of_an_epoch_too():
    assert {len(batch) for batch in stream(25, 10, 3)} == {10}


def test_another_seed_is_another_order_and_the_same_seed_the_same():
    one, same, other = (np.concatenate(stream(50, 7, 2, seed)).tolist() for seed in (1, 1, 2))
    assert one == same != other


def test_resuming_a_bookmark_draws_the_same_chunk_again():
    batches = Minibatches(np.arange(23.0)[None], 0, 5, np.random.default_rng(3))
    for _ in range(3):
        batches.refill()
    mark, chunk = batches.bookmark, batches.store.copy()
    batches.refill()
    after = batches.store.copy()
    batches.resume(mark)
    np.testing.assert_array_equal(batches.store, chunk)
    batches.refill()
    np.testing.assert_array_equal(batches.store, after)


def test_epochs_count_full_passes():
    trainer = make_trainer(network_spec(), TrainingSpec(batch_size=4), make_examples(10))
    epochs = []
    for _ in range(10):
        trainer.step()
        epochs.append(trainer.epoch)
    assert epochs == [4 * step // 10 for step in range(1, 11)]


def test_full_batch_counts_an_epoch_a_step():
    trainer = make_trainer(network_spec(), TrainingSpec(batch_size=10), make_examples(10))
    trainer.step(70)
    assert trainer.epoch == 70


def test_one_class_and_one_point_train():
    for count in (1, 2):
        data = make_examples(count)
        data = type(data)(data.coordinates, np.zeros(count), data.held_out)
        trainer = make_trainer(network_spec(), TrainingSpec(batch_size=1), data)
        before = trainer.losses().loss
        assert trainer.step(50) == 50
        assert trainer.losses().loss < before


@pytest.mark.parametrize("points", [5, 100, 1500])
def test_a_full_batch_gets_new_noise_in_every_step(points):
    """Each step's first input, as the trainer hands it to the network."""
    training = TrainingSpec(batch_size=points, input_noise=0.5, learning_rate=1e-9)
    trainer = make_trainer(network_spec([(3, "tanh")]), training, make_examples(points))
    seen = set()
    for _ in range(70):
        trainer.step(1)
        inputs, _ = trainer._run.batches.batch(trainer._run.last_slot)
        seen.add(float(inputs[0, 0]))
    assert len(seen) == 70
