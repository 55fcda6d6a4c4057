"""Studies over HTTP, from the list to the figure and to the network behind a dot; and the same from the shell."""

from __future__ import annotations

import csv
import io
import json
import time
from concurrent.futures import Future
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from nnlab.studies.registry import STUDIES, parameters_of, study_named
from nnlab.studies.worker import answer
from nnlab.web import shell
from tests.api.conftest import API
from tests.unit.studies.test_claims import smallest

SMALL = {"hidden": [2, 5], "seeds": 3, "steps": 300}
PATIENCE_S = 60.0
DEEP = "[" * 3000
IN_PROCESSES = "seed_variance"  # is carried out as the shell does it; to start processes for all would take minutes


def ended(client: FlaskClient, run_id: str) -> dict[str, Any]:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        run: dict[str, Any] = client.get(f"{API}/runs/{run_id}").json
        if run["state"] in ("done", "failed", "cancelled"):
            return run
        assert time.monotonic() < deadline, run
        time.sleep(0.02)


@pytest.fixture
def run(client: FlaskClient) -> dict[str, Any]:
    reply = client.post(f"{API}/studies/seed_variance/runs", json=SMALL)
    assert reply.status_code == 201
    assert reply.headers["Location"].endswith(reply.json["id"])
    return ended(client, reply.json["id"])


def test_the_list_has_every_study_with_its_parameters(client: FlaskClient) -> None:
    studies = client.get(f"{API}/studies").json["studies"]
    by_name = {study["name"]: study for study in studies}
    for study in studies:
        assert study["question"] and study["section"] and study["parameters"]
        for parameter in study["parameters"]:
            assert parameter["label"] and parameter["help"] and "default" in parameter, parameter
            assert parameter["type"] in ("number", "integer", "list", "choice", "boolean")
            if parameter["type"] in ("number", "integer"):
                assert {"minimum", "exclusive_minimum"} & set(parameter) and "maximum" in parameter
    assert by_name["seed_variance"]["section"] == "arch"


def test_an_estimate_comes_before_the_start(client: FlaskClient) -> None:
    small = client.get(f"{API}/studies/seed_variance/estimate?seeds=3&hidden=2,5").json
    whole = client.get(f"{API}/studies/seed_variance/estimate").json
    assert small["networks"] == 6
    assert whole["networks"] == 160
    assert 0 < small["seconds"] < whole["seconds"]
    also = client.get(f"{API}/studies/seed_variance/estimate", query_string={"parameters": json.dumps(SMALL)}).json
    assert also["updates"] == 6 * 300


def test_a_run_gives_result_summary_table_and_figure(client: FlaskClient, run: dict[str, Any]) -> None:
    assert run["state"] == "done"
    assert run["progress"] == 1
    assert run["parameters"]["learning_rate"] == 0.1  # the default
    assert len(run["result"]["rows"]) == 6
    assert "Standard deviation" in run["summary"]["finding"]
    assert [row["units"] for row in run["summary"]["table"]] == [2, 5]
    table = client.get(f"{API}/runs/{run['id']}/table")
    assert table.mimetype == "text/csv"
    lines = list(csv.DictReader(io.StringIO(table.text)))
    assert [float(line["loss"]) for line in lines] == [row["loss"] for row in run["result"]["rows"]]
    figure = client.get(f"{API}/runs/{run['id']}/figure?theme=dark", headers={"Accept-Language": "de"})
    assert figure.mimetype == "image/svg+xml"
    assert "verborgene Einheiten" in figure.text
    picture = client.get(f"{API}/runs/{run['id']}/figure?format=png")
    assert picture.data.startswith(b"\x89PNG")
    assert picture.headers["Content-Disposition"] == 'inline; filename="seed_variance.png"'


def test_a_dots_link_leads_to_that_very_network(client: FlaskClient, run: dict[str, Any], new_session: Any) -> None:
    row = run["result"]["rows"][4]
    query = parse_qs(urlsplit(row["open"]).query)
    session = new_session(json.loads(query["document"][0]))
    session.post("/step", {"steps": int(query["step"][0])})
    assert session.snapshot["loss"] == pytest.approx(row["loss"], rel=1e-4)  # a stack rounds otherwise


@pytest.mark.parametrize("text", ["[", "1", "[1]", '{"seeds": NaN}'])
def test_parameters_that_are_no_object_are_said_to_be_none(client: FlaskClient, text: str) -> None:
    refused = client.get(f"{API}/studies/seed_variance/estimate", query_string={"parameters": text})
    assert refused.status_code == 422
    message = f"parameters must be one JSON object; got {json.dumps(text)}."
    assert refused.json["errors"] == [{"field": "parameters", "message": message}]


class Here:
    """Carries out what the shell wants at once, in its own thread, but for pictures."""

    def __init__(self, size: int) -> None:
        """As `Processes` is made."""

    def submit(self, task: dict[str, Any]) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result("" if task["kind"] == "picture" else answer(task)["result"])
        return future

    def pids(self) -> list[int]:
        return []

    def close(self) -> None:
        pass


@pytest.mark.thorough
@pytest.mark.parametrize("name", list(STUDIES))
def test_every_study_gives_the_same_numbers_by_http_and_from_the_shell(
    app: Flask, client: FlaskClient, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name != IN_PROCESSES:
        monkeypatch.setattr(shell, "Processes", Here)
    fields = {row["name"]: smallest(row, rate=0.1) for row in parameters_of(study_named(name))}
    run = ended(client, client.post(f"{API}/studies/{name}/runs", json=fields).json["id"])
    assert run["state"] == "done" and run["result"]["rows"]
    texts = [
        f"{key}={','.join(map(str, value)) if isinstance(value, list) else value}" for key, value in fields.items()
    ]
    options = [part for text in texts for part in ("--param", text)]
    reply = app.test_cli_runner().invoke(args=["study", name, *options, "--workers", "1", "--out", str(tmp_path)])
    assert reply.exit_code == 0, reply.output
    written = json.loads((tmp_path / f"{name}.json").read_text())
    for part in ("parameters", "result", "summary"):
        assert written[part] == run[part]
    table = list(csv.DictReader(io.StringIO(client.get(f"{API}/runs/{run['id']}/table").text)))
    assert all(row.pop("open") for row in table)
    assert list(csv.DictReader(io.StringIO((tmp_path / f"{name}.csv").read_text()))) == table
    for picture in (f"{name}.svg", f"{name}.png", f"{name}-dark.svg", f"{name}-dark.png"):
        assert (tmp_path / picture).stat().st_size > 100 or name != IN_PROCESSES


def test_the_shell_lists_studies_and_says_what_is_wrong(app: Flask) -> None:
    runner = app.test_cli_runner()
    assert "seed_variance: " in runner.invoke(args=["study"]).output
    wrong = runner.invoke(args=["study", "seed_variance", "--param", "seeds=none"])
    assert wrong.exit_code == 1
    assert "seeds" in wrong.output


def test_the_stream_tells_how_a_run_goes(client: FlaskClient, run: dict[str, Any]) -> None:
    text = client.get(f"{API}/runs/{run['id']}/stream").text
    kinds = [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event: ")]
    assert kinds == ["run", "bye"]
    first = json.loads(next(line for line in text.splitlines() if line.startswith("data: ")).removeprefix("data: "))
    assert (first["state"], first["result"]) == ("done", None)
    german = client.get(f"{API}/runs/{run['id']}/stream?max_events=1", headers={"Accept-Language": "de"}).text
    assert "Standardabweichung" in german and "event: bye" not in german


def test_a_run_can_be_cancelled(client: FlaskClient) -> None:
    body = {"hidden": [64, 64], "seeds": 100, "steps": 10_000}
    run_id = client.post(f"{API}/studies/seed_variance/runs", json=body).json["id"]
    assert client.delete(f"{API}/runs/{run_id}").status_code == 204
    assert client.get(f"{API}/runs/{run_id}").json["state"] == "cancelled"


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/studies/nothing/runs", {}, 404),
        ("GET", "/studies/nothing/estimate", None, 404),
        ("POST", "/studies/seed_variance/runs", {"seeds": 0}, 422),
        ("POST", "/studies/seed_variance/runs", {"nothing": 1}, 422),
        ("GET", "/studies/seed_variance/estimate?parameters=no", None, 422),
        pytest.param("GET", f"/studies/seed_variance/estimate?parameters={DEEP}", None, 422, id="deep parameters"),
        pytest.param("GET", f"/studies/seed_variance/estimate?hidden={DEEP}", None, 422, id="deep hidden"),
        pytest.param("GET", f"/studies/seed_variance/estimate?seeds={DEEP}", None, 422, id="deep seeds"),
        ("GET", "/studies/seed_variance/estimate?learning_rate=NaN", None, 422),
        ("GET", "/runs/nothing", None, 404),
        ("GET", "/runs/nothing/figure", None, 404),
        ("GET", "/runs/nothing/table", None, 404),
        ("GET", "/runs/nothing/stream", None, 404),
        ("DELETE", "/runs/nothing", None, 404),
    ],
)
def test_what_is_wrong_is_a_problem_document(
    client: FlaskClient, method: str, path: str, body: Any, status: int
) -> None:
    reply = client.open(f"{API}{path}", method=method, json=body)
    assert reply.status_code == status
    assert reply.mimetype == "application/problem+json"


def test_the_pages_stand_in_both_languages(client: FlaskClient) -> None:
    assert "Does a small network depend more" in client.get("/studies?lang=en").text
    assert "Hängt ein kleines Netz" in client.get("/studies/seed_variance?lang=de").text
    assert client.get("/studies/nothing", headers={"Accept": "text/html"}).status_code == 404
    assert client.get("/open?step=1").status_code == 200
