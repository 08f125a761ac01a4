"""The pages of a partnership, played by a director, a district and a principal."""

import csv
import datetime as dt
import html
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.audit.models import Line
from commonroot.domain.network.actions import add_place
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.choices import PartnerSide
from commonroot.domain.partnerships.models import Partnership, Stage, StageReached
from commonroot.domain.partnerships.partnership_actions import begin_partnership
from commonroot.domain.partnerships.payer_actions import add_pay_line
from commonroot.domain.partnerships.plan_actions import add_step, note_readiness
from commonroot.domain.partnerships.queries import list_stages
from commonroot.domain.partnerships.renewal_actions import plan_renewal
from commonroot.domain.partnerships.school_actions import add_school, begin_whole
from commonroot.domain.partnerships.stage_actions import reach_stage
from commonroot.domain.partnerships.years import find_autumn

NOW = find_autumn(today())
SECRETS = (
    "a note on Oak",
    "a note on Ash",
    "Ash School",
    "Ninety dollars",
    "a bus company",
)
OPEN_PAGES = ("show-partnership", "print-partnership", "show-plan", "show-stages",
              "show-schools", "show-renewals")  # fmt: skip


@pytest.fixture
def kept(cast):
    """A partnership with all that can hang on it; Ash is another school of the district."""
    ash = add_place(
        by=SYSTEM, kind=PlaceKind.SCHOOL, name="Ash School", above=cast.North
    )
    kept = begin_partnership(
        by=cast.Farid, partner=cast.Region, district=cast.North,
        first_year=NOW - 2, last_year=NOW,
    )  # fmt: skip
    reach_stage(
        by=cast.Farid, partnership=kept, stage=list_stages(cast.Region)[5],
        day=dt.date(NOW - 1, 9, 1), evidence="Ash School began",
    )  # fmt: skip
    for school in (cast.Oak, ash):
        part = add_school(
            by=cast.Farid, partnership=kept, school=school, first=dt.date(NOW - 1, 9, 1)
        )
        note_readiness(
            by=cast.Dev,
            partnership=kept,
            school=school,
            text=f"a note on {school.name.split()[0]}",
        )
    begin_whole(by=cast.Farid, part=part, first=dt.date(NOW - 1, 10, 1))
    add_step(
        by=cast.Mara, partnership=kept, what="Call the board", side=PartnerSide.DISTRICT,
        owner=cast.Carla, by_when=today(),
    )  # fmt: skip
    plan_renewal(
        by=cast.Farid, partnership=kept, day=today() + dt.timedelta(20), owner=cast.Mara
    )
    add_pay_line(
        by=cast.Mara, partnership=kept, year=NOW, what="Travel", payer="a bus company",
        amount="Ninety dollars",
    )  # fmt: skip
    return kept


def address(name, key):
    return reverse(f"partnerships:{name}", args=[key])


def read(client, name, key, **more):
    answer = client.get(address(name, key), **more)
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.content.decode())


def post(client, name, key, **fields):
    return client.post(address(name, key), fields)


def test_a_director_begins_a_partnership_and_says_which_stage_was_reached(cast, browse):
    client = browse(cast.Farid)
    listed = client.get(reverse("partnerships:list-partnerships")).content.decode()
    assert address("begin-partnership", cast.North.pk) in listed
    begun = post(
        client, "begin-partnership", cast.North.pk,
        partner=cast.Region.pk, first_year=NOW, last_year=NOW + 2,
    )  # fmt: skip
    kept = Partnership.objects.get()
    assert begun.headers["Location"] == address("show-stages", kept.pk)
    stage = Stage.objects.first()
    post(
        client, "reach-stage", kept.pk,
        stage=stage.pk, day=today().isoformat(), evidence="We met at the office",
    )  # fmt: skip
    page = read(client, "show-stages", kept.pk)
    assert "We met at the office" in page
    assert (
        post(client, "take-back-stage", StageReached.objects.get().pk).status_code
        == 302
    )
    assert "We met at the office" not in read(client, "show-stages", kept.pk)


def test_both_sides_write_the_plan_and_say_what_became_of_it(cast, browse, kept):
    client = browse(cast.Mara)
    post(
        client, "add-step", kept.pk, what="Find an hour", side="district",
        owner=cast.Mara.pk, by_when=today().isoformat(),
    )  # fmt: skip
    step = kept.steps.get(what="Find an hour")
    later = today() + dt.timedelta(days=14)
    assert "Find an hour" in read(client, "settle-step", step.pk)
    post(
        client,
        "settle-step",
        step.pk,
        turn="moved",
        line="No quorum",
        by_when=later.isoformat(),
    )
    page = read(client, "show-plan", kept.pk)
    assert "No quorum" in page
    assert "it was to be done by" in page
    post(client, "settle-step", step.pk, turn="done", line="Tuesdays at three")
    page = read(client, "show-plan", kept.pk)
    assert page.index("Done and dropped") < page.index("Tuesdays at three")
    assert "Take it up again" in page


@pytest.mark.parametrize(
    ("name", "fields", "says"),
    [
        ("add-step", {}, "required"),
        ("add-step", {"what": "x" * 301}, "at most 300"),
        ("add-step", {"what": "x", "side": "district", "by_when": "2026-01-01"}, "who sees to it"),
        ("add-step", {"what": "x", "side": "moon", "by_when": "never"}, "valid"),
        ("reach-stage", {"stage": str(uuid.uuid4()), "day": "x"}, "valid"),
        ("add-school", {"school": "x", "first": "2026-01-01"}, "valid"),
        ("note-readiness", {"school": "", "text": ""}, "required"),
        ("plan-renewal", {"day": "2001-01-01"}, "day to come"),
        ("add-pay-line", {"year": "1800", "what": "x", "payer": "y"}, "valid"),
        ("change-years", {"first_year": NOW, "last_year": NOW - 1}, "come before"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field(
    cast, browse, kept, name, fields, says
):
    client = browse(cast.Farid)
    before = Line.objects.count()
    answer = post(client, name, kept.pk, **fields)

    assert answer.status_code == 422
    assert says in html.unescape(answer.content.decode())
    assert Line.objects.count() == before


def test_the_character_zero_is_refused(cast, browse, kept):
    answer = post(browse(cast.Farid), "note-readiness", kept.pk, text="a\0b")

    assert answer.status_code in (400, 422)


def test_settling_twice_says_so_and_changes_nothing(cast, browse, kept):
    client, step = browse(cast.Carla), kept.steps.get()
    assert (
        post(client, "settle-step", step.pk, turn="done", line="yes").status_code == 302
    )
    again = post(client, "settle-step", step.pk, turn="done", line="yes")

    assert again.status_code == 422
    assert step.turns.count() == 1


def test_a_school_becomes_a_whole_school_partner_on_its_page(cast, browse, kept):
    client, part = browse(cast.Elena), kept.parts.get(school=cast.Oak)
    day = today().isoformat()
    assert "Takes part from" in read(client, "change-part", part.pk)
    assert post(client, "change-part", part.pk, change="whole").status_code == 422
    post(client, "change-part", part.pk, change="whole", day=day)
    assert part.wholes.count() == 1
    assert "Whole school partner" in read(client, "show-schools", kept.pk)
    post(client, "change-part", part.pk, change="not_whole", day=day)
    post(client, "change-part", part.pk, change="ends", day=day)
    part.refresh_from_db()
    assert part.last == part.wholes.get().last == today()
    post(client, "change-part", part.pk, change="mistake")
    assert not kept.parts.filter(school=cast.Oak).exists()


def test_the_talk_about_going_on_adds_years(cast, browse, kept):
    client, renewal = browse(cast.Farid), kept.renewals.get()
    assert "On one page" in read(client, "show-renewals", kept.pk)
    missing = post(client, "settle-renewal", renewal.pk, ending="renewed", line="yes")
    assert missing.status_code == 422
    post(
        client,
        "settle-renewal",
        renewal.pk,
        ending="renewed",
        line="yes",
        last_year=NOW + 3,
    )
    kept.refresh_from_db()

    assert kept.last_year == NOW + 3
    assert "What came of earlier talks" in read(client, "show-renewals", kept.pk)


def test_a_network_changes_its_list_of_stages(cast, browse):
    client = browse(cast.Elena)
    page = read(client, "edit-stages", cast.Region.pk)
    assert "Meet the leadership team" in page
    post(
        client,
        "edit-stages",
        cast.Region.pk,
        change="rename",
        stage="leaders",
        words="Coffee",
    )
    post(client, "edit-stages", cast.Region.pk, change="add", words="Beyond")
    post(client, "edit-stages", cast.Region.pk, change="up", stage="whole_district")
    post(client, "edit-stages", cast.Region.pk, change="retire", stage="coach")
    wrong = post(client, "edit-stages", cast.Region.pk, change="retire", stage="x")
    empty = post(client, "edit-stages", cast.Region.pk, change="add", words="  ")

    assert (wrong.status_code, empty.status_code) == (422, 422)
    assert [str(each) for each in list_stages(cast.Region) if not each.retired] == [
        "Coffee",
        "Make a plan together",
        "Plant seeds: workshops that help the next day",
        "Small steps: set up how discipline data is kept",
        "Start with one to three schools",
        "Whole district",
        "Add schools as they are ready",
        "Beyond",
    ]


def test_a_principal_sees_the_own_part_and_nothing_else(cast, browse, kept):
    client = browse(cast.Ben)
    page = read(client, "open-partnership", cast.Oak.pk)
    assert "Oak has taken part since" in page
    assert "Not a whole school partner." in page
    assert "Start with one to three schools" in page
    assert [each for each in SECRETS if each in page] == []
    listed = html.unescape(
        client.get(reverse("partnerships:list-partnerships")).content.decode()
    )
    assert address("open-partnership", cast.Oak.pk) in listed
    assert [each for each in (*SECRETS, "Call the board") if each in listed] == []
    for name in (*OPEN_PAGES, "show-payers", "export-partnership"):
        assert client.get(address(name, kept.pk)).status_code == 404
    ash = kept.parts.get(school__name="Ash School").school
    assert client.get(address("open-partnership", ash.pk)).status_code == 404


@pytest.mark.parametrize(
    "name", ["Ana", "Grace", "Hugo", "Noor", "Ines", "Jonas", "Kit", "Lee", "Olga"]
)
def test_others_see_nothing_of_a_partnership(cast, browse, kept, name):
    client = browse(cast.people[name])
    for page in (*OPEN_PAGES, "show-payers", "export-partnership"):
        assert client.get(address(page, kept.pk)).status_code == 404
    assert client.get(address("open-partnership", cast.Oak.pk)).status_code == 404
    listed = client.get(reverse("partnerships:list-partnerships")).content.decode()
    assert "North" not in listed


@pytest.mark.parametrize(
    ("name", "sees"),
    [("Carla", False), ("Dev", False), ("Mara", True), ("Farid", True)],
)
def test_money_is_on_no_page_and_in_no_table_of_a_coach(cast, browse, kept, name, sees):
    client = browse(cast.people[name])
    told = " ".join(read(client, page, kept.pk) for page in OPEN_PAGES)
    table = client.get(address("export-partnership", kept.pk)).content.decode()

    assert ("Ninety dollars" in told, "Ninety dollars" in table) == (sees, sees)
    assert (client.get(address("show-payers", kept.pk)).status_code == 200) is sees
    assert "a note on Ash" in told


def test_a_page_to_hand_on_can_be_printed_without_who_pays(cast, browse, kept):
    client, where = browse(cast.Farid), address("print-partnership", kept.pk)
    printed = client.get(where, {"without": "payers"}).content.decode()

    assert "Ninety dollars" in client.get(where).content.decode()
    assert "Ninety dollars" not in printed
    assert "Who pays for what" not in printed


def test_a_school_that_takes_part_in_nothing_is_told_so(cast, browse):
    page = read(browse(cast.Ben), "open-partnership", cast.Oak.pk)

    assert "takes part in no partnership yet" in page


def test_a_district_opens_its_partnership_or_the_way_to_begin_one(cast, browse, kept):
    def open_it(person, place):
        return (
            browse(person)
            .get(address("open-partnership", place.pk))
            .headers["Location"]
        )

    assert open_it(cast.Mara, cast.North) == address("show-partnership", kept.pk)
    assert open_it(cast.Farid, cast.South) == address(
        "begin-partnership", cast.South.pk
    )
    assert open_it(cast.Dev, cast.South) == reverse("partnerships:list-partnerships")
    assert open_it(cast.Farid, cast.Region) == reverse("partnerships:list-partnerships")


def test_the_table_has_every_kind_of_row_and_no_formula(cast, browse, kept):
    add_step(
        by=cast.Mara, partnership=kept, what="=1+1", side=PartnerSide.PARTNER,
        who="@somebody", by_when=today(),
    )  # fmt: skip
    answer = browse(cast.Mara).get(address("export-partnership", kept.pk))
    rows = list(csv.reader(answer.content.decode().splitlines()))

    assert {row[0] for row in rows[1:]} == {
        "partnership", "stage", "school", "whole school", "step", "readiness",
        "renewal", "hours taught and visited", "pays",
    }  # fmt: skip
    assert ["'=1+1", "'@somebody"] in [row[1:3] for row in rows]
    assert Line.objects.filter(verb="see", kind="partnership").count() == 1


def test_pages_are_there_in_spanish(cast, browse, kept):
    client = browse(cast.Mara)
    for page in (*OPEN_PAGES, "show-payers"):
        read(client, page, kept.pk, headers={"Accept-Language": "es"})


def test_no_page_has_a_style_or_a_script_of_its_own(cast, browse, kept):
    for page in OPEN_PAGES:
        text = read(browse(cast.Farid), page, kept.pk)
        assert not re.search(r"\sstyle=|<style|<script(?! src)", text)


def count_queries(client, where):
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


@pytest.mark.slow
def test_thirty_things_take_no_more_queries_than_three(cast, browse, kept):
    client = browse(cast.Farid)
    pages = [reverse("partnerships:list-partnerships")] + [
        address(name, kept.pk) for name in (*OPEN_PAGES, "show-payers")
    ]

    def add(first, last):
        for number in range(first, last):
            other = add_place(
                by=SYSTEM, kind=PlaceKind.DISTRICT, name=f"D{number}", above=cast.Region
            )
            begin_partnership(
                by=cast.Farid, partner=cast.Region, district=other,
                first_year=NOW, last_year=NOW,
            )  # fmt: skip
            school = add_place(
                by=SYSTEM, kind=PlaceKind.SCHOOL, name=f"S{number}", above=cast.North
            )
            part = add_school(
                by=cast.Farid,
                partnership=kept,
                school=school,
                first=today(),
                readiness="x",
            )
            begin_whole(by=cast.Farid, part=part, first=today())
            note_readiness(by=cast.Dev, partnership=kept, school=school, text="x")
            add_step(
                by=cast.Mara, partnership=kept, what="x", side=PartnerSide.PARTNER,
                owner=cast.Elena, by_when=today(),
            )  # fmt: skip
            add_pay_line(by=cast.Mara, partnership=kept, year=NOW, what="x", payer="y")

    add(0, 3)
    few = [count_queries(client, page) for page in pages]
    add(3, 30)
    many = [count_queries(client, page) for page in pages]

    assert many == few
