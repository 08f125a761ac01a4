"""Two series over a row of months."""

import re

import pytest

from commonroot.charts.columns import Series, draw_columns


def draw(first, second, labels=("Aug", "Sep")):
    return draw_columns(
        "The year",
        labels,
        Series("met", first, [str(value) for value in first]),
        Series("checked", second, [str(value) for value in second]),
    )


def test_columns_stand_on_zero_and_are_as_tall_as_their_numbers():
    drawn = draw([8, 4], [2, 0])
    tall = re.findall(r'y="([\d.]+)" width="[\d.]+" height="([\d.]+)"', drawn)[2:]
    feet = {round(float(top) + float(height), 1) for top, height in tall}
    heights = [float(height) for _top, height in tall]

    assert len(feet) == 1
    assert [round(each / heights[0], 2) for each in heights] == [1, 0.25, 0.5, 0]


def test_every_number_is_told():
    drawn = draw([8, 4], [2, 0])

    assert "<desc>Aug: met 8, checked 2; Sep: met 4, checked 0</desc>" in drawn


def test_a_series_with_a_number_too_few_is_refused():
    with pytest.raises(ValueError, match="a value for every label"):
        draw([8], [2, 0])
