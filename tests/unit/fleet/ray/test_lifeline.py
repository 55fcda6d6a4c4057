"""A lifeline is cut when whoever listened has ended, and not by another one in its place."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from nnlab.fleet.ray.lifeline import Lifeline


def listening(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    return listener


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """Of a socket; a short one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        yield Path("socket")


def test_it_is_cut_when_the_other_end_goes_even_if_another_one_comes(path: Path) -> None:
    with listening(path) as listener:
        line = Lifeline(str(path))
        with listener.accept()[0]:
            assert not line.is_cut
    path.unlink()
    with listening(path):
        assert line.is_cut
    line.close()


def test_it_is_cut_where_nobody_listens(path: Path) -> None:
    line = Lifeline(str(path))
    assert line.is_cut
    line.close()
