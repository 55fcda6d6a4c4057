"""The gallery's pictures: each experiment is opened by its link and trained; its plane is kept, small, light and dark.

make gallery-pictures
"""

from __future__ import annotations

import base64
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import executable
from tests.browser.lab import Lab
from tests.serving import ROOT, Server

FOLDER = ROOT / "static" / "pictures" / "gallery"
STEPS = 2500  # by then each of them shows what it is about
WINDOW = {"width": 1366, "height": 768}

# Each plane's canvases over each other, 168 pixels wide: sharp on screens with two pixels to the point. Planes that are
# compared stand beside each other.
SMALL_PICTURE = """() => {
  const [side, gap, small] = [168, 8, document.createElement("canvas")];
  const compared = [...document.querySelectorAll(".panel .plane:not([hidden])")];
  const planes = compared.length ? compared : [document.querySelector("#plane")];
  small.height = side;
  small.width = planes.length * (side + gap) - gap;
  const context = small.getContext("2d");
  context.imageSmoothingQuality = "high";
  planes.forEach((plane, index) => {
    for (const canvas of plane.querySelectorAll("canvas:not([hidden])"))
      context.drawImage(canvas, index * (side + gap), 0, side, side);
  });
  return small.toDataURL("image/webp", 0.8);
}"""


def main() -> None:
    """Train every experiment of the gallery and write its picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        try:
            browser = playwright.chromium.launch(executable_path=executable() or None, args=["--no-sandbox"])
            context = browser.new_context(viewport=WINDOW, device_scale_factor=2)
            take_all(Lab(context.new_page(), server).open_new({}))
            browser.close()
        finally:
            server.stop()


def take_all(lab: Lab) -> None:
    """One picture for each card."""
    lab.press("Gallery")
    sources = lab.page.locator(".gallery-card img").evaluate_all("all => all.map(({ src }) => src)")
    for name in [Path(source).stem for source in sources]:
        lab.open(f"/?preset={name}")
        lab.wait_for(lambda: lab.step >= STEPS, f"{STEPS} steps")
        lab.press("Pause")
        lab.come_to_rest()
        for suffix in ("", "-dark"):
            file = FOLDER / f"{name}{suffix}.webp"
            file.write_bytes(picture(lab.page))
            print(f"{file.name}: {file.stat().st_size} bytes")
            lab.press("Dark theme")  # and light again
            lab.frames()


def picture(page: Page) -> bytes:
    """The plane, small, as WebP."""
    return base64.b64decode(page.evaluate(SMALL_PICTURE).split(",")[1])


if __name__ == "__main__":
    main()
