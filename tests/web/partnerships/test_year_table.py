"""Years, schools and stages: the table, and the picture before it."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest

from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.partnership_actions import begin_partnership
from commonroot.domain.partnerships.queries import (
    list_partnerships,
    list_stages,
    number_stages,
)
from commonroot.domain.partnerships.school_actions import (
    add_school,
    begin_whole,
    end_part,
)
from commonroot.domain.partnerships.stage_actions import reach_stage
from commonroot.web.partnerships.templatetags.year_pictures import draw_school_years
from commonroot.web.partnerships.year_table import SchoolRow, YearTable, make_year_table

ON = dt.date(2026, 3, 1)


@pytest.fixture
def table(cast):
    """2023-24 to 2026-27, looked at in the spring of 2026."""
    kept = begin_partnership(
        by=cast.Farid, partner=cast.Region, district=cast.North,
        first_year=2023, last_year=2026,
    )  # fmt: skip
    for number, day in ((0, dt.date(2023, 3, 1)), (5, dt.date(2024, 9, 3))):
        reach_stage(
            by=cast.Farid, partnership=kept, stage=list_stages(cast.Region)[number],
            day=day, evidence="x",
        )  # fmt: skip
    first = add_school(
        by=cast.Farid, partnership=kept, school=cast.Oak, first=dt.date(2023, 9, 1)
    )
    end_part(by=cast.Farid, part=first, last=dt.date(2024, 1, 31))
    again = add_school(
        by=cast.Farid, partnership=kept, school=cast.Oak, first=dt.date(2024, 9, 3)
    )
    begin_whole(by=cast.Farid, part=again, first=dt.date(2025, 10, 1))
    found = list_partnerships(cast.Mara).get()
    return make_year_table(found, number_stages([found]), ON)


def test_each_year_says_what_held_at_its_end_or_holds_today(table):
    assert table.years == ["2023-24", "2024-25", "2025-26", "2026-27"]
    assert table.numbers == [1, 6, 6, None]
    assert table.stages == [
        "Meet the leadership team",
        "Start with one to three schools, since 09/03/2024",
        "Start with one to three schools",
        "",
    ]
    (oak,) = table.rows
    assert oak.cells == [
        "took part until 01/31/2024",
        "takes part, since 09/03/2024",
        "whole school, since 10/01/2025",
        "",
    ]
    assert [each.is_whole for each in oak.stretches] == [False, False, True]


def test_bars_end_today_and_what_is_planned_is_said_in_words(cast, table):
    kept = list_partnerships(cast.Mara).get()
    assert max(each.end for each in table.rows[0].stretches) == pytest.approx(
        table.today, abs=0.001
    )
    kept.parts.create(school=cast.Elm, first=dt.date(2026, 9, 1))
    planned = make_year_table(list_partnerships(cast.Mara).get(), {}, ON).rows[0]

    assert planned == SchoolRow("Elm", ["", "", "", "from 09/01/2026"], [])


def test_the_picture_is_whole_and_names_its_schools(table):
    root = ET.fromstring(str(draw_school_years(table)))
    texts = ["".join(each.itertext()) for each in root]

    assert root.attrib["role"] == "img"
    assert "Oak: whole school, since 10/01/2025." in texts[1]
    assert {"Oak", "2023-24", "stage 6", "today"} <= set(texts)


def test_a_name_that_could_be_markup_is_not():
    row = SchoolRow("<b>&" + "x" * 100, ["takes part"], [])
    drawn = draw_school_years(YearTable(["2025-26"], [""], [None], [row], None))

    assert "<b>" not in drawn
    ET.fromstring(str(drawn))


def test_a_partnership_without_schools_is_drawn_too(cast):
    begin_partnership(
        by=cast.Farid, partner=cast.Region, district=cast.North,
        first_year=2000, last_year=2012,
    )  # fmt: skip
    kept = list_partnerships(cast.Mara).get()
    drawn = draw_school_years(make_year_table(kept, {}, today()))

    assert "No school takes part yet." in drawn
    assert "today" not in drawn
    assert drawn.count('class="head"') == 13
    assert ">00-01<" in drawn
    assert ">01-02<" not in drawn
