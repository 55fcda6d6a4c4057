"""One machine trains unless a cluster is named, and what a cluster needs is said."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from nnlab.errors import InvalidInput
from nnlab.fleet.local.fleet import LocalFleet
from nnlab.settings import Settings
from nnlab.web import fleet_of

POSTGRES = "postgresql://nnlab@10.0.0.1/nnlab"


def test_without_a_cluster_this_machine_trains_and_knows_no_ray(tmp_path: Path) -> None:
    assert isinstance(fleet_of(Settings(database=tmp_path / "nnlab.sqlite3")), LocalFleet)
    assert "ray" not in sys.modules


def test_a_cluster_with_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="do not share a file"):
        fleet_of(Settings(database=tmp_path / "nnlab.sqlite3", ray="10.0.0.1:6400"))


def test_a_cluster_without_ray_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(InvalidInput, match=r"pip install -r requirements-cluster\.txt"):
        fleet_of(Settings(database=POSTGRES, ray="10.0.0.1:6400"))
