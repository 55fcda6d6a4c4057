"""Settings from the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nnlab.errors import InvalidInput
from nnlab.settings import PREFIX, Settings
from tests.serving import ROOT


def test_an_empty_environment_gives_the_defaults() -> None:
    assert Settings.from_environment({}) == Settings()


def test_names_with_the_prefix_are_read_and_others_are_nobodys_business() -> None:
    read = Settings.from_environment(
        {
            "NNLAB_DATABASE": "/tmp/a.sqlite3",
            "NNLAB_RUNNERS": "3",
            "NNLAB_GRACE_S": "0.5",
            "NNLABS": "x",
            "RUNNERS": "many",
            "PATH": "/bin",
        }
    )
    assert read == Settings(database=Path("/tmp/a.sqlite3"), runners=3, grace_s=0.5)


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_can_be_given_as_its_default_reads(name: str) -> None:
    assert Settings.from_environment({PREFIX + name.upper(): str(getattr(Settings(), name))}) == Settings()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_does(name: str) -> None:
    description = Settings.model_fields[name].description
    assert description
    assert description.endswith(".")


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        ("RUNNERZ", "2", "is not a known field"),
        ("RUNNERS", "0", "must be at least 1; got"),
        ("RUNNERS", "many", "must be a whole number; got"),
        ("MAX_STREAMS", "10001", "must be at most 10000; got"),
        ("SLEEP_S", "0", "must be greater than 0; got"),
        ("GRACE_S", "long", "must be a number; got"),
        ("DATABASE", "", "must be the path of a file, or postgresql://"),
        ("DATABASE", "mysql://nnlab@localhost/nnlab", "must be the path of a file, or postgresql://"),
        ("DATABASE", "sqlite:///nnlab.sqlite3", "must be the path of a file, or postgresql://"),
    ],
)
def test_an_unknown_name_or_a_value_out_of_range_is_refused_by_name(name: str, value: str, rule: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Settings.from_environment({PREFIX + name: value})
    assert caught.value.errors[0].field == PREFIX + name
    assert rule in caught.value.detail


@pytest.mark.thorough
@pytest.mark.parametrize("command", [["app.py"], ["-m", "gunicorn", "app:app"]], ids=["python app.py", "gunicorn"])
def test_a_server_with_a_wrong_setting_does_not_start_and_says_so_in_a_sentence(command: list[str]) -> None:
    environment = {**os.environ, "NNLAB_RUNNERZ": "2", "PORT": "0"}
    ended = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr == "NNLab does not start: NNLAB_RUNNERZ is not a known field. See docs/operating.md.\n"
