"""Every "?" says what its control or picture is and what to try; where there is a formula it stands there as MathML."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.axe import OVER, complaints
from tests.browser.expecting import expect
from tests.browser.inside import open_sheet
from tests.browser.lab import Lab
from tests.serving import Server

WITHOUT_FORMULA = {
    *(
        "Inputs",
        "Points and tools",
        "Task",
        "Data set",
        "Points",
        "Noise",
        "Test share",
        "Class balance",
        "Mixed order",
    ),
    *("Classes", "Seed", "Shuffle the points", "Stop at epoch", "Stop at loss", "Stop at accuracy", "Speed", "Time"),
    *("Frame rate", "Resolution", "Health of each layer", "Compare", "x from", "x to", "y from", "y to"),
}
CHOICES_WITH_FORMULA = {
    "Optimizer": 7,
    "Loss": 5,
    "Initialization": 4,
    "Input scaling": 3,
    "Hidden layer 1: activation": 6,
}


SHEETS = {
    "Results": ".chart-canvas",
    "Unit": ".unit-large",
    "Health": ".health",
    "Two units": ".warp-canvas",
    "One point": ".probe-where",
}


def read_all(lab: Lab, within: Locator | None = None) -> set[str]:
    """Open each help in sight, check what it says, and return their names."""
    buttons = (within or lab.page.locator("body")).locator(".help-button:visible")
    labels: list[str] = buttons.evaluate_all("(all) => all.map((button) => button.ariaLabel)")
    names = [label.removeprefix("About ") for label in labels]
    assert len(set(names)) == len(names)
    for name in names:
        lab.press(f"About {name}")
        shown = lab.page.get_by_role("dialog", name=f"About {name}", exact=True)
        expect(shown.get_by_role("heading", name=name, exact=True)).to_be_visible()
        assert (shown.locator("p").first.inner_text()).endswith("."), name
        expect(shown.locator(".try")).to_contain_text("Try: ")
        has_formula = shown.locator("h3 ~ .formula math").count() > 0
        assert has_formula == (name not in WITHOUT_FORMULA), name
        if name in CHOICES_WITH_FORMULA:
            expect(shown.locator("dd:has(math)")).to_have_count(CHOICES_WITH_FORMULA[name])
        lab.page.keyboard.press("Escape")
        expect(shown).to_be_hidden()
    return set(names)


def read_sheets(lab: Lab, places: dict[str, str]) -> set[str]:
    """Open each tab and read the helps in its place."""
    names = set()
    for tab, place in places.items():
        lab.page.get_by_role("tab", name=tab, exact=True).click()
        expect(lab.page.locator(f"{place} .help-button:visible").first).to_be_visible()
        names |= read_all(lab, lab.page.locator(place))
    return names


def test_every_help_beside_the_plane(quiet_lab: Lab) -> None:
    quiet_lab.server.post(f"/api/v1/sessions/{quiet_lab.session_id}/dataset", {"name": "moons"})
    expect(quiet_lab.box("Noise")).to_be_enabled()
    names = read_all(quiet_lab, quiet_lab.page.locator(".bar"))
    names |= read_all(quiet_lab, quiet_lab.page.locator(".stage-tools"))
    quiet_lab.open_settings()
    names |= read_sheets(quiet_lab, {"Settings": "#sheet-settings", "Data": "#sheet-data"})
    assert {"Show on the plane", "Points and tools", "Learning rate", "Optimizer", "Activation", "L2 strength"} <= names
    assert {
        "Task",
        "Data set",
        "Points",
        "Noise",
        "Loss",
        "Seed",
        "Resolution",
        "Max norm",
        "Shuffle the points",
    } <= names


def test_every_help_of_network_and_results_and_a_layers_menu_stays_when_its_help_closes(inside: Lab) -> None:
    names = read_all(inside, inside.page.locator("#network-card"))
    for sheet, part in SHEETS.items():
        open_sheet(inside, sheet)
        expect(inside.page.locator(part)).to_be_visible()  # a sheet's code is fetched when it is opened
        names |= read_all(inside, inside.page.locator("#results-card"))
    assert {"Network diagram", "Chart", "Time", "One unit"} <= names
    assert {"Health of each layer", "Confusion counts", "Dead units", "Saturated", "Update : weight"} <= names
    assert {"The plane as two units see it", "One point, number by number"} <= names
    inside.page.locator(".column-name").first.click()
    menu = inside.page.get_by_role("dialog", name="Hidden layer 1", exact=True)
    units = menu.locator(".help-button").first
    units.focus()
    inside.page.keyboard.press("Enter")
    shown = menu.get_by_role("dialog", name="About Hidden layer 1: units", exact=True)
    expect(shown.locator(".try")).to_be_visible()
    inside.page.keyboard.press("Escape")
    expect(shown).to_be_hidden()
    expect(menu).to_be_visible()  # help closes alone
    expect(menu.locator(".help-button:visible")).to_have_count(3)


@pytest.mark.parametrize(
    ("task", "picture"), [("curve_fitting", "Fitted curve"), ("surface_fitting", "Fitted surface")]
)
def test_every_help_of_a_fitting_task(fresh_lab: Lab, task: str, picture: str) -> None:
    lab = fresh_lab.open_new({"task": task})
    expect(lab.button("About Network diagram")).to_be_visible()  # its code is fetched once the plane is drawn
    names = read_all(lab)
    assert {picture, "Chart", "Time"} <= names
    assert "Show on the plane" not in names


def test_maxout_and_comparing_have_their_help_too(fresh_lab: Lab) -> None:
    lab = fresh_lab.open_new({"network": {"hidden": [{"units": 3, "activation": "maxout"}]}})
    lab.page.locator(".column-name").first.click()
    expect(lab.page.get_by_role("dialog", name="Hidden layer 1", exact=True)).to_be_visible()
    lab.press("About Maxout pieces")
    expect(lab.page.get_by_role("dialog", name="About Maxout pieces").locator("math")).to_be_visible()
    lab.page.keyboard.press("Escape")
    lab.page.keyboard.press("Escape")
    lab.press("Compare")
    lab.press("About Compare")
    expect(lab.page.get_by_role("dialog", name="About Compare").locator(".try")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_long_help_is_readable_on_a_phone(browser: Browser, server: Server, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, color_scheme=scheme
    )
    lab = Lab(context.new_page(), server).open_new({})
    lab.page.locator("#phone-tabs [value=training]").tap()
    for name in ("Optimizer", "Initialization", "Loss"):
        lab.button(f"About {name}").tap()
        shown = lab.page.get_by_role("dialog", name=f"About {name}", exact=True)
        expect(shown.locator("math").first).to_be_visible()
        box = shown.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] + box["height"] <= 740
        assert shown.evaluate("(element) => element.scrollWidth <= element.clientWidth")
        assert complaints(lab.page, OVER) == []
        lab.page.keyboard.press("Escape")
    context.close()
