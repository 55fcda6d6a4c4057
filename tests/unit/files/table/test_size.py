"""When inputs want scaling."""

from __future__ import annotations

import pytest

from nnlab.files.table.reading import Target, read


@pytest.mark.parametrize(
    ("rows", "scaling"),
    [
        (["-5,4,0", "5,-4,1"], "none"),
        (["1,2,0", "-1,1,1"], "standard"),  # y is 1 to 2, aside
        (["34,78,0", "100,30,1"], "standard"),
        (["0.01,0.02,0", "-0.01,-0.03,1"], "standard"),
        (["-5,0.1,0", "5,-0.1,1"], "standard"),
    ],
)
def test_coordinates_call_for_scaling_or_not(rows: list[str], scaling: str) -> None:
    assert read("\n".join(["x,y,label", *rows]).encode()).scaling == scaling


def test_the_target_of_a_curve_is_not_scaled() -> None:
    assert read(b"x,y\n-3,100\n3,2000\n", target=Target("curve_fitting")).scaling == "none"
