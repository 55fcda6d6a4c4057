"""Files: an experiment with its weights goes out and comes back; points as CSV; the model and a picture."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.lab import Lab

CSV = "x,y,label\n1,2,0\n-3,4,2\n"


def download(lab: Lab, name: str) -> Path:
    lab.press("File")
    with lab.page.expect_download() as found:
        lab.page.locator("#file-panel .menu-item").filter(has_text=name).click()
    return Path(found.value.path())


def test_a_saved_experiment_opens_with_its_weights(lab: Lab, tmp_path: Path) -> None:
    lab.wait_for(lambda: (lab.number("accuracy") or 0) > 80, "some accuracy")
    lab.press("Pause")
    expect(lab.button("Run")).to_be_visible()
    loss = lab.number("loss")
    saved = tmp_path / "saved.json"
    saved.write_bytes(download(lab, "Save experiment").read_bytes())
    assert set(json.loads(saved.read_text())) == {"document", "model"}
    before = lab.session_id
    lab.press("File")
    lab.page.get_by_label("Open experiment…").set_input_files(saved)
    lab.page.wait_for_url(lambda url: not url.endswith(before))
    lab.wait_until_ready()
    lab.wait_for(lambda: lab.number("loss") == loss, "the same loss")


def test_points_go_out_and_come_back_as_csv(lab: Lab, tmp_path: Path) -> None:
    lab.press("Pause")
    rows = download(lab, "Download points").read_text().splitlines()
    assert rows[0] == "x,y,label,held_out,value"
    assert len(rows) == 1 + 200
    file = tmp_path / "points.csv"
    file.write_text(CSV)
    lab.press("File")
    lab.page.get_by_label("Open points…").set_input_files(file)
    points = lab.wait_for_points(2)
    assert [(p["x"], p["y"], p["label"]) for p in points] == [(1, 2, 0), (-3, 4, 2)]
    assert lab.document["classes"] == 3


def test_points_are_pasted(quiet_lab: Lab) -> None:
    quiet_lab.page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", text);
          document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        CSV,
    )
    quiet_lab.wait_for_points(2)
    expect(quiet_lab.page.get_by_text("Points read")).to_be_visible()


def test_a_file_is_dropped_onto_the_page(quiet_lab: Lab) -> None:
    quiet_lab.page.evaluate(
        """(text) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], "points.csv", { type: "text/csv" }));
          const target = document.querySelector("#plane");
          for (const kind of ["dragover", "drop"])
            target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        CSV,
    )
    quiet_lab.wait_for_points(2)
    expect(quiet_lab.page.get_by_text("Points read")).to_be_visible()


def test_a_file_that_is_none_is_refused_in_words(quiet_lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text("dear diary")
    quiet_lab.press("File")
    quiet_lab.page.get_by_label("Open experiment…").set_input_files(file)
    expect(quiet_lab.page.get_by_text("This file is not JSON.")).to_be_visible()


def test_the_model_and_a_picture_are_downloaded(lab: Lab) -> None:
    assert download(lab, "Download weights").read_bytes().startswith(b"PK")
    assert "numpy" in download(lab, "Download model as Python").read_text()
    assert download(lab, "Download picture").read_bytes().startswith(b"\x89PNG")
