"""The sample region's files, taken in by the people of the made-up region."""

from pathlib import Path

from django.db import transaction

from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.models import Enrolment, Place, Role, SchoolDay
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.records.models import Import
from commonroot.intake import read_enrolment, read_school_days
from commonroot.intake.labels import label_key


def take_in_region(folder: Path) -> int:
    """Take in what lies in a folder of `commonroot sample`, for schools with a team.

    Gives the number of schools. A school that has a file already is left alone.
    """
    enrolment = read_enrolment(folder / "enrolment.csv")
    calendar = read_school_days(folder / "calendar.csv")
    taken = 0
    for school in Place.objects.filter(kind=PlaceKind.SCHOOL):
        member = Role.objects.filter(place=school, kind=RoleKind.TEAM_MEMBER).first()
        files = sorted((folder / "incidents").glob(f"{school.outside_key}.*"))
        if member is None or not files or Import.objects.filter(school=school).exists():
            continue
        with transaction.atomic():
            Enrolment.objects.filter(school=school).delete()
            Enrolment.objects.bulk_create(
                Enrolment(
                    school=school,
                    school_year=each.school_year or "",
                    column="grade" if each.grade else each.group or "",
                    value=each.grade or each.value or "",
                    students=each.students,
                    counted_on=each.date,
                    source=each.source or "",
                )
                for each in enrolment.counts
                if each.school and label_key(each.school) == label_key(school.name)
            )
            SchoolDay.objects.filter(school=school).delete()
            SchoolDay.objects.bulk_create(
                SchoolDay(school=school, day=day) for day in calendar.find(school.name)
            )
        given = give_file(
            by=member.person, school=school, path=files[0], name=files[0].name
        )
        take_in(by=member.person, given=given)
        taken += 1
    return taken
