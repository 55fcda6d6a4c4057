"""Replies as JSON: the same values as the json module's, in their order, on one line."""

from __future__ import annotations

import json

import pytest
from flask import Flask, jsonify

from nnlab.sentence import Sentence
from nnlab.web.http.json_replies import init_json_replies


@pytest.fixture
def app() -> Flask:
    app = Flask("replies")
    init_json_replies(app)
    return app


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"z": 1, "a": [1.5, None, True, 'Ünïcode \u2028 "quoted" \\']},
        {"small": 1e-300, "large": -1.7976931348623157e308, "whole": 2**62, "three": 1 / 3},
        [],
    ],
)
def test_a_reply_says_the_value_in_its_order(app: Flask, value: object) -> None:
    with app.test_request_context():
        reply = jsonify(value)

    assert reply.mimetype == "application/json"
    assert list(json.loads(reply.data)) == list(value) and json.loads(reply.data) == value  # type: ignore[call-overload]
    assert reply.data.endswith(b"\n") and reply.data.count(b"\n") == 1


def test_what_is_not_a_number_is_null_and_a_sentence_its_text(app: Flask) -> None:
    value = {"loss": float("nan"), "norm": float("inf"), "said": Sentence("Use {n}.", n=3)}

    with app.test_request_context():
        assert jsonify(value).get_json() == {"loss": None, "norm": None, "said": "Use 3."}


def test_what_has_no_form_in_json_is_a_mistake_of_the_server(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(TypeError, match="object"):
        jsonify({"thing": object()})
