"""Screenshots of the page in every window it is made for, into build/pictures, to be looked at one by one.

make pictures, or python -m tests.pictures 1366x768 360x640 six-light for some windows and names only;
python -m tests.pictures readme for the two in docs that the README shows.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import executable
from tests.browser.expecting import expect
from tests.browser.inside import unit
from tests.browser.lab import Lab
from tests.serving import ROOT, Server

FOLDER = ROOT / "build" / "pictures"
STEPS = 1500  # by then the first example has wound itself between the arms

WINDOWS = [
    (1366, 768),
    (1440, 900),
    (1920, 1080),
    (1280, 720),
    (1366, 657),
    (1280, 1024),
    (1024, 768),
    (768, 1024),
    (412, 915),
    (360, 640),
    (740, 360),
]


@dataclass(frozen=True)
class Picture:
    """One state of the page: how it is reached, and in which window, theme and language."""

    name: str
    window: tuple[int, int]
    act: Callable[[Lab], object] = lambda lab: None
    end: Callable[[Lab], object] = lambda lab: None
    theme: str = "light"
    locale: str = "en"

    @property
    def size(self) -> str:
        """The window as the command line names it."""
        width, height = self.window
        return f"{width}x{height}"

    @property
    def is_phone(self) -> bool:
        """Whether a finger works here."""
        width, height = self.window
        return width < 700 or height < 480


def part(name: str) -> Callable[[Lab], object]:
    """Press the tab of a phone's part."""
    return lambda lab: lab.page.locator(f"#phone-tabs [value={name}]").click()


def scrolled(lab: Lab) -> None:
    """A phone's training settings, scrolled: the plane is small then."""
    part("training")(lab)
    lab.page.locator("#sheet-settings").evaluate("(sheet) => sheet.scrollBy(0, 60)")


def lesson(lab: Lab) -> None:
    """The note's example out of the gallery."""
    lab.press("Gallery")
    lab.page.locator(".gallery-card").nth(2).click()
    lab.wait_for(lambda: 0 < lab.step < STEPS, "the start")


def compared(lab: Lab) -> None:
    """Three side by side."""
    for count in (2, 3):
        lab.press("Compare")
        expect(lab.page.locator(".panel")).to_have_count(count)


def described(query: str, panels: int) -> Callable[[Lab], object]:
    """Experiments that an address describes."""

    def go(lab: Lab) -> None:
        lab.page.goto(f"{lab.server.url}/?{query}")
        expect(lab.page.locator(".panel")).to_have_count(panels)

    return go


SIX = described("compare=network.seed:1,2,3,4,5,6", 6)
FOUR = described("compare=training.optimizer:sgd,momentum,adagrad,adam", 4)
TRIPTYCHS = {name: described(f"preset={name}", 3) for name in ("note-sizes", "note-l2")}


def values(lab: Lab) -> None:
    """The dialog that proposes values."""
    lab.page.locator("#bar-settings .l2-setting").hover()
    lab.page.locator("#bar-settings .l2-setting .compare-mark").click()
    expect(lab.page.get_by_role("dialog")).to_be_visible()


def paused(lab: Lab) -> None:
    """Training at rest."""
    lab.press("Pause")
    lab.come_to_rest()


def inside(lab: Lab) -> None:
    """A unit chosen, its map on the plane; training at rest."""
    unit(lab, "Hidden layer 1, unit 5").click()
    lab.press("Show on the plane")
    paused(lab)


OF_README = [Picture("playground", (1440, 900), end=paused), Picture("inside", (1440, 900), end=inside)]

PICTURES = [
    *(Picture("first", window) for window in WINDOWS),
    *(Picture("dark", window, theme="dark") for window in WINDOWS),
    *(Picture("german", window, locale="de") for window in WINDOWS),
    Picture("settings", (1366, 768), lambda lab: lab.press("All settings")),
    Picture("lesson", (1366, 768), lesson),
    Picture("gallery", (1366, 768), lambda lab: lab.press("Gallery")),
    Picture("compare", (1366, 768), compared),
    Picture("values", (1366, 768), values),
    *(
        Picture(f"six-{theme}", window, SIX, theme=theme)
        for window in ((1366, 768), (390, 844))
        for theme in ("light", "dark")
    ),
    *(Picture("four", window, FOUR, locale="de") for window in ((1366, 768), (390, 844))),
    *(Picture(name, window, act) for name, act in TRIPTYCHS.items() for window in ((1366, 768), (390, 844))),
    Picture("unit", (1440, 900), lambda lab: lab.page.get_by_role("tab", name="Unit", exact=True).click()),
    Picture("health", (1440, 900), lambda lab: lab.page.get_by_role("tab", name="Health").click()),
    *(Picture(name, (360, 640), part(name)) for name in ("training", "data", "results", "lesson")),
    Picture("shrunk", (360, 640), scrolled),
    Picture("training", (740, 360), part("training")),
]


def take(browser: Browser, server: Server, picture: Picture) -> Path:
    """Open the page, let the first example train, bring it into the state, and take the picture."""
    width, height = picture.window
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if picture.theme == "dark" else "light",
        locale=picture.locale,
        has_touch=picture.is_phone,
        is_mobile=picture.is_phone,
        device_scale_factor=2 if picture.is_phone else 1,
    )
    lab = Lab(context.new_page(), server)
    lab.page.add_init_script("localStorage.setItem('nnlab-tour', 'seen')")
    lab.page.goto(server.url)
    lab.page.wait_for_selector("body[data-ready]", state="attached")
    lab.wait_for(lambda: lab.page.locator("#steps").inner_text() not in {"0", "1"}, "steps")
    picture.act(lab)
    lab.wait_for(lambda: int("".join(filter(str.isdigit, lab.page.locator("#steps").inner_text()))) > STEPS, "steps")
    picture.end(lab)
    path = FOLDER / f"{picture.name}-{picture.size}.png"
    lab.page.screenshot(path=path)
    context.close()
    return path


def main() -> None:
    """Take all pictures, or those of the windows and names on the command line."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for_readme = sys.argv[1:] == ["readme"]
    words = set() if for_readme else set(sys.argv[1:])
    windows = {word for word in words if word[0].isdigit()}
    names = words - windows
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        try:
            browser = playwright.chromium.launch(executable_path=executable() or None, args=["--no-sandbox"])
            for picture in OF_README if for_readme else PICTURES:
                if (not names or picture.name in names) and (not windows or picture.size in windows):
                    path = take(browser, server, picture)
                    print(path.relative_to(ROOT))
                    if for_readme:
                        Image.open(path).save(ROOT / "docs" / f"{picture.name}.webp", quality=90, method=6)
            browser.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
