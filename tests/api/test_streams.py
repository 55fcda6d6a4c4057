"""Server-sent events: what they carry, how they are compressed, how they end."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections import Counter
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from nnlab.fleet.frames import GZIP_HEADER
from nnlab.web.http.places import StreamPlaces
from nnlab.web.ids import new_id, view_id_of
from tests.api.conftest import API, Session

TWO_POINTS = [{"x": -1, "y": 0, "label": 0}, {"x": 1, "y": 0, "label": 1}]


def events_of(text: str) -> list[dict[str, Any]]:
    events = []
    for block in text.strip().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        events.append({"id": fields.get("id"), "event": fields["event"], "data": json.loads(fields["data"])})
    return events


def watch(session: Session, events: int, **headers: str) -> TestResponse:
    """A stream that has been read to its end and closed."""
    return session.get(f"/stream?max_events={events}", headers=headers, buffered=True)


def test_a_stream_begins_with_the_document_and_a_frame(circle: Session) -> None:
    document, frame = events_of(watch(circle, 2).text)
    assert document["event"] == "document"
    now = {name: circle.get().json[name] for name in ("revision", "points_revision", "document")}
    assert document["data"] == {"session": circle.view_id, "view_id": circle.view_id, **now}
    assert frame["event"] == "frame"
    assert frame["data"]["session"] == circle.view_id


def test_a_frame_is_the_snapshot_and_the_regions(circle: Session) -> None:
    circle.post("/step", {"steps": 5})
    frame = events_of(watch(circle, 2).text)[1]["data"]
    snapshot = circle.snapshot
    assert {name: frame[name] for name in snapshot} == snapshot
    assert frame["regions"] == circle.get("/regions").json
    assert len(frame["regions"]["labels"]) == len(frame["regions"]["probability"]) == 100 * 100


def test_regions_agree_with_predictions_at_the_cells_centres(circle: Session) -> None:
    circle.post("/step", {"steps": 500})
    regions = circle.get("/regions?resolution=20").json
    side = 12 / 20
    centres = [[-6 + (col + 0.5) * side, 6 - (row + 0.5) * side] for row in range(20) for col in range(20)]
    said = circle.post("/predict", {"points": centres}).json
    assert "".join(map(str, said["labels"])) == regions["labels"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for character, probabilities in zip(regions["probability"], said["probabilities"], strict=True):
        assert alphabet.index(character) / 63 == pytest.approx(max(probabilities), abs=1 / 63)


def test_running_frames_go_forward_in_seq_and_step(circle: Session) -> None:
    circle.post("/run")
    frames = [event["data"] for event in events_of(watch(circle, 6).text) if event["event"] == "frame"]
    assert [frame["seq"] for frame in frames] == sorted({frame["seq"] for frame in frames})
    assert [frame["step"] for frame in frames] == sorted(frame["step"] for frame in frames)
    assert frames[-1]["step"] > frames[0]["step"]


def test_gzip_is_served_only_to_those_who_accept_it(circle: Session) -> None:
    plain = watch(circle, 2)
    packed = watch(circle, 2, **{"Accept-Encoding": "gzip"})
    refused = watch(circle, 2, **{"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in refused.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.data.startswith(GZIP_HEADER)
    text = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(packed.data).decode()
    assert [event["event"] for event in events_of(text)] == ["document", "frame"]
    assert len(packed.data) < len(plain.data) / 3


def test_every_event_is_readable_the_moment_it_arrives(circle: Session) -> None:
    circle.post("/run")
    reply = circle.get("/stream?max_events=3", headers={"Accept-Encoding": "gzip"})
    chunks = list(reply.iter_encoded())
    reply.close()
    inflater = zlib.decompressobj(16 + zlib.MAX_WBITS)
    inflater.decompress(chunks[0])
    for chunk in chunks[1:]:
        assert inflater.decompress(chunk).endswith(b"\n\n")
    assert len(chunks) > 1


def test_a_viewer_that_comes_later_reads_the_newest_frame(circle: Session) -> None:
    watch(circle, 2)
    circle.post("/step", {"steps": 3})
    assert events_of(watch(circle, 2).text)[1]["data"]["step"] == 3


def test_a_deleted_session_says_bye_to_its_viewers(new_session: Any) -> None:
    session = new_session()
    stream = iter(session.get("/stream", buffered=False).response)
    assert b"event: document" in next(stream)
    session.delete()
    rest = b"".join(stream).decode()
    assert events_of(rest)[-1] == {
        "id": None,
        "event": "bye",
        "data": {"session": session.view_id, "reason": "deleted"},
    }


def watch_many(client: FlaskClient, query: str, events: int) -> list[dict[str, Any]]:
    """The first events of one stream of many sessions."""
    return events_of(client.get(f"{API}/stream?{query}&max_events={events}", buffered=True).text)


def test_one_stream_shows_many_sessions_each_as_it_is_wanted(client: FlaskClient, new_session: Any) -> None:
    first, second, third = [new_session({"pace": {"resolution": 50}}) for _ in range(3)]
    query = (
        f"of={first.id},{second.view_id},{third.id}&resolution=20&for={second.id};resolution=30;parts=regions,weights"
    )
    events = watch_many(client, f"{query}&for={third.view_id};parts=", 6)
    by_session = {one.view_id: [event for event in events if event["data"]["session"] == one.view_id]
                  for one in (first, second, third)}  # fmt: skip
    assert all([event["event"] for event in found] == ["document", "frame"] for found in by_session.values())
    small, larger, figures = [found[1]["data"] for found in by_session.values()]
    assert (small["regions"]["rows"], larger["regions"]["rows"]) == (20, 30)
    assert ("weights" in small, "weights" in larger) == (False, True)
    assert {name: figures[name] for name in third.snapshot} == third.snapshot
    assert "regions" not in figures


@pytest.mark.thorough
def test_sessions_of_one_stream_are_shown_at_different_rates(client: FlaskClient, new_session: Any) -> None:
    quick, slow = [new_session({"points": TWO_POINTS, "pace": {"frames_per_second": 20}}) for _ in range(2)]
    for session in (quick, slow):
        session.post("/run")
    began_s = time.monotonic()
    events = watch_many(client, f"of={quick.id},{slow.id}&resolution=20&for={slow.id};fps=4", 60)
    took_s = time.monotonic() - began_s
    frames = Counter(event["data"]["session"] for event in events if event["event"] == "frame")
    assert 1 < frames[slow.view_id] <= 4 * took_s + 2  # the first one and a change are shown at once
    assert frames[quick.view_id] > frames[slow.view_id]  # 5 times as many, if there is a processor to make them


def test_a_session_of_a_stream_that_is_deleted_says_bye_and_the_others_go_on(
    client: FlaskClient, new_session: Any
) -> None:
    gone, stays = [new_session({"points": TWO_POINTS, "pace": {"resolution": 20}}) for _ in range(2)]
    stays.post("/run")
    stream = iter(client.get(f"{API}/stream?of={gone.id},{stays.id}&fps=30", buffered=False).response)
    text = ""
    while f'"view_id":"{gone.view_id}"' not in text:
        text += next(stream).decode()
    gone.delete()
    while "event: bye" not in text:
        text += next(stream).decode()
    (bye,) = [event["data"] for event in events_of(text) if event["event"] == "bye"]
    assert bye == {"session": gone.view_id, "reason": "deleted"}
    for _ in range(3):
        assert f'"session":"{stays.view_id}"' in next(stream).decode()
    stays.delete()
    rest = events_of(b"".join(stream).decode())
    assert rest[-1]["data"] == {"session": stays.view_id, "reason": "deleted"}


def test_a_session_that_is_not_there_says_bye_at_once_unless_none_is(client: FlaskClient, circle: Session) -> None:
    missing = view_id_of(new_id())
    events = watch_many(client, f"of={missing},{circle.id}", 3)
    assert events[0] == {"id": None, "event": "bye", "data": {"session": missing, "reason": "deleted"}}
    assert [event["data"]["session"] for event in events[1:]] == [circle.view_id] * 2
    reply = client.get(f"{API}/stream?of={missing},{view_id_of(new_id())}")
    assert (reply.status_code, reply.json["code"]) == (404, "not_found")


def test_one_session_has_its_own_parts_resolution_and_rate_too(circle: Session) -> None:
    frame = events_of(circle.get("/stream?parts=weights&resolution=40&fps=2&max_events=2", buffered=True).text)[1]
    assert "regions" not in frame["data"] and frame["data"]["weights"]
    frame = events_of(circle.get("/stream?views=weights&resolution=40&max_events=2", buffered=True).text)[1]
    assert frame["data"]["regions"]["rows"] == 40 and frame["data"]["weights"]
    refused = circle.get("/stream?parts=everything").json
    assert [error["field"] for error in refused["errors"]] == ["parts"]


def test_all_places_taken_is_503_with_retry_after(app: Flask, client: FlaskClient, circle: Session) -> None:
    places = app.extensions["nnlab.places"]
    app.extensions["nnlab.places"] = StreamPlaces(1)
    try:
        held = circle.get("/stream", buffered=False)
        next(iter(held.response))
        reply = circle.get("/stream")
        assert (reply.status_code, reply.json["code"]) == (503, "unavailable")
        assert int(reply.headers["Retry-After"]) > 0
        held.close()
        assert watch(circle, 1).status_code == 200
    finally:
        app.extensions["nnlab.places"] = places


def test_a_stopping_server_says_bye_with_a_retry(app: Flask, circle: Session) -> None:
    app.extensions["nnlab.is_stopping"] = lambda: True
    try:
        text = circle.get("/stream").text
    finally:
        app.extensions["nnlab.is_stopping"] = lambda: False
    assert "event: bye" in text
    assert "retry: " in text


def test_a_frame_at_resolution_100_is_small(circle: Session) -> None:
    """The promise is 3.5 KB for the median frame; the first, noisy planes are the largest."""
    circle.post("/step", {"steps": 200})
    packed = circle.get("/stream?max_events=2", headers={"Accept-Encoding": "gzip"})
    frame = list(packed.iter_encoded())[-1]
    packed.close()
    assert len(frame) < 3_500


def test_gzip_of_the_pieces_is_what_gzip_says() -> None:
    from nnlab.fleet.frames import deflate, inflate

    pieces = [deflate(text) for text in (b"one", b"two" * 1000, b"")]
    assert [inflate(piece) for piece in pieces] == [b"one", b"two" * 1000, b""]
    end = b"\x03\x00" + (0).to_bytes(8, "little")  # an empty last block and a checksum, which gzip.decompress wants
    with pytest.raises(gzip.BadGzipFile, match="CRC"):
        gzip.decompress(GZIP_HEADER + b"".join(pieces) + end)
    assert zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(GZIP_HEADER + b"".join(pieces)) == b"one" + b"two" * 1000
