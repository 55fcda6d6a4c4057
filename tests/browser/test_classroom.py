"""A class from opening to the table of results: teacher, projector, four students, one with a phone in German."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route

from tests.browser.axe import complaints, violations
from tests.browser.expecting import expect
from tests.browser.lab import TWO_FRAMES
from tests.browser.test_languages import ENGLISH_ONLY, SAME_IN_BOTH, TEXTS
from tests.browser.test_phone import PHONE
from tests.serving import Server

MISTYPED = "**/rooms/ABCDEF"
REFUSED = "Failed to load resource"  # Chromium's own word on a 404 or 409; the page has another
TALL = {"viewport": {"width": 1366, "height": 768}}
MORE: dict[str, dict[str, Any]] = {
    "Ada": {"viewport": {"width": 1024, "height": 768}, "color_scheme": "dark"},
    "Jun": {"viewport": {"width": 820, "height": 1180}, "has_touch": True},
}
EVERYBODY = ("Nora", "Emil", *MORE)
IS_BLUE_OR_ORANGE = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let coloured = 0;
  for (let i = 0; i < data.length; i += 4) coloured += Math.abs(data[i] - data[i + 2]) > 20;
  return coloured > data.length / 8;
}"""
QR_IS_DRAWN = "() => document.querySelector('.screen-qr').naturalWidth > 0"
ARE_COLOURED = f"""() => [...document.querySelectorAll(".mate canvas:first-child")].every({IS_BLUE_OR_ORANGE})"""


NEW_MENU = """() => {
  const place = document.createElement("div");
  place.id = "later";
  place.className = "activation-setting";
  place.innerHTML = '<select aria-label="A menu made later"><option>ReLU</option></select>';
  document.querySelector("main, body").append(place);
}"""


class Classroom:
    """Everybody's pages, each in a browser of their own."""

    def __init__(self, browser: Browser, server: Server, leaving: ExitStack) -> None:
        self.server = server
        self.errors: list[str] = []
        self._browser = browser
        self._leaving = leaving
        self.teacher = self.person(**TALL)

    def person(self, **options: Any) -> Page:
        """A new page of somebody who has seen the tour."""
        context = self._browser.new_context(**options)
        self._leaving.callback(context.close)
        context.add_init_script("localStorage.setItem('nnlab-tour', 'seen')")
        page = context.new_page()
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def _note(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(REFUSED):
            self.errors.append(message.text)

    def open(self, title: str, preset: str) -> None:
        """The teacher starts a room."""
        self.teacher.goto(f"{self.server.url}/rooms")
        self.teacher.get_by_label("Everyone begins with").select_option(f"preset {preset}")
        self.teacher.get_by_label("Name of the room").fill(title)
        self.teacher.get_by_role("button", name="Start the room").click()
        expect(self.teacher.locator("#connection")).to_have_text("Live")

    @property
    def id(self) -> str:
        """The teacher's."""
        return self.teacher.url.rsplit("/", 1)[1]

    @property
    def code(self) -> str:
        return self.id[1:7]

    def come(self, page: Page, nickname: str) -> None:
        """Type a nickname on the join page and go in."""
        page.locator("#nickname").fill(nickname)
        page.locator("#join button").click()

    def see_playground(self, page: Page) -> None:
        expect(page.locator("body[data-ready]")).to_be_attached()
        expect(page.locator("#connection")).to_have_attribute("data-state", "live")

    def card(self, nickname: str) -> Locator:
        """A student on the wall."""
        return self.teacher.locator(".mate", has_text=nickname)

    def press(self, name: str) -> None:
        """A button of the teacher's page."""
        self.teacher.get_by_role("button", name=name, exact=True).click()

    def panel(self, name: str) -> Locator:
        """What opens under a button of the teacher's bar."""
        panel = self.teacher.get_by_role("dialog", name=name, exact=True)
        if not panel.is_visible():
            self.press(name)
        return panel

    def close_panel(self) -> None:
        self.teacher.keyboard.press("Escape")

    def room(self, page_id: str | None = None) -> Any:
        """The room as the server tells it."""
        return self.server.get(f"/api/v1/rooms/{page_id or self.id}")


@pytest.fixture
def classroom(browser: Browser, server: Server) -> Iterator[Classroom]:
    with ExitStack() as leaving:
        classroom = Classroom(browser, server, leaving)
        yield classroom
        assert classroom.errors == []


def own_session(page: Page, server: Server) -> Any:
    """What a student trains, as the server has it."""
    member = server.get(f"/api/v1/rooms/{page.url.rsplit('/', 1)[1]}")["member"]
    return server.get(f"/api/v1/sessions/{member['session']['id']}")


def english_on(page: Page) -> set[str]:
    """What a page in German says in English."""
    return set(page.evaluate(TEXTS)) & (ENGLISH_ONLY - SAME_IN_BOTH)


def test_a_class_from_opening_to_the_table_of_results(classroom: Classroom, tmp_path: Path) -> None:
    classroom.open("Year 10, group B", "note")
    screen = see_the_code_on_the_projector(classroom)
    nora, emil, ada, jun = four_join(classroom)
    expect(ada.locator(".chart-canvas")).to_be_in_viewport(ratio=0.7)
    the_wall_shows_all_live(classroom, [nora, emil, ada, jun], screen)
    everyone_gets_a_task(classroom, nora, emil)
    controls_are_locked_and_everyone_is_paused(classroom, nora)
    a_poll_is_answered(classroom, nora, emil, screen)
    a_challenge_is_won(classroom, nora, screen)
    a_hand_is_raised_and_a_hint_given(classroom, nora)
    the_spotlight_wanders(classroom, nora, screen)
    a_student_comes_back(classroom, nora)
    the_results_are_taken_along(classroom, tmp_path)
    one_is_renamed_and_removed(classroom, emil)
    the_room_ends(classroom, nora, screen)


def see_the_code_on_the_projector(classroom: Classroom) -> Page:
    screen = classroom.person(viewport={"width": 1920, "height": 1080})
    address = classroom.teacher.get_by_role("link", name="Projector").get_attribute("href")
    screen.goto(f"{classroom.server.url}{address}")
    half = len(classroom.code) // 2
    expect(screen.locator(".screen-code")).to_have_text(f"{classroom.code[:half]} {classroom.code[half:]}")
    expect(screen.get_by_text("0 have joined")).to_be_visible()
    screen.wait_for_function(QR_IS_DRAWN)
    return screen


def four_join(classroom: Classroom) -> tuple[Page, ...]:
    nora, emil = classroom.person(**TALL), classroom.person(**PHONE, locale="de-DE")
    nora.goto(f"{classroom.server.url}/join")
    late: list[Route] = []
    nora.route(MISTYPED, lambda route: late.append(route))
    with nora.expect_request(MISTYPED):
        nora.get_by_label("Code").fill("ABCDEF")
    nora.get_by_label("Code").fill(classroom.code.lower())
    expect(nora.get_by_text("Year 10, group B")).to_be_visible()
    with nora.expect_response(MISTYPED):
        late[0].fulfill(json={"title": "Another room", "state": "open", "members": 0, "most_members": 30})
    nora.evaluate(TWO_FRAMES)
    expect(nora.get_by_text("Year 10, group B")).to_be_visible()
    classroom.come(nora, "Nora")
    classroom.see_playground(nora)
    emil.goto(f"{classroom.server.url}/join/{classroom.code}")
    assert complaints(emil) == []
    assert english_on(emil) == set()
    classroom.come(emil, "Nora")
    expect(emil.get_by_role("alert")).to_contain_text("Nora")
    classroom.come(emil, "Emil")
    classroom.see_playground(emil)
    expect(emil.locator("#room-bar")).to_contain_text("Hand heben")
    assert english_on(emil) == set()
    assert emil.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]  # type: ignore[index]
    return nora, emil, *(joined(classroom, nickname, options) for nickname, options in MORE.items())


def joined(classroom: Classroom, nickname: str, options: dict[str, Any]) -> Page:
    """Somebody who has come by the QR picture's address."""
    page = classroom.person(**options)
    page.goto(f"{classroom.server.url}/join/{classroom.code}")
    classroom.come(page, nickname)
    classroom.see_playground(page)
    return page


def the_wall_shows_all_live(classroom: Classroom, students: list[Page], screen: Page) -> None:
    for page in students:
        page.locator("#run").click()
    for nickname in EVERYBODY:
        expect(classroom.card(nickname)).to_have_attribute("data-state", "training")
    classroom.teacher.wait_for_function(ARE_COLOURED)
    expect(classroom.teacher.locator("#room-bar")).to_contain_text("4 students")
    expect(screen.get_by_text("4 have joined")).to_be_visible()
    expect(screen.locator(".screen-face")).to_have_count(4)
    for page in students:
        page.locator("#run.is-running").click()
    for nickname in EVERYBODY:
        expect(classroom.card(nickname)).to_have_attribute("data-state", "paused")
    assert violations(classroom.teacher) == []
    assert violations(screen) == []


def everyone_gets_a_task(classroom: Classroom, nora: Page, emil: Page) -> None:
    panel = classroom.panel("Task")
    panel.get_by_label("From the gallery").select_option("two-spirals")
    panel.get_by_role("button", name="Give everyone", exact=True).click()
    classroom.close_panel()
    expect(nora.get_by_text("A new task from your teacher.")).to_be_visible()
    for page in (nora, emil):
        expect(page.locator("#title")).to_have_value("Two spirals")
    assert own_session(nora, classroom.server)["document"]["dataset"]["name"] == "spiral"


def controls_are_locked_and_everyone_is_paused(classroom: Classroom, nora: Page) -> None:
    panel = classroom.panel("Locks")
    panel.get_by_label("Learning rate").check()
    rate = nora.locator("#bar-settings").get_by_role("textbox", name="Learning rate", exact=True)
    expect(rate).to_be_disabled()
    expect(nora.locator("#room-bar")).to_contain_text("Locked: Learning rate")
    panel.get_by_label("Learning rate").uncheck()
    expect(rate).to_be_enabled()
    what_is_made_later_is_locked_too(nora, panel)
    classroom.close_panel()
    classroom.press("Freeze")
    expect(nora.locator("#run")).to_be_disabled()
    expect(nora.locator("#room-bar")).to_contain_text("Paused by your teacher")
    classroom.press("Freeze")
    expect(nora.locator("#run")).to_be_enabled()


def what_is_made_later_is_locked_too(nora: Page, panel: Locator) -> None:
    """A menu that is built after the lock has come, as those of new layers and of sheets that have never been open."""
    panel.get_by_label("Activation").check()
    expect(nora.locator("#room-bar")).to_contain_text("Locked: Activation")
    nora.evaluate(NEW_MENU)
    expect(nora.get_by_label("A menu made later")).to_be_disabled()
    panel.get_by_label("Activation").uncheck()
    expect(nora.get_by_label("A menu made later")).to_be_enabled()
    nora.evaluate("document.getElementById('later').remove()")


def a_poll_is_answered(classroom: Classroom, nora: Page, emil: Page, screen: Page) -> None:
    panel = classroom.panel("Poll")
    panel.get_by_label("Question").fill("What will learning rate 3 do?")
    panel.get_by_role("button", name="Ask everyone").click()
    expect(nora.get_by_role("region", name="Poll")).to_be_visible()
    assert complaints(nora, "#room-bar, #room-cards") == []
    nora.get_by_role("button", name="It diverges").click()
    emil.get_by_role("button", name="It learns faster").click()
    for page in (nora, screen, classroom.teacher):
        expect(page.locator(".poll-bars:visible")).to_contain_text("2")
    expect(nora.locator(".poll-bar.is-own")).to_contain_text("It diverges")
    panel.get_by_role("button", name="End the poll").click()
    classroom.close_panel()
    expect(screen.locator(".poll-bars:visible")).to_have_count(0)


def a_challenge_is_won(classroom: Classroom, nora: Page, screen: Page) -> None:
    panel = classroom.panel("Challenge")
    panel.get_by_role("button", name="A straight line").click()
    classroom.close_panel()
    card = nora.get_by_role("region", name="Challenge")
    expect(card).to_contain_text("A straight line")
    expect(nora.locator("#title")).to_have_value("A straight line")  # the task has come too
    session = own_session(nora, classroom.server)
    classroom.server.post(f"/api/v1/sessions/{session['id']}/pause")
    classroom.server.request("PATCH", f"/api/v1/sessions/{session['id']}", {"network": {"hidden": []}})
    classroom.server.post(f"/api/v1/sessions/{session['id']}/step", {"steps": 1000})
    card.get_by_role("button", name="Submit").click()
    expect(card).to_contain_text("Goal reached")
    expect(screen.get_by_role("table", name="Leaderboard")).to_contain_text("Nora")
    panel = classroom.panel("Challenge")
    expect(panel.get_by_role("table", name="Leaderboard")).to_contain_text("Nora")
    panel.get_by_role("button", name="End the challenge").click()
    classroom.close_panel()


def a_hand_is_raised_and_a_hint_given(classroom: Classroom, nora: Page) -> None:
    nora.get_by_role("button", name="Raise hand").click()
    expect(classroom.card("Nora")).to_have_class("mate is-raised")
    classroom.teacher.get_by_role("button", name="Raised hands").click()
    expect(classroom.teacher.locator(".mate")).to_have_count(1)
    classroom.card("Nora").click()
    panel = classroom.teacher.get_by_role("complementary", name="Student")
    panel.get_by_role("textbox", name="Hint").fill("Try tanh.")
    panel.get_by_role("button", name="Send hint").click()
    expect(nora.get_by_role("region", name="Hint from your teacher")).to_contain_text("Try tanh.")
    panel.get_by_role("button", name="Lower hand").click()
    expect(nora.get_by_role("button", name="Raise hand")).to_be_visible()
    classroom.teacher.get_by_role("button", name="Everyone").click()


def the_spotlight_wanders(classroom: Classroom, nora: Page, screen: Page) -> None:
    panel = classroom.teacher.get_by_role("complementary", name="Student")
    panel.get_by_role("button", name="Spotlight").click()
    expect(screen.get_by_role("heading", name="Nora")).to_be_visible()
    classroom.press("Watch me")
    expect(nora.get_by_role("heading", name="Watch your teacher")).to_be_visible()
    expect(screen.get_by_role("heading", name="Your teacher")).to_be_visible()
    classroom.press("Watch me")
    expect(nora.get_by_role("heading", name="Watch your teacher")).to_be_hidden()
    timer = classroom.panel("Timer")
    timer.get_by_role("button", name="5 min").click()
    for page in (nora, screen, classroom.teacher):
        expect(page.get_by_role("timer")).to_contain_text(":")
    timer.get_by_role("button", name="Stop the timer").click()
    expect(nora.get_by_role("timer")).to_be_hidden()
    classroom.close_panel()


def a_student_comes_back(classroom: Classroom, nora: Page) -> None:
    own = nora.url
    nora.goto(f"{classroom.server.url}/join")
    nora.get_by_role("link", name="Nora").click()
    classroom.see_playground(nora)
    assert nora.url == own


def the_results_are_taken_along(classroom: Classroom, folder: Path) -> None:
    panel = classroom.panel("Room")
    with classroom.teacher.expect_download() as download:
        panel.get_by_role("link", name="CSV").click()
    download.value.save_as(folder / "results.csv")
    text = (folder / "results.csv").read_text()
    assert "Nora" in text
    assert "Emil" in text
    with classroom.teacher.expect_popup() as opened:
        panel.get_by_role("link", name="To print").click()
    expect(opened.value.get_by_role("row", name="Nora")).to_contain_text("reached")
    opened.value.close()
    classroom.close_panel()


def one_is_renamed_and_removed(classroom: Classroom, emil: Page) -> None:
    classroom.card("Emil").click()
    panel = classroom.teacher.get_by_role("complementary", name="Student")
    expect(panel.get_by_label("Nickname")).to_have_value("Emil")  # and no longer Nora
    panel.get_by_label("Nickname").fill("Emilia")
    panel.get_by_label("Nickname").press("Enter")
    expect(emil.locator("#room-bar")).to_contain_text("Emilia")
    panel.get_by_role("button", name="Remove from the room").click()
    panel.get_by_role("button", name="Yes, remove").click()
    expect(classroom.teacher.locator(".mate")).to_have_count(3)
    expect(emil.locator("#room-bar")).to_contain_text("Der Raum ist beendet")


def the_room_ends(classroom: Classroom, nora: Page, screen: Page) -> None:
    panel = classroom.panel("Room")
    panel.get_by_role("button", name="End the room").click()
    expect(nora.locator("#room-bar")).to_contain_text("The room has ended")
    panel.get_by_role("button", name="Open it again").click()
    expect(nora.locator("#room-bar")).not_to_contain_text("The room has ended")
    old = classroom.id
    panel.get_by_role("button", name="A new link").click()
    panel.get_by_role("button", name="Yes, a new link").click()
    classroom.teacher.wait_for_url(lambda url: not url.endswith(old))
    expect(classroom.card("Nora")).to_be_visible()
    expect(screen.get_by_role("alert")).to_contain_text("replaced by a new one")
    panel = classroom.panel("Room")
    panel.get_by_role("button", name="Delete everything").click()
    panel.get_by_role("button", name="Yes, delete").click()
    classroom.teacher.wait_for_url("**/rooms")
    expect(nora.locator("#room-bar")).to_contain_text("The room has ended")


def test_a_students_bar_fits_a_phone_in_german_whatever_the_teacher_has_locked(classroom: Classroom) -> None:
    classroom.open("Year 10", "note")
    student = classroom.server.post(f"/api/v1/rooms/{classroom.code}/join", {"nickname": "Maximiliane-Charlotte"})
    page = classroom.person(**PHONE, locale="de-DE")
    page.goto(f"{classroom.server.url}/r/{student['id']}")
    classroom.see_playground(page)
    for locks in ([], ["points", "training", "network"]):
        classroom.server.request("PATCH", f"/api/v1/rooms/{classroom.id}", {"locks": locks})
        expect(page.locator(".room-word")).to_contain_text("Gesperrt" if locks else "")
        link, hand = (page.get_by_role("button", name=name).bounding_box() for name in ("Mein Link", "Hand heben"))
        assert link is not None and hand is not None
        assert link["x"] + link["width"] <= hand["x"]
        assert page.locator("#room-bar").evaluate("({ scrollWidth, clientWidth }) => scrollWidth - clientWidth") == 0


def test_an_unlocked_control_is_as_the_page_wants_it_by_now(classroom: Classroom) -> None:
    classroom.open("Year 10", "note")
    student = classroom.server.post(f"/api/v1/rooms/{classroom.code}/join", {"nickname": "Nora"})
    page = classroom.person(**TALL)
    page.goto(f"{classroom.server.url}/r/{student['id']}")
    classroom.see_playground(page)
    data, settings = page.locator("#sheet-data > fieldset"), page.locator("#dataset")
    expect(settings).to_have_js_property("disabled", False)
    classroom.server.request("PATCH", f"/api/v1/rooms/{classroom.id}", {"locks": ["points"]})
    expect(data).to_have_js_property("disabled", True)
    task = {"patch": {"points": [{"x": 1, "y": 2, "label": 0}]}}  # of no data set: its settings have no use
    classroom.server.post(f"/api/v1/rooms/{classroom.id}/task", task)
    expect(page.locator("#legend")).to_contain_text("1")
    classroom.server.request("PATCH", f"/api/v1/rooms/{classroom.id}", {"locks": []})
    expect(data).to_have_js_property("disabled", False)
    assert settings.evaluate("({ disabled }) => disabled")


def test_another_theme_redraws_what_everyone_watches_at_once(classroom: Classroom) -> None:
    classroom.open("Year 10", "note")
    student = classroom.server.post(f"/api/v1/rooms/{classroom.code}/join", {"nickname": "Nora"})
    screen = classroom.teacher.get_by_role("link", name="Projector").get_attribute("href")
    classroom.press("Watch me")
    for path, plane in ((f"/r/{student['id']}", "#room-watch canvas"), (screen, ".screen-watch canvas")):
        page = classroom.person(**TALL)
        page.goto(f"{classroom.server.url}{path}")
        canvas = page.locator(plane).first
        page.wait_for_function(IS_BLUE_OR_ORANGE, arg=canvas.element_handle())
        before = canvas.evaluate("(canvas) => canvas.toDataURL()")
        page.locator("#theme").click()
        page.wait_for_function(
            "([canvas, before]) => canvas.toDataURL() !== before", arg=[canvas.element_handle(), before]
        )


def test_axe_finds_nothing_on_any_page_of_a_room_wide_or_on_a_phone_in_german(classroom: Classroom) -> None:
    classroom.open("Year 10", "note")
    classroom.server.request("PATCH", f"/api/v1/rooms/{classroom.id}", {"locks": ["points", "training", "network"]})
    poll = {"question": "What will learning rate 3 do?", "options": ["It diverges", "It learns faster"]}
    classroom.server.post(f"/api/v1/rooms/{classroom.id}/poll", poll)
    classroom.server.post(f"/api/v1/rooms/{classroom.id}/challenge", {"name": "straight_line"})
    student = classroom.server.post(f"/api/v1/rooms/{classroom.code}/join", {"nickname": "Nora"})
    screen = classroom.teacher.get_by_role("link", name="Projector").get_attribute("href")
    pages = ["/rooms", "/join", f"/join/{classroom.code}", f"/r/{student['id']}", f"/rooms/{classroom.id}", screen]
    for look, options in ((violations, TALL), (complaints, {**PHONE, "locale": "de-DE", "color_scheme": "dark"})):
        page = classroom.person(**options)
        for path in [*pages, f"/rooms/{classroom.id}/print", "/join/ZZZZZZ"]:
            page.goto(f"{classroom.server.url}{path}")
            page.wait_for_load_state("load")
            if path.startswith("/r/"):
                classroom.see_playground(page)
            assert (path, look(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
