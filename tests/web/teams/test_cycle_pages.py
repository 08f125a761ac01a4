"""A cycle as a team plays it on its pages, from the pattern to the story."""

import csv
import datetime as dt
import html
import random
import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from briefs.small_school import list_days, make_rows, write_rows
from commonroot.briefs.rows import BriefError
from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.audit.models import Line
from commonroot.domain.network.actions import add_place, give_role
from commonroot.domain.network.choices import GroupKind, PlaceKind, RoleKind
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.network.models import Enrolment, Group, SchoolDay
from commonroot.domain.network.sight import today
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.teams.models import (
    Change,
    CheckResult,
    Cycle,
    Meeting,
    Note,
    Story,
    Voice,
)
from commonroot.web.teams import slices
from commonroot.web.teams.live import read_pulse


@pytest.fixture
def team(cast):
    team = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    for person in (cast.Ana, cast.Ben, cast.Grace):
        add_member(by=cast.Ana, group=team, person=person)
    return team


@pytest.fixture
def records(cast, tmp_path):
    """A school year with more on the bus at twenty to three than chance gives."""
    chance = random.Random(3)
    days = list_days()
    SchoolDay.objects.bulk_create(SchoolDay(school=cast.Oak, day=day) for day in days)
    rows = make_rows(500, students=150)
    for number, row in enumerate(make_rows(90, seed=9)):
        row |= {
            "Incident ID": 9_000 + number,
            "Incident Date": chance.choice(days).strftime("%m/%d/%Y"),
            "Student ID": chance.randrange(3000, 3060),
            "Location": "Bus",
            "Incident Time": "14:40",
        }
        rows.append(row)
    path = write_rows(tmp_path / "a.csv", rows)
    take_in(
        by=cast.Ana,
        given=give_file(by=cast.Ana, school=cast.Oak, path=path, name="a.csv"),
    )


def post(client, name, key, **fields):
    return client.post(reverse(f"teams:{name}", args=[key]), fields)


def read(client, name, key):
    answer = client.get(reverse(f"teams:{name}", args=[key]))
    assert answer.status_code == 200
    return answer.content.decode()


STATEMENT = {"what": "Running", "where": "Bus", "when": "2:30 pm to 3 pm"}
HEARD = {"how_many": "some", "how": "a circle", "heard": "it is too loud"}


def agree_on_change(client, cycle, cast, **more):
    start = today() + dt.timedelta(days=1)
    return post(
        client,
        "start-change",
        cycle.pk,
        **{
            "what": "Seats by the driver’s list",
            "owner": str(cast.Ben.pk),
            "start": start.isoformat(),
            "done_when": "every seat is taken",
            "goal": "0.5",
            "review": (start + dt.timedelta(weeks=9)).isoformat(),
            **more,
        },
    )


def test_a_school_begins_a_team_with_one_button(cast, browse):
    client = browse(cast.Ana)
    assert "no data team here yet" in read(client, "open-team", cast.Oak.pk)
    begun = post(client, "open-team", cast.Oak.pk)

    team = Group.objects.get(kind=GroupKind.DATA_TEAM)
    assert begun.headers["Location"] == reverse("teams:show-team", args=[team.pk])
    assert "Nobody yet" in read(client, "show-team", team.pk)


@pytest.mark.slow
def test_a_whole_cycle_on_its_pages(cast, browse, team, records):
    client = browse(cast.Ana)
    post(client, "plan-meeting", team.pk, day=today().isoformat(), minutes="45")
    meeting = Meeting.objects.get()
    before = read(client, "show-meeting", meeting.pk)
    assert before.index("Last change") < before.index("What stands out")
    assert "2:30 pm to 3 pm" in before

    post(client, "begin-meeting", meeting.pk)
    post(
        client,
        "note-present",
        meeting.pk,
        present=[str(cast.Ana.pk), str(cast.Grace.pk)],
        guests="a bus driver",
    )
    post(client, "add-note", meeting.pk, section="pattern", text="It is the bus.")
    now = read(client, "show-meeting", meeting.pk)
    assert "It is the bus." in now

    chosen = html.unescape(re.search(r'href="([^"]*\?pattern=[0-9a-f]{16})"', now)[1])
    form = client.get(chosen).content.decode()
    assert 'value="Bus"' in form
    client.post(chosen, STATEMENT)
    cycle = Cycle.objects.get()
    assert cycle.conditions["location"] == "Bus"
    assert 0 < cycle.picked < 1
    assert agree_on_change(client, cycle, cast).status_code == 422
    for whom in ("students", "families"):
        assert post(client, "hear", cycle.pk, whom=whom, **HEARD).status_code == 302
    post(
        client,
        "restate",
        cycle.pk,
        factors=["usual:routine"],
        own_factors="One driver is new",
        **STATEMENT,
    )
    page = read(client, "show-cycle", cycle.pk)
    assert "would" in page
    assert "One driver is new" in page
    assert "The routine was never taught, or long ago. One driver is new" in page
    assert agree_on_change(client, cycle, cast).status_code == 302

    ratings = {f"question_{number}": "yes" for number in range(4)}
    post(client, "end-meeting", meeting.pk, decided="yes", **ratings)
    minutes = read(client, "show-meeting", meeting.pk)
    assert "Seats by the driver’s list" in minutes
    assert "a bus driver" in minutes
    printed = client.get(reverse("teams:print-minutes", args=[meeting.pk]))
    assert printed.content.startswith(b"%PDF")
    post(client, "mail-minutes", meeting.pk)
    assert sorted(to for letter in mail.outbox for to in letter.to) == [
        "ana@example.org",
        "ben@example.org",
    ]
    assert "It is the bus." in mail.outbox[0].body
    assert '<svg class="bars"' in before
    assert "different weeks" in form


@pytest.fixture
def change(cast, team, records):
    """A change of the bus that began in January, of a cycle with the bus's slice."""
    cycle = Cycle.objects.create(
        team=team,
        opened=dt.date(2026, 1, 5),
        conditions={"location": "Bus"},
        sentence="Bus: more than expected.",
        picked=0.9,
        **STATEMENT,
    )
    return Change.objects.create(
        cycle=cycle,
        what="Seats",
        owner=cast.Grace,
        start=dt.date(2026, 1, 7),
        review=dt.date(2026, 3, 20),
        done_when="every seat is taken",
    )


def test_the_check_comes_first_and_the_cycle_ends_after_it(
    cast, browse, team, change, monkeypatch
):
    client = browse(cast.Ana)
    cycle = change.cycle
    page = client.get(reverse("teams:open-cycle", args=[team.pk])).content.decode()
    assert "First the last change" in page
    assert "to be checked since" in read(client, "show-team", team.pk)
    assert (
        "Checks that are due: 1"
        in client.get(reverse("teams:list-teams")).content.decode()
    )

    refused = client.post(
        reverse("teams:keep-check", args=[change.pk]), follow=True
    ).content.decode()
    assert "First: did we do it?" in refused
    post(client, "report-done", change.pk, done="as_planned", words="every day")
    post(client, "keep-check", change.pk)
    page = read(client, "show-cycle", cycle.pk)
    answer = re.search(r'class="answer">([^<]*)<', page)[1]
    assert answer in ("Too early to tell.", "It did not help as much as was hoped.")
    assert '<svg class="interval"' in page
    assert change.checks.get().weeks_before > 10

    ended = post(
        client,
        "end-cycle",
        cycle.pk,
        ending="adapted",
        learned="Seats alone do little.",
    )
    assert f"?follows={cycle.pk}" in ended.headers["Location"]
    client.post(ended.headers["Location"], STATEMENT)
    assert Cycle.objects.get(ending="").follows == cycle

    post(
        client,
        "share-story",
        change.pk,
        title="Seats on the bus",
        tried="Seats",
        place="Bus",
    )
    story = Story.objects.get()
    assert story.names_school is False
    told = browse(cast.Noor).get(reverse("teams:show-story", args=[story.pk]))
    assert "Seats on the bus" in told.content.decode()
    assert "Oak" not in told.content.decode()


def test_a_check_holds_and_shows_no_count_and_no_fine_ratio(cast, browse, change):
    found = slices.check(cast.Ana, change)
    page = re.sub(
        r"<[^>]*>", " ", read(browse(cast.Ana), "show-cycle", change.cycle_id)
    )
    post(browse(cast.Ana), "report-done", change.pk, done="partly")
    post(browse(cast.Ana), "keep-check", change.pk)
    answer = browse(cast.Ana).get(
        reverse("teams:export-cycles", args=[change.cycle.team_id])
    )
    row = next(csv.DictReader(answer.content.decode().splitlines()))

    assert not {"seen", "expected"} & set(vars(found))
    for told in (found.ratio, found.low, float(row["ratio"]), float(row["low"])):
        assert round(told / 0.05, 6) == round(told / 0.05)
    percents = re.findall(r"(\d+)%", page)
    assert percents == [each for each in percents if int(each) % 5 == 0]


def test_a_check_ends_with_last_sunday_for_everybody(cast, change, monkeypatch):
    asked = []

    def count(*given, end, **more):
        asked.append(end)
        raise BriefError("enough")

    monkeypatch.setattr(slices, "count_slice_weeks", count)
    slices.work_out(cast.Ana, change)

    assert [day.isoweekday() for day in asked] == [7]


def test_what_the_team_named_itself_is_never_called_too_early(cast, browse, team):
    cycle = Cycle.objects.create(team=team, opened=dt.date(2026, 1, 5), **STATEMENT)
    own = Change.objects.create(
        cycle=cycle, what="x", owner=cast.Ben, start=dt.date(2026, 1, 7),
        review=dt.date(2026, 3, 20), done_when="y",
    )  # fmt: skip
    client = browse(cast.Ana)
    post(client, "report-done", own.pk, done="partly")
    post(client, "keep-check", own.pk)

    assert (own.checks.get().helped, own.checks.get().reason) == (
        "cannot_tell",
        "no_slice",
    )
    assert "the team named this pattern itself" in read(client, "show-cycle", cycle.pk)


def test_a_cycle_that_goes_on_keeps_the_slice_of_the_one_before(
    cast, browse, team, change
):
    Cycle.objects.update(ending="adapted")
    page = reverse("teams:open-cycle", args=[team.pk]) + f"?follows={change.cycle_id}"
    client = browse(cast.Ana)
    assert 'value="Running"' in client.get(page).content.decode()
    client.post(page, STATEMENT)

    following = Cycle.objects.get(ending="")
    assert (following.follows, following.conditions, following.picked) == (
        change.cycle,
        {"location": "Bus"},
        0.9,
    )


def test_a_pattern_that_left_the_sheet_is_told_and_not_mistaken(cast, browse, team):
    client = browse(cast.Ana)
    for name in ("0" * 16, "9" * 5_000):
        page = reverse("teams:open-cycle", args=[team.pk]) + f"?pattern={name}"
        told = client.get(page, follow=True).content.decode()
        assert "This pattern is no longer on the sheet." in told
        typed = client.post(page, {**STATEMENT, "why": "a long guess"})
        assert typed.status_code == 422
        assert "a long guess" in typed.content.decode()
    assert Cycle.objects.count() == 0


def test_minutes_reach_only_those_who_may_read_them(cast, browse, team):
    """Grace is in the group and has no role on the team; Olga's role has ended."""
    meeting = Meeting.objects.create(
        team=team, day=today(), state="ended", ratings=["yes"] * 4
    )
    post(browse(cast.Ana), "mail-minutes", meeting.pk)

    assert sorted(to for letter in mail.outbox for to in letter.to) == [
        "ana@example.org",
        "ben@example.org",
    ]


def test_minutes_come_as_text_and_as_a_pdf(cast, browse, team):
    meeting = Meeting.objects.create(
        team=team, day=dt.date(2026, 1, 7), state="ended", ratings=["yes"] * 4
    )
    cast.Ben.language = "es"
    cast.Ben.save()
    post(browse(cast.Ana), "mail-minutes", meeting.pk)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    name, content, kind = letters["ana@example.org"].attachments[0]

    assert (name, kind) == ("minutes-2026-01-07.pdf", "application/pdf")
    assert content.startswith(b"%PDF")
    assert letters["ben@example.org"].subject != letters["ana@example.org"].subject


def test_a_link_asks_whether_it_was_done_and_a_button_says_so(
    cast, browse, team, change
):
    client = browse(cast.Ana)
    page = read(client, "report-done", change.pk)
    assert re.findall(r'name="done" value="(\w+)"', page) == [
        "as_planned",
        "partly",
        "not_started",
        "stopped",
    ]
    assert change.done_reports.count() == 0

    post(client, "report-done", change.pk, done="partly")
    assert change.done_reports.get().done == "partly"
    assert "Said last" in read(client, "report-done", change.pk)


def test_whoever_takes_minutes_or_cycles_out_is_in_the_log(cast, browse, team):
    meeting = Meeting.objects.create(team=team, day=today(), state="ended", ratings=[])
    client = browse(cast.Carla)
    before = Line.objects.count()
    for name, key in (("print-minutes", meeting.pk), ("export-cycles", team.pk)):
        client.get(reverse(f"teams:{name}", args=[key]))

    assert list(
        Line.objects.order_by("number").values_list("actor", "verb", "kind", "key")[
            before:
        ]
    ) == [
        (str(cast.Carla.pk), "see", "minutes", str(meeting.pk)),
        (str(cast.Carla.pk), "see", "cycles", str(team.pk)),
    ]


def test_a_coach_sees_the_same_page_and_leaves_a_note(cast, browse, team):
    meeting = Meeting.objects.create(team=team, day=today())
    coach = browse(cast.Carla)
    assert "Begin the meeting" not in read(coach, "show-meeting", meeting.pk)
    post(coach, "advise", meeting.pk, text="Begin with the bus.")

    assert "Begin with the bus." in read(browse(cast.Ana), "show-meeting", meeting.pk)
    assert post(coach, "begin-meeting", meeting.pk).status_code == 404


def test_what_somebody_typed_is_not_lost_when_it_cannot_be_kept(cast, browse, team):
    client = browse(cast.Ana)
    cycle = Cycle.objects.create(team=team, opened=today(), **STATEMENT)
    page = post(client, "hear", cycle.pk, whom="students", heard="so very loud")

    assert page.status_code == 422
    assert "so very loud" in page.content.decode()
    assert "Say about how many were asked." in page.content.decode()


def test_a_line_for_a_meeting_that_is_over_is_given_back(cast, browse, team):
    meeting = Meeting.objects.create(team=team, day=today(), state="ended", ratings=[])
    answer = post(
        browse(cast.Ana), "add-note", meeting.pk, section="closing", text="a late word"
    )

    assert answer.status_code == 422
    assert ">a late word</textarea>" in answer.content.decode()
    assert 'id="form-closing"' in answer.content.decode()
    assert Note.objects.count() == 0


def test_dates_can_be_followed_by_whoever_holds_the_address(cast, browse, team):
    Meeting.objects.create(team=team, day=dt.date(2026, 12, 3), starts=dt.time(8, 5))
    page = post(browse(cast.Ana), "renew-feed", team.pk).content.decode()
    address = re.search(r"<code>http://[^/]*(/feeds/[^<]*)</code>", page)[1]
    feed = browse().get(address)

    assert feed.headers["Content-Type"].startswith("text/calendar")
    assert "Data team\\, Oak" in feed.content.decode()
    assert browse().get("/feeds/nothing.ics").status_code == 404


def test_counts_are_all_that_the_network_sees(cast, browse, team, change):
    page = browse(cast.Elena).get(reverse("teams:list-counts")).content.decode()

    assert "Oak" in page
    assert "Seats" not in page
    for name, key in (
        ("show-team", team.pk),
        ("show-cycle", change.cycle_id),
    ):
        assert (
            browse(cast.Elena).get(reverse(f"teams:{name}", args=[key])).status_code
            == 404
        )


def test_a_coach_sees_what_is_due_promised_and_new(cast, browse, team, change):
    Voice.objects.create(
        cycle=change.cycle, whom="students", asker="Grace", by_when=dt.date(2026, 1, 9)
    )
    now = timezone.now()
    Meeting.objects.create(team=team, day=today(), state="ended", ended=now)
    coach = browse(cast.Carla)
    page = coach.get(reverse("teams:list-teams")).content.decode()

    assert "Seats" in page
    assert "to be checked since March 20, 2026" in html.unescape(page)
    assert "Grace asks by Jan. 9, 2026" in page
    assert "The day has passed." in page
    assert ">Met</a>" in page

    assert ">Met</a>" in coach.get(reverse("teams:list-teams")).content.decode()
    read_it = coach.post(reverse("teams:finish-look"), follow=True).content.decode()
    assert ">Met</a>" not in read_it
    assert "Grace asks by" in read_it


def test_whoever_sees_counts_only_sees_nothing_new_of_a_team(
    cast, browse, team, change
):
    Voice.objects.create(
        cycle=change.cycle, whom="students", asker="Grace", by_when=dt.date(2026, 1, 9)
    )
    Meeting.objects.create(team=team, day=today(), state="ended", ended=timezone.now())
    for person in (cast.Elena, cast.Mara, cast.Noor):
        page = browse(person).get(reverse("teams:list-teams")).content.decode()
        assert [each for each in ("Grace", ">Met<", "Seats") if each in page] == []


def test_a_member_asks_for_a_voice_and_the_principal_invites(cast, browse, team):
    asked = browse(cast.Ana).post(
        reverse("teams:ask-for-voice", args=[team.pk]),
        {"whose": "student"},
        follow=True,
    )
    letter = mail.outbox[0]
    link = re.search(r"http://[^/]*(/\S*)", letter.body)[1]
    form = browse(cast.Ben).get(link).content.decode()

    assert "A letter is on its way to: Ben." in asked.content.decode()
    assert "Ana asked for one on" in read(browse(cast.Ben), "show-team", team.pk)
    assert (letter.to, "Student" in letter.body) == (["ben@example.org"], True)
    assert '<option value="student" selected>' in form
    assert '<option value="team_member" selected>' in form


def test_seats_are_never_a_score_and_never_a_small_number(cast, browse, team):
    for students in (3, 364):
        Enrolment.objects.update_or_create(
            school=cast.Oak,
            school_year="2025-26",
            defaults={"students": students, "source": "x"},
        )
        page = read(browse(cast.Ana), "show-team", team.pk)
        assert (f"{students} students" in page) == (students > 4)
        assert "%" not in re.search(r'class="seats".*?</table>', page, re.S)[0]


def test_cycles_are_given_as_a_table_that_no_spreadsheet_runs(
    cast, browse, team, change
):
    Cycle.objects.update(why="=HYPERLINK(1)")
    answer = browse(cast.Dev).get(reverse("teams:export-cycles", args=[team.pk]))
    row = next(csv.DictReader(answer.content.decode().splitlines()))

    assert (row["where"], row["change"], row["owner"]) == ("Bus", "Seats", "Grace")
    assert row["why"] == "'=HYPERLINK(1)"
    assert row["helped"] == ""


def test_the_network_edits_its_list_and_teams_see_it(cast, browse, team):
    client = browse(cast.Elena)
    page = reverse("teams:edit-factors", args=[cast.Region.pk])
    assert client.post(page, {"text": "The bell cannot be heard"}).status_code == 302
    assert client.post(page, {"text": " "}).status_code == 422
    cycle = Cycle.objects.create(team=team, opened=today(), **STATEMENT)

    assert "The bell cannot be heard" in read(browse(cast.Ana), "show-cycle", cycle.pk)
    client.post(page, {"remove": "The bell cannot be heard"})
    assert "The bell" not in read(browse(cast.Ana), "show-cycle", cycle.pk)


def test_no_page_of_teams_asks_more_when_there_is_more(cast, browse, team, change):
    def count(client, address):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    ana, dev = browse(cast.Ana), browse(cast.Dev)
    pages = [
        (ana, reverse("teams:show-team", args=[team.pk])),
        (ana, reverse("teams:export-cycles", args=[team.pk])),
        (dev, reverse("teams:list-teams")),
        (dev, reverse("teams:list-counts")),
        (dev, reverse("teams:list-stories")),
    ]
    add_more(team, cast, 0, 3)
    for each in pages:
        count(*each)  # What is read once, such as the site's own, is not the page's.
    few = [count(*each) for each in pages]
    add_more(team, cast, 3, 30)

    assert [count(*each) for each in pages] == few


def add_more(team, cast, first, last):
    """Add meetings, cycles with their stories, and other schools' teams."""
    for number in range(first, last):
        day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
        now = timezone.now()
        Meeting.objects.create(team=team, day=day, state="ended", ratings=[], ended=now)
        person = cast.add(f"P{number}")
        give_role(by=SYSTEM, person=person, kind=RoleKind.EDUCATOR, place=cast.Oak)
        if number % 2:
            add_member(by=cast.Ana, group=team, person=person)
        place = add_place(
            by=SYSTEM, kind=PlaceKind.SCHOOL, name=f"S{number}", above=cast.North
        )
        for group in (
            team,
            Group.objects.create(
                place=place, kind=GroupKind.DATA_TEAM, name="Data team"
            ),
        ):
            cycle = Cycle.objects.create(
                team=group, opened=day, ending="kept", **STATEMENT
            )
            cycle.ended_at = now
            cycle.save()
            made = Change.objects.create(
                cycle=cycle,
                what="x",
                start=day,
                review=day,
                done_when="y",
                agreed_at=now,
            )
            CheckResult.objects.create(change=made, helped="helped", on=day)
            asked = Cycle.objects.create(team=group, opened=day, **STATEMENT)
            Voice.objects.create(cycle=asked, whom="students", asker="G", by_when=day)
            Story.objects.create(
                change=made, title="t", tried="u", happened="partly",
                helped="helped", shared=day, shared_at=now,
            )  # fmt: skip


def test_a_meeting_keeps_its_decisions_each_in_its_part(cast, browse, team):
    meeting = Meeting.objects.create(team=team, day=today(), state="under_way")
    cycle = Cycle.objects.create(
        team=team,
        opened=today(),
        opened_in=meeting,
        **{**STATEMENT, "why": "It is full."},
    )
    Change.objects.create(
        cycle=cycle,
        what="Two more games",
        owner=cast.Ben,
        start=today(),
        review=today() + dt.timedelta(weeks=8),
        agreed_in=meeting,
    )

    page = read(browse(cast.Ana), "show-meeting", meeting.pk)

    parts = {
        name: re.search(rf'id="decided-{name}".*?</div>', page, re.S)[0]
        for name in ("last_change", "pattern", "change")
    }
    assert "Two more games" not in parts["last_change"]
    assert "We think that: It is full." in parts["pattern"]
    assert "Two more games. Ben sees to it" in parts["change"]
    assert "There is no change to look at." in page


def test_followers_are_told_when_something_is_decided(cast, browse, team):
    meeting = Meeting.objects.create(team=team, day=today(), state="under_way")
    pulse = read_pulse(meeting)
    Cycle.objects.create(team=team, opened=today(), opened_in=meeting, **STATEMENT)

    told = browse(cast.Ben).get(
        reverse("teams:follow-meeting", args=[meeting.pk]),
        {"lines": pulse.lines, "clock": pulse.clock},
    )

    assert told.status_code == 200
    assert "We chose:" in told.content.decode()


def test_a_cycle_leads_back_to_the_meeting_that_goes_on(cast, browse, team):
    cycle = Cycle.objects.create(team=team, opened=today(), **STATEMENT)
    meeting = Meeting.objects.create(
        team=team, day=today(), state="under_way", began=timezone.now()
    )
    client = browse(cast.Ana)
    back = reverse("teams:show-meeting", args=[meeting.pk])

    for name, key in (("show-cycle", cycle.pk), ("open-cycle", team.pk)):
        assert f'href="{back}">Back to the meeting' in read(client, name, key)
    Meeting.objects.update(state="ended")
    assert "Back to the meeting" not in read(client, "show-cycle", cycle.pk)
