"""The playground as a person uses it: labels, roles, places on the plane. What a test wants to know it reads off it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, Position, Request, TimeoutError, expect

from tests.serving import Server

WAIT_S = 10.0
MOMENT_MS = 800  # code that a button fetches is there by then
LOOK_EVERY_MS = 25
SHEETS = ("Settings", "Data", "Lesson", "Results", "Unit", "Health", "Two units", "One point")  # the tabs there are
HALF_VIEW = 6.0  # the default view runs from -6 to 6

PIXEL = """([x, y]) => {
  const canvas = document.querySelector("#plane .regions");
  const at = [Math.floor(x * (canvas.width - 1)), Math.floor(y * (canvas.height - 1))];
  return [...canvas.getContext("2d").getImageData(...at, 1, 1).data].slice(0, 3);
}"""


class Lab:
    """One page that shows one experiment."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server

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
        expect(self.page.locator("body[data-ready]")).to_be_attached(timeout=WAIT_S * 1000)
        self.see_connection("Live")
        return self

    def see_connection(self, text: str) -> None:
        expect(self.page.locator("#connection")).to_have_text(text, timeout=WAIT_S * 1000)

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
        while not condition():
            assert time.monotonic() < deadline, f"waited in vain for {what or condition}"
            self.page.wait_for_timeout(LOOK_EVERY_MS)

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
        """Where a point of the plane lies on its canvas, in CSS pixels."""
        box = self.plane.bounding_box()
        assert box is not None
        side = min(box["width"], box["height"])
        return {"x": (x + HALF_VIEW) / (2 * HALF_VIEW) * side, "y": (HALF_VIEW - y) / (2 * HALF_VIEW) * side}

    def click(self, x: float, y: float) -> None:
        self.plane.click(position=self.place(x, y))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.plane.drag_to(self.plane, source_position=self.place(*start), target_position=self.place(*end))

    def stroke(self, *way: tuple[float, float], steps: int = 1) -> None:
        """Press at the first place, go on from place to place in so many moves of the pointer each, and let go."""
        box = self.plane.bounding_box()
        assert box is not None
        mouse = self.page.mouse
        for index, (x, y) in enumerate(way):
            place = self.place(x, y)
            mouse.move(box["x"] + place["x"], box["y"] + place["y"], steps=steps if index else 1)
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
        is_over = (
            self.page.locator(":popover-open, dialog[open]").count() > 0
        )  # what is wanted is in there, or soon will be
        if not is_over and not self._is_there(control):
            for name in SHEETS:
                tab = self.page.get_by_role("tab", name=name, exact=True)
                if tab.is_visible() and tab.get_attribute("aria-selected") == "false":
                    tab.click()
                    if name == "Settings":  # its code is fetched when it is opened first
                        expect(self.page.locator("#settings .field:visible").first).to_be_visible()
                    if self._is_there(control):
                        break
        return control

    @staticmethod
    def _is_there(control: Locator) -> bool:
        """Whether it is in sight now or in a moment."""
        try:
            control.first.wait_for(state="visible", timeout=MOMENT_MS)
        except TimeoutError:
            return False
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
