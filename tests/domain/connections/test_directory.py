"""The directory shows each field to those its owner chose, and finds nobody by another."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.audit.models import Line
from commonroot.domain.connections.audience import find_reach, may_see, where_seen
from commonroot.domain.connections.choices import Audience, Field, TagKind
from commonroot.domain.connections.leaving_actions import leave_directory
from commonroot.domain.connections.models import Profile, ProfileTag
from commonroot.domain.connections.practices import (
    add_practice,
    list_practices,
    put_aside,
)
from commonroot.domain.connections.profile_actions import keep_profile
from commonroot.domain.connections.queries import Sought, find_profile, search_directory
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.network.actions import add_place, give_role
from commonroot.domain.network.choices import MemberKind, PlaceKind, RoleKind
from commonroot.domain.network.models import Role
from domain.connections.people_of_rounds import (
    add_educator,
    add_profile,
    match_two,
    tell,
)

EVERYBODY = (
    "Ana", "Ben", "Grace", "Hugo", "Noor", "Carla", "Mara", "Ines", "Dev", "Elena",
    "Farid", "Jonas", "Kit", "Lee", "Olga",
)  # fmt: skip


def list_seeing(cast, profile, field=Field.OFFER):
    """List who of the cast sees a field."""
    found = []
    for name in EVERYBODY:
        shown = find_profile(cast.people[name], profile.pk)
        if shown is not None and shown.tell(field):
            found.append(name)
    return found


@pytest.mark.parametrize(
    ("audience", "names"),
    [
        (Audience.MATCHES, ["Grace"]),
        (Audience.SCHOOL, ["Ana", "Ben", "Grace"]),
        (Audience.DISTRICT, ["Ana", "Ben", "Grace", "Carla", "Mara"]),
        (
            Audience.NETWORK,
            ["Ana", "Ben", "Grace", "Noor", "Carla", "Mara", "Dev", "Elena", "Farid", "Kit"],
        ),
    ],
)  # fmt: skip
def test_an_audience_reaches_as_far_as_its_name_says(cast, audience, names):
    profile = add_profile(cast.Grace, cast.Oak, audience)

    assert list_seeing(cast, profile) == names


def test_nobody_is_in_the_directory_until_they_say_so(cast):
    assert list(search_directory(cast.Ana, Sought())) == []
    assert Profile.objects.count() == 0


def test_a_profile_is_for_matches_alone_until_its_owner_says_more(cast):
    keep_profile(by=cast.Grace, place=cast.Oak, told=tell(audience=Audience.MATCHES))

    assert list(search_directory(cast.Ana, Sought())) == []
    fields = [f"{field}_to" for field in Field]
    assert {getattr(Profile(), field) for field in fields} == {Audience.MATCHES}


@pytest.mark.parametrize(
    ("field", "sought"),
    [
        (Field.PRACTICES, Sought(practice="usual:circles")),
        (Field.GRADE_SPANS, Sought(grade_span="3-5")),
        (Field.LANGUAGES, Sought(language="es")),
        (Field.PLACE, "Oak"),
    ],
)
def test_a_hidden_field_is_not_found_by_searching_for_it(cast, field, sought):
    if sought == "Oak":
        sought = Sought(place=cast.Oak.pk)
    profile = add_profile(cast.Grace, cast.Oak, only={field: Audience.SCHOOL})

    assert list(search_directory(cast.Noor, Sought())) == [profile]
    assert list(search_directory(cast.Noor, sought)) == []
    assert list(search_directory(cast.Ana, sought)) == [profile]
    assert find_profile(cast.Noor, profile.pk).tell(field) == []


def test_a_district_does_not_give_a_hidden_place_away(cast):
    add_profile(cast.Grace, cast.Oak, only={Field.PLACE: Audience.MATCHES})

    assert list(search_directory(cast.Noor, Sought(place=cast.North.pk))) == []
    assert list(search_directory(cast.Noor, Sought(place=cast.Region.pk))) == []


def test_two_conditions_need_two_fields_that_may_be_seen(cast):
    add_profile(cast.Grace, cast.Oak, only={Field.LANGUAGES: Audience.DISTRICT})

    both = Sought(practice="usual:circles", language="es")
    assert list(search_directory(cast.Noor, both)) == []
    assert len(search_directory(cast.Carla, both)) == 1


def test_the_search_and_the_page_tell_the_same_of_every_field(cast):
    """The rule is written twice, for one profile and for the database: they agree."""
    department = add_place(
        by=SYSTEM, kind=PlaceKind.DEPARTMENT, name="Kitchen", above=cast.Oak
    )
    places = [cast.Oak, cast.Elm, cast.North, cast.Region, department]
    profiles = [
        add_profile(
            add_educator(f"{place}-{audience}", place),
            place,
            only={Field.OFFER: audience},
        )
        for place, audience in product(places, Audience)
    ]
    add_profile(cast.Grace, cast.Oak)
    for name in EVERYBODY:
        reach = find_reach(cast.people[name])
        plain = {p.pk for p in profiles if may_see(reach, p, Field.OFFER)}
        asked = Profile.objects.filter(where_seen(reach, Field.OFFER))
        assert (
            set(asked.values_list("pk", flat=True)) - {cast.Grace.profile.pk} == plain
        ), name


def test_a_match_sees_every_field_and_loses_it_when_the_match_ends(cast):
    new, old = add_educator("New", cast.Oak), add_educator("Old", cast.Oak)
    match = match_two(cast, new, old)
    for person, place in ((new, cast.Oak), (old, cast.Oak)):
        add_profile(person, place, Audience.MATCHES)

    assert find_profile(new, old.profile.pk).tell(Field.HOURS) == ["after"]
    leave_directory(by=new)
    match.refresh_from_db()
    assert find_profile(new, old.profile.pk) is None


def test_students_and_caregivers_on_a_team_are_not_in_it_and_do_not_see_it(cast):
    student = add_educator("Student", cast.Oak, RoleKind.TEAM_MEMBER)
    Role.objects.filter(person=student).update(member_kind=MemberKind.STUDENT)
    profile = add_profile(cast.Grace, cast.Oak)

    assert find_profile(student, profile.pk) is None
    assert list(search_directory(student, Sought())) == []
    with pytest.raises(PermissionDenied):
        add_profile(student, cast.Oak)


def test_whoever_works_elsewhere_now_is_not_found_where_they_worked(cast):
    profile = add_profile(cast.Grace, cast.Oak)
    Role.objects.filter(person=cast.Grace).update(last=dt.date(2025, 6, 1))

    assert find_profile(cast.Ana, profile.pk) is None


def test_another_network_sees_nothing(cast):
    above = None
    for kind, name in (
        (PlaceKind.REGION, "Far"),
        (PlaceKind.DISTRICT, "Far District"),
        (PlaceKind.SCHOOL, "Fir"),
    ):
        above = add_place(by=SYSTEM, kind=kind, name=name, above=above)
    zoe = add_educator("Zoe", above)
    profile = add_profile(cast.Grace, cast.Oak)

    assert find_profile(zoe, profile.pk) is None
    assert list(search_directory(zoe, Sought(practice="usual:circles"))) == []


def test_leaving_takes_everything_out_at_once(cast):
    add_profile(cast.Grace, cast.Oak)
    leave_directory(by=cast.Grace)

    assert (Profile.objects.count(), ProfileTag.objects.count()) == (0, 0)
    assert list(search_directory(cast.Ana, Sought())) == []
    leave_directory(by=cast.Grace)


def test_nobody_writes_a_profile_for_a_place_where_they_do_not_work(cast):
    with pytest.raises(PermissionDenied):
        add_profile(cast.Grace, cast.Elm)
    with pytest.raises(PermissionDenied):
        add_profile(cast.Lee, cast.Region)


def test_what_nobody_could_have_chosen_is_refused(cast):
    for tags in (
        {TagKind.LANGUAGES: ["klingon"]},
        {TagKind.PRACTICES: [f"p{number}" for number in range(9)]},
    ):
        with pytest.raises(ConnectingError):
            keep_profile(by=cast.Grace, place=cast.Oak, told=tell(tags=tags))
    assert Profile.objects.count() == 0


def test_the_log_has_no_words_of_a_profile(cast):
    add_profile(cast.Grace, cast.Oak)
    line = Line.objects.filter(kind="profile").get()

    assert (line.verb, line.actor, line.reason, line.origin) == (
        "join",
        str(cast.Grace.pk),
        "",
        "",
    )


def test_a_network_edits_its_list_of_practices(cast):
    around = [cast.Region.pk]
    add_practice(by=cast.Elena, region=cast.Region, text="  Morning   walks ")
    put_aside(by=cast.Elena, region=cast.Region, text="usual:circles")
    values = [value for value, _label in list_practices(around)]

    assert "Morning walks" in values
    assert "usual:circles" not in values
    for text in ("morning walks", "Teaching routines", " ", "x" * 121):
        with pytest.raises(ConnectingError):
            add_practice(by=cast.Elena, region=cast.Region, text=text)
    add_practice(by=cast.Elena, region=cast.Region, text="Community circles")
    put_aside(by=cast.Elena, region=cast.Region, text="Morning walks")
    add_practice(by=cast.Elena, region=cast.Region, text="Morning walks")
    values = [value for value, _label in list_practices(around)]
    assert {"usual:circles", "Morning walks"} <= set(values)
    with pytest.raises(PermissionDenied):
        add_practice(by=cast.Ben, region=cast.Region, text="Mine")


def test_a_role_that_begins_later_opens_nothing_today(cast):
    give_role(
        by=SYSTEM,
        person=cast.Olga,
        kind=RoleKind.EDUCATOR,
        place=cast.Oak,
        first=dt.date(2099, 1, 1),
    )
    profile = add_profile(cast.Grace, cast.Oak)

    assert find_profile(cast.Olga, profile.pk) is None
