"""A browser opens six connections to a server at the most: the seventh tab must work all the same."""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from tests.browser.lab import Lab
from tests.browser.test_connection import HIDE
from tests.serving import Server

TABS = 7


def test_seven_tabs_all_work(context: BrowserContext, server: Server, console_errors: list[str]) -> None:
    first = Lab(context.new_page(), server).open()
    labs = [first]
    while len(labs) < TABS:
        labs[-1].page.evaluate(HIDE, True)  # what a browser does to the tab that another one covers
        labs.append(Lab(context.new_page(), server).open("/s/" + first.session_id))
    last, step = labs[-1], labs[-1].step
    last.wait_for(lambda: last.step > step, "more steps in the seventh tab")
    last.page.evaluate(HIDE, True)
    first.page.evaluate(HIDE, False)
    first.see_connection("Live")
    first.wait_for(lambda: first.step > step, "more steps in the first tab")
