"""Staff and schools from a file: never more than by hand, whole or not at all, twice is once."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from commonroot.domain.audit.models import Line
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network import roster_actions
from commonroot.domain.network.actions import NetworkError, end_role, give_role
from commonroot.domain.network.choices import FileState, RoleKind
from commonroot.domain.network.models import (
    Person,
    Place,
    Role,
    RosterImport,
    SchoolYear,
    Term,
)
from commonroot.domain.network.roster_actions import (
    give_roster,
    make_plan,
    set_aside_roster,
    take_in_roster,
)
from commonroot.intake import UnreadableFileError
from commonroot.intake.roster import RosterError
from domain.network.rosters import STAFF, give, take, write_bundle, write_staff
from intake.roster.bundles import ORGS, USERS_12


def snapshot():
    """Everything that a roster could change."""
    return (
        sorted(Place.objects.values_list("name", "kind", "above__name", "outside_key")),
        sorted(Person.objects.values_list("email", "name")),
        sorted(Role.objects.values_list("person__email", "kind", "place__name")),
        sorted(SchoolYear.objects.values_list("school__name", "name")),
        sorted(Term.objects.values_list("school_year__school__name", "name")),
    )


def roles_of(email):
    return sorted(
        (role.kind, role.place.name)
        for role in Role.objects.filter(person__email=email, last=None)
    )


def told(plan, fate):
    return sorted(person.told.name for person in plan.people if person.fate == fate)


def reasons(plan):
    return {person.told.name: person.reason for person in plan.people if person.reason}


def test_nothing_happens_before_somebody_says_yes(cast, tmp_path):
    before = snapshot()
    given = give(cast.Farid, cast.Region, write_staff(tmp_path))

    plan = make_plan(given, by=cast.Farid)
    assert snapshot() == before
    assert told(plan, "new") == ["Ann West", "Ben Hill", "Cy Elm", "Flo Bay"]
    assert given.report["students"] == 1


def test_people_get_the_roles_that_the_file_says(cast, tmp_path):
    take(cast.Farid, cast.Region, write_staff(tmp_path))

    assert roles_of("ann@oak.example") == [("principal", "Oak")]
    assert roles_of("ben@oak.example") == [("educator", "Oak")]
    assert roles_of("cy@oak.example") == [("educator", "New School")]
    assert Place.objects.get(name="New School").above == cast.North
    assert not Person.objects.get(email="ann@oak.example").has_usable_password()
    assert verify_log().broken_at is None


def test_a_student_is_nobody_here(cast, tmp_path):
    given = give(cast.Farid, cast.Region, write_staff(tmp_path))
    kept = json.dumps(RosterImport.objects.values("draft", "report").get(), default=str)
    take_in_roster(by=cast.Farid, given=given)

    assert "Yew" not in kept
    assert "gus@" not in kept
    assert not Person.objects.filter(email="gus@oak.example").exists()


def test_whoever_has_no_email_or_no_role_here_is_left_out_with_the_reason(
    cast, tmp_path
):
    given = give(cast.Farid, cast.Region, write_staff(tmp_path))

    assert reasons(make_plan(given, by=cast.Farid)) == {
        "Di Fir": "There is no e-mail to know them by.",
        "Eli Ash": "They have no role that can be given here.",
    }


def test_the_same_file_twice_changes_nothing(cast, tmp_path):
    path = write_staff(tmp_path)
    take(cast.Farid, cast.Region, path)
    before = snapshot()

    again = take(cast.Farid, cast.Region, path)

    assert snapshot() == before
    assert [again.done[what]["new"] for what in ("places", "people", "roles")] == [
        0
    ] * 3


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_bundle_twice_changes_nothing(cast, tmp_path, version):
    path = write_bundle(tmp_path, version)
    first = take(cast.Farid, cast.Region, path)
    before = snapshot()

    take(cast.Farid, cast.Region, path)

    assert snapshot() == before
    assert first.done["places"] == {
        "new": 3,
        "known": 0,
        "left_out": 0,
        "all": 3,
        "renamed": 0,
    }


def test_a_yes_that_is_said_twice_is_heard_once(cast, tmp_path):
    given = give(cast.Farid, cast.Region, write_staff(tmp_path))
    take_in_roster(by=cast.Farid, given=given)
    lines = Line.objects.count()

    take_in_roster(by=cast.Farid, given=given)

    assert Line.objects.count() == lines
    told = Line.objects.filter(kind="roster").values_list("verb", flat=True)
    assert list(told) == ["give", "take in"]


def test_all_that_was_in_the_file_is_new_known_or_left_out(cast, tmp_path):
    done = take(cast.Farid, cast.Region, write_staff(tmp_path)).done

    for what, in_all in {"places": 5, "people": 6, "roles": 6}.items():
        counts = done[what]
        assert counts["new"] + counts["known"] + counts["left_out"] == counts["all"]
        assert counts["all"] == in_all


def test_a_roster_that_breaks_on_the_way_leaves_nothing(cast, tmp_path, monkeypatch):
    given = give(cast.Farid, cast.Region, write_staff(tmp_path))
    before = snapshot()

    def break_off(*arguments, **named):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(roster_actions, "record", break_off)
    with pytest.raises(DatabaseError):
        take_in_roster(by=cast.Farid, given=given)

    assert snapshot() == before
    assert RosterImport.objects.get().state == FileState.WAITING


def test_what_was_read_is_forgotten_once_it_is_decided(cast, tmp_path):
    path = write_staff(tmp_path)
    first = give(cast.Farid, cast.Region, path)
    second = give(cast.Farid, cast.Region, path)
    take_in_roster(by=cast.Farid, given=second)

    assert list(RosterImport.objects.values_list("draft", flat=True)) == [None, None]
    first.refresh_from_db()
    assert first.state == FileState.SET_ASIDE
    assert "West" not in json.dumps(
        list(RosterImport.objects.values("report", "done")), default=str
    )


def test_a_roster_that_was_set_aside_is_not_taken_in(cast, tmp_path):
    given = give(cast.Farid, cast.Region, write_staff(tmp_path))
    before = snapshot()
    set_aside_roster(by=cast.Elena, given=given)

    assert take_in_roster(by=cast.Farid, given=given).state == FileState.SET_ASIDE
    assert snapshot() == before


def test_a_plan_is_true_when_it_is_done_not_when_it_was_made(cast, tmp_path):
    given = give(cast.Farid, cast.Region, write_staff(tmp_path))
    ben = cast.add("Hill")
    Person.objects.filter(pk=ben.pk).update(email="ben@oak.example")
    give_role(by=cast.Farid, person=ben, kind=RoleKind.EDUCATOR, place=cast.Oak)

    done = take_in_roster(by=cast.Farid, given=given).done

    assert (done["people"]["new"], done["people"]["known"]) == (3, 1)
    assert Person.objects.get(pk=ben.pk).name == "Hill"
    assert roles_of("ben@oak.example") == [("educator", "Oak")]


@pytest.mark.parametrize(
    "name", ["Ana", "Ben", "Grace", "Carla", "Dev", "Ines", "Kit", "Lee", "Olga"]
)
def test_others_give_no_roster(cast, tmp_path, name):
    with pytest.raises(PermissionDenied):
        give(cast.people[name], cast.North, write_staff(tmp_path))


def test_a_district_leader_gives_none_for_the_region_or_another_district(
    cast, tmp_path
):
    for place in (cast.Region, cast.South):
        with pytest.raises(PermissionDenied):
            give(cast.Mara, place, write_staff(tmp_path))


def test_a_roster_is_not_given_at_a_school(cast, tmp_path):
    with pytest.raises(NetworkError, match="region or a district"):
        give(cast.Mara, cast.Oak, write_staff(tmp_path))


def test_a_roster_of_a_district_touches_nothing_outside(cast, tmp_path):
    given = give(cast.Mara, cast.North, write_staff(tmp_path))
    plan = make_plan(given, by=cast.Mara)
    take_in_roster(by=cast.Mara, given=given)

    left = {each.told.name: each.reason for each in plan.places if each.reason}
    assert left == {
        "South": "It lies outside of North.",
        "Elm": "What it lies in is left out.",
    }
    assert reasons(plan)["Flo Bay"] == "They have no role that can be given here."
    assert roles_of("flo@elm.example") == []
    assert roles_of("ann@oak.example") == [("principal", "Oak")]


def test_nobody_is_given_more_than_by_hand(cast, tmp_path):
    # A facilitator may make principals and no educators.
    given = give(cast.Elena, cast.Region, write_staff(tmp_path))
    plan = make_plan(given, by=cast.Elena)
    take_in_roster(by=cast.Elena, given=given)

    assert told(plan, "new") == ["Ann West"]
    assert reasons(plan)["Ben Hill"] == "They have no role that can be given here."
    assert {role.reason for role in plan.roles if role.told.role == "Teacher"} == {
        "You may not give this role here.",
        "The person is left out.",
    }


def test_whoever_says_yes_gives_what_they_may_give(cast, tmp_path):
    given = give(cast.Farid, cast.Region, write_staff(tmp_path))
    take_in_roster(by=cast.Elena, given=given)

    assert roles_of("ann@oak.example") == [("principal", "Oak")]
    assert roles_of("ben@oak.example") == []


def test_a_principal_of_a_district_is_only_an_educator_and_it_is_told(cast, tmp_path):
    path = write_staff(
        tmp_path, "Name,Email,Role,District\nAnn,a@oak.example,Principal,North\n"
    )
    given = give(cast.Farid, cast.Region, path)
    (role,) = make_plan(given, by=cast.Farid).roles
    done = take_in_roster(by=cast.Farid, given=given).done

    assert (role.kind, role.instead) == (RoleKind.EDUCATOR, RoleKind.PRINCIPAL)
    assert done["roles"]["lowered"] == 1
    assert roles_of("a@oak.example") == [("educator", "North")]


def test_a_district_administrator_leads_the_district(cast, tmp_path):
    take(cast.Farid, cast.Region, write_bundle(tmp_path))

    assert roles_of("ann@hill.example") == [
        ("district_leader", "Cedar Valley"),
        ("principal", "Hill School"),
    ]


def test_a_place_known_by_its_key_gets_the_new_name_of_the_file(cast, tmp_path):
    take(cast.Farid, cast.Region, write_bundle(tmp_path))
    school = Place.objects.get(name="Hill School")
    renamed = write_bundle(tmp_path, orgs=read_orgs("Hill School", "Hill Academy"))

    done = take(cast.Farid, cast.Region, renamed).done

    school.refresh_from_db()
    assert (school.name, school.outside_key) == ("Hill Academy", "s1")
    assert (done["places"]["renamed"], done["places"]["new"]) == (1, 0)


def read_orgs(old, new):
    assert old in ORGS
    return ORGS.replace(old, new)


def test_a_place_is_not_given_the_name_of_one_beside_it(cast, tmp_path):
    take(cast.Farid, cast.Region, write_bundle(tmp_path))
    renamed = write_bundle(tmp_path, orgs=read_orgs("Cedar Valley", "north"))

    take(cast.Farid, cast.Region, renamed)

    assert Place.objects.get(outside_key="d1").name == "Cedar Valley"


def test_a_place_known_by_name_keeps_the_senders_key(cast, tmp_path):
    take(
        cast.Farid,
        cast.Region,
        write_bundle(tmp_path, orgs=read_orgs("Cedar Valley", "NORTH")),
    )

    cast.North.refresh_from_db()
    assert (cast.North.name, cast.North.outside_key) == ("North", "d1")


def test_two_places_of_one_name_beside_each_other_are_not_both_made(cast, tmp_path):
    twins = read_orgs("x1,,,Student Services,department,", "s2,,,HILL SCHOOL,school,2")
    given = give(cast.Farid, cast.Region, write_bundle(tmp_path, orgs=twins))

    left = [p.reason for p in make_plan(given, by=cast.Farid).places if p.reason]
    assert left == ["Another place beside it has this name."]
    take_in_roster(by=cast.Farid, given=given)


def test_whoever_is_no_longer_there_loses_only_what_a_roster_gave(cast, tmp_path):
    take(cast.Farid, cast.Region, write_bundle(tmp_path))
    ann = Person.objects.get(email="ann@hill.example")
    give_role(by=cast.Farid, person=ann, kind=RoleKind.EDUCATOR, place=cast.Oak)
    gone = write_bundle(tmp_path, users=USERS_12.replace("u1,,,true", "u1,,,false"))
    given = give(cast.Farid, cast.Region, gone)
    ending = [p.ending for p in make_plan(given, by=cast.Farid).people if p.ending]
    done = take_in_roster(by=cast.Farid, given=given).done

    assert [len(each) for each in ending] == [2]
    assert done["roles"]["ended"] == 2
    assert roles_of("ann@hill.example") == [("educator", "Oak")]


def test_whoever_is_missing_from_the_file_keeps_everything(cast, tmp_path):
    take(cast.Farid, cast.Region, write_staff(tmp_path))
    shorter = "\n".join(STAFF.splitlines()[:2]) + "\n"

    take(cast.Farid, cast.Region, write_staff(tmp_path, shorter))

    assert roles_of("ben@oak.example") == [("educator", "Oak")]


def test_a_role_that_was_ended_by_hand_is_new_again_and_shown_first(cast, tmp_path):
    path = write_staff(tmp_path)
    take(cast.Farid, cast.Region, path)
    end_role(by=cast.Ben, role=Role.objects.get(person__email="ben@oak.example"))

    given = give(cast.Farid, cast.Region, path)

    assert make_plan(given, by=cast.Farid).count()["roles"]["new"] == 1


def test_two_rows_of_one_person_are_one_person(cast, tmp_path):
    text = (
        "Name,Email,Role,School,District,Staff ID\n"
        "Ann,a@x.example,Teacher,Oak,North,1\n"
        "Ann,A@x.example,Aide,Elm,South,2\n"
        "Bob,a@x.example,Teacher,Oak,North,3\n"
    )
    given = give(cast.Farid, cast.Region, write_staff(tmp_path, text))
    plan = make_plan(given, by=cast.Farid)
    take_in_roster(by=cast.Farid, given=given)

    assert reasons(plan) == {
        "Ann": "Another row is of the same person, and has these roles now.",
        "Bob": "Somebody else in the file has this e-mail.",
    }
    assert roles_of("a@x.example") == [("educator", "Elm"), ("educator", "Oak")]


def test_a_closed_account_stays_closed(cast, tmp_path):
    Person.objects.filter(pk=cast.Grace.pk).update(is_active=False)
    text = (
        "Name,Email,Role,School,District\nGrace,grace@example.org,Teacher,Oak,North\n"
    )

    given = give(cast.Farid, cast.Region, write_staff(tmp_path, text))

    assert reasons(make_plan(given, by=cast.Farid)) == {
        "Grace": "Their account here is closed."
    }


def test_schools_get_the_school_year_and_its_terms_once(cast, tmp_path):
    take(cast.Farid, cast.Region, write_bundle(tmp_path))

    (year,) = SchoolYear.objects.all()
    assert (year.school.name, year.name) == ("Hill School", "2025-26")
    assert [term.name for term in year.terms.all()] == ["Fall"]
    Term.objects.all().delete()
    Term.objects.create(school_year=year, name="Own", first=year.first, last=year.last)

    take(cast.Farid, cast.Region, write_bundle(tmp_path))
    assert [term.name for term in Term.objects.all()] == ["Own"]


def test_a_strict_roster_with_a_breach_is_refused_whole(cast, tmp_path):
    path = write_staff(tmp_path, STAFF.replace("ben@oak.example", "ben at oak"))

    with pytest.raises(RosterError, match="row 3: An e-mail address cannot be one"):
        give(cast.Farid, cast.Region, path, strict=True)
    assert RosterImport.objects.count() == 0
    assert give(cast.Farid, cast.Region, path).report["breaches_in_all"] == 1


def test_a_file_that_cannot_be_read_leaves_nothing(cast, tmp_path):
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    with pytest.raises(UnreadableFileError):
        give_roster(by=cast.Farid, place=cast.Region, path=path, name="picture.csv")
    assert RosterImport.objects.count() == 0
