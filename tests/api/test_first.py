"""The first example's sketch is that of the session which the page makes."""

from __future__ import annotations

import json
import re

from flask.testing import FlaskClient

from nnlab.web.pages.first import FIRST, first_sketch


def described(page: str) -> object:
    """What the page tells its script to make."""
    found = re.search(r'id="first-example" type="application/json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


def test_the_front_page_draws_the_session_that_it_makes(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert first_sketch() in page
    assert described(page) == FIRST
    made = client.post("/api/v1/sessions", json=described(page)).get_json()
    assert first_sketch() in client.get(f"/s/{made['id']}").get_data(as_text=True)


def test_an_address_that_describes_another_experiment_does_not_draw_the_first_one(client: FlaskClient) -> None:
    for address in ("/?preset=note-sizes", "/?compare=training.l2:0,0.1"):
        assert first_sketch() not in client.get(address).get_data(as_text=True)
