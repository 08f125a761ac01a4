"""The made-up region of `commonroot sample`, as places and people of a network."""

import datetime as dt

from django.db import transaction

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_person, add_place, give_role
from commonroot.domain.network.choices import MemberKind, PlaceKind, RoleKind
from commonroot.domain.network.models import (
    Enrolment,
    Place,
    SchoolDay,
    SchoolYear,
    Staffing,
)
from commonroot.sample.calendars import list_school_days, school_years, year_name
from commonroot.sample.educators import count_educators
from commonroot.sample.places import SCHOOLS
from commonroot.sample.places import School as MadeSchool

CAST_DOMAIN = "@demo.example"
PARTNER, REGION = "Rooted Partners", "High Desert Region"
HOME, OTHER = "Juniper Flat Elementary", "Lantern Point High"
HIRED = dt.date(2024, 8, 1)
SEED, YEARS = 1, 3
SOURCE = "the made-up region"
# Who is in the demo: name, role, where, whose voice.
CAST = (
    ("Ana Ruiz", RoleKind.TEAM_MEMBER, HOME, MemberKind.CLASSIFIED),
    ("Ben Okafor", RoleKind.PRINCIPAL, HOME, ""),
    ("Grace Lund", RoleKind.EDUCATOR, HOME, ""),
    ("Hugo Vela", RoleKind.CAREGIVER_LEAD, HOME, ""),
    ("Noor Haddad", RoleKind.TEAM_MEMBER, OTHER, MemberKind.LICENSED),
    ("Carla Benítez", RoleKind.DISTRICT_COACH, "district", ""),
    ("Mara Quist", RoleKind.DISTRICT_LEADER, "district", ""),
    ("Ines Marsh", RoleKind.BOARD_MEMBER, "district", ""),
    ("Dev Raman", RoleKind.REGIONAL_COACH, REGION, ""),
    ("Elena Fox", RoleKind.NETWORK_FACILITATOR, REGION, ""),
    ("Farid Noori", RoleKind.PARTNERSHIP_DIRECTOR, REGION, ""),
    ("Jonas Beck", RoleKind.EVALUATOR, REGION, ""),
    ("Kit Sorel", RoleKind.LIBRARIAN, REGION, ""),
    ("Lee Tran", RoleKind.SITE_KEEPER, REGION, ""),
)


@transaction.atomic
def make_region() -> Place:
    """Make the region with its places and cast; one that is there already is left alone."""
    known = Place.objects.filter(kind=PlaceKind.REGION, name=REGION).first()
    if known is not None:
        return known
    region = add_place(by=SYSTEM, kind=PlaceKind.REGION, name=REGION)
    add_place(by=SYSTEM, kind=PlaceKind.PARTNER, name=PARTNER)
    counties = {
        name: add_place(by=SYSTEM, kind=PlaceKind.COUNTY, name=name, above=region)
        for name in sorted({school.district.county for school in SCHOOLS})
    }
    districts = {
        name: add_place(by=SYSTEM, kind=PlaceKind.DISTRICT, name=name, above=region)
        for name in sorted({school.district.name for school in SCHOOLS})
    }
    places = {REGION: region}
    for school in SCHOOLS:
        places[school.name] = add_school(
            school, districts[school.district.name], counties[school.district.county]
        )
    home = places[HOME].above
    assert home is not None
    for name, kind, where, member_kind in CAST:
        first, *_ = name.lower().split()
        person = add_person(by=SYSTEM, email=f"{first}{CAST_DOMAIN}", name=name)
        give_role(
            by=SYSTEM,
            person=person,
            kind=kind,
            place=home if where == "district" else places[where],
            first=HIRED,
            member_kind=member_kind,
        )
    return region


def add_school(school: MadeSchool, district: Place, county: Place) -> Place:
    """Add one school with its enrolment and calendar."""
    place = add_place(
        by=SYSTEM,
        kind=PlaceKind.SCHOOL,
        name=school.name,
        above=district,
        county=county,
        outside_key=school.slug,
    )
    for autumn in school_years(YEARS):
        days = list_school_days(school.district, autumn, SEED)
        name = year_name(autumn)
        SchoolYear.objects.create(school=place, name=name, first=days[0], last=days[-1])
        SchoolDay.objects.bulk_create(SchoolDay(school=place, day=day) for day in days)
    # The size that the sample tells is that of the latest year.
    Enrolment.objects.create(
        school=place, school_year=name, students=school.size, source=SOURCE
    )
    told = {"school": place, "source": SOURCE, "told_on": dt.date(2025, 10, 1)}
    educators = count_educators()[school.name]
    Staffing.objects.bulk_create(
        Staffing(school_year=year_name(autumn), educators=educators, **told)
        for autumn in school_years(YEARS)
    )
    return place


def find_school_day(school: Place, day: dt.date) -> dt.date:
    """Find the first day from a day on at which a made-up school has school, or else it."""
    found = (
        SchoolDay.objects.filter(school=school, day__gte=day).order_by("day").first()
    )
    return found.day if found is not None else day
