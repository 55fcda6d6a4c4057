"""Where arrays begin in memory."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnlab.engine.buffers.cache_lines import CACHE_LINE, lined_up, lined_up_like, round_up, rows_to_a_line
from nnlab.engine.buffers.memory import PRODUCT_LIMIT, Memory
from nnlab.engine.menus.activations import ACTIVATIONS
from nnlab.engine.menus.optimizers import ADAPTIVE_ROWS
from nnlab.engine.network.network import Network
from nnlab.engine.specs import LayerSpec, NetworkSpec
from nnlab.engine.step.workspace import Workspace

DTYPES = st.sampled_from([np.float32, np.float64])


def is_lined_up(array: np.ndarray) -> bool:
    return array.ctypes.data % CACHE_LINE == 0


@given(st.lists(st.integers(1, 40), min_size=1, max_size=3), DTYPES, st.floats(-9, 9))
def test_an_array_begins_at_a_cache_line_and_is_full_of_its_value(shape, dtype, value):
    array = lined_up(tuple(shape), dtype, value)
    assert is_lined_up(array)
    assert array.flags.c_contiguous
    assert array.flags.writeable
    np.testing.assert_array_equal(array, np.full(tuple(shape), value, dtype), strict=True)


def test_an_array_like_another_has_its_shape_and_dtype():
    array = lined_up_like(np.zeros((3, 5), np.int64), 7)
    assert is_lined_up(array)
    np.testing.assert_array_equal(array, np.full((3, 5), 7, np.int64), strict=True)


@given(st.integers(1, 300), DTYPES)
def test_rows_to_a_line_is_the_first_row_that_begins_at_one(columns, dtype):
    row_bytes = columns * np.dtype(dtype).itemsize
    first = next(rows for rows in range(1, CACHE_LINE + 1) if rows * row_bytes % CACHE_LINE == 0)
    assert rows_to_a_line(columns, dtype) == first
    assert rows_to_a_line(0, dtype) == 1


@given(st.integers(0, 100), st.integers(1, 20))
def test_rounding_up(number, multiple):
    assert round_up(number, multiple) == min(m for m in range(0, 121, multiple) if m >= number)


@given(st.lists(st.integers(1, 70), max_size=3), st.sampled_from(list(ACTIVATIONS)), st.integers(1, 120), DTYPES)
def test_every_layers_buffers_begin_at_cache_lines(units, activation, examples, dtype):
    hidden = tuple(LayerSpec(count, activation) for count in units)
    work = Workspace(Network(NetworkSpec(("x", "y"), hidden, 3, "softmax"), dtype=dtype), examples)
    for layer in work.layers:
        assert all(is_lined_up(array) for array in (layer.z, layer.h, layer.dh, layer.dz, layer.slope, layer.zeros))


@pytest.mark.parametrize("num_params", [PRODUCT_LIMIT + 1, 8707])
def test_the_rows_of_a_large_memory_begin_at_cache_lines(num_params):
    memory = Memory(ADAPTIVE_ROWS, num_params, np.float32)
    assert all(is_lined_up(memory.row(name)) for name in ADAPTIVE_ROWS)


def test_an_array_may_be_empty():
    assert lined_up((0, 5), np.float32).shape == (0, 5)
