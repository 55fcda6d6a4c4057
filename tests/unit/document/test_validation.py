"""Strict types and merge patches."""

from __future__ import annotations

import copy
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from nnlab.document.validation import PAIR, Model, items, line_of_text, merge_patch, number_from_1, whole_number
from tests.unit.making import CALM

# RFC 7396, appendix A: (original, patch, result)
RFC_7396: list[tuple[Any, Any, Any]] = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, None, None),
    ({"a": "foo"}, "bar", "bar"),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]

names = st.sampled_from("abcd")
leaves = st.integers() | st.text(max_size=2) | st.lists(st.integers(), max_size=2)


def objects(leaf: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(names, st.recursive(leaf, lambda inner: st.dictionaries(names, inner), max_leaves=6))


def difference(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The smallest merge patch that makes `new` of `old`; neither may hold null."""
    patch: dict[str, Any] = dict.fromkeys(old.keys() - new.keys())
    for name, value in new.items():
        before = old.get(name)
        if isinstance(value, dict) and isinstance(before, dict):
            patch[name] = difference(before, value)
        elif value != before:
            patch[name] = value
    return patch


@pytest.mark.parametrize(("target", "patch", "result"), RFC_7396)
def test_merge_patch_gives_the_results_of_rfc_7396(target: Any, patch: Any, result: Any) -> None:
    assert merge_patch(target, patch) == result


@given(objects(leaves), objects(leaves))
@CALM
def test_a_patch_leads_from_any_object_to_any_other(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert merge_patch(old, difference(old, new)) == new


@given(objects(leaves | st.none()), objects(leaves | st.none()))
@CALM
def test_a_patch_applied_twice_is_applied_once_and_its_arguments_stay(
    target: dict[str, Any], patch: dict[str, Any]
) -> None:
    before = copy.deepcopy((target, patch))
    once = merge_patch(target, patch)
    assert merge_patch(once, patch) == once
    assert (target, patch) == before


class Row(Model):
    count: Annotated[int, whole_number(1, 5)] = 1
    size: float = 1.0
    ends: Annotated[tuple[float, float], PAIR] = (0.0, 1.0)
    parts: Annotated[tuple[int, ...], items(least=1, most=3)] = (1,)


@pytest.mark.parametrize(("value", "number"), [(1, 1), (5, 5), (2.0, 2)])
def test_a_whole_number_may_be_written_with_a_point(value: float, number: int) -> None:
    count = Row(count=value).count
    assert (count, type(count)) == (number, int)


@pytest.mark.parametrize("value", [0, 6, 2.5, 6.0, True, "2", None, [2], float("nan"), float("inf")])
def test_a_whole_number_is_nothing_else(value: Any) -> None:
    with pytest.raises(ValidationError):
        Row(count=value)


def test_the_schema_of_a_whole_number_keeps_its_bounds() -> None:
    schema = Row.model_json_schema()["properties"]["count"]
    assert (schema["type"], schema["minimum"], schema["maximum"]) == ("integer", 1, 5)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), "1", True, None])
def test_a_number_is_finite_and_no_text_and_no_bool(value: Any) -> None:
    with pytest.raises(ValidationError):
        Row(size=value)


@pytest.mark.parametrize("value", [[1.0], [1.0, 2.0, 3.0], {}, "12", None])
def test_a_pair_has_two_items(value: Any) -> None:
    assert Row(ends=[1.0, 2.0]).ends == (1.0, 2.0)
    with pytest.raises(ValidationError):
        Row(ends=value)


@pytest.mark.parametrize("value", [[], [1, 2, 3, 4], {}, {1}, "1"])
def test_a_list_keeps_its_length_and_stays_a_tuple(value: Any) -> None:
    assert Row(parts=[1, 2]).parts == (1, 2)
    with pytest.raises(ValidationError):
        Row(parts=value)


def test_the_schema_of_a_list_keeps_its_bounds() -> None:
    schema = Row.model_json_schema()["properties"]["parts"]
    assert (schema["type"], schema["minItems"], schema["maxItems"]) == ("array", 1, 3)


def test_unknown_fields_are_refused_and_values_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Row(colour="red")  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="frozen"):
        Row().count = 2


class Numbered(Model):
    layer: Annotated[int, number_from_1(9, "must count from 1")]


def test_who_counts_from_0_what_counts_from_1_is_told() -> None:
    assert Numbered(layer=1).layer == 1
    for zero in (0, 0.0):
        with pytest.raises(ValidationError, match="must count from 1"):
            Numbered.model_validate({"layer": zero})
    for other in (-1, 10, False, 1.5, "1"):
        with pytest.raises(ValidationError) as caught:
            Numbered.model_validate({"layer": other})
        assert caught.value.errors()[0]["type"] != "rule"
    schema = Numbered.model_json_schema()["properties"]["layer"]
    assert (schema["type"], schema["minimum"], schema["maximum"]) == ("integer", 1, 9)


class Named(Model):
    name: Annotated[str, line_of_text(10)] = ""


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b", "a b"),
        ("one\ntwo\r\n", "one two  "),
        ("\x1b[31mred", " [31mred"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\u2066a\u2069 \u2028b", "a  b"),
        ("\u05d0\u200f \u00e9 \U0001f600", "\u05d0\u200f \u00e9 \U0001f600"),
        ("\u202e" * 20 + "short", "short"),
    ],
)
def test_what_acts_on_text_is_taken_out_of_a_line_and_text_stays(given: str, kept: str) -> None:
    assert Named.model_validate({"name": given}).name == kept


def test_a_line_of_text_keeps_its_length_and_is_text() -> None:
    for value in ("x" * 11, 5, None):
        with pytest.raises(ValidationError):
            Named.model_validate({"name": value})
    assert Named.model_json_schema()["properties"]["name"]["maxLength"] == 10
