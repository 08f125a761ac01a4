"""Who taught, year by year: the sentence, the picture, and when nothing can be said."""

import datetime as dt
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse
from django.utils import timezone

from commonroot.domain.coaching.models import Pair, Visit
from commonroot.domain.learning.models import (
    Facilitation,
    Series,
    Session,
    Workshop,
)
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.partnership_actions import begin_partnership
from commonroot.domain.partnerships.years import find_autumn
from commonroot.web.partnerships.presence import (
    PresenceYear,
    read_presence,
    tell_presence,
)
from commonroot.web.partnerships.templatetags.presence_pictures import draw_presence

NOW = find_autumn(today())


@pytest.fixture
def kept(cast):
    return begin_partnership(
        by=cast.Farid, partner=cast.Region, district=cast.North,
        first_year=NOW - 3, last_year=NOW,
    )  # fmt: skip


def teach(cast, place, day, minutes, *teachers, held=True):
    """Let a session be taught: by whom, in which part, from which side."""
    workshop, _ = Workshop.objects.get_or_create(place=cast.Region, name="Roots")
    session = Session.objects.create(
        series=Series.objects.create(workshop=workshop, place=place),
        day=day,
        starts=dt.time(9),
        minutes=minutes,
        held=timezone.now() if held else None,
    )
    for person, part, side in teachers:
        Facilitation.objects.create(
            session=session, person=cast.people[person], part=part, side=side
        )


@pytest.fixture
def taught(cast, kept):
    """Three school years: outside alone, side by side, and almost by themselves."""
    outside, own = ("Elena", "lead", "outside"), ("Carla", "co_facilitator", "own")
    for autumn, minutes, teachers in (
        (NOW - 3, 720, [outside, ("Carla", "observer", "own")]),
        (NOW - 2, 480, [outside, own]),
        (NOW - 1, 600, [("Carla", "lead", "own")]),
    ):
        teach(cast, cast.North, dt.date(autumn, 8, 20), minutes, *teachers)
    teach(cast, cast.Oak, dt.date(NOW, 6, 30), 90, outside)
    teach(cast, cast.Elm, dt.date(NOW - 1, 9, 1), 999, outside)
    teach(cast, cast.North, dt.date(NOW - 1, 10, 1), 999, outside, held=False)
    return kept


def visit(cast, coach, school, day, minutes, state="held"):
    """Let somebody visit Grace's room."""
    pair, _ = Pair.objects.get_or_create(coach=cast.people[coach], teacher=cast.Grace)
    Visit.objects.create(
        pair=pair, school=school, day=day, minutes=minutes, state=state
    )


def year(autumn, outside, own, *, is_over=True):
    return PresenceYear(autumn, outside, own, is_over)


def test_the_years_hold_what_was_taught_in_the_district_and_what_was_held(taught):
    assert read_presence(taught, today()) == [
        year(NOW - 3, 720, 0),
        year(NOW - 2, 480, 480),
        year(NOW - 1, 90, 600),
        year(NOW, 0, 0, is_over=False),
    ]


def test_a_visit_counts_for_the_side_of_whoever_visits(cast, taught):
    autumn = NOW - 1
    visit(cast, "Carla", cast.Oak, dt.date(autumn, 9, 1), 40)
    visit(cast, "Elena", cast.Oak, dt.date(autumn, 9, 2), 25)
    visit(cast, "Dev", cast.Oak, dt.date(autumn, 9, 3), 5)
    visit(cast, "Carla", cast.Elm, dt.date(autumn, 9, 4), 99)
    visit(cast, "Carla", cast.Oak, dt.date(autumn, 9, 5), 99, state="agreed")
    cast.Carla.roles.update(last=dt.date(autumn, 12, 1))
    visit(cast, "Carla", cast.Oak, dt.date(autumn, 12, 2), 3)

    # From outside: Elena and Dev of the region, and Carla after her role had ended.
    assert read_presence(taught, today())[2] == year(autumn, 90 + 25 + 5 + 3, 600 + 40)


def test_the_page_says_that_the_first_fell_and_the_second_rose(cast, browse, taught):
    page = browse(cast.Mara).get(
        reverse("partnerships:show-partnership", args=[taught.pk])
    )
    text = page.content.decode()

    assert "The hours from outside fell, and the district’s own rose." in text
    assert "12 hours in" in text
    assert "1.5 in" in text
    assert "nothing recorded" in text
    assert "presence-title" in text


def test_one_year_says_nothing_of_a_direction_and_draws_nothing():
    years = [year(2023, 600, 60), year(2024, 0, 0), year(2025, 60, 600, is_over=False)]
    told = tell_presence(years)

    assert told[1].startswith("Too early to tell: 2023-24 is the only school year")
    assert told[2] == "2025-26 is still under way and stands in the table only."
    assert draw_presence(years) == ""
    assert draw_presence([]) == ""


@pytest.mark.parametrize(
    ("last", "says"),
    [
        ((300, 120), "The hours from outside fell, and the district’s own rose."),
        ((300, 60), "The hours from outside fell. The district’s own did not rise."),
        ((600, 120), "The district’s own hours rose. Those from outside did not fall."),
        (
            (900, 30),
            "The hours from outside did not fall, and the district’s own did not rise.",
        ),
    ],
)
def test_what_fell_and_what_rose_is_said_and_nothing_of_why(last, says):
    assert tell_presence([year(2023, 600, 60), year(2024, *last)])[-1] == says


def test_the_picture_has_a_title_a_description_and_a_name_at_each_line():
    drawn = draw_presence(
        [year(2023, 720, 0), year(2024, 480, 480), year(2025, 90, 600)]
    )
    root = ET.fromstring(str(drawn))
    texts = ["".join(each.itertext()) for each in root]

    assert root.attrib["role"] == "img"
    assert texts[0] == "Hours taught and visited by school year"
    assert "2025-26: 1.5 hours from outside, 10 by the district’s own." in texts[1]
    assert {"fromoutside", "thedistrict’s own", "12", "0", "8", "1.5", "10"} <= set(
        texts
    )
    assert "style" not in drawn


@pytest.mark.parametrize("count", [2, 5, 9, 20])
@pytest.mark.parametrize("minutes", [(0, 1), (60, 60), (1, 0), (100000, 99999)])
def test_names_and_years_stand_within_the_picture_and_apart(count, minutes):
    years = [year(2000 + number, *minutes) for number in range(count)]
    root = ET.fromstring(str(draw_presence(years)))
    texts = [each for each in root if each.tag == "text"]
    names = [float(each.attrib["y"]) for each in texts if float(each.attrib["x"]) > 230]
    named = [each.text for each in texts if "-" in each.text]

    assert all(0 < float(each.attrib["y"]) < 190 for each in texts)
    assert abs(names[0] - names[1]) >= 14
    assert len(named) <= 6
    assert named[-1].endswith(f"-{(2000 + count) % 100:02d}")
