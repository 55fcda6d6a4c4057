"""The playground as a person uses it: labels, roles, places on the plane. What a test wants to know it reads off it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Position, Request

from tests.browser.expecting import WAIT_S, expect, pauses_ms
from tests.serving import Server

MOMENT_S = 0.8  # what a button fetches is there by then
QUIET_LOOKS = 2  # in a row, at a page that fetches nothing: then nothing more comes by itself
SHEETS = ("Settings", "Data", "Lesson", "Results", "Unit", "Health", "Two units", "One point")  # the tabs there are
HALF_VIEW = 6.0  # the default view runs from -6 to 6

PIXEL = """([x, y]) => {
  const canvas = document.querySelector("#plane .regions");
  const at = [Math.floor(x * (canvas.width - 1)), Math.floor(y * (canvas.height - 1))];
  return [...canvas.getContext("2d").getImageData(...at, 1, 1).data].slice(0, 3);
}"""


# The element's box once it is the same in two frames that follow each other, and the frames before are drawn.
BOX_AT_REST = """(element) => new Promise((resolve) => {
  const box = () => element.getBoundingClientRect().toJSON();
  const look = (before) => requestAnimationFrame(() => {
    const now = box();
    const rests = ["x", "y", "width", "height"].every((key) => now[key] === before[key]);
    if (rests) resolve(now);
    else look(now);
  });
  look(box());
})"""
READY = "() => document.body?.dataset.ready && document.getElementById('connection')?.textContent === 'Live'"
ON_TOP = """(element) => {
  element.style.pointerEvents = "auto";
  const { x, y, width, height } = element.getBoundingClientRect();
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  element.style.pointerEvents = "";
  return element.contains(top);
}"""
TWO_FRAMES = "() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))"


class Lab:
    """One page that shows one experiment."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self._under_way: set[Request] = set()
        self._is_noting = False

    def _note_requests(self) -> None:
        """Follow what the page fetches from now on; not before: Playwright tells of each of a page's files."""
        if self._is_noting:
            return
        self._is_noting = True
        self.page.on("request", self._note_request)
        self.page.on("requestfinished", self._note_end)
        self.page.on("requestfailed", self._note_end)

    def _note_request(self, request: Request) -> None:
        if "/stream" not in request.url:  # that one never ends
            self._under_way.add(request)

    def _note_end(self, request: Request) -> None:
        self._under_way.discard(request)

    def open(self, path: str = "/", *, tour: bool = False) -> Lab:
        """Go to an address of the server and wait until the playground works; without `tour` as a returning visitor."""
        if not tour:
            self.page.add_init_script("localStorage.setItem('nnlab-tour', 'seen')")
        self.page.goto(self.server.url + path)
        return self.wait_until_ready()

    def open_new(self, document: dict[str, Any]) -> Lab:
        """Create an experiment through the API and open it."""
        return self.open("/s/" + self.server.post("/api/v1/sessions", document)["id"])

    def wait_until_ready(self) -> Lab:
        self.page.wait_for_function(READY, timeout=1000 * WAIT_S)
        return self

    def see_connection(self, text: str) -> None:
        expect(self.page.locator("#connection")).to_have_text(text)

    # What the page shows

    @property
    def session_id(self) -> str:
        return self.page.url.rsplit("/", 1)[1].split("?")[0]

    @property
    def document(self) -> dict[str, Any]:
        """The document as the server has it."""
        return self.server.get(f"/api/v1/sessions/{self.session_id}")["document"]

    def number(self, figure: str) -> float | None:
        """loss, accuracy or test, as shown; None for a dash."""
        text = self.page.locator(f"[data-figure={figure}]").inner_text().replace(",", "").removesuffix(" %")
        return None if text == "–" else float(text)

    @property
    def step(self) -> int:
        return int(self.page.locator("#run-bar dd").first.inner_text().replace(",", ""))

    @property
    def snapshot(self) -> dict[str, Any]:
        """The run state as the server has it."""
        return self.server.get(f"/api/v1/sessions/{self.session_id}")["snapshot"]

    def come_to_rest(self) -> None:
        """Wait until training is paused and its last step is what the page has drawn."""

        def rests() -> bool:
            now = self.snapshot
            return now["state"] == "paused" and self.step == now["step"]

        self.wait_for(rests, "the last step on the page")
        self.frames()

    def pixel(self, x: float, y: float) -> tuple[int, int, int]:
        """Red, green and blue of the regions at a place of the plane."""
        share = [(x + HALF_VIEW) / (2 * HALF_VIEW), (HALF_VIEW - y) / (2 * HALF_VIEW)]
        red, green, blue = self.page.evaluate(PIXEL, share)
        return red, green, blue

    def is_blue(self, x: float, y: float) -> bool:
        red, _, blue = self.pixel(x, y)
        return blue > red + 20

    def is_orange(self, x: float, y: float) -> bool:
        red, _, blue = self.pixel(x, y)
        return red > blue + 20

    def wait_for(self, condition: Callable[[], Any], what: str = "") -> None:
        """Wait until a condition holds."""
        deadline = time.monotonic() + WAIT_S
        for pause_ms in pauses_ms():
            if condition():
                return
            assert time.monotonic() < deadline, f"waited in vain for {what or condition}"
            self.page.wait_for_timeout(pause_ms)

    def wait_for_field(self, path: str, value: Any) -> None:
        """Wait until the server's document has this value, e.g. at "training.l2"."""

        def current() -> Any:
            found: Any = self.document
            for key in path.split("."):
                if isinstance(found, list):
                    found = found[int(key)] if int(key) < len(found) else None
                else:
                    found = None if found is None else found[key]
            return found

        self.wait_for(lambda: current() == value, f"{path} = {value}")

    # What a person does

    @property
    def plane(self) -> Locator:
        return self.page.locator("#plane .points")

    def place(self, x: float, y: float) -> Position:
        """Where a point of the plane lies on its canvas, in CSS pixels, once the plane has its size."""
        return place_in(self.plane.evaluate(BOX_AT_REST), x, y)

    def on_page(self, *ats: tuple[float, float]) -> list[tuple[float, float]]:
        """Where points of the plane lie in the window, in CSS pixels, with the plane in sight."""
        self.plane.scroll_into_view_if_needed()
        box = self.plane.evaluate(BOX_AT_REST)
        places = [place_in(box, x, y) for x, y in ats]
        return [(box["x"] + place["x"], box["y"] + place["y"]) for place in places]

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, and the page the time to arrange itself in it."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.wait_for(lambda: self.page.evaluate("[innerWidth, innerHeight]") == [width, height], "the new size")
        self.plane.evaluate(BOX_AT_REST)
        self.frames()

    def frames(self) -> None:
        """Wait until what has happened so far is drawn: one frame takes it up, the next one follows it."""
        self.page.evaluate(TWO_FRAMES)

    def see(self, locator: Locator) -> Locator:
        """Scroll there, as a person must: what is out of sight is not drawn."""
        locator.scroll_into_view_if_needed()
        self.frames()
        return locator

    def see_over_the_plane(self, notice: Locator) -> None:
        """Expect it to be in sight, with nothing of the plane over it."""
        expect(notice).to_be_visible()
        self.wait_for(lambda: notice.evaluate(ON_TOP), "nothing over the notice")

    def point_at(self, x: float, y: float) -> None:
        """Come to a place of the plane from outside and stay there until that is drawn."""
        self.page.mouse.move(2, 2)
        self.plane.hover(position=self.place(x, y))
        self.frames()

    def click(self, x: float, y: float) -> None:
        self.plane.click(position=self.place(x, y))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.plane.drag_to(self.plane, source_position=self.place(*start), target_position=self.place(*end))

    def stroke(self, *way: tuple[float, float], steps: int = 1) -> None:
        """Press at the first place, go on from place to place in so many moves of the pointer each, and let go."""
        mouse = self.page.mouse
        for index, (x, y) in enumerate(self.on_page(*way)):
            mouse.move(x, y, steps=steps if index else 1)
            if index == 0:
                mouse.down()
        mouse.up()

    def note_requests(self, method: str, path: str) -> list[Request]:
        """The requests of this kind to the session, as they come from now on."""
        noted: list[Request] = []
        url = f"{self.server.url}/api/v1/sessions/{self.session_id}{path}"

        def note(request: Request) -> None:
            if (request.method, request.url) == (method, url):
                noted.append(request)

        self.page.on("request", note)
        return noted

    def choose_class(self, label: int) -> None:
        self.page.get_by_role("radio", name=f"Class {label},").check(force=True)

    def press(self, name: str) -> None:
        """Press the button with this name, wherever on the page it is."""
        self.find(self.button(name)).click()

    def find(self, control: Locator) -> Locator:
        """The control, with the sheet of the rail or of the results in sight that it is on."""
        self._note_requests()
        deadline = time.monotonic() + WAIT_S
        while not (self._is_over or self._is_there(control) or any(self._is_on(name, control) for name in SHEETS)):
            assert time.monotonic() < deadline, f"{control} is on no sheet"
        return control

    @property
    def _is_over(self) -> bool:
        """Whether something lies over the page: what is wanted is in there, or soon will be."""
        return self.page.locator(":popover-open, dialog[open]").count() > 0

    def _is_on(self, name: str, control: Locator) -> bool:
        """Whether it is on this sheet, which is opened if it is closed."""
        tab = self.page.get_by_role("tab", name=name, exact=True)
        if not tab.is_visible() or tab.get_attribute("aria-selected") == "true":
            return False
        tab.click()
        if name == "Settings":  # its code is fetched when it is opened first
            expect(self.page.locator("#settings .field:visible").first).to_be_visible()
        return self._is_there(control)

    def _is_there(self, control: Locator) -> bool:
        """Whether it is in sight now or once the page has what it has asked for."""
        deadline, quiet = time.monotonic() + MOMENT_S, 0
        while not control.first.is_visible():
            if quiet == QUIET_LOOKS or time.monotonic() > deadline:
                return False
            self.frames()
            quiet = 0 if self._under_way else quiet + 1
        return True

    def choose(self, label: str, name: str) -> None:
        """Take an entry of a menu, by the name it has for the server."""
        self.find(self.choice(label)).select_option(name)

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def box(self, label: str) -> Locator:
        return self.page.get_by_role("textbox", name=label, exact=True)

    def slider(self, label: str) -> Locator:
        return self.page.get_by_role("slider", name=f"{label} slider", exact=True)

    def choice(self, label: str) -> Locator:
        return self.page.get_by_role("combobox", name=label, exact=True)

    def type_number(self, label: str, value: str) -> None:
        self.find(self.box(label)).fill(value)
        self.box(label).press("Enter")

    def open_settings(self) -> None:
        self.page.locator("#all-settings").click()
        expect(self.page.locator("#settings .field:visible").first).to_be_visible()

    def open_size(self) -> Locator:
        """Ask for the arithmetic of the network's parameters; skip connections stand there too."""
        self.page.locator("#network-size").click()
        return self.page.get_by_role("dialog", name="Size of the network")

    def see_points(self, training: int, test: int) -> None:
        """Wait until the legend tells of so many points."""
        legend = self.page.locator("#legend")
        expect(legend).to_contain_text(f"{training:,} training")
        expect(legend).to_contain_text(f"{test:,} test")

    def wait_for_points(self, count: int) -> list[dict[str, Any]]:
        """Wait until the server has so many points, and return them."""
        self.wait_for(lambda: len(self.document["points"]) == count, f"{count} points")
        return self.document["points"]


def place_in(box: dict[str, float], x: float, y: float) -> Position:
    """Where a point of the plane lies on a canvas with this box, in CSS pixels; see core/plane-geometry.js."""
    side = min(box["width"], box["height"])
    return {"x": (x + HALF_VIEW) / (2 * HALF_VIEW) * side, "y": (HALF_VIEW - y) / (2 * HALF_VIEW) * side}
