"""What axe finds on a page. It reports violations only: to describe all that is well takes it four times as long."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

VIOLATIONS = {"resultTypes": ["violations"]}
COLOURS = VIOLATIONS | {"runOnly": ["color-contrast"]}  # of all rules the one whose findings depend on the theme

OVER = ":popover-open, dialog[open]"  # what lies over a page that is known already

SETTLED = """async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  await frame();
  await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)));
}"""  # buttons change their colours in steps


def complaints(page: Page, within: str = "html", options: dict[str, Any] = VIOLATIONS) -> list[str]:
    """What axe finds in the theme that the page has, one line a place; `within` names the part to look at."""
    page.evaluate(SETTLED)
    found = Axe().run(page, context=within, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def violations(page: Page, within: str = "html") -> list[str]:
    """The same in the light theme, and in the dark one."""
    found = []
    for scheme, options in (("dark", COLOURS), ("light", VIOLATIONS)):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in complaints(page, within, options)]
    return found
