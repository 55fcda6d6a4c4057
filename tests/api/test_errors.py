"""Bad input: a 4xx problem document that names the field, the rule and the value, and a session as it was before."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import API, Session

JSON = "application/json"
UNKNOWN_ID = "e" + "A" * 22

# Every route that takes a body, as (method, path below the session).
BODIES = [
    ("PATCH", ""),
    ("POST", "/points"),
    ("PUT", "/points"),
    ("PATCH", "/points/1"),
    ("POST", "/dataset"),
    ("POST", "/step"),
    ("POST", "/reset"),
    ("POST", "/predict"),
    ("PUT", "/model"),
]

NO_JSON = [
    "[" * 100_000,
    "{" * 100,
    "{'x': 1}",
    '{"x": NaN}',
    '{"x": Infinity}',
    "\x00",
    b"\xff\xfe",
    '{"title": "\\ud800"}',
    '{"title": "one", "title": "two"}',
    '{"pace": {"resolution": 20, "resolution": 20}}',
]

# (patch of the document, field, a part of the sentence)
BROKEN_DOCUMENTS: list[tuple[dict[str, Any], str, str]] = [
    ({"training": {"learning_rate": -1}}, "training.learning_rate", "must be greater than 0 and at most 30; got -1."),
    (
        {"training": {"learning_rate": 30.1}},
        "training.learning_rate",
        "must be greater than 0 and at most 30; got 30.1.",
    ),
    ({"training": {"learning_rate": "fast"}}, "training.learning_rate", 'must be a number; got "fast".'),
    ({"training": {"learning_rate": True}}, "training.learning_rate", "must be a number; got true."),
    ({"training": {"learning_rate": [0.1]}}, "training.learning_rate", "must be a number; got [0.1]."),
    ({"training": {"batch_size": 2.5}}, "training.batch_size", "must be a whole number; got 2.5."),
    ({"training": {"optimiser": "adam"}}, "training.optimiser", "is not a known field"),
    ({"training": {"optimizer": "lion"}}, "training.optimizer", "must be one of 'sgd'"),
    ({"training": []}, "training", "must be an object; got []."),
    ({"network": {"hidden": {}}}, "network.hidden", "must be a list; got {}."),
    (
        {"network": {"hidden": [{"units": 10**9}]}},
        "network.hidden.0.units",
        "must be at least 1 and at most 128; got 1000000000.",
    ),
    ({"network": {"hidden": [{"units": 4}] * 9}}, "network.hidden", "must have at most 8 items"),
    ({"network": {"inputs": []}}, "network.inputs", "must have at least 1 item"),
    ({"network": {"inputs": ["x", "x"]}}, "network.inputs", "must name each input once"),
    ({"network": {"loss": "binary_svm"}, "classes": 3}, "classes", "must be 2 for the loss binary_svm"),
    ({"network": {"loss": "squared"}}, "network.loss", "must be softmax or svm or binary_softmax or binary_svm"),
    ({"points": [{"x": 1e7, "y": 0}]}, "points.0.x", "must be at least -1000000 and at most 1000000; got 10000000.0."),
    ({"points": [{"x": 0}]}, "points.0.y", "is required"),
    ({"points": [{"x": 0, "y": 0, "label": 5}]}, "points.0.label", "must be less than classes, 2; got 5."),
    ({"points": [{"id": 1, "x": 0, "y": 0}, {"id": 1, "x": 1, "y": 1}]}, "points.1.id", "must be unique; got 1."),
    ({"points": [{"x": 0, "y": 0}] * 2001}, "points", "must have at most 2000 items"),
    ({"view": {"x_range": [3, 1]}}, "view.x_range", "must ascend"),
    ({"view": {"x_range": [0, 1, 2]}}, "view.x_range", "must have at most 2 items"),
    ({"pace": {"resolution": 201}}, "pace.resolution", "must be at least 20 and at most 200; got 201."),
    ({"format": "nnlab/2"}, "format", "must be 'nnlab/1'"),
    ({"title": "x" * 121}, "title", "must have at most 120 characters"),
    ({"network": {"skips": [[2, 1]]}}, "network.skips.0", "closes the cycle 1 -> 2 -> 1"),
    ({"network": {"skips": [[0, 9]]}}, "network.skips.0", "layers are numbered 0 (the input) to 3 (the output layer)"),
    (
        {"network": {"hidden": [{"units": 128, "activation": "maxout", "pieces": 4}] * 8}},
        "network",
        "at most 250000 parameters",
    ),
    ({"network": {"inputs": [[]] * 50_000}}, "network.inputs", "must have at most 7 items; it has 50000"),
    ({"stop": {"accuracy": 1.5}}, "stop.accuracy", "must be greater than 0 and at most 1; got 1.5."),
    ({"nonsense": 1}, "nonsense", "is not a known field"),
]


def assert_problem(reply: Any, status: int, code: str) -> dict[str, Any]:
    assert reply.mimetype == "application/problem+json"
    problem: dict[str, Any] = json.loads(reply.data)
    assert set(problem) == {"type", "title", "status", "detail", "code", "errors"}
    assert (reply.status_code, problem["status"], problem["code"]) == (status, status, code), problem
    return problem


@pytest.mark.parametrize(("patch", "field", "sentence"), BROKEN_DOCUMENTS, ids=lambda value: str(value)[:50])
def test_a_broken_document_is_refused_by_create_and_patch(
    session: Session, client: FlaskClient, patch: dict[str, Any], field: str, sentence: str
) -> None:
    before = session.get().json
    for reply in (session.patch(patch), client.post(f"{API}/sessions", json=patch)):
        problem = assert_problem(reply, 422, "invalid_input")
        assert problem["errors"][0]["field"] == field
        assert sentence in problem["errors"][0]["message"]
        assert problem["errors"][0]["message"] in problem["detail"] + "."
    assert session.get().json == before


@pytest.mark.parametrize(("method", "path"), BODIES)
@pytest.mark.parametrize("body", NO_JSON, ids=lambda body: repr(body[:12]))
def test_what_is_no_json_is_400_everywhere(
    circle: Session, client: FlaskClient, method: str, path: str, body: Any
) -> None:
    before = circle.get().json
    reply = client.open(f"{API}/sessions/{circle.id}{path}", method=method, data=body, content_type=JSON)
    assert_problem(reply, 400, "invalid_json")
    assert circle.get().json == before


@pytest.mark.parametrize("body", ["[]", "3", '"text"', "null", "true"])
@pytest.mark.parametrize(("method", "path"), BODIES)
def test_a_body_that_is_no_object_is_refused(
    session: Session, client: FlaskClient, method: str, path: str, body: str
) -> None:
    reply = client.open(f"{API}/sessions/{session.id}{path}", method=method, data=body, content_type=JSON)
    assert "must be a JSON object" in assert_problem(reply, 422, "invalid_input")["detail"]


def test_numbers_beyond_the_range_of_numbers_are_refused(session: Session, client: FlaskClient) -> None:
    for number in ("1e400", "-1e400"):
        body = f'{{"points": [{{"x": {number}, "y": 0}}]}}'
        reply = client.post(f"{API}/sessions/{session.id}/points", data=body, content_type=JSON)
        assert assert_problem(reply, 422, "invalid_input")["errors"][0]["field"] == "points.0.x"
    huge = '{"training": {"batch_size": 1' + "0" * 5000 + "}}"
    reply = client.patch(f"{API}/sessions/{session.id}", data=huge, content_type=JSON)
    assert reply.status_code in (400, 422)


def test_a_wrong_content_type_is_415(session: Session, client: FlaskClient) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        reply = client.post(f"{API}/sessions/{session.id}/step", data='{"steps": 1}', content_type=kind)
        assert "application/json" in assert_problem(reply, 415, "unsupported_media_type")["detail"]


def test_a_body_of_257_kb_is_413(session: Session, client: FlaskClient) -> None:
    body = json.dumps({"title": "x" * 257 * 1024})
    problem = assert_problem(
        client.patch(f"{API}/sessions/{session.id}", data=body, content_type=JSON), 413, "request_entity_too_large"
    )
    assert "262144 bytes" in problem["detail"]


def test_a_million_points_are_refused(session: Session, client: FlaskClient) -> None:
    body = '{"points": [' + ",".join(['{"x":0,"y":0}'] * 1_000_000) + "]}"
    reply = client.post(f"{API}/sessions/{session.id}/points", data=body, content_type=JSON)
    assert reply.status_code == 413


def test_points_beyond_the_limit_are_refused_and_the_others_stay(session: Session) -> None:
    session.post("/dataset", {"name": "circle", "points": 1999})
    reply = session.post("/points", {"points": [{"x": 0, "y": 0}] * 2})
    problem = assert_problem(reply, 422, "invalid_input")
    assert problem["errors"][0] == {"field": "points", "message": "points must have at most 2000 items; it has 2001."}
    assert len(session.document["points"]) == 1999


@pytest.mark.parametrize("session_id", [UNKNOWN_ID, "v" + UNKNOWN_ID[1:], "x", "e", "e" * 500, "..%2f..", "%00", "1"])
def test_an_unknown_id_is_404_on_every_route(client: FlaskClient, session_id: str) -> None:
    for path in ("", "/points", "/regions", "/model", "/history", "/stream"):
        assert_problem(client.get(f"{API}/sessions/{session_id}{path}"), 404, "not_found")


def test_unknown_routes_and_methods_are_problems_too(client: FlaskClient) -> None:
    said = assert_problem(client.get(f"{API}/nothing"), 404, "not_found")["detail"]
    assert said == f"There is no {API}/nothing. GET /openapi.json lists all routes, /docs shows them."
    reply = client.put(f"{API}/sessions")
    problem = assert_problem(reply, 405, "method_not_allowed")
    assert problem["detail"] == f"{API}/sessions takes POST, not PUT."
    assert "POST" in reply.headers["Allow"]


def test_an_endless_address_is_quoted_in_part(client: FlaskClient) -> None:
    assert len(assert_problem(client.get(f"{API}/{'x' * 5000}"), 404, "not_found")["detail"]) < 200


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/regions?resolution=19", "resolution"),
        ("/regions?resolution=1e9", "resolution"),
        ("/regions?format=gif", "format"),
        ("/regions?size=3", "size"),
        ("/points?format=xml", "format"),
        ("/stream?max_events=0", "max_events"),
        ("/stream?views=everything", "views"),
    ],
)
def test_a_broken_query_names_its_field(session: Session, path: str, field: str) -> None:
    assert assert_problem(session.get(path), 422, "invalid_input")["errors"][0]["field"] == field


@pytest.mark.parametrize("steps", [0, 10_001, -1, 1.5, "many", None, []])
def test_step_takes_1_to_10000(circle: Session, steps: Any) -> None:
    problem = assert_problem(circle.post("/step", {"steps": steps}), 422, "invalid_input")
    assert problem["errors"][0]["field"] == "steps"
    assert circle.snapshot["step"] == 0


def test_weights_that_do_not_fit_are_refused_by_name(circle: Session) -> None:
    model = circle.get("/model").json
    ragged = json.loads(json.dumps(model))
    ragged["layers"][0]["weights"][0].pop()
    short = {"layers": model["layers"][:-1]}
    for body, field in ((ragged, "layers.0.weights"), (short, "layers")):
        assert assert_problem(circle.put("/model", body), 422, "invalid_input")["errors"][0]["field"] == field
    assert circle.get("/model").json == model
    assert circle.put("/model", model).status_code == 200


@pytest.mark.parametrize("header", ['"one", "two"', "1", '"x"', '"' + "9" * 5000 + '"', 'W/"1", "2"'])
def test_a_broken_if_match_is_refused(session: Session, header: str) -> None:
    assert_problem(session.patch({"title": "x"}, headers={"If-Match": header}), 422, "invalid_input")
    assert session.document["title"] == ""


@pytest.mark.parametrize("header", ['"1"', 'W/"1"', "*"])
def test_if_match_as_proxies_write_it(session: Session, header: str) -> None:
    assert session.patch({"title": "x"}, headers={"If-Match": header}).status_code == 200


def test_a_model_may_be_larger_than_other_bodies(new_session: Any) -> None:
    layer = {"units": 128, "activation": "tanh"}
    session = new_session({"network": {"hidden": [layer, layer]}})
    model = session.get("/model")
    assert len(model.data) > 256 * 1024
    assert session.put("/model", model.json).status_code == 200


def test_predictions_beyond_the_range_of_numbers_are_null(circle: Session) -> None:
    model = circle.get("/model").json
    circle.patch(
        {"network": {"hidden": [{"units": 6, "activation": "identity"}, {"units": 2, "activation": "identity"}]}}
    )
    for layer in model["layers"]:
        layer["activation"] = "identity"
        layer["weights"] = [[1e6] * len(row) for row in layer["weights"]]
    assert circle.put("/model", model).status_code == 200
    said = circle.post("/predict", {"points": [[1e6, 1e6], [0, 0]]})
    assert said.status_code == 200
    json.loads(said.data, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def test_more_activations_than_a_reply_should_carry_are_refused(circle: Session) -> None:
    circle.patch({"network": {"hidden": [{"units": 128, "activation": "tanh"}] * 2}})
    body = {"points": [[0, 0]] * 2000, "activations": True}
    assert (
        "must be at most 976 with activations"
        in assert_problem(circle.post("/predict", body), 422, "invalid_input")["detail"]
    )


@pytest.mark.parametrize("number", [2**64, -(2**63) - 1, 10**30])
def test_a_number_beyond_64_bits_is_refused_and_the_session_goes_on(circle: Session, number: int) -> None:
    assert_problem(
        circle.client.patch(f"/api/v1/sessions/{circle.id}/points/1", json={"x": number}), 422, "invalid_input"
    )
    assert_problem(circle.patch({"network": {"seed": number}}), 422, "invalid_input")
    assert circle.post("/pause").status_code == 200


def test_a_person_in_a_browser_gets_a_page(client: FlaskClient) -> None:
    reply = client.get("/s/nothing", headers={"Accept": "text/html"})
    assert (reply.status_code, reply.mimetype) == (404, "text/html")


@pytest.mark.parametrize(
    ("path", "said"),
    [("/nothing", "Es gibt keine Seite /nothing"), ("/s/nothing", "Dieses Experiment gibt es nicht; prüfe den Link.")],
)
def test_the_error_page_speaks_the_persons_language(client: FlaskClient, path: str, said: str) -> None:
    reply = client.get(path, headers={"Accept": "text/html", "Accept-Language": "de"})
    assert reply.status_code == 404
    assert said in reply.text
    assert "Nicht gefunden" in reply.text
