"""A phone, 360 pixels wide, with a thumb."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.contexts import cleaned, warm
from tests.browser.expecting import expect
from tests.browser.inside import open_sheet, parts_in, streams
from tests.browser.lab import BOX_AT_REST, Lab
from tests.serving import Server

# What a finger may mean to hit, with the margin that ::after adds around small marks; a checkbox counts with its label.
SMALL_TARGETS = """() => [...document.querySelectorAll("button, select, summary, input, .swatch, .segment")]
  .filter((element) => element.checkVisibility({ opacityProperty: true }))
  .filter((element) => !element.closest("[popover]:not(:popover-open)"))
  .map((element) => {
    const target = element.type === "checkbox" ? element.closest("label") : element;
    const { width, height } = target.getBoundingClientRect();
    const after = getComputedStyle(element, "::after");
    const margin = after.position === "absolute" ? Math.max(0, -Number.parseFloat(after.top)) : 0;
    return [Math.min(width, height) + 2 * margin, element.outerHTML.slice(0, 90)];
  })
  .filter(([size]) => size < 43.9)"""


PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


@pytest.fixture(scope="module")
def of_phones(browser: Browser, server: Server) -> Iterator[BrowserContext]:
    with warm(browser, server, **PHONE) as context:
        yield context


@pytest.fixture
def phone(of_phones: BrowserContext, server: Server) -> Iterator[Lab]:
    with cleaned(of_phones):
        yield Lab(of_phones.new_page(), server).open()


def part(phone: Lab, name: str) -> None:
    """Bring a part of the page under the plane."""
    phone.page.get_by_role("navigation", name="Parts of the page").get_by_role("button", name=name).tap()


def test_a_tap_adds_a_point_and_the_thumb_reaches_run(phone: Lab) -> None:
    phone.button("Pause").tap()
    expect(phone.button("Run")).to_be_in_viewport()
    part(phone, "Data")
    phone.button("Clear points").tap()
    phone.wait_for_points(0)
    part(phone, "Network")
    phone.plane.tap(position=phone.place(2, 3))
    point = phone.wait_for_points(1)[0]
    assert (point["x"], point["y"]) == pytest.approx((2, 3), abs=0.08)
    phone.plane.tap(position=phone.place(2.4, 2.6))  # near enough for a thumb
    expect(phone.page.get_by_role("group", name="Selected point")).to_be_visible()
    phone.button("Delete").tap()
    phone.wait_for_points(0)


Place = tuple[float, float]
Ways = tuple[Place, Place]  # from, to


class Finger:
    """One finger on the glass, as the device reports it: the browser decides what is a tap, a drag or a scroll."""

    def __init__(self, phone: Lab) -> None:
        self._phone = phone
        self._device = phone.page.context.new_cdp_session(phone.page)

    def stroke(self, start: tuple[float, float], end: tuple[float, float], *, moves: int = 12) -> None:
        """Put it down on one place of the plane, move it to another and lift it."""
        shares = [index / moves for index in range(moves + 1)]
        way = [tuple(a + share * (b - a) for a, b in zip(start, end, strict=True)) for share in shares]
        for index, (x, y) in enumerate(self._phone.on_page(*way)):
            kind = "touchMove" if index else "touchStart"
            self._device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
        self._device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    def pinch(self, first: Ways, second: Ways, *, moves: int = 12) -> None:
        """Put two fingers down, move each from one place of the page to another, and lift both."""
        for index in range(moves + 1):
            share = index / moves
            at = [(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])) for a, b in (first, second)]
            kind = "touchMove" if index else "touchStart"
            touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(at)]
            self._device.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
        self._device.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def empty_phone(phone: Lab) -> Lab:
    phone.button("Pause").tap()
    part(phone, "Data")
    phone.button("Clear points").tap()
    phone.wait_for_points(0)
    part(phone, "Network")
    return phone


def test_a_finger_drags_a_point(empty_phone: Lab) -> None:
    empty_phone.plane.tap(position=empty_phone.place(-2, 2))
    empty_phone.wait_for_points(1)
    Finger(empty_phone).stroke((-2, 2), (3, -1))
    target = pytest.approx((3, -1), abs=0.15)
    empty_phone.wait_for(lambda: place_of(empty_phone.document["points"][0]) == target, "the point under the finger")


def place_of(point: dict[str, float]) -> tuple[float, float]:
    return point["x"], point["y"]


def test_a_finger_paints_and_erases(empty_phone: Lab) -> None:
    empty_phone.button("Paint").tap()
    Finger(empty_phone).stroke((-4, 1), (4, 1), moves=40)
    empty_phone.wait_for(lambda: len(empty_phone.document["points"]) >= 6, "painted points")
    assert all(abs(point["y"] - 1) < 0.2 for point in empty_phone.document["points"])
    empty_phone.button("Erase").tap()
    Finger(empty_phone).stroke((-4.5, 1), (4.5, 1), moves=60)
    empty_phone.wait_for_points(0)


def test_two_fingers_zoom_about_the_place_between_them(empty_phone: Lab) -> None:
    (left, right) = empty_phone.on_page((-1, 3), (5, 3))
    (close_left, close_right) = empty_phone.on_page((0.5, 3), (3.5, 3))
    Finger(empty_phone).pinch((close_left, left), (close_right, right))
    view = lambda: empty_phone.document["view"]  # noqa: E731
    empty_phone.wait_for(lambda: view()["x_range"] == pytest.approx([-2, 4], abs=0.2), "half as wide about x = 2")
    assert view()["y_range"] == pytest.approx([-1.5, 4.5], abs=0.2)
    Finger(empty_phone).pinch((left, close_left), (right, close_right))
    empty_phone.wait_for(lambda: view()["x_range"] == pytest.approx([-6, 6], abs=0.4), "as wide as before")
    assert empty_phone.document["points"] == []
    assert empty_phone.page.evaluate("visualViewport.scale") == 1


ROW = [(1.6, 3.0), (2.0, 3.0), (2.4, 3.0)]
TOOLS_OVER = [("Paint", ROW), ("Erase", ROW), ("Select", ROW), ("Select", [(3.5, 3.0)])]


@pytest.mark.parametrize(("tool", "places"), TOOLS_OVER)
def test_with_a_tool_in_hand_two_fingers_zoom_too_and_change_no_point(
    empty_phone: Lab, tool: str, places: list[Place]
) -> None:
    points = [{"x": x, "y": y, "label": 0} for x, y in places]
    empty_phone.server.post(f"/api/v1/sessions/{empty_phone.session_id}/points", {"points": points})
    empty_phone.see_points(len(places), 0)
    empty_phone.button(tool).tap()
    Finger(empty_phone).stroke((5, -5), (5, -5), moves=1)  # its code is there
    marks = [place_of(point) for point in empty_phone.wait_for_points(len(places) + (tool == "Paint"))]
    left, close_left, close_right, right = empty_phone.on_page((-1, 3), (0.5, 3), (3.5, 3), (5, 3))
    Finger(empty_phone).pinch((close_left, left), (close_right, right))
    empty_phone.wait_for(lambda: empty_phone.document["view"]["x_range"] == pytest.approx([-2, 4], abs=0.2), "a zoom")
    count = len(marks) + (tool == "Paint")  # what the first finger left before the second came
    empty_phone.frames()
    empty_phone.see_points(count, 0)
    assert [place_of(point) for point in empty_phone.wait_for_points(count)][: len(marks)] == marks
    expect(empty_phone.page.locator(".group-frame:not([hidden])")).to_have_count(0)
    expect(empty_phone.page.get_by_role("group", name="Selected points")).to_be_hidden()


def test_the_page_itself_never_scrolls_and_a_swipe_adds_nothing(empty_phone: Lab) -> None:
    Finger(empty_phone).stroke((0, 0), (0, 5))
    empty_phone.plane.tap(position=empty_phone.place(1, 1))
    empty_phone.wait_for_points(1)
    assert empty_phone.page.evaluate("scrollY") == 0


def test_targets_are_large_enough_for_a_thumb(phone: Lab) -> None:
    for name in ("Training", "Data", "Results", "Lesson"):
        part(phone, name)
        if name == "Training":
            expect(phone.page.locator("#settings .field:visible").first).to_be_visible()
        phone.page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))")
        phone.frames()
        assert phone.page.evaluate(SMALL_TARGETS) == [], name


def test_plane_setting_and_run_are_in_sight_together(phone: Lab) -> None:
    assert phone.page.evaluate("document.documentElement.scrollWidth") == 360
    part(phone, "Training")
    for label in ("Learning rate", "L2 strength"):
        slider = phone.slider(label)
        slider.scroll_into_view_if_needed()
        expect(slider).to_be_in_viewport()
        expect(phone.page.locator("#plane")).to_be_in_viewport(ratio=0.99)
        expect(phone.button("Pause")).to_be_in_viewport(ratio=0.99)


def test_the_plane_shrinks_while_a_part_is_scrolled_and_grows_again(phone: Lab) -> None:
    part(phone, "Training")
    width = "document.querySelector('#plane .points').getBoundingClientRect().width"
    whole = phone.plane.evaluate(BOX_AT_REST)["width"]
    hidden = "(sheet) => sheet.scrollHeight - sheet.clientHeight"
    sheet = phone.page.locator("#sheet-settings")
    phone.wait_for(lambda: sheet.evaluate(hidden) > whole, "all its fields: more than the plane can make room for")
    sheet.evaluate("(sheet) => sheet.scrollBy(0, 200)")
    phone.wait_for(lambda: phone.page.evaluate(width) < whole - 20, "a smaller plane")
    sheet.evaluate("(sheet) => sheet.scrollTo(0, 0)")
    phone.wait_for(lambda: phone.page.evaluate(width) == whole, "the plane as it was")


def test_units_and_weights_are_sent_while_something_in_sight_shows_them(phone: Lab) -> None:
    asked = streams(phone.page)
    for name, parts in (
        ("Training", ["regions"]),
        ("Network", ["regions", "units", "weights"]),
        ("Results", ["regions"]),
    ):
        part(phone, name)
        phone.wait_for(lambda parts=parts: asked and parts_in(asked[-1]) == parts, name)  # type: ignore[misc]
    open_sheet(phone, "Unit")
    phone.wait_for(lambda: "units" in parts_in(asked[-1]), "the unit's map")
    phone.press("Show on the plane")
    part(phone, "Data")
    expect(phone.page.locator(".plane-caption")).to_be_visible()
    assert "units" in parts_in(asked[-1]), "the plane shows one"
    phone.press("Take it off the plane")
    phone.wait_for(lambda: parts_in(asked[-1]) == ["regions"], "the plane alone")


def test_what_the_head_has_no_room_for_is_behind_the_dots(phone: Lab) -> None:
    phone.button("More").tap()
    menu = phone.page.get_by_role("dialog", name="More")
    for name in ("Compare", "File", "Dark theme", "Help"):
        expect(menu.get_by_role("button", name=name)).to_be_visible()
    menu.get_by_role("button", name="File").tap()
    expect(phone.page.get_by_role("dialog", name="File").get_by_text("Save experiment")).to_be_visible()
