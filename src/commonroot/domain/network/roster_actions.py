"""Taking staff and schools in from a file: looked at first, then whole or not at all."""

from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.actions import (
    NetworkError,
    add_person,
    add_place,
    end_role,
    give_role,
)
from commonroot.domain.network.choices import FileState, PlaceKind
from commonroot.domain.network.models import (
    Person,
    Place,
    RosterImport,
    SchoolYear,
    Term,
)
from commonroot.domain.network.roster_draft import pack, report_roster, unpack
from commonroot.domain.network.roster_people import PlannedPerson
from commonroot.domain.network.roster_places import PlannedPlace, find_outside_key
from commonroot.domain.network.roster_plan import (
    PlannedYear,
    RosterPlan,
    plan_roster,
)
from commonroot.domain.network.rules import IMPORT_ROSTER
from commonroot.domain.network.sight import find_reason
from commonroot.intake.roster import read_roster

GIVEN_AT = (PlaceKind.REGION, PlaceKind.DISTRICT)


def need_reason(by: Person, place: Place) -> str:
    """Say why somebody may give a roster at a place; raises PermissionDenied otherwise."""
    reason = find_reason(by, IMPORT_ROSTER, place)
    if reason is None:
        raise PermissionDenied
    if place.kind not in GIVEN_AT:
        raise NetworkError(_("A roster is given at a region or a district."))
    return str(reason)


def give_roster(
    *, by: Person, place: Place, path: Path, name: str, strict: bool = False
) -> RosterImport:
    """Read a roster, and keep what it says until somebody decides.

    Raises the intake's errors, each with a sentence for a person; then nothing is kept.
    What the same person gave here before and never decided is set aside.
    """
    reason = need_reason(by, place)
    roster = read_roster(path, strict=strict)
    with transaction.atomic():
        for waiting in place.rosters.filter(by=by, state=FileState.WAITING):
            set_aside_roster(by=by, given=waiting)
        given = RosterImport.objects.create(
            place=place,
            by=by,
            name=name[:200],
            strict=strict,
            report=report_roster(roster),
            draft=pack(roster),
        )
        note(by, "give", given, reason)
    return given


def note(by: Person, verb: str, given: RosterImport, reason: str) -> None:
    """Write down what was done with a roster."""
    record(
        by=by,
        verb=verb,
        kind="roster",
        key=given.pk,
        place=given.place,
        reason=reason,
    )


def make_plan(given: RosterImport, *, by: Person) -> RosterPlan | None:
    """Say what a roster that waits would do now, if this person took it in."""
    if given.draft is None:
        return None
    return plan_roster(unpack(given.draft), by=by, place=given.place)


@transaction.atomic
def take_in_roster(*, by: Person, given: RosterImport) -> RosterImport:
    """Take a roster in: all of its plan, made anew, or whatever happens nothing."""
    reason = need_reason(by, given.place)
    Place.objects.select_for_update().get(pk=given.place_id)
    locked = RosterImport.objects.select_for_update().get(pk=given.pk)
    plan = make_plan(locked, by=by)
    if locked.state != FileState.WAITING or plan is None:
        return locked
    locked.done = plan.count()
    for place in plan.places:
        take_place(by, place)
    for person in plan.people:
        take_person(by, person, locked)
    for year in plan.years:
        take_year(by, year)
    locked.state, locked.draft = FileState.TAKEN_IN, None
    locked.decided = timezone.now()
    locked.save()
    note(by, "take in", locked, reason)
    return locked


def take_place(by: Person, planned: PlannedPlace) -> None:
    """Add a place that is new; give one that is known its new name and its key."""
    if planned.reason or planned.kind is None:
        return
    key = find_outside_key(planned.told)
    if planned.known is None:
        planned.known = add_place(
            by=by,
            kind=planned.kind,
            name=planned.told.name,
            above=planned.standing,
            outside_key=key,
        )
        return
    place = planned.known
    if not planned.new_name and (place.outside_key or not key):
        return
    place.name = planned.new_name or place.name
    place.outside_key = place.outside_key or key
    place.save(update_fields=["name", "outside_key"])
    record(by=by, verb="change", kind="place", key=place.pk, place=place)


def take_person(by: Person, planned: PlannedPerson, given: RosterImport) -> None:
    """Add a person who is new, give the roles that are, and end those that are over."""
    for role in planned.ending:
        end_role(by=by, role=role)
    if planned.reason:
        return
    person = planned.known or add_person(
        by=by, email=planned.email, name=planned.told.name
    )
    for each in planned.roles:
        if each.fate != "new":
            continue
        assert each.place is not None
        assert each.place.known is not None
        assert each.kind is not None
        give_role(
            by=by,
            person=person,
            kind=each.kind,
            place=each.place.known,
            first=each.first,
            last=each.told.last,
            given_by_roster=given,
        )


def take_year(by: Person, planned: PlannedYear) -> None:
    """Add a school year that a school does not have, and terms to one without any."""
    school, year = planned.school.known, planned.known
    assert school is not None
    if year is None:
        year = SchoolYear.objects.create(
            school=school, name=planned.name, first=planned.first, last=planned.last
        )
        record(by=by, verb="add", kind="school year", key=year.pk, place=school)
    Term.objects.bulk_create(
        Term(school_year=year, name=term.name, first=term.first, last=term.last)
        for term in planned.terms
    )


@transaction.atomic
def set_aside_roster(*, by: Person, given: RosterImport) -> RosterImport:
    """Set a roster aside that was not taken in; what it said is forgotten."""
    reason = need_reason(by, given.place)
    locked = RosterImport.objects.select_for_update().get(pk=given.pk)
    if locked.state != FileState.WAITING:
        return locked
    locked.state, locked.draft = FileState.SET_ASIDE, None
    locked.decided = timezone.now()
    locked.save()
    note(by, "set aside", locked, reason)
    return locked
