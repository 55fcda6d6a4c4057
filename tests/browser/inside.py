"""The network's diagram and the sheets of the results as the tests use them: units, pictures as numbers."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

from tests.browser.expecting import expect
from tests.browser.lab import Lab

CARD_MAP = ".unit-large"
PIXELS = "(c) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data"
SUM = f"(c) => ({PIXELS})(c).reduce((sum, value, i) => (sum * 31 + value + i) | 0, 7)"

SPIRAL = {"name": "spiral", "points": 60, "noise": 0.05, "seed": 1}


def small(activation: str = "tanh", *units: int, **network: Any) -> dict[str, Any]:
    return {"network": {"hidden": [{"units": count, "activation": activation} for count in units], **network}}


def open_inside(lab: Lab, document: dict[str, Any], dataset: dict[str, Any] | None = None, *, steps: int = 0) -> Lab:
    """An experiment made through the API, with the sheet of one unit open."""
    made = lab.server.post("/api/v1/sessions", document)["id"]
    if dataset:
        lab.server.post(f"/api/v1/sessions/{made}/dataset", dataset)
    if steps:
        lab.server.post(f"/api/v1/sessions/{made}/step", {"steps": steps})
    lab.open(f"/s/{made}")
    return unfold(lab)


def unfold(lab: Lab) -> Lab:
    """Open the sheet of one unit beside the diagram."""
    open_sheet(lab, "Unit")
    expect(lab.page.locator(CARD_MAP)).to_be_visible()
    expect(lab.page.locator(".unit-tile").first).to_be_visible()
    lab.page.mouse.move(2, 2)  # off the unit that may have come under it
    return lab


def open_sheet(lab: Lab, name: str) -> None:
    """Open a sheet of the results: Results, Unit, Health, Two units or One point."""
    lab.page.get_by_role("tab", name=name, exact=True).click()


def model(lab: Lab) -> list[dict[str, Any]]:
    return lab.server.get(f"/api/v1/sessions/{lab.session_id}/model")["layers"]


def unit(lab: Lab, name: str) -> Locator:
    return lab.button(name)


def streams(page: Page) -> list[str]:
    """Addresses of the streams that the page opens from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if "/stream?" in request.url else None)
    return found


def parts_in(stream: str) -> list[str]:
    """What a stream's frames have besides the figures, by its address."""
    return parse_qs(urlsplit(stream).query).get("parts", ["regions"])[0].split(",")
