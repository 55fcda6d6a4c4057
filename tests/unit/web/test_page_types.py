"""The page's types are those of the API."""

from __future__ import annotations

from tests.page_types import PAGE_TYPES, page_types


def test_the_pages_types_are_written_anew_when_the_api_changes() -> None:
    assert PAGE_TYPES.read_text() == page_types(), "stale: run `make types`"


def test_what_a_reply_always_has_is_needed_and_a_document_has_all_of_its_fields() -> None:
    text = page_types()
    assert "  value: number | null;\n" in text  # of a point, though a request may leave it out
    assert "  regions?: RegionsReply | null;\n" in text
    assert '  status: "watch" | "alarm";\n' in text
    assert "  activation: string;\n" in text  # of a hidden layer: the menu's affair
    assert "  inputs: string[];\n" in text
    assert "  skips: [number, number][];\n" in text
    assert "  fields: Record<string, FieldSpec>;\n" in text
