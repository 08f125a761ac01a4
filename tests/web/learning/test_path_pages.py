"""The path of a coach as its two, the director and an employer meet it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.formats import date_format

from commonroot.domain.learning import path_actions
from commonroot.domain.learning.path_models import Path, PathStage, Signature
from commonroot.domain.network.sight import today
from domain.learning.test_paths import hold


def address(name, *keys):
    return reverse(f"learning:{name}", args=keys)


@pytest.fixture
def path(cast, browse):
    for _ in range(2):
        hold(cast.North, led=[cast.Elena], present=[cast.Carla])
    told = {"person": str(cast.Carla.pk), "mentor": str(cast.Elena.pk)}
    browse(cast.Farid).post(address("begin-path", cast.Region.pk), told)
    return Path.objects.get()


def test_two_sign_a_stage_after_a_reflection(cast, browse, path):
    carla, elena = browse(cast.Carla), browse(cast.Elena)
    stage = {"stage": str(PathStage.objects.get(number=1).pk)}
    early = elena.post(address("sign-stage", path.pk), stage, follow=True)
    assert "writes a reflection" in early.content.decode()
    carla.post(address("reflect", path.pk), {"text": "I listen better now"})
    for client in (carla, elena):
        client.post(address("sign-stage", path.pk), stage)
    page = carla.get(address("show-path", path.pk)).content.decode()

    assert f"Reached on {date_format(today())}, signed by both." in page
    assert "I listen better now" in page
    elena.post(address("take-back-signature", path.pk), stage)
    page = carla.get(address("show-path", path.pk)).content.decode()
    assert "Elena took a signature of “Attend” back" in page


def test_each_stage_shows_what_it_asks_for_and_the_sessions_that_are_there(
    cast, browse, path
):
    hold(cast.North, led=[cast.Elena], co=[cast.Carla])
    page = browse(cast.Carla).get(address("show-path", path.pk)).content.decode()
    first, second, *_others = re.findall(r"<section>.*?</section>", page, re.DOTALL)
    told = [
        re.findall(r"<li>([^<]*: \d+, it asks for \d+)", each)
        for each in (first, second)
    ]

    assert told == [
        ["Sessions attended: 2, it asks for 2"],
        [
            "Sessions attended: 2, it asks for 2",
            "Sessions co-facilitated: 1, it asks for 2",
        ],
    ]
    assert ("with Elena" in first, "with Elena" in second) == (False, True)
    assert [page.count('name="text"'), first.count('name="text"')] == [1, 1]


def test_planning_asks_no_more_of_the_database_with_many_paths(cast, browse, path):
    counts = []
    for person in (None, cast.Dev, cast.Ana, cast.Noor):
        if person:
            path_actions.begin_path(
                by=cast.Farid, region=cast.Region, person=person, mentor=cast.Elena
            )
        client = browse(cast.Farid)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address("plan-paths")).status_code == 200
        counts.append(len(asked))

    assert len(set(counts[1:])) == 1
    assert counts[-1] - counts[0] <= 1


def test_the_director_plans_and_nobody_else(cast, browse, path):
    page = browse(cast.Farid).get(address("plan-paths")).content.decode()
    assert "ready: the records hold what it asks for" in page
    others = {
        name: browse(person).get(address("plan-paths")).content.decode()
        for name, person in cast.people.items()
        if name != "Farid"
    }

    assert not any("Carla" in text for name, text in others.items() if name != "Carla")


def test_an_employer_sees_where_somebody_stands_after_their_yes(cast, browse, path):
    mara = browse(cast.Mara)
    before = mara.get(address("list-agreed-paths")).content.decode()
    browse(cast.Carla).post(address("let-employer-see", path.pk), {"may": "yes"})
    after = mara.get(address("list-agreed-paths")).content.decode()

    assert ("Carla" in before, "Carla" in after) == (False, True)
    assert (
        browse(cast.Elena)
        .post(address("let-employer-see", path.pk), {"may": "yes"})
        .status_code
        == 404
    )


@pytest.mark.parametrize(
    "stage", ["", "no key", "00000000-0000-0000-0000-000000000000"]
)
def test_a_stage_that_is_none_is_refused(cast, browse, path, stage):
    page = browse(cast.Carla).post(
        address("sign-stage", path.pk), {"stage": stage}, follow=True
    )

    assert "Choose one of the answers" in page.content.decode()
    assert Signature.objects.count() == 0


def test_an_empty_reflection_says_so(cast, browse, path):
    answer = browse(cast.Carla).post(address("reflect", path.pk), {"text": " "})

    assert answer.status_code == 422
    assert "Write something first." in answer.content.decode()


def test_the_stages_are_edited_by_the_network(cast, browse, path):
    elena = browse(cast.Elena)
    wrong = elena.post(
        address("edit-path-stages", cast.Region.pk), {"name": "", "attended": "-1"}
    )
    told = {
        "name": "Rest",
        **dict.fromkeys(
            ("attended", "co_facilitated", "led_with_others", "led_alone", "mentored"),
            "0",
        ),
    }
    elena.post(address("edit-path-stages", cast.Region.pk), told)

    assert wrong.status_code == 422
    assert PathStage.objects.last().name == "Rest"
