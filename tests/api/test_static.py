"""Static files are kept by browsers for ever under an address that changes with them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnlab.web.http import static
from nnlab.web.http.static import FOR_EVER, mark_of

MARKED = re.compile(r'(?:href|src)="(/(?:static|docs/swagger)/(~[0-9a-f]{12})/[^"]+)"')


@pytest.mark.parametrize("page", ["/", "/docs"])
def test_every_file_of_a_page_is_kept_for_ever(client: FlaskClient, page: str) -> None:
    text = client.get(page).text
    found = MARKED.findall(text)
    assert len(found) == len(re.findall(r'"/(?:static|docs/swagger)/', text)) > 3
    for path, _ in found:
        with client.get(path, headers={"Accept-Encoding": "gzip"}) as reply:
            assert reply.status_code == 200, path
            assert reply.headers["Cache-Control"] == FOR_EVER
            assert reply.headers["Content-Security-Policy"]


def test_a_file_without_the_mark_or_with_an_old_one_is_asked_for_again(client: FlaskClient) -> None:
    for path in ("/static/css/tokens.css", "/static/~000000000000/css/tokens.css"):
        with client.get(path) as reply:
            assert reply.status_code == 200
            assert reply.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/static/~", "/static/~x/../../app.py", "/static/~/none.js", "/static/~a/~b/css/base.css"]
)
def test_a_mark_leads_to_no_other_files(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_mark_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    file = tmp_path / "js" / "one.js"
    marks = [mark_of(tmp_path)]
    for content in ("one", "two"):
        file.write_text(content)
        os.utime(file, ns=(len(marks), len(marks)))
        marks.append(mark_of(tmp_path))
    file.rename(tmp_path / "js" / "two.js")
    marks.append(mark_of(tmp_path))
    assert len(set(marks)) == 4
    assert mark_of(tmp_path) == marks[-1]


def test_a_page_follows_a_change_while_the_server_runs(
    app: Flask, client: FlaskClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static, "LOOK_EVERY_S", 1e-6)
    folder = app.static_folder
    (tmp_path / "one.css").write_text("a {}")
    app.static_folder = str(tmp_path)
    try:
        before = MARKED.findall(client.get("/").text)[0][1]
        (tmp_path / "one.css").write_text("b { color: red }")
        assert MARKED.findall(client.get("/").text)[0][1] != before
    finally:
        app.static_folder = folder
