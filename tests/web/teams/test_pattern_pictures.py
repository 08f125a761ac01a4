"""A pattern's picture and its statement tell what the sheet released, and nothing else."""

import datetime as dt

from commonroot.web.teams.cycle_views import state_pattern
from commonroot.web.teams.slices import SheetPattern, read_patterns
from commonroot.web.teams.templatetags.pattern_pictures import bars

DOCUMENT = {
    "period": {"from": "2025-08-25", "to": "2026-06-12"},
    "patterns": [
        {
            "slice": {"location": "Bus"},
            "sentence": "Bus.",
            "incidents": 40,
            "expected": 12.3,
            "ratio": 3.0,
            "weeks": 21,
            "baseline": "independence",
        },
        {
            "slice": {"location": "Library"},
            "sentence": "Library.",
            "incidents": None,
            "expected": None,
            "ratio": None,
            "weeks": None,
            "baseline": "independence",
            "protected": True,
        },
    ],
}


def test_a_picture_says_in_words_what_it_shows():
    picture = bars(read_patterns(DOCUMENT)[0])

    assert 'role="img"' in picture
    assert (
        "<title>Two bars: 40 incidents seen, about 12 expected.</title><desc>Bus</desc>"
        in picture
    )
    assert ' width="150"' in picture
    assert ' width="46.1"' in picture
    assert "style" not in picture


def test_what_is_protected_has_no_picture_and_no_numbers():
    hidden = read_patterns(DOCUMENT)[1]

    assert bars(hidden) == ""
    assert [state_pattern(hidden).get(name) for name in ("how_often", "since")] == [
        None,
        None,
    ]


def test_a_statement_begins_with_what_the_sheet_released():
    told = state_pattern(read_patterns(DOCUMENT)[0])

    assert (told["how_often"], told["since"]) == (
        "40 incidents, in 21 different weeks",
        "Aug. 25, 2025 or before: the sheet begins there",
    )


def test_a_pattern_of_the_recent_weeks_says_so():
    recent = SheetPattern(
        {"location": "Bus"}, "Bus.", 1.0, 12, 3.0, 4, True, dt.date(2025, 8, 25)
    )

    assert state_pattern(recent)["since"] == "In the last 4 weeks"
