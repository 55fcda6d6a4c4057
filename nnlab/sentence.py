"""Sentences that a person may read: English strings that know what they were made of, to be translated from."""

from __future__ import annotations

from typing import Any


class Sentence(str):
    """`Sentence("{field} is required", field="x")` is the string "x is required", with `template` and `values` kept.

    The template is the key of its translations (see nnlab.web.pages.languages); a value may be a sentence itself.
    """

    template: str
    values: dict[str, Any]

    def __new__(cls, template: str, /, **values: Any) -> Sentence:
        """Fill the template in."""
        sentence = super().__new__(cls, template.format(**values))
        sentence.template = template
        sentence.values = values
        return sentence

    @classmethod
    def of(cls, parts: dict[str, Any]) -> Sentence:
        """The sentence that has these `parts`."""
        values = {name: cls.of(value) if isinstance(value, dict) else value for name, value in parts["values"].items()}
        return cls(parts["text"], **values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Sentences cross process borders whole."""
        return _rebuild, (self.template, self.values)

    @property
    def parts(self) -> dict[str, Any]:
        """Template and values as plain JSON, for a page to put together in its own language."""
        values = {name: value.parts if isinstance(value, Sentence) else value for name, value in self.values.items()}
        return {"text": self.template, "values": values}


def _rebuild(template: str, values: dict[str, Any]) -> Sentence:
    return Sentence(template, **values)
