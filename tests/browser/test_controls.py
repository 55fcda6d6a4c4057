"""Each control has its effect on the server's document, at once and by itself."""

from __future__ import annotations

import re
from collections import Counter

from tests.browser.expecting import expect
from tests.browser.lab import Lab

NUMBERS = [
    ("Learning rate", "0.3", "training.learning_rate", 0.3),
    ("L2 strength", "0.05", "training.l2", 0.05),
    ("L2 strength", "off", "training.l2", 0),
    ("Minibatch size", "25", "training.batch_size", 25),
    ("Minibatch size", "full", "training.batch_size", 2000),
    ("Seed", "42", "network.seed", 42),
    ("Speed", "1000", "pace.steps_per_second", 1000),
    ("Hidden layer 2: units", "9", "network.hidden.1.units", 9),
]

MORE_NUMBERS = [
    ("L1 strength", "0.01", "training.l1", 0.01),
    ("Max norm", "3", "training.max_norm", 3),
    ("Dropout: keep probability", "0.8", "training.keep_prob", 0.8),
    ("Input noise", "0.2", "training.input_noise", 0.2),
    ("Learning-rate decay", "0.001", "training.learning_rate_decay", 0.001),
    ("Initialization scale", "2", "network.init_scale", 2),
    ("Frame rate", "20", "pace.frames_per_second", 20),
    ("Resolution", "50", "pace.resolution", 50),
]

CHOICES = [
    ("Optimizer", "adam", "training.optimizer"),
    ("Loss", "svm", "network.loss"),
    ("Hidden layer 1: activation", "relu", "network.hidden.0.activation"),
]


def test_numbers_are_typed_and_the_rarer_ones_are_under_more(quiet_lab: Lab) -> None:
    for label, typed, path, value in NUMBERS:
        quiet_lab.type_number(label, typed)
        quiet_lab.wait_for_field(path, value)
    quiet_lab.open_settings()
    for label, typed, path, value in MORE_NUMBERS:
        quiet_lab.type_number(label, typed)
        quiet_lab.wait_for_field(path, value)
    quiet_lab.type_number("Max norm", "off")
    quiet_lab.wait_for_field("training.max_norm", None)
    quiet_lab.choose("Initialization", "xavier")
    quiet_lab.wait_for_field("network.init", "xavier")
    for typed in ("95 %", "off", "95", "off", "0.95"):
        quiet_lab.type_number("Stop at accuracy", typed)
        quiet_lab.wait_for_field("stop.accuracy", None if typed == "off" else 0.95)
        expect(quiet_lab.box("Stop at accuracy")).to_have_value("off" if typed == "off" else "95")


def test_what_a_field_cannot_be_is_said_under_it_until_its_next_value(quiet_lab: Lab) -> None:
    quiet_lab.type_number("Minibatch size", "lots")
    said = "Minibatch size cannot be “lots”. Whole numbers from 1 to 2000. “full” takes all training points."
    expect(quiet_lab.page.get_by_text(said)).to_be_visible()
    expect(quiet_lab.box("Minibatch size")).to_have_value("10")
    quiet_lab.type_number("Minibatch size", "full")
    quiet_lab.wait_for_field("training.batch_size", 2000)
    expect(quiet_lab.page.get_by_text(said)).to_be_hidden()
    expect(quiet_lab.box("Minibatch size")).to_have_value("full")
    quiet_lab.type_number("Seed", "-1")
    expect(quiet_lab.page.get_by_text("Seed cannot be “-1”. Whole numbers from 0 to ")).to_be_visible()
    quiet_lab.type_number("Seed", "1")
    for typed in ("99", "fast"):
        quiet_lab.type_number("Learning rate", typed)
        said = f"Learning rate cannot be “{typed}”. Above 0 to 30."
        expect(quiet_lab.page.get_by_role("alert").get_by_text(said)).to_be_visible()
        expect(quiet_lab.box("Learning rate")).to_have_value("0.03")
    problem = quiet_lab.page.locator(".field-problem")
    expect(problem).to_be_visible()
    quiet_lab.slider("Learning rate").press("ArrowRight")
    expect(problem).to_have_count(0)
    quiet_lab.wait_for_field("training.learning_rate", 0.04)
    expect(quiet_lab.slider("Learning rate")).to_have_attribute("aria-valuetext", "0.04")


def test_choices_are_made_and_momentum_is_there_for_the_optimizers_that_use_it(quiet_lab: Lab) -> None:
    for label, name, path in CHOICES:
        quiet_lab.choose(label, name)
        quiet_lab.wait_for_field(path, name)
    quiet_lab.open_settings()
    expect(quiet_lab.box("Momentum")).to_be_hidden()
    quiet_lab.choose("Optimizer", "nesterov")
    quiet_lab.type_number("Momentum", "0.5")
    quiet_lab.wait_for_field("training.momentum", 0.5)
    quiet_lab.choose("Optimizer", "adam")
    expect(quiet_lab.box("Momentum")).to_be_hidden()
    switch = quiet_lab.page.get_by_role("checkbox", name="Shuffle the points")
    expect(switch).to_be_checked()
    switch.uncheck()
    quiet_lab.wait_for_field("training.shuffle", False)
    switch.check()
    quiet_lab.wait_for_field("training.shuffle", True)


def test_a_slider_acts_while_it_is_dragged_and_stays_with_the_hand(lab: Lab) -> None:
    lab.slider("L2 strength").scroll_into_view_if_needed()
    box = lab.slider("L2 strength").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    lab.page.mouse.move(box["x"] + box["width"] * 0.5, middle)
    lab.page.mouse.down()
    lab.page.mouse.move(box["x"] + box["width"] * 0.9, middle, steps=8)
    lab.wait_for(lambda: lab.document["training"]["l2"] > 0.1, "a strong l2 while the button is down")
    lab.page.mouse.move(box["x"] + box["width"] - 1, middle, steps=4)
    lab.page.mouse.up()
    lab.wait_for_field("training.l2", 1)
    expect(lab.box("L2 strength")).to_have_value("1")
    assert lab.document["training"]["learning_rate"] == 0.01, "the rest is as it was"


def test_one_activation_for_all_layers_or_a_mix_and_maxout_has_pieces(quiet_lab: Lab) -> None:
    expect(quiet_lab.box("Maxout pieces")).to_have_count(0)
    quiet_lab.choose("Activation", "relu")
    quiet_lab.wait_for(
        lambda: [layer["activation"] for layer in quiet_lab.document["network"]["hidden"]] == ["relu"] * 2,
        "ReLU in both",
    )
    quiet_lab.choose("Hidden layer 1: activation", "sigmoid")
    quiet_lab.wait_for_field("network.hidden.0.activation", "sigmoid")
    expect(quiet_lab.choice("Activation")).to_have_value("mixed")
    quiet_lab.choose("Hidden layer 1: activation", "maxout")
    quiet_lab.press("Hidden 1")
    quiet_lab.type_number("Maxout pieces", "3")
    quiet_lab.wait_for_field("network.hidden.0.pieces", 3)
    quiet_lab.page.keyboard.press("Escape")
    expect(quiet_lab.open_size()).to_contain_text("3 × [2 × 6]")


def test_layers_are_added_and_removed(quiet_lab: Lab) -> None:
    quiet_lab.press("More: Hidden layers")
    quiet_lab.wait_for(lambda: len(quiet_lab.document["network"]["hidden"]) == 3, "a third layer")
    size = quiet_lab.open_size()
    expect(size).to_contain_text("4-layer network (3 hidden layers)")
    quiet_lab.page.keyboard.press("Escape")
    quiet_lab.page.locator(".column-head").nth(1).hover()
    quiet_lab.press("Remove hidden layer 1")
    quiet_lab.wait_for(lambda: [h["units"] for h in quiet_lab.document["network"]["hidden"]] == [2, 2], "its removal")
    for _ in range(2):
        quiet_lab.press("Fewer: Hidden layers")
    quiet_lab.wait_for_field("network.hidden", [])
    expect(quiet_lab.button("Fewer: Hidden layers")).to_be_disabled()
    expect(quiet_lab.open_size()).to_contain_text("1-layer network (no hidden layers)")
    quiet_lab.page.keyboard.press("Escape")
    quiet_lab.press("More: Hidden layers")
    quiet_lab.wait_for_field("network.hidden.0.units", 6)


def test_inputs_are_toggled_and_one_stays(quiet_lab: Lab) -> None:
    quiet_lab.press("Input x²")
    quiet_lab.wait_for_field("network.inputs", ["x", "y", "x^2"])
    quiet_lab.press("Input y")
    quiet_lab.wait_for_field("network.inputs", ["x", "x^2"])
    quiet_lab.press("Input x²")
    quiet_lab.wait_for_field("network.inputs", ["x"])
    quiet_lab.press("Input x")
    quiet_lab.press("Input y")
    quiet_lab.wait_for_field("network.inputs", ["x", "y"])


def test_classes_bring_their_marks_and_take_their_points(quiet_lab: Lab) -> None:
    quiet_lab.choose("Loss", "binary_softmax")
    quiet_lab.press("More: Classes")
    quiet_lab.wait_for_field("classes", 3)
    quiet_lab.wait_for_field("network.loss", "softmax")
    quiet_lab.choose_class(2)
    quiet_lab.click(3, 3)
    assert quiet_lab.wait_for_points(1)[0]["label"] == 2
    quiet_lab.press("Fewer: Classes")
    quiet_lab.wait_for_field("classes", 2)
    quiet_lab.wait_for_points(0)


def test_each_data_set_lies_inside_the_view_and_other_classes_draw_it_anew(quiet_lab: Lab) -> None:
    for name in ("Circle", "XOR", "Two clouds", "Spiral", "Moons", "Blobs", "Random"):
        quiet_lab.press(name)
        points = quiet_lab.wait_for_points(200)
        assert all(abs(point["x"]) <= 6 and abs(point["y"]) <= 6 for point in points)
        assert 40 <= sum(point["held_out"] for point in points) <= 80
        expect(quiet_lab.button(name)).to_have_attribute("aria-pressed", "true")
        quiet_lab.press("Clear points")
        quiet_lab.wait_for_points(0)
    quiet_lab.press("Spiral")
    quiet_lab.wait_for_points(200)
    quiet_lab.press("More: Classes")
    quiet_lab.wait_for(lambda: {point["label"] for point in quiet_lab.document["points"]} == {0, 1, 2}, "three classes")


def test_a_data_set_is_made_anew_with_its_settings_until_it_is_edited(quiet_lab: Lab) -> None:
    quiet_lab.press("Circle")
    quiet_lab.wait_for_points(200)
    quiet_lab.type_number("Points", "50")
    before = quiet_lab.wait_for_points(50)
    quiet_lab.type_number("Noise", "0.4")
    quiet_lab.wait_for(lambda: quiet_lab.document["points"] != before, "noisier points")
    quiet_lab.type_number("Test share", "0")
    quiet_lab.wait_for(lambda: not any(point["held_out"] for point in quiet_lab.document["points"]), "no test points")
    quiet_lab.press("Clear points")
    quiet_lab.wait_for_points(0)
    expect(quiet_lab.box("Points")).to_be_disabled()  # points of one's own are not made anew
    expect(quiet_lab.button("New points")).to_be_disabled()
    quiet_lab.click(5, -5)
    quiet_lab.wait_for_points(1)


def test_classes_may_be_of_unequal_size_and_come_one_after_the_other(quiet_lab: Lab) -> None:
    quiet_lab.press("Circle")
    quiet_lab.wait_for_points(200)
    quiet_lab.page.get_by_text("More about the data").click()
    quiet_lab.type_number("Class balance", "0.25")
    counts = lambda: Counter(point["label"] for point in quiet_lab.document["points"])  # noqa: E731
    quiet_lab.wait_for(lambda: counts() == {0: 159, 1: 41} or counts() == {0: 160, 1: 40}, "a rare class")
    labels = [point["label"] for point in quiet_lab.document["points"]]
    assert labels != sorted(labels)
    quiet_lab.page.get_by_role("checkbox", name="Mixed order").uncheck()
    quiet_lab.wait_for(
        lambda: [point["label"] for point in quiet_lab.document["points"]] == sorted(labels), "class after class"
    )


def test_after_a_reload_the_data_set_is_still_known_until_it_is_edited(quiet_lab: Lab) -> None:
    quiet_lab.press("Moons")
    quiet_lab.wait_for_points(200)
    quiet_lab.type_number("Points", "60")
    quiet_lab.see_points(42, 18)
    quiet_lab.page.reload()
    quiet_lab.wait_until_ready()
    expect(quiet_lab.button("Moons")).to_have_attribute("aria-pressed", "true")
    expect(quiet_lab.box("Points")).to_have_value("60")
    quiet_lab.type_number("Points", "50")
    quiet_lab.wait_for_points(50)
    quiet_lab.click(5.5, -5.5)
    quiet_lab.wait_for_points(51)
    quiet_lab.page.reload()
    quiet_lab.wait_until_ready()
    expect(quiet_lab.button("Moons")).to_have_attribute("aria-pressed", "false")


def test_a_new_seed_starts_anew_step_takes_one_update_and_reset_goes_back_to_the_same_start(lab: Lab) -> None:
    lab.wait_for(lambda: lab.step > 100, "100 steps")
    lab.press("Pause")
    lab.press("New seed")
    lab.wait_for(lambda: lab.document["network"]["seed"] != 7, "another seed")
    lab.wait_for(lambda: lab.step == 0, "the start")
    lab.press("Step")
    lab.wait_for(lambda: lab.step == 1, "one step")
    lab.press("Reset")
    lab.wait_for(lambda: lab.step == 0, "the start")
    lab.come_to_rest()
    start = lab.number("loss")
    lab.press("Step")
    lab.wait_for(lambda: lab.step == 1 and lab.number("loss") != start, "one step")
    lab.press("Reset")
    lab.wait_for(lambda: lab.step == 0 and lab.number("loss") == start, "the start again")


def test_help_says_what_the_catalog_says_and_zoom_shows_more_of_the_plane(quiet_lab: Lab) -> None:
    fields = quiet_lab.server.get("/api/v1/catalog")["fields"]
    quiet_lab.press("About Learning rate")
    help_text = quiet_lab.page.get_by_role("dialog", name="About Learning rate")
    expect(help_text).to_contain_text(fields["training.learning_rate"]["help"])
    expect(help_text).to_contain_text("Above 0 to 30")
    expect(help_text.locator("math")).to_be_visible()
    assert help_text.locator("math").text_content() == "w←w−η∇L"
    quiet_lab.page.keyboard.press("Escape")
    expect(help_text).to_be_hidden()
    quiet_lab.press("Zoom out")
    quiet_lab.wait_for_field("view.x_range", [-9, 9])
    quiet_lab.press("Zoom in")
    quiet_lab.wait_for_field("view", {"x_range": [-6, 6], "y_range": [-6, 6]})
    quiet_lab.press("Zoom in")
    quiet_lab.wait_for_field("view.x_range", [-4, 4])
    quiet_lab.press("Fit to points")
    quiet_lab.wait_for_field("view", {"x_range": [-6, 6], "y_range": [-6, 6]})


def test_the_chart_tells_its_values_and_shows_accuracy_in_place_of_the_loss(lab: Lab) -> None:
    lab.wait_for(lambda: lab.step > 300, "300 steps")
    lab.page.locator(".chart-canvas").hover()
    expect(lab.page.get_by_text("at step ")).to_be_visible()
    lab.press("log")
    expect(lab.button("log")).to_have_attribute("aria-pressed", "true")
    lab.press("Pause")
    lab.come_to_rest()
    lab.press("Accuracy")
    chart = lab.page.get_by_role("img", name="Accuracy chart")
    words = f"Accuracy chart, training {lab.number('accuracy'):.1f} %, test {lab.number('test'):.1f} %"
    expect(chart).to_have_attribute("aria-label", words)
    expect(lab.button("log")).to_be_hidden()
    chart.press("ArrowLeft")
    expect(lab.page.locator(".axis-title").first).to_contain_text("at step ")
    lab.press("Loss")
    loss_chart = lab.page.get_by_role("img", name="Loss chart")
    expect(loss_chart).to_have_attribute("aria-label", re.compile("regularization 0"))


def test_the_chart_marks_where_a_setting_was_changed(lab: Lab) -> None:
    chart = lab.page.get_by_role("img", name="Loss chart")
    lab.wait_for(lambda: lab.step > 200, "some steps")
    lab.type_number("Learning rate", "0.05")
    expect(chart).to_have_attribute("aria-label", re.compile(r"at step [\d,]+ Learning rate: 0\.01 → 0\.05"))
    lab.press("Pause")
    lab.come_to_rest()
    chart.focus()
    title = lab.page.locator(".axis-title").first

    def walk_back() -> bool:
        lab.page.keyboard.press("ArrowLeft")
        lab.frames()  # a step further before this one is drawn would pass the mark by
        return "Learning rate: 0.01 → 0.05" in title.inner_text()

    lab.wait_for(walk_back, "the mark under the arrow keys")
    lab.page.reload()
    lab.wait_until_ready()
    expect(chart).to_have_attribute("aria-label", re.compile(r"Learning rate: 0\.01 → 0\.05"))
    lab.press("Reset")
    expect(lab.page.get_by_text("Undo brings it back")).to_be_visible()
    expect(chart).not_to_have_attribute("aria-label", re.compile("Learning rate"))
    lab.press("Undo")
    expect(chart).to_have_attribute("aria-label", re.compile(r"Learning rate: 0\.01 → 0\.05"))


def test_going_back_shows_one_moment_everywhere_and_what_is_left_comes_back(lab: Lab) -> None:
    chart = lab.page.get_by_role("img", name="Loss chart")
    lab.wait_for(lambda: lab.step > 300, "some steps")
    lab.press("Pause")
    lab.come_to_rest()
    end, loss = lab.step, lab.number("loss")
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/back", {"to_step": 50})
    lab.wait_for(lambda: lab.step == 50, "step 50")
    shown = lab.page.locator("#results-body .kind .value").first

    def agrees() -> bool:
        return f"training {shown.inner_text()}," in (chart.get_attribute("aria-label") or "")

    lab.wait_for(agrees, "the same loss in the chart")
    lab.press("Step")
    lab.wait_for(lambda: lab.step == 51, "a step")
    lab.press("Undo")
    lab.wait_for(lambda: lab.step == 50, "the step taken back")
    lab.server.post(f"/api/v1/sessions/{lab.session_id}/back", {"to_step": end})
    lab.wait_for(lambda: lab.number("loss") == loss, "the course that was left")


def test_what_is_half_typed_stays_while_another_changes_the_value(quiet_lab: Lab) -> None:
    box = quiet_lab.box("Learning rate")
    box.focus()
    quiet_lab.page.keyboard.type("0.25")
    patch = {"training": {"learning_rate": 0.5, "l2": 0.25}}
    quiet_lab.server.request("PATCH", f"/api/v1/sessions/{quiet_lab.session_id}", patch)
    expect(quiet_lab.box("L2 strength")).to_have_value("0.25")
    expect(box).to_have_value("0.25")
    box.press("Enter")
    quiet_lab.wait_for_field("training.learning_rate", 0.25)
