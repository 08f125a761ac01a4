"""Convenings as those who prepare them and those who come meet them."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from commonroot.domain.convenings import actions, word_actions
from commonroot.domain.convenings.choices import GuestKind
from commonroot.domain.convenings.models import (
    AgendaPart,
    Convening,
    ConveningAgreement,
    Guest,
    Naming,
    Plan,
    Question,
    SchoolTeam,
    Thanks,
    Thought,
    Words,
)
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.models import Group
from commonroot.domain.network.sight import today
from commonroot.domain.teams.models import Change, CheckResult, Cycle, Meeting, Voice

MAY = dt.date(2026, 5, 16)


def address(name, *keys):
    return reverse(f"convenings:{name}", args=keys)


@pytest.fixture
def spring(cast):
    made = actions.begin_convening(
        by=cast.Elena, place=cast.Region, name="Spring convening", day=MAY
    )
    actions.invite_schools(
        by=cast.Elena, convening=made, schools=[cast.Oak.pk, cast.Elm.pk]
    )
    return made


def test_a_convening_is_begun_filled_and_published(cast, browse):
    elena = browse(cast.Elena)
    elena.post(
        address("begin-convening", cast.Region.pk),
        {"name": "Spring", "day": "2026-05-16"},
    )
    made = Convening.objects.get()
    elena.post(address("invite", made.pk), {"school": [str(cast.Oak.pk)]})
    elena.post(
        address("add-part", made.pk),
        {"kind": "circle", "starts": "14:30", "minutes": "30", "room": "Gym"},
    )
    elena.post(
        address("propose-agreement", made.pk),
        {"text": "Dream Big", "review": "2027-05-15"},
    )
    elena.post(
        address("settle-agreement", ConveningAgreement.objects.get().pk),
        {"answer": "agreed"},
    )
    before = browse(cast.Ana).get(address("show-convening", made.pk)).content.decode()
    elena.post(address("publish-agenda", made.pk), {"changed": ""})
    after = browse(cast.Ana).get(address("show-convening", made.pk)).content.decode()

    assert ("2:30 p.m." in before, "2:30 p.m." in after) == (False, True)
    assert "Dream Big" in after
    assert SchoolTeam.objects.get().school == cast.Oak


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("add-part", {"kind": "party", "starts": "9", "minutes": "0"}),
        ("propose-agreement", {"text": "", "review": "soon"}),
    ],
)
def test_what_cannot_be_prepared_is_said_in_the_form(cast, browse, spring, name, told):
    answer = browse(cast.Elena).post(address(name, spring.pk), told)

    assert answer.status_code == 422
    assert AgendaPart.objects.count() == ConveningAgreement.objects.count() == 0


def test_a_team_answers_and_puts_itself_on_the_list(cast, browse, spring):
    team = spring.teams.get(school=cast.Oak)
    ana = browse(cast.Ana)
    ana.post(address("answer-invitation", team.pk), {"answer": "coming"})
    refused = ana.post(
        address("add-guest", team.pk),
        {"name": "Mia Torres", "kind": "student", "listed": "team"},
    )
    ana.post(
        address("add-guest", team.pk),
        {"name": "Lu", "kind": "educator", "listed": "everybody", "food": "vegan"},
    )
    prepared = browse(cast.Elena).get(address("prepare", spring.pk)).content.decode()
    seen = browse(cast.Noor).get(address("show-convening", spring.pk)).content.decode()

    assert refused.status_code == 422
    assert "only the first name" in refused.content.decode()
    assert ("vegan" in prepared, "vegan" in seen, "Lu (Oak)" in seen) == (
        True,
        False,
        True,
    )


def test_who_came_is_kept_from_the_list_and_walk_ins_are_added(cast, browse, spring):
    team = spring.teams.get(school=cast.Oak)
    lu = actions.add_guest(by=cast.Ana, team=team, name="Lu", kind=GuestKind.EDUCATOR)
    elena = browse(cast.Elena)
    elena.post(address("check-in", spring.pk), {"guest": [str(lu.pk), "no key"]})
    told = {"team": str(team.pk), "name": "Jo", "kind": "caregiver"}
    elena.post(address("add-walk-in", spring.pk), told)
    elena.post(address("add-walk-in", spring.pk), {**told, "team": "nobody"})

    assert Guest.objects.filter(came__isnull=False).count() == 2


def write(client, spring, **more):
    told = {"kind": "shift", "text": "We ask first now", "audience": "me", **more}
    return client.post(address("write-words", spring.pk), told)


def test_words_are_for_oneself_unless_one_chooses(cast, browse, spring):
    write(browse(cast.Ana), spring)
    write(browse(cast.Ana), spring, text="For all of you", audience="network")
    page = browse(cast.Noor).get(address("show-convening", spring.pk)).content.decode()

    assert ("We ask first now" in page, "For all of you" in page) == (False, True)
    own = Words.objects.get(audience="network")
    browse(cast.Ana).post(address("withdraw-words", own.pk))
    page = browse(cast.Noor).get(address("show-convening", spring.pk)).content.decode()
    assert "For all of you" not in page


def test_a_celebration_without_a_yes_stays_in_the_form(cast, browse, spring):
    answer = write(
        browse(cast.Ana),
        spring,
        kind="celebration",
        text="Grace taught four square",
        audience="network",
    )

    assert answer.status_code == 422
    assert "Grace taught four square" in answer.content.decode()
    assert Words.objects.count() == 0


def test_a_plan_is_made_told_and_opens_the_next_convening(cast, browse, spring):
    team, ana = spring.teams.get(school=cast.Oak), browse(cast.Ana)
    told = {
        "aim": "Calm mornings",
        "first_step": "Ask the drivers",
        "owner": str(cast.Ana.pk),
        "by_when": "2026-10-02",
    }
    assert (
        ana.post(
            address("make-plan", team.pk), {**told, "by_when": "2026-01-01"}
        ).status_code
        == 422
    )
    ana.post(address("make-plan", team.pk), told)
    following = actions.begin_convening(
        by=cast.Elena, place=cast.Region, name="Next", day=dt.date(2027, 5, 15)
    )
    (next_team,) = actions.invite_schools(
        by=cast.Elena, convening=following, schools=[cast.Oak.pk]
    )
    page = ana.get(address("show-team", next_team.pk)).content.decode()
    assert "What we planned last year" in page
    ana.post(
        address("tell-plan", Plan.objects.get().pk),
        {"outcome": "partly", "happened": "One of two", "from": str(next_team.pk)},
    )

    assert "One of two" in ana.get(address("show-team", next_team.pk)).content.decode()


def test_the_kit_has_cards_agenda_and_each_teams_own_year(cast, browse, spring):
    team = spring.teams.get(school=cast.Oak)
    actions.add_guest(by=cast.Ana, team=team, name="Lucinda", kind=GuestKind.EDUCATOR)
    actions.add_part(
        by=cast.Elena, convening=spring, kind="circle", starts=dt.time(14), minutes=30
    )
    group = Group.objects.create(place=cast.Oak, kind=GroupKind.DATA_TEAM, name="T")
    Meeting.objects.create(team=group, day=dt.date(2025, 10, 1), state="ended")
    cycle = Cycle.objects.create(
        team=group, opened=dt.date(2025, 10, 1), what="Pushing", where="Bus", when="am"
    )
    change = Change.objects.create(
        cycle=cycle,
        what="Seats with names",
        start=dt.date(2025, 10, 8),
        review=dt.date(2025, 12, 8),
        done_when="seen",
    )
    CheckResult.objects.create(change=change, helped="helped", on=dt.date(2025, 12, 8))

    def read(person):
        pdf = browse(person).get(address("print-kit", spring.pk))
        pages = PdfReader(io.BytesIO(pdf.content)).pages
        return " ".join(page.extract_text() for page in pages).replace("\n", " ")

    dev, elena = read(cast.Dev), read(cast.Elena)
    assert "Lucinda" in dev
    assert "Meetings: 1. Changes tried: 1. Checked: 1." in dev
    # The coach may see the team's cycles; the network's facilitator sees counts.
    assert ("Seats with names" in dev, "Seats with names" in elena) == (True, False)


def test_the_day_is_given_for_a_calendar_without_a_name(cast, browse, spring):
    team = spring.teams.get(school=cast.Oak)
    actions.add_guest(by=cast.Ana, team=team, name="Lucinda", kind=GuestKind.EDUCATOR)
    text = browse(cast.Grace).get(address("give-dates", spring.pk)).content.decode()

    assert "SUMMARY:Spring convening" in text
    assert "Lucinda" not in text


def test_the_pages_speak_spanish(cast, browse, spring):
    ana = browse(cast.Ana)
    ana.cookies["django_language"] = "es"
    page = ana.get(address("show-convening", spring.pk)).content.decode()

    assert "Círculo de gratitud" in page


def test_thanks_and_connections_are_kept(cast, browse, spring):
    ben = browse(cast.Ben)
    ben.post(address("thank", spring.pk), {"text": "The kitchen", "read_by": "room"})
    ben.post(
        address("connect", spring.pk), {"other": "Noor", "next_contact": "2026-06-01"}
    )
    page = browse(cast.Noor).get(address("show-convening", spring.pk)).content.decode()

    assert "The kitchen" in page
    assert word_actions.MadeConnection.objects.get().by == cast.Ben


@pytest.fixture
def coming(cast):
    """Make a convening that is still to come, with somebody of each school."""
    made = actions.begin_convening(
        by=cast.Elena,
        place=cast.Region,
        name="Next convening",
        day=today() + dt.timedelta(days=30),
    )
    actions.invite_schools(
        by=cast.Elena, convening=made, schools=[cast.Oak.pk, cast.Elm.pk]
    )
    for person, school in ((cast.Ana, cast.Oak), (cast.Noor, cast.Elm)):
        actions.add_guest(
            by=person,
            team=made.teams.get(school=school),
            name=person.name,
            person=person,
            kind=GuestKind.EDUCATOR,
            listed="everybody",
        )
    for kind in ("consultancy", "connection"):
        actions.add_part(
            by=cast.Elena, convening=made, kind=kind, starts=dt.time(10), minutes=30
        )
    actions.publish_agenda(by=cast.Elena, convening=made, changed="")
    return made


def test_a_question_is_brought_seated_thought_about_and_taken_home(
    cast, browse, coming
):
    ana, noor, elena = browse(cast.Ana), browse(cast.Noor), browse(cast.Elena)
    team = coming.teams.get(school=cast.Oak)
    ana.post(
        address("ask-question", team.pk),
        {"text": "Why does lunch go wrong?", "tried": "More adults"},
    )
    consultancy, connection = coming.parts.order_by("kind").reverse()
    for part in (consultancy, connection):
        elena.post(address("set-tables", part.pk))
    tables = elena.get(address("show-tables", coming.pk)).content.decode()
    sits = noor.get(address("show-convening", coming.pk)).content.decode()
    noor.post(
        address("leave-thought", Question.objects.get().pk),
        {"text": "Let them leave when ready"},
    )
    home = ana.get(address("show-team", team.pk)).content.decode()

    assert "Why does lunch go wrong?" in tables
    assert "Where I sit" in sits
    assert "What they tried: More adults" in sits
    assert "Ana (Oak)" in sits
    assert "Let them leave when ready" in home
    noor.post(address("withdraw-thought", Thought.objects.get().pk))
    assert (
        "Let them leave" not in ana.get(address("show-team", team.pk)).content.decode()
    )


def test_the_kit_says_on_each_card_where_one_sits_and_has_a_sheet_a_question(
    cast, browse, coming
):
    team = coming.teams.get(school=cast.Oak)
    browse(cast.Ana).post(address("ask-question", team.pk), {"text": "Why lunch?"})
    for part in coming.parts.all():
        browse(cast.Elena).post(address("set-tables", part.pk))
    pdf = browse(cast.Elena).get(address("print-kit", coming.pk))
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    text = " ".join(page.extract_text() for page in pages).replace("\n", " ")

    assert "10 a.m. table 1" in text
    assert "Why lunch?" in text
    assert "Nobody interrupts." in text


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"students": "many", "caregivers": "1"}, "Write a number from 0 to 50"),
        ({"students": "5", "caregivers": "1"}, "It is kept."),
    ],
)
def test_seats_are_set_on_the_page(cast, browse, coming, told, said):
    team = coming.teams.get(school=cast.Oak)
    answer = browse(cast.Elena).post(address("set-seats", team.pk), told, follow=True)

    assert said in answer.content.decode()


def test_an_empty_question_stays_in_the_form(cast, browse, coming):
    team = coming.teams.get(school=cast.Oak)
    answer = browse(cast.Ana).post(
        address("ask-question", team.pk), {"text": " ", "tried": "Much"}
    )

    assert answer.status_code == 422
    assert "Much" in answer.content.decode()


def test_whoever_wrote_words_chooses_their_readers_anew(cast, browse, spring):
    ana = browse(cast.Ana)
    write(ana, spring)
    words = Words.objects.get()
    seen = []
    for audience in ("network", "nobody", "me"):
        ana.post(address("choose-readers", words.pk), {"audience": audience})
        page = browse(cast.Noor).get(address("show-convening", spring.pk))
        seen.append("We ask first now" in page.content.decode())

    assert seen == [True, True, False]


def test_words_that_fewer_read_are_quoted_no_more(cast, spring):
    words = word_actions.write_words(
        by=cast.Ana,
        convening=spring,
        kind="shift",
        text="We ask first",
        audience="network",
        quotable=True,
    )
    word_actions.choose_readers(by=cast.Ana, words=words, audience="me")
    word_actions.choose_readers(by=cast.Ana, words=words, audience="network")

    assert not Words.objects.get().quotable


def test_others_read_the_agenda_as_it_was_published_last(cast, browse, coming):
    elena, noor = browse(cast.Elena), browse(cast.Noor)
    elena.post(
        address("add-part", coming.pk),
        {"kind": "circle", "starts": "14:30", "minutes": "45"},
    )

    def read(client, name):
        return "2:30 p.m." in client.get(address(name, coming.pk)).content.decode()

    assert (read(elena, "prepare"), read(noor, "show-convening")) == (True, False)
    elena.post(address("publish-agenda", coming.pk), {"changed": "A circle"})
    assert read(noor, "show-convening")
    dates = noor.get(address("give-dates", coming.pk)).content.decode()
    assert "DTEND;VALUE=DATE" in dates
    Convening.objects.filter(pk=coming.pk).update(starts=dt.time(8, 30))
    timed = noor.get(address("give-dates", coming.pk)).content.decode()
    (end,) = (each for each in timed.splitlines() if each.startswith("DTEND"))
    # The last part begins at half past two and takes 45 minutes.
    begins = next(each for each in timed.splitlines() if each.startswith("DTSTART"))
    length = read_moment(end) - read_moment(begins)
    assert length == dt.timedelta(hours=6, minutes=45)


def read_moment(line):
    """Read the moment of a line of a calendar."""
    return dt.datetime.strptime(line.split(":")[1].rstrip("Z"), "%Y%m%dT%H%M%S")


def test_a_team_prints_its_own_sheet_and_no_other(cast, browse, spring):
    team = spring.teams.get(school=cast.Oak)
    group = Group.objects.create(place=cast.Oak, kind=GroupKind.DATA_TEAM, name="T")
    cycle = Cycle.objects.create(
        team=group, opened=dt.date(2025, 10, 1), what="Pushing", where="Bus", when="am"
    )
    Voice.objects.create(cycle=cycle, whom="students", heard="The line is too long")
    pdf = browse(cast.Ana).get(address("print-sheet", team.pk))
    pages = PdfReader(io.BytesIO(pdf.content)).pages
    text = " ".join(pages[0].extract_text().split())

    assert len(pages) == 1
    assert "The line is too long" in text
    assert browse(cast.Noor).get(address("print-sheet", team.pk)).status_code == 404


def test_an_owner_outside_of_the_team_finds_the_plan_on_the_convenings_page(
    cast, browse, spring
):
    team, grace = spring.teams.get(school=cast.Oak), browse(cast.Grace)
    browse(cast.Ana).post(
        address("make-plan", team.pk),
        {
            "aim": "Calm mornings",
            "first_step": "Ask the drivers",
            "owner": str(cast.Grace.pk),
            "by_when": "2026-10-02",
        },
    )
    page = grace.get(address("show-convening", spring.pk)).content.decode()
    told = grace.post(
        address("tell-plan", Plan.objects.get().pk),
        {"outcome": "done", "happened": "Both", "from": "convening"},
    )

    assert "What I see to" in page
    assert told.headers["Location"] == address("show-convening", spring.pk)
    assert Plan.objects.get().happened == "Both"


def test_who_is_named_in_a_celebration_answers_on_the_page(cast, browse, coming):
    browse(cast.Ana).post(
        address("write-words", coming.pk),
        {
            "kind": "celebration",
            "text": "Noor taught four square",
            "audience": "network",
            "named_said_yes": "on",
            "named": [str(cast.Noor.pk)],
        },
    )
    grace, noor = browse(cast.Grace), browse(cast.Noor)
    shown = address("show-convening", coming.pk)
    before = "four square" in grace.get(shown).content.decode()
    assert "Celebrations that name me" in noor.get(shown).content.decode()
    noor.post(address("answer-naming", Naming.objects.get().pk), {"answer": "yes"})

    assert (before, "four square" in grace.get(shown).content.decode()) == (False, True)


def test_who_chose_not_to_be_listed_is_offered_to_nobody(cast, browse, coming):
    actions.add_guest(
        by=cast.Ana,
        team=coming.teams.get(school=cast.Oak),
        name="Grace",
        person=cast.Grace,
        kind=GuestKind.EDUCATOR,
        listed="preparers",
    )
    page = browse(cast.Noor).get(address("show-convening", coming.pk)).content.decode()

    assert (">Ana</option>" in page, "Grace" in page) == (True, False)


def test_a_day_that_nobody_plans_for_is_refused(cast, browse):
    answer = browse(cast.Elena).post(
        address("begin-convening", cast.Region.pk),
        {"name": "Far", "day": "9999-12-31"},
    )

    assert answer.status_code == 422
    assert "within four years" in answer.content.decode()


def test_words_and_thanks_are_taken_back_also_by_whoever_left(cast, browse, spring):
    grace = browse(cast.Grace)
    write(grace, spring, audience="network")
    grace.post(address("thank", spring.pk), {"text": "Thanks", "read_by": "room"})
    cast.Grace.roles.update(last=today() - dt.timedelta(days=1))
    words, thanks = Words.objects.get(), Thanks.objects.get()
    grace.post(address("withdraw-words", words.pk))
    grace.post(address("take-back-thanks", thanks.pk))

    assert (Words.objects.count(), Thanks.objects.count()) == (0, 0)


def test_the_kit_holds_plans_for_those_alone_who_may_see_them(cast, browse, spring):
    oak = spring.teams.get(school=cast.Oak)
    for aim, is_shared in (("Kept inside", False), ("Told to all", True)):
        Plan.objects.create(
            team=oak,
            aim=aim,
            first_step="Ask",
            owner=cast.Ana,
            by_when=dt.date(2026, 9, 1),
            is_shared=is_shared,
        )
    after = actions.begin_convening(
        by=cast.Elena, place=cast.Region, name="Next", day=dt.date(2027, 5, 15)
    )
    actions.invite_schools(by=cast.Elena, convening=after, schools=[cast.Oak.pk])

    def read(person):
        pdf = browse(person).get(address("print-kit", after.pk))
        pages = PdfReader(io.BytesIO(pdf.content)).pages
        text = " ".join(page.extract_text() for page in pages).replace("\n", " ")
        return [aim for aim in ("Kept inside", "Told to all") if aim in text]

    assert read(cast.Elena) == ["Told to all"]
    assert read(cast.Dev) == ["Kept inside", "Told to all"]


def test_what_became_of_a_plan_is_told_once_and_not_written_over(cast, browse, spring):
    plan = Plan.objects.create(
        team=spring.teams.get(school=cast.Oak),
        aim="Buses",
        first_step="Ask",
        owner=cast.Ana,
        by_when=dt.date(2026, 9, 1),
    )
    ana = browse(cast.Ana)
    told = {"outcome": "done", "happened": "All drivers came"}
    ana.post(address("tell-plan", plan.pk), told)
    late = ana.post(address("tell-plan", plan.pk), {"outcome": "not"}, follow=True)
    plan.refresh_from_db()

    assert (plan.outcome, plan.happened) == ("done", "All drivers came")
    assert "It was told already" in late.content.decode()


def test_a_name_on_several_lines_is_one_line_in_every_letter(cast):
    made = actions.begin_convening(
        by=cast.Elena, place=cast.Region, name="Spring\r\nBcc: x@example.org", day=MAY
    )
    assert made.name == "Spring Bcc: x@example.org"
