"""Documents of earlier formats, brought to the present one when they are read, a step from each to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Fields = Mapping[str, Any]

# From a format to (the next one, what becomes of the fields). A step is never changed once it has been released.
STEPS: dict[str, tuple[str, Callable[[Fields], Fields]]] = {}


def upgraded(fields: Fields) -> Fields:
    """The fields in the newest format; those of a format that is not known are left for the validation to refuse."""
    while (step := STEPS.get(str(fields.get("format")))) is not None:
        name, take = step
        fields = {**take(fields), "format": name}
    return fields
