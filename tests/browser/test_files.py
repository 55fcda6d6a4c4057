"""Files: an experiment with its weights goes out and comes back; points as CSV; the model and a picture."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import Locator

from tests.browser.expecting import expect
from tests.browser.lab import Lab

CSV = "x,y,label\n1,2,0\n-3,4,2\n"


def download(lab: Lab, name: str) -> Path:
    lab.press("File")
    with lab.page.expect_download() as found:
        lab.page.locator("#file-panel .menu-item").filter(has_text=name).first.click()
    return Path(found.value.path())


def test_a_saved_experiment_opens_where_it_was(lab: Lab, tmp_path: Path) -> None:
    lab.wait_for(lambda: (lab.number("accuracy") or 0) > 80, "some accuracy")
    lab.press("Pause")
    lab.come_to_rest()
    loss = lab.number("loss")
    saved = tmp_path / "saved.json"
    saved.write_bytes(download(lab, "Save experiment").read_bytes())
    assert set(json.loads(saved.read_text())) == {"document", "model", "training", "series"}
    before, chart = lab.session_id, lab.page.get_by_role("img", name="Loss chart")
    told, step = chart.get_attribute("aria-label"), lab.step
    assert told
    lab.press("File")
    lab.page.get_by_label("Open experiment…").set_input_files(saved)
    lab.page.wait_for_url(lambda url: not url.endswith(before))
    lab.wait_until_ready()
    assert step > 0
    lab.wait_for(lambda: (lab.number("loss"), lab.step) == (loss, step), "the same loss at the same step")
    expect(chart).to_have_attribute("aria-label", told)
    chart.focus()
    for _ in range(5):
        lab.page.keyboard.press("ArrowLeft")
    expect(lab.page.locator(".axis-title").first).to_contain_text("at step ")


def test_points_go_out_and_come_back_as_csv(lab: Lab, tmp_path: Path) -> None:
    lab.press("Pause")
    rows = download(lab, "Download points").read_text().splitlines()
    assert rows[0] == "x,y,label,held_out,value"
    assert len(rows) == 1 + 200
    file = tmp_path / "points.csv"
    file.write_text(CSV)
    lab.press("File")
    lab.page.get_by_label("Open points…").set_input_files(file)
    use_points(lab)
    points = lab.wait_for_points(2)
    assert [(p["x"], p["y"], p["label"]) for p in points] == [(1, 2, 0), (-3, 4, 2)]
    assert lab.document["classes"] == 3


def dialog_of(lab: Lab) -> Locator:
    return lab.page.locator("#import-dialog")


def use_points(lab: Lab) -> None:
    """Take what the dialog shows."""
    lab.button("Use these points").click()
    expect(dialog_of(lab)).to_be_hidden()


def paste(lab: Lab, text: str) -> None:
    lab.page.evaluate(
        """(text) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text", text);
          document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        text,
    )


def test_a_spreadsheets_cells_are_pasted_with_words_for_classes(quiet_lab: Lab) -> None:
    paste(quiet_lab, "X\tY\tClass\n1,5\t2\tsetosa\n-3\t4\tvirginica\n0\t0\tsetosa\n1\t1\tother\n")
    use_points(quiet_lab)
    points = quiet_lab.wait_for_points(4)
    assert [(p["x"], p["y"], p["label"]) for p in points] == [(1.5, 2, 0), (-3, 4, 1), (0, 0, 0), (1, 1, 2)]
    assert quiet_lab.document["class_names"] == ["setosa", "virginica", "other"]
    expect(quiet_lab.page.locator("#legend")).to_contain_text("virginica")
    expect(quiet_lab.page.get_by_role("radio", name="Class 1, orange square: virginica")).to_be_attached()
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


def test_points_are_pasted_and_dropped_and_a_fields_text_is_the_fields(quiet_lab: Lab) -> None:
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
    paste(quiet_lab, CSV)
    expect(dialog_of(quiet_lab)).to_contain_text("2 points")
    assert quiet_lab.document["points"] == [], "nothing is changed before somebody says so"
    use_points(quiet_lab)
    quiet_lab.wait_for_points(2)
    expect(quiet_lab.page.get_by_text("2 points read.")).to_be_visible()
    quiet_lab.press("Clear points")
    quiet_lab.wait_for_points(0)
    drop(quiet_lab, 'data.items.add(new File([value], "points.csv", { type: "text/csv" }))', CSV)
    expect(dialog_of(quiet_lab)).to_contain_text("Points from points.csv")
    use_points(quiet_lab)
    quiet_lab.wait_for_points(2)


IRIS = "a;b;c;d;kind\n" + "".join(
    f"{n % 7},5;{n % 5},25;{n % 3};{n / 10:.1f};{('setosa', 'virginica')[n % 2]}\n".replace(".", ",") for n in range(20)
)


def test_a_table_is_looked_at_corrected_and_used(quiet_lab: Lab) -> None:
    dialog = dialog_of(quiet_lab)
    name = "iris.txt"
    drop(quiet_lab, f'data.items.add(new File([value], "{name}"))', IRIS + "?;1;2;3;setosa\n")
    expect(dialog).to_contain_text("20 points, 1 row is left out")
    expect(dialog).to_contain_text("Which column is x: a, b, c, d?")
    expect(dialog).to_contain_text("Line 22 has no x.")
    expect(dialog).to_contain_text("setosa (10)")
    dialog.get_by_label("x", exact=True).focus()
    dialog.get_by_label("x", exact=True).select_option(label="c")
    expect(dialog.get_by_label("x", exact=True)).to_have_value("3")
    expect(dialog.get_by_label("x", exact=True)).to_be_focused()
    dialog.get_by_label("y", exact=True).select_option(label="d")
    expect(dialog).to_contain_text("21 points")
    dialog.get_by_text("How the table is written").click()
    dialog.get_by_label("Decimal sign").select_option("point")
    expect(dialog).to_contain_text("rows are left out")
    dialog.get_by_label("Decimal sign").select_option("comma")
    expect(dialog).to_contain_text("21 points")
    before = quiet_lab.document
    use_points(quiet_lab)
    points = quiet_lab.wait_for_points(21)
    assert [(p["x"], p["y"], p["label"]) for p in points[:3]] == [(0, 0, 0), (1, 0.1, 1), (2, 0.2, 0)]
    quiet_lab.press("Undo")
    quiet_lab.wait_for(lambda: quiet_lab.document["class_names"] == [], "no names")
    assert quiet_lab.document["points"] == before["points"] == []


def test_a_text_that_is_no_points_says_so_and_changes_nothing(quiet_lab: Lab, console_errors: list[str]) -> None:
    dialog = dialog_of(quiet_lab)
    paste(quiet_lab, "dear diary")
    expect(dialog.get_by_role("alert")).to_have_text("There are no points in this text.")
    expect(quiet_lab.button("Use these points")).to_be_disabled()
    quiet_lab.button("Cancel").click()
    drop(quiet_lab, 'data.items.add(new File([value], "picture.png"))', "\u0089PNG")
    paste(quiet_lab, "%PDF-1.7")
    expect(dialog.get_by_role("alert")).to_contain_text("This is no table, it is a PDF")
    quiet_lab.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert quiet_lab.document["points"] == []
    assert all("422" in error for error in console_errors)
    console_errors.clear()


def test_names_are_typed_and_stand_in_what_is_copied(quiet_lab: Lab) -> None:
    quiet_lab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    quiet_lab.find(quiet_lab.page.get_by_text("More about the data")).click()
    for label, name in enumerate(("low", "high")):
        box = quiet_lab.box(f"Name of class {label}")
        box.fill(name)
        box.press("Enter")
        quiet_lab.wait_for_field(f"class_names.{label}", name)
    quiet_lab.click(1, 2)
    quiet_lab.wait_for_points(1)
    quiet_lab.press("File")
    quiet_lab.page.locator("#file-panel .menu-item").filter(has_text="Copy points").click()
    expect(quiet_lab.page.get_by_text("Points copied")).to_be_visible()
    text = quiet_lab.page.evaluate("() => navigator.clipboard.readText()")
    assert text.splitlines()[0] == "x\ty\tlabel\theld_out\tvalue"
    assert text.splitlines()[1].split("\t")[2] == "low"
    quiet_lab.page.evaluate("() => navigator.clipboard.writeText('before')")
    quiet_lab.page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined })")  # as over http
    quiet_lab.press("File")
    quiet_lab.page.locator("#file-panel .menu-item").filter(has_text="Copy points").click()
    title = quiet_lab.box("Title of the experiment")

    def is_pasted() -> bool:
        title.fill("")
        title.press("Control+V")
        return title.input_value().startswith("x\ty")

    quiet_lab.wait_for(is_pasted, "the table in place of what was copied before")


def test_a_file_that_is_none_is_refused_in_words(quiet_lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text("dear diary")
    quiet_lab.press("File")
    quiet_lab.page.get_by_label("Open experiment…").set_input_files(file)
    expect(quiet_lab.page.get_by_text("This file is not JSON.")).to_be_visible()


def test_the_model_and_a_picture_are_downloaded(lab: Lab) -> None:
    lab.press("Pause")
    assert download(lab, "Download weights").read_bytes().startswith(b"PK")
    assert "numpy" in download(lab, "Download model as Python").read_text()
    assert download(lab, "Download picture").read_bytes().startswith(b"\x89PNG")


def test_every_file_has_the_experiments_name_and_its_own_ending(lab: Lab) -> None:
    lab.press("Pause")
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
            lab.page.locator("#file-panel .menu-item").filter(has_text=name).first.click()
        assert found.value.suggested_filename == f"zwei-ringe-größer.{ending}"
