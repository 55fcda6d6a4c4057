"""The plane as a picture and as a figure, into files and onto the clipboard; the model as ONNX, or a word why not."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import onnx
import pytest

from tests.browser.expecting import expect
from tests.browser.lab import Lab
from tests.browser.test_files import download

COPIED = """async (type) => {
  const [item] = await navigator.clipboard.read();
  const blob = await item.getType(type);
  return [item.types, [...new Uint8Array(await blob.slice(0, 5).arrayBuffer())], await blob.text()];
}"""


def choose(lab: Lab, name: str) -> None:
    lab.press("File")
    lab.page.locator("#file-panel .menu-item").filter(has_text=name).click()


@pytest.fixture
def copying(lab: Lab) -> Lab:
    """The playground in a browser that lets it use the clipboard."""
    lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab.press("Pause")
    return lab


def test_the_figure_is_downloaded_as_svg(lab: Lab) -> None:
    lab.press("Pause")
    lab.page.get_by_label("Title of the experiment").fill("Rings & <regions>")
    lab.page.keyboard.press("Enter")
    lab.wait_for_field("title", "Rings & <regions>")
    root = ElementTree.fromstring(download(lab, "Download figure").read_text())
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Rings & <regions>"


def test_the_svg_figure_is_drawn_by_the_browser(lab: Lab, tmp_path: Path) -> None:
    lab.press("Pause")
    file = tmp_path / "figure.svg"
    file.write_bytes(download(lab, "Download figure").read_bytes())
    page = lab.page.context.new_page()
    page.goto(file.as_uri())
    assert page.locator("use").count() >= len(lab.document["points"])
    box = page.locator("image").bounding_box()
    assert box is not None
    assert box["width"] == pytest.approx(box["height"])
    page.close()


def test_picture_and_figure_are_copied(copying: Lab) -> None:
    choose(copying, "Copy picture")
    expect(copying.page.get_by_text("Picture copied")).to_be_visible()
    types, start, _ = copying.page.evaluate(COPIED, "image/png")
    assert types == ["image/png"]
    assert bytes(start) == b"\x89PNG\r"
    choose(copying, "Copy figure")
    expect(copying.page.get_by_text("Figure copied")).to_be_visible()
    types, _, text = copying.page.evaluate(COPIED, "text/plain")
    assert "text/plain" in types
    assert ElementTree.fromstring(text).tag == "{http://www.w3.org/2000/svg}svg"


def test_the_model_is_downloaded_as_onnx(lab: Lab) -> None:
    lab.press("Pause")
    model = onnx.load_from_string(download(lab, "Download model as ONNX").read_bytes())
    onnx.checker.check_model(model)


def test_without_the_optional_package_the_page_says_so(lab: Lab, console_errors: list[str]) -> None:
    detail = "ONNX is not installed on this server."
    problem = {"type": "urn:nnlab:error:onnx_missing", "title": "Not installed", "status": 501, "detail": detail}
    lab.page.route(
        lambda url: "format=onnx" in url,
        lambda route: route.fulfill(status=501, content_type="application/problem+json", body=json.dumps(problem)),
    )
    choose(lab, "Download model as ONNX")
    expect(lab.page.locator("#toasts")).to_contain_text(detail)
    console_errors.clear()  # Chromium reports the 501 itself
