"""Files: an experiment with its weights goes out and comes back; points as CSV; the model and a picture."""

from __future__ import annotations

import json
from pathlib import Path

from tests.browser.expecting import expect
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


def paste(lab: Lab, text: str) -> None:
    lab.page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", text);
          document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        text,
    )


def test_points_are_pasted(quiet_lab: Lab) -> None:
    paste(quiet_lab, CSV)
    quiet_lab.wait_for_points(2)
    expect(quiet_lab.page.get_by_text("2 points read.")).to_be_visible()


def test_a_spreadsheets_cells_are_pasted_with_words_for_classes(quiet_lab: Lab) -> None:
    paste(quiet_lab, "X\tY\tClass\n1,5\t2\tsetosa\n-3\t4\tvirginica\n0\t0\tsetosa\n1\t1\tother\n")
    points = quiet_lab.wait_for_points(4)
    assert [(p["x"], p["y"], p["label"]) for p in points] == [(1.5, 2, 0), (-3, 4, 1), (0, 0, 0), (1, 1, 2)]
    assert quiet_lab.document["classes"] == 3
    said = "4 points read. setosa is class 0, virginica is class 1, other is class 2."
    expect(quiet_lab.page.get_by_text(said)).to_be_visible()
    quiet_lab.press("Undo")
    quiet_lab.wait_for_field("classes", 2)
    assert quiet_lab.document["points"] == []


def drop(lab: Lab, fill: str, value: str) -> None:
    """Drop what a line of script puts into `data` onto the plane."""
    lab.page.evaluate(
        """([fill, value]) => {
          const dataTransfer = new DataTransfer();
          new Function("data", "value", fill)(dataTransfer, value);
          const target = document.querySelector("#plane");
          for (const kind of ["dragover", "drop"])
            target.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        [fill, value],
    )


def test_a_file_is_dropped_onto_the_page(quiet_lab: Lab) -> None:
    drop(quiet_lab, 'data.items.add(new File([value], "points.csv", { type: "text/csv" }))', CSV)
    quiet_lab.wait_for_points(2)
    expect(quiet_lab.page.get_by_text("2 points read.")).to_be_visible()


def test_a_text_that_is_no_points_says_what_is_wanted(quiet_lab: Lab, console_errors: list[str]) -> None:
    wanted = quiet_lab.page.get_by_text("Wanted is a line for each point, such as: 1.5, -2, 0")
    paste(quiet_lab, "dear diary")
    expect(wanted).to_be_visible()
    quiet_lab.press("Dismiss")
    expect(wanted).to_be_hidden()
    drop(quiet_lab, 'data.setData("text", value)', "1,2,0,4")
    expect(quiet_lab.page.get_by_text("the columns are x, y, label; line 1 has 4.")).to_be_visible()
    expect(wanted).to_be_visible()
    assert all("422" in error for error in console_errors)
    console_errors.clear()


def test_text_that_is_pasted_into_a_field_is_the_fields(quiet_lab: Lab) -> None:
    title = quiet_lab.page.get_by_label("Title of the experiment")
    title.evaluate(
        """(target) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", "1,2,0");
          target.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }"""
    )
    title.fill("Mine")
    title.press("Enter")
    quiet_lab.wait_for_field("title", "Mine")
    assert quiet_lab.document["points"] == []


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


def test_every_file_has_the_experiments_name_and_its_own_ending(lab: Lab) -> None:
    lab.box("Title of the experiment").fill("Zwei Ringe, größer")
    lab.box("Title of the experiment").press("Enter")
    lab.wait_for_field("title", "Zwei Ringe, größer")
    endings = {
        "Save experiment": "json",
        "Download points": "csv",
        "Download weights": "npz",
        "Download model as Python": "py",
        "Download model as ONNX": "onnx",
        "Download picture": "png",
        "Download figure": "svg",
    }
    for name, ending in endings.items():
        lab.press("File")
        with lab.page.expect_download() as found:
            lab.page.locator("#file-panel .menu-item").filter(has_text=name).click()
        assert found.value.suggested_filename == f"zwei-ringe-größer.{ending}"
