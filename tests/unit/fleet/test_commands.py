"""The fleet knows kinds of commands, and those with which it delivers others; no other by name."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from nnlab import fleet
from nnlab.session import commands
from nnlab.session.commands.kinds import KINDS

FILES = sorted(Path(fleet.__path__[0]).rglob("*.py"))
KNOWN = {"Change", "Query", "Birth", "Death", "Once", "ReadReply", "Exists"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_fleet_names_no_command(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    members = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and is_commands(node.value)}
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nnlab.session.commands")
        for alias in node.names
    }
    assert (members | (names & imported)) & set(KINDS) <= KNOWN


def is_commands(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "commands"


def test_each_command_is_found_by_its_name() -> None:
    assert all(KINDS[name] is getattr(commands, name) for name in commands.__all__ if name in KINDS)
    assert {"Step", "Create", "Delete", "Once", "Picture"} <= set(KINDS)
