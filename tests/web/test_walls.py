"""Every address, for everybody, at one's own place and at another's, in every way."""

import datetime as dt
import re
import uuid

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import give_role, invite
from commonroot.domain.network.choices import GroupKind, RoleKind, SchoolFileKind
from commonroot.domain.network.models import (
    BellPeriod,
    Group,
    Invitation,
    Membership,
    Person,
    Place,
    Role,
    RosterImport,
    SchoolFile,
    SchoolYear,
    Term,
)
from commonroot.domain.network.sight import find_reason, places_where
from commonroot.domain.records.models import Entry, Import, Incident, KeptYear
from commonroot.domain.teams.models import (
    Agreement,
    Change,
    Cycle,
    Feed,
    Meeting,
    Note,
    Story,
)
from commonroot.domain.teams.team_actions import digest
from commonroot.web.pages import PAGES
from people import ROLES
from web.coaching import things as coaching
from web.connections import things as connections
from web.convenings import things as convenings
from web.highlights import things as highlights
from web.learning import things as learning
from web.partnerships import things as partnerships
from web.week import things as week

AREAS = (partnerships, learning, coaching, connections, convenings, week, highlights)
OUR_SPACES = (
    *("shell", "network", "records", "teams", "demo", None),
    *(each.__name__.split(".")[1] for each in AREAS),
)
METHODS = ("get", "post", "head", "put", "patch", "delete")
# That the other methods are refused is the same for all: see it for one who may, one who
# may not, and somebody who is not signed in.
ALL_METHODS = {("Ana", "Oak"), ("Noor", "Oak"), ("Farid", "Region"), (None, "Oak")}
EVERYBODY = (*ROLES, "Olga", None)
# allauth's own pages are about whoever is signed in, and about nobody else.
OTHERS = ("account_", "mfa_", "usersessions_", "reauthenticat", "socialaccount_")


def list_addresses(resolver=None, space=""):
    """List every address of the site by its name."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found += list_addresses(entry, inner)
        elif isinstance(entry, URLPattern):
            found.append(
                f"{space}{entry.name}" if entry.name else f"{space}?{entry.pattern}"
            )
    return found


def test_every_address_has_a_line_in_the_table():
    ours = [name for name in list_addresses() if not name.startswith(OTHERS)]

    assert sorted(ours) == sorted(PAGES)


def test_no_address_counts_through_its_things():

    assert list_guessable() == []


def list_guessable(resolver=None):
    """List the parts of our addresses that somebody could count through."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            if entry.app_name in OUR_SPACES:
                found += list_guessable(entry)
        elif "<int:" in str(entry.pattern):
            found.append(str(entry.pattern))
    return found


def fill(name, cast, place, person=None):
    """Fill an address with things of a place, which `person` made if anybody did."""
    about = PAGES[name].about
    if name == "records:show-kept-year":
        KeptYear.objects.get_or_create(school=place, school_year="2020-21")
        return reverse(name, args=[place.pk, "2020-21"])
    if name == "shell:show-help":
        return reverse(name, args=["places"])
    if about == "place":
        return reverse(name, args=[place.pk])
    if about == "role":
        role = give_role(
            by=SYSTEM, person=make_spare(), kind=RoleKind.EDUCATOR, place=place
        )
        return reverse(name, args=[role.pk])
    if name == "learning:show-achievement":
        return reverse(
            name, args=[OWN["badge seat"](place, make_spare()).series.workshop_id]
        )
    if name == "highlights:translate-year":
        return reverse(name, args=[MADE["year"](place).pk, "es"])
    if about == "number of a year":
        page = MADE["year"](place)
        page.highlights.get_or_create(
            definition="meetings",
            defaults={
                "version": 1,
                "value": 0,
                "digest": "",
                "drawn": timezone.now(),
                "published": timezone.now(),
            },
        )
        return reverse(name, args=[page.pk, "meetings"])
    if about == "membership":
        made = make_membership(place)
        return reverse(name, args=[made.group_id, made.person_id])
    if about in learning.TOKENS:
        return reverse(name, args=[learning.TOKENS[about](place)])
    if about in OWN:
        return reverse(name, args=[OWN[about](place, person or make_spare()).pk])
    if about in MADE:
        return reverse(name, args=[MADE[about](place).pk])
    if about == "entry":
        return reverse(name, args=[make_entry(place, person).pk])
    if name == "network:accept-invitation":
        _, token = invite(
            by=cast.Farid,
            email=f"{uuid.uuid4()}@example.org",
            name="Guest",
            kind=RoleKind.EDUCATOR,
            place=place,
        )
        return reverse(name, args=[token])
    if name == "teams:follow-dates":
        token = uuid.uuid4().hex
        Feed.objects.create(team=make_team(place), token_digest=digest(token))
        return reverse(name, args=[token])
    if name == "demo:sign-in":
        return reverse(name, args=[uuid.uuid4()])
    return reverse(name)


def make_spare():
    """Make somebody whom nobody knows."""
    return Person.objects.create_user(f"{uuid.uuid4()}@example.org", name="Spare")


def make_file(place):
    """Make an import that somebody gave for a place."""
    return Import.objects.create(
        school=place,
        name="file.csv",
        report={
            "columns": {"mapped": {}, "dropped": [], "unmapped": []},
            "reasons": {},
        },
        plan={},
        mapping="",
    )


def make_roster(place):
    """Make a roster that somebody gave for a place."""
    draft = {"places": [], "people": [], "sessions": []}
    return RosterImport.objects.create(place=place, name="staff.csv", draft=draft)


def make_school_file(place):
    """Make a calendar that somebody gave for a place."""
    return SchoolFile.objects.create(
        kind=SchoolFileKind.CALENDAR, school=place, name="days.csv", draft={"days": []}
    )


def make_term(place):
    """Make a term of a place, which has one school year."""
    days = {"first": dt.date(2025, 9, 1), "last": dt.date(2026, 6, 12)}
    year, _ = SchoolYear.objects.get_or_create(
        school=place, name="2025-26", defaults=days
    )
    return Term.objects.create(school_year=year, name=uuid.uuid4().hex, **days)


def make_bell(place):
    """Make a period of a place's day."""
    return BellPeriod.objects.create(
        school=place, name=uuid.uuid4().hex, start=480, end=530
    )


def make_group(place):
    """Make a group at a place."""
    return Group.objects.create(place=place, kind="other", name=uuid.uuid4().hex)


def make_membership(place):
    """Make a membership in a group of a place."""
    return Membership.objects.create(
        group=make_group(place), person=make_spare(), first=dt.date(2025, 9, 1)
    )


def make_invitation(place):
    """Make an invitation to a place that waits for an answer."""
    return Invitation.objects.create(
        email="guest@example.org",
        name="Guest",
        kind=RoleKind.EDUCATOR,
        place=place,
        invited_by=Person.objects.first(),
        token_digest=uuid.uuid4().hex,
        expires=timezone.now() + dt.timedelta(days=1),
    )


def make_team(place):
    """Make a data team of a place."""
    return Group.objects.create(
        place=place, kind=GroupKind.DATA_TEAM, name=uuid.uuid4().hex
    )


def make_meeting(place):
    """Make a meeting of a team of a place."""
    return Meeting.objects.create(team=make_team(place), day=dt.date(2026, 1, 7))


def make_note(place):
    """Make a line of the minutes of a meeting that is under way."""
    meeting = make_meeting(place)
    Meeting.objects.filter(pk=meeting.pk).update(state="under_way")
    return Note.objects.create(meeting=meeting, section="closing", text="a line")


def make_agreement(place):
    """Make an agreement of a team of a place."""
    day = dt.date(2026, 1, 7)
    return Agreement.objects.create(
        team=make_team(place), text="kind", agreed=day, review=day
    )


def make_cycle(place):
    """Make a cycle of a team of a place."""
    return Cycle.objects.create(
        team=make_team(place), opened=dt.date(2026, 1, 7), what="a", where="b", when="c"
    )


def make_change(place):
    """Make a change of a team of a place."""
    return Change.objects.create(
        cycle=make_cycle(place),
        what="try",
        start=dt.date(2026, 1, 7),
        review=dt.date(2026, 3, 7),
        done_when="seen",
    )


def make_story(place):
    """Make a story of a team of a place."""
    return Story.objects.create(
        change=make_change(place),
        title="Tried",
        tried="try",
        happened="partly",
        helped="too_early",
        shared=dt.date(2026, 4, 1),
    )


MADE = {
    "team": make_team,
    "meeting": make_meeting,
    "note": make_note,
    "agreement": make_agreement,
    "cycle": make_cycle,
    "change": make_change,
    "story": make_story,
    "invitation": make_invitation,
    "group": make_group,
    "file": make_file,
    "roster": make_roster,
    "school file": make_school_file,
    "term": make_term,
    "bell": make_bell,
    **{about: make for area in AREAS for about, make in area.MADE.items()},
}
# Things that belong to whoever they are made with: nobody else is let in.
OWN = {about: make for area in AREAS for about, make in area.OWN.items()}


def make_entry(place, person):
    """Make an entry of somebody at a place, whether they may or not."""
    key = uuid.uuid4()
    incident = Incident.objects.create(school=place, key=key.hex[:24])
    return Entry.objects.create(pk=key, school=place, by=person, incident=incident)


def expect(name, person, place):
    """Say from the table whether somebody is let in."""
    page = PAGES[name]
    if page.public:
        return True
    if person is None:
        return False
    if page.rule is None or page.stays:
        return True
    if page.about and not page.anywhere:
        return find_reason(person, page.rule, place) is not None
    return places_where(person, page.rule).exists()


SEEN = {200, 204, 302, 405, 422}


@pytest.mark.slow
@pytest.mark.parametrize("who", EVERYBODY, ids=str)
@pytest.mark.parametrize("where", ["Oak", "Elm", "North", "Region"])
def test_walls_stand_at_every_address(cast, browse, who, where):
    person, place = cast.people.get(who), cast.places[where]
    wrong, client = [], browse(person)
    for name, page in PAGES.items():
        for method in METHODS if (who, where) in ALL_METHODS else METHODS[:2]:
            before = (Role.objects.count(), Place.objects.count())
            address = fill(name, cast, place, person)
            made = Role.objects.count() - before[0]
            answer = getattr(client, method)(address)
            is_sent_to_sign_in = "/account/login/" in answer.headers.get("Location", "")
            let_in = answer.status_code in SEEN and not is_sent_to_sign_in
            if page.public:
                # Some of these sign somebody else in.
                client = browse(person)
                continue
            may = expect(name, person, place)
            # A list is there for everybody who is signed in; what is in it is not.
            lists = not page.about and person is not None
            if let_in != (may or lists) and answer.status_code != 405:
                wrong.append((name, method, answer.status_code))
            if not may and Role.objects.count() != before[0] + made:
                wrong.append((name, method, "changed something"))
    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("who", EVERYBODY, ids=str)
def test_what_belongs_to_others_is_there_for_nobody_else(cast, browse, who):
    person = cast.people.get(who)
    own = [name for name, page in PAGES.items() if page.about in OWN]
    wrong = [
        (name, method)
        for name in own
        for method in ("get", "post")
        for address in [fill(name, cast, cast.Oak, make_spare())]
        for answer in [getattr(browse(person), method)(address)]
        if answer.status_code != 405
        and answer.status_code in SEEN
        and "/account/login/" not in answer.headers.get("Location", "")
    ]

    assert wrong == []
    assert all(PAGES[name].own for name in own)


def without_keys(answer):
    """Give a page without what differs from one request to the next."""
    return re.sub(r"[0-9a-f-]{36}|value=\"\w{64}\"", "", answer.content.decode())


def test_what_cannot_be_seen_looks_like_what_is_not_there(cast, browse):
    client = browse(cast.Ana)
    hidden = client.get(reverse("network:invite-person", args=[cast.Elm.pk]))
    missing = client.get(reverse("network:invite-person", args=[uuid.uuid4()]))

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert without_keys(hidden) == without_keys(missing)


@pytest.mark.parametrize("name", ["list-places", "list-people"])
def test_lists_show_no_more_to_whoever_has_no_role(cast, browse, name):
    page = browse(cast.Olga).get(reverse(f"network:{name}")).content.decode()

    assert not any(each in page for each in ("Oak", "Elm", "Ben", "Noor"))


def test_private_pages_are_kept_by_no_cache(cast, browse):
    for name in ("shell:home", "network:list-people"):
        answer = browse(cast.Ana).get(reverse(name))
        assert answer.headers["Cache-Control"] == "no-store"
