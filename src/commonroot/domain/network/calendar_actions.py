"""Changing a school's terms and its bell schedule by hand."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.bell_lines import Period
from commonroot.domain.network.models import (
    BellPeriod,
    Person,
    Place,
    SchoolYear,
    Staffing,
    Term,
)
from commonroot.domain.network.school_file_actions import need_reason
from commonroot.domain.network.sight import today


@transaction.atomic
def add_term(
    *, by: Person, school_year: SchoolYear, name: str, first: dt.date, last: dt.date
) -> Term:
    """Add a term to a school year; raises NetworkError when it cannot be one."""
    school, named = school_year.school, name.strip()
    reason = need_reason(by, school)
    if last < first:
        raise NetworkError(_("The last day is before the first."))
    if last < school_year.first or first > school_year.last:
        raise NetworkError(_("These days are not in this school year."))
    if school_year.terms.filter(name__iexact=named).exists():
        raise NetworkError(_("This school year has a term of this name already."))
    term = Term.objects.create(
        school_year=school_year, name=named, first=first, last=last
    )
    record(by=by, verb="add", kind="term", key=term.pk, place=school, reason=reason)
    return term


@transaction.atomic
def remove_term(*, by: Person, term: Term) -> None:
    """Remove a term."""
    school, key = term.school_year.school, term.pk
    reason = need_reason(by, school)
    term.delete()
    record(by=by, verb="remove", kind="term", key=key, place=school, reason=reason)


@transaction.atomic
def add_bell_periods(*, by: Person, school: Place, periods: list[Period]) -> None:
    """Add periods to a school's bell schedule, all of them or none."""
    reason = need_reason(by, school)
    for each in periods:
        period = BellPeriod.objects.create(
            school=school, name=each.name, start=each.start, end=each.end
        )
        record(
            by=by,
            verb="add",
            kind="bell period",
            key=period.pk,
            place=school,
            reason=reason,
        )


@transaction.atomic
def remove_bell_period(*, by: Person, period: BellPeriod) -> None:
    """Remove a period from a school's bell schedule."""
    school, key = period.school, period.pk
    reason = need_reason(by, school)
    period.delete()
    record(
        by=by, verb="remove", kind="bell period", key=key, place=school, reason=reason
    )


@transaction.atomic
def tell_staffing(
    *, by: Person, school: Place, school_year: str, educators: int, source: str
) -> Staffing:
    """Write down how many educators work at a school in a school year."""
    reason = need_reason(by, school)
    if not source.strip():
        raise NetworkError(_("Say where the number comes from."))
    told, _made = Staffing.objects.update_or_create(
        school=school,
        school_year=school_year,
        defaults={
            "educators": educators,
            "told_on": today(),
            "source": source.strip()[:200],
        },
    )
    record(
        by=by, verb="tell", kind="staffing", key=told.pk, place=school, reason=reason
    )
    return told
