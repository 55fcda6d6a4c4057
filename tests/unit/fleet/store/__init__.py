"""Tests of nnlab/fleet/store."""

import pytest

pytest.register_assert_rewrite("tests.unit.fleet.store.contract")
