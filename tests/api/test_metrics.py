"""What Prometheus reads: numbers that follow what happens, and no more names than there are routes."""

from __future__ import annotations

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families as parse

from tests.api.conftest import API, Session
from tests.unit.making import wait_until


def numbers(client: FlaskClient) -> dict[tuple[str, str], float]:
    """Values by name and route."""
    text = client.get("/metrics").get_data(as_text=True)
    samples = [sample for family in parse(text) for sample in family.samples]
    return {(sample.name, sample.labels.get("endpoint", "")): sample.value for sample in samples}


def test_a_running_session_and_its_stream_are_counted(client: FlaskClient, circle: Session) -> None:
    before = numbers(client)
    client.post(f"{API}/sessions/{circle.id}/run")
    stream = client.get(f"{API}/sessions/{circle.id}/stream")
    wait_until(lambda: numbers(client)["nnlab_sessions_training", ""] > before["nnlab_sessions_training", ""])
    now = numbers(client)
    assert now["nnlab_streams", ""] == before["nnlab_streams", ""] + 1
    assert now["nnlab_sessions_awake", ""] >= now["nnlab_sessions_training", ""]
    assert now["nnlab_runners", ""] >= 1
    stream.close()
    assert numbers(client)["nnlab_streams", ""] == before["nnlab_streams", ""]


def test_requests_are_counted_by_route_and_status(client: FlaskClient) -> None:
    count = ("nnlab_request_seconds_count", "sessions.read")
    before = numbers(client).get(count, 0)
    assert client.get(f"{API}/sessions/none").status_code == 404
    assert numbers(client)[count] == before + 1


def test_addresses_and_methods_that_are_none_make_no_names(client: FlaskClient) -> None:
    client.get("/before")
    before = numbers(client).keys()
    for number in range(3):
        client.open(f"/nothing/{number}", method=f"TRY{number}")
        client.open("/healthz", method=f"TRY{number}")
    assert {route for _, route in numbers(client).keys() - before} <= {"", "health.healthz"}
    assert len(numbers(client)) <= len(before) + 2 * 15
