"""`python -m tests.results.note_pictures`: the figures under the six pictures of the note, for docs/results.md.

Opens each by its link, takes the steps by the API and reads the page.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.chromium import executable
from tests.browser.lab import Lab
from tests.serving import Server

STEPS = 2500
PICTURES = ("note-sizes", "note-l2")


def main() -> None:
    """Print a row a picture."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(Path(folder)).start()
        try:
            browser = playwright.chromium.launch(executable_path=executable() or None, args=["--no-sandbox"])
            context = browser.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
            for name in PICTURES:
                print_rows(Lab(context.new_page(), server), name)
            browser.close()
        finally:
            server.stop()


def print_rows(lab: Lab, name: str) -> None:
    """Open it, which with reduced motion rests at its start; train; print."""
    lab.open(f"/?preset={name}")
    first, _, others = lab.page.url.partition("?with=")
    ids = [first.rpartition("/")[2], *others.split(",")]
    for session_id in ids:
        lab.server.post(f"/api/v1/sessions/{session_id}/step", {"steps": STEPS})
    lab.page.reload()
    lab.wait_until_ready()
    panels = lab.page.locator(".panel")
    lab.wait_for(lambda: panels.count() == len(ids) and "–" not in panels.last.inner_text(), "all figures")
    for panel in panels.all():
        values = panel.locator(".panel-figures dd").all_inner_texts()
        print(" | ".join(["", panel.locator(".panel-choose strong").inner_text(), *values, ""]).strip())


if __name__ == "__main__":
    main()
