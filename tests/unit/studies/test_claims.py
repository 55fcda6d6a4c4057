"""What each study finds, at reduced size.

Seeds are fixed, so the same code gives the same numbers; the bounds are for code that rounds or draws differently. They
stand so far from what the studies measure at full size (docs/results.md) that another set of as many seeds would miss
them in less than one case of a hundred: the effects are several times the spread of a median over the seeds used here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

import pytest

from nnlab.document.models import parse_document
from nnlab.studies.columns import COLUMNS
from nnlab.studies.registry import STUDIES, parameters_of, study_named
from nnlab.studies.results import chart_of, linked
from nnlab.studies.study import Row, in_order, plan, run_chunk
from nnlab.web.pages.languages import messages, translated

pytestmark = pytest.mark.thorough  # they train thousands of networks

SMALL: dict[str, dict[str, Any]] = {
    "softmax_svm": {"seeds": 2},
    "forgetting": {"seeds": 2},
    "symmetry": {"seeds": 3, "steps": 2_000},
    "saturation": {"scales": [1, 30], "seeds": 5},
    "zigzag": {"batch_sizes": [1, 10], "seeds": 2, "steps": 100},
    "activation_race": {"learning_rates": [0.3, 1], "seeds": 9, "steps": 3_000},
    "dead_units": {"learning_rates": [0.1, 1], "seeds": 6},
    "maxout_pieces": {"seeds": 2, "steps": 500},
    "mixed_activations": {"activations": ["relu", "tanh"], "seeds": 4},
    "learning_rate": {"learning_rates": [0.003, 0.3, 10], "seeds": 5, "steps": 2_000},
    "scaling": {"scales": [0.03, 1, 30], "learning_rates": [0.1, 1], "seeds": 4, "steps": 2_000},
    "skip_connections": {"depths": [6], "seeds": 3},
    "approximation": {"hidden": [2, 16], "seeds": 4, "steps": 6_000},
    "depth_ladder": {"deepest": 6, "seeds": 8, "steps": 3_000},
    "seed_variance": {"hidden": [3, 20], "seeds": 24, "steps": 4_000},
    "trapped": {"hidden": [3, 8], "seeds": 40, "steps": 2_000},
    "minima": {"seeds": 30, "steps": 4_000},
    "overfitting": {"hidden": [2, 20], "seeds": 5},
    "dropout_average": {"keep_probs": [0.5, 1], "masks": 100, "seeds": 4},
}

SHORT = {"seeds": 4, "steps": 200}


@cache
def rows_of(name: str, chosen: str) -> tuple[Row, ...]:
    study = study_named(name)
    parameters = study.parse(json.loads(chosen))
    return tuple(
        in_order(row for number in range(len(plan(study, parameters))) for row in run_chunk(study, parameters, number))
    )


def measured(name: str, **more: Any) -> list[Row]:
    """The rows of the reduced study."""
    return list(rows_of(name, json.dumps(SMALL[name] | more)))


def table(name: str, **more: Any) -> list[Row]:
    """Its summary's table."""
    study = study_named(name)
    return study.summarize(study.parse(SMALL[name] | more), measured(name, **more)).table


def found(rows: list[Row], **tags: Any) -> Row:
    """The one row with these tags."""
    (row,) = [row for row in rows if all(row[name] == value for name, value in tags.items())]
    return row


@pytest.mark.parametrize("name", list(STUDIES))
def test_every_study_is_plain_json_and_can_show_the_first_row_alone(name: str) -> None:
    fields, rows = SMALL[name], measured(name)
    study = study_named(name)
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert [row["run"] for row in rows] == list(range(len(rows)))
    for some in (rows, rows[:1]):
        json.dumps(study.summarize(study.parse(fields), some).json, allow_nan=False)
        json.dumps(chart_of(name, fields, some), allow_nan=False)
    assert all(len(row["open"]) < 1_500 for row in linked(name, fields, rows))  # servers and mail cut longer links


@pytest.mark.parametrize("rate", [0.001, 30])
@pytest.mark.parametrize("name", list(STUDIES))
def test_every_study_bears_its_smallest_networks_and_those_that_diverge(name: str, rate: float) -> None:
    study = study_named(name)
    fields = {row["name"]: smallest(row, rate) for row in parameters_of(study)}
    rows = list(rows_of(name, json.dumps(fields)))
    summary = study.summarize(study.parse(fields), rows)
    json.dumps([rows, summary.json, chart_of(name, fields, rows)], allow_nan=False)
    shown = {column for row in rows for column, value in row.items() if not isinstance(value, list | dict)}
    assert shown - {"run"} <= set(COLUMNS)
    assert not re.search(r"\d{7}|nan|inf\b", str(summary.finding))


BEYOND_NUMBERS: list[tuple[str, dict[str, Any]]] = [
    ("forgetting", {"learning_rate": 10, "strengths": [0.1]}),  # the formula is 0 from the first step on
    ("forgetting", {"learning_rate": 30, "strengths": [0.1, 10], "steps": 2_000}),
    ("forgetting", {"learning_rate": 30, "strengths": [10], "steps": 20_000}),
    ("softmax_svm", {"learning_rate": 30, "l2": 1}),
]


@pytest.mark.parametrize(("name", "more"), BEYOND_NUMBERS)
def test_what_leaves_the_range_of_numbers_by_forgetting_is_plain_json_too(name: str, more: dict[str, Any]) -> None:
    fields = {**SMALL[name], "steps": 100, **more}
    rows, study = list(rows_of(name, json.dumps(fields))), study_named(name)
    summary = study.summarize(study.parse(fields), rows)
    json.dumps([rows, summary.json, chart_of(name, fields, rows)], allow_nan=False)
    assert "nan" not in str(summary.finding)
    assert all(row["relative_error"] is None for row in summary.table if row.get("l2") == 10)


def test_a_decay_that_overshoots_follows_the_formula_of_forgetting_too() -> None:
    silent = found(table("forgetting", learning_rate=1.5, strengths=[1.0], steps=100), data="off")
    assert silent["relative_error"] < 1e-4
    assert silent["end"] == pytest.approx(0.5**100, rel=1e-4)


@pytest.mark.parametrize("name", list(STUDIES))
def test_documents_take_the_largest_numbers_that_studies_take(name: str) -> None:
    study = study_named(name)
    for row in parameters_of(study):
        if row["type"] == "number":
            largest = row["maximum"]
        elif row.get("item_type") == "number":
            largest = [row["maximum"]]
        else:
            continue
        for case in study.cases(study.parse({"seeds": 2, row["name"]: largest})):
            parse_document(case.document)


def smallest(row: dict[str, Any], rate: float) -> Any:
    """The least value of a parameter; of a learning rate this one."""
    if row["name"].startswith("learning_rate"):
        return [rate] if row["type"] == "list" else rate
    if row["type"] == "list":
        return row["default"][: row["min_items"]]
    return row["minimum"] if row["type"] == "integer" else row["default"]


def short(name: str) -> dict[str, Any]:
    """Fields of the reduced study with as many networks and steps as a figure needs to have dots and words."""
    return SMALL[name] | {key: min(SMALL[name][key], most) for key, most in SHORT.items() if key in SMALL[name]}


@pytest.mark.parametrize("name", list(STUDIES))
def test_every_figure_has_dots_that_open_their_networks(name: str) -> None:
    fields, rows = short(name), measured(name, **short(name))
    chart = chart_of(name, fields, rows)
    dots = [layer for panel in chart["panels"] for layer in panel["layers"] if layer["kind"] == "Dots"]
    links = {link for layer in dots for link in layer["links"]}
    assert links and links <= {row["open"] for row in linked(name, fields, rows)}
    for layer in dots:
        assert not layer["links"] or len(layer["links"]) == len(layer["x"]) == len(layer["y"])


@pytest.mark.parametrize("name", list(STUDIES))
def test_every_figure_says_all_in_the_readers_language(name: str) -> None:
    known = messages("de")
    fields, german = short(name), partial(translated, language="de")
    chart = chart_of(name, fields, measured(name, **fields), say=german)
    english = [text for text in texts_of(chart) if known.get(text, text) != text]
    assert english == []


def texts_of(value: Any) -> Iterator[str]:
    """All texts of a figure, but for the kinds of its layers."""
    if isinstance(value, str):
        yield value
    if isinstance(value, dict):
        value = [part for name, part in value.items() if name != "kind"]
    for part in value if isinstance(value, list | tuple) else ():
        yield from texts_of(part)


def test_softmax_and_svm_find_nearly_the_same_line_and_other_margins() -> None:
    softmax, svm = (found(table("softmax_svm"), loss=loss) for loss in ("binary_softmax", "binary_svm"))
    assert min(softmax["accuracy"], svm["accuracy"]) > 0.98
    assert abs(softmax["angle"] - svm["angle"]) < 10
    assert svm["margin"] > 1.2 * softmax["margin"]


def test_without_data_weights_shrink_by_the_formula_and_with_data_they_stay() -> None:
    rows = table("forgetting")
    assert max(row["relative_error"] for row in rows if row["data"] == "off") < 1e-5  # 500 roundings of float32
    silent, taught = (found(rows, data=data, l2=0.1) for data in ("off", "on"))
    assert silent["end"] == pytest.approx(0.99**500, rel=1e-4)
    assert taught["end"] > 10 * silent["end"]


def test_units_that_start_alike_stay_alike() -> None:
    rows = table("symmetry")
    assert found(rows, init="zero")["different"] == 1
    assert found(rows, init="zero")["loss"] > 0.65
    assert found(rows, init="he")["different"] == 10
    assert found(rows, init="he")["loss"] < 0.3


def test_large_starting_weights_saturate_and_hinder_training() -> None:
    for activation in ("sigmoid", "tanh"):
        usual, large = (found(table("saturation"), activation=activation, scale=scale) for scale in (1, 30))
        assert usual["saturated"] < 40
        assert large["saturated"] > 80
        assert large["loss"] > 2 * usual["loss"]


def test_units_fed_by_positive_numbers_move_all_weights_the_same_way() -> None:
    rows = table("zigzag")
    assert found(rows, activation="sigmoid", batch_size=1)["agree"] == 100
    assert found(rows, activation="relu", batch_size=1)["agree"] == 100
    assert found(rows, activation="tanh", batch_size=1)["agree"] < 10
    assert found(rows, activation="sigmoid", batch_size=10)["agree"] < 90


def test_relu_is_ahead_of_tanh_by_less_than_the_papers_factor_and_sigmoid_far_behind() -> None:
    rows = table("activation_race")
    assert 1 < found(rows, activation="tanh")["times_relu"] < 4
    assert found(rows, activation="sigmoid")["times_relu"] > 2


def test_relus_die_at_large_rates_and_leaky_relu_and_maxout_do_not() -> None:
    rows = table("dead_units")
    assert found(rows, activation="relu", learning_rate=0.1)["dead_mean"] < 0.15
    assert found(rows, activation="relu", learning_rate=1)["dead_mean"] > 0.35
    assert {row["dead_mean"] for row in rows if row["activation"] != "relu"} <= {0.0, None}


@pytest.mark.parametrize(("kind", "rounding"), [("relu", 0.0), ("leaky_relu", 1e-5)])
def test_maxout_with_one_piece_set_is_the_other_unit(kind: str, rounding: float) -> None:
    assert all(row["difference"] <= rounding for row in measured("maxout_pieces", set_to=kind))


def test_mixed_activations_learn_as_well_as_pure_ones() -> None:
    assert max(row["loss"] for row in table("mixed_activations")) < 0.05


def test_there_is_a_valley_of_learning_rates() -> None:
    small, good, large = (found(table("learning_rate"), learning_rate=rate) for rate in (0.003, 0.3, 10))
    assert small["updates"] is None
    assert small["lost"] == 0
    assert good["arrived"] == 100
    assert large["lost"] > 50


def test_inputs_far_from_a_deviation_of_one_need_more_updates_than_there_are() -> None:
    small, good, large = (found(table("scaling"), scale=scale) for scale in (0.03, 1, 30))
    assert good["updates"] < 1_000
    assert small["updates"] is large["updates"] is None


def test_a_chain_too_deep_does_not_train_and_links_over_layers_help() -> None:
    rows = table("skip_connections")
    assert found(rows, links="none", depth=6)["loss"] > 0.6
    assert found(rows, links="input", depth=6)["loss"] < 0.1
    assert found(rows, links="all", depth=6)["loss"] < 0.1


def test_a_link_backwards_is_refused_and_the_cycle_named() -> None:
    study = study_named("skip_connections")
    summary = study.summarize(study.parse(SMALL["skip_connections"]), measured("skip_connections"))
    assert "1 -> 2 -> 3 -> 1" in summary.finding


def test_more_units_come_closer_and_closer_than_as_many_bumps() -> None:
    few, many = (found(table("approximation"), units=units) for units in (2, 16))
    assert many["best"] < few["best"] / 5
    assert many["best"] < many["bumps"] / 3


def test_two_or_three_hidden_layers_are_best_and_six_are_worse() -> None:
    losses = {row["layers"]: row["test_loss"] for row in table("depth_ladder")}
    assert min(losses, key=lambda layers: losses[layers]) in (2, 3, 4)
    assert losses[6] > 2 * min(losses.values())
    assert all(abs(row["parameters"] - 340) < 0.1 * 340 for row in table("depth_ladder"))


def test_the_final_loss_of_small_networks_varies_more() -> None:
    small, large = (found(table("seed_variance"), units=units) for units in (3, 20))
    assert small["standard_deviation"] > 5 * large["standard_deviation"]  # F(23, 23) passes 5 squared in 1 of 10^9


def test_small_networks_get_trapped_more_often() -> None:
    small, large = (found(table("trapped"), units=units) for units in (3, 8))
    assert small["trapped"] >= 0.1  # of 40 runs with probability .32 fewer than 4 are in 1 case of 5,000
    assert large["trapped"] <= 0.05  # of 40 with probability .01 more than 2 are in 1 case of 130


def test_runs_of_a_small_network_end_on_few_steps() -> None:
    rows = table("minima")
    assert len(rows) <= 6
    assert sorted(row["n"] for row in rows)[-2] >= 4
    assert sum(row["n"] for row in rows) == 30


def test_large_networks_overfit_and_l2_is_better_than_fewer_units() -> None:
    rows = table("overfitting")
    none_small, none_large = (found(rows, cure="none", units=units) for units in (2, 20))
    with_l2 = found(rows, cure="l2", units=20)
    assert none_large["gap"] > 0.1 > none_small["gap"]
    assert with_l2["gap"] < none_large["gap"] / 2
    assert with_l2["test_loss"] < min(none_small["test_loss"], none_large["test_loss"])


def test_the_average_over_masks_is_closer_to_the_whole_network_than_one_mask() -> None:
    half, whole = (found(table("dropout_average"), keep_prob=keep) for keep in (0.5, 1))
    assert half["average"] < 0.7 * half["one"]
    assert whole["spread"] < 1e-9
