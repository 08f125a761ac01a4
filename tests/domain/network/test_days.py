"""Days are said as people say them, in both languages."""

import datetime as dt

import pytest
from django.utils.translation import override

from commonroot.domain.network.days import say_day, say_day_and_year

DAY = dt.date(2026, 5, 14)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["Thursday, May 14", "Thursday, May 14, 2026"]),
        ("es", ["jueves, 14 de mayo", "jueves, 14 de mayo de 2026"]),
    ],
)
def test_a_day_is_said_in_the_language_of_its_reader(language, expected):
    with override(language):
        assert [say_day(DAY), say_day_and_year(DAY)] == expected
