"""Every study with its figure and every lesson, wide and on a phone, light and dark, into build/pictures/papers.

python -m tests.paper_pictures [NAME ...], names of studies and lessons. Each picture has the four side by side, to be
looked at one by one.
"""

from __future__ import annotations

import io
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from nnlab.studies.registry import STUDIES
from nnlab.web.pages.lessons import LESSONS
from tests.browser.chromium import executable
from tests.serving import ROOT, Server

FOLDER = ROOT / "build" / "pictures" / "papers"
WIDE, PHONE = (1366, 768), (390, 844)
TALLEST = 2600  # pixels of a sheet
WITHIN_S = 120.0


def main() -> None:
    """Run each study with its defaults once, then take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    names = sys.argv[1:] or [*STUDIES, *(lesson.name for lesson in LESSONS)]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        try:
            browser = playwright.chromium.launch(executable_path=executable() or None, args=["--no-sandbox"])
            for name in names:
                path = f"/studies/{name}?run={finished(server, name)}" if name in STUDIES else f"/lessons/{name}"
                sheet = beside([taken(browser, server.url + path, *how) for how in HOW])
                sheet.save(FOLDER / f"{name}.png")
                print(FOLDER.relative_to(ROOT) / f"{name}.png", flush=True)
            browser.close()
        finally:
            server.stop()


HOW = [(window, theme) for window in (WIDE, PHONE) for theme in ("light", "dark")]


def finished(server: Server, name: str) -> str:
    """The id of a run that has ended."""
    run_id: str = server.post(f"/api/v1/studies/{name}/runs", {})["id"]
    deadline = time.monotonic() + WITHIN_S
    while server.get(f"/api/v1/runs/{run_id}?rows=false")["state"] in ("queued", "running"):
        assert time.monotonic() < deadline, f"{name} takes too long"
        time.sleep(0.1)
    return run_id


def taken(browser: Browser, url: str, window: tuple[int, int], theme: str) -> Image.Image:
    """The whole page, scrolled through once so that all of it is there."""
    width, height = window
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if theme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(url)
    if "/studies/" in url:
        page.wait_for_selector("#figure svg")
    scroll_through(page)
    content = page.screenshot(full_page=True)
    context.close()
    return Image.open(io.BytesIO(content)).convert("RGB")


def scroll_through(page: Page) -> None:
    """What is drawn when it comes into sight is drawn."""
    for _ in range(12):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(60)
    page.evaluate("scrollTo(0, 0)")


def beside(pictures: list[Image.Image]) -> Image.Image:
    """All in one row."""
    height = min(TALLEST, max(picture.height for picture in pictures))
    sheet = Image.new("RGB", (sum(picture.width for picture in pictures) + 20 * len(pictures), height), "#808080")
    left = 0
    for picture in pictures:
        sheet.paste(picture.crop((0, 0, picture.width, height)), (left, 0))
        left += picture.width + 20
    return sheet


if __name__ == "__main__":
    main()
