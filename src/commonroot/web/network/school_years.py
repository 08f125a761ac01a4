"""A school's years as its page shows them."""

from dataclasses import dataclass

from commonroot.domain.network.models import Place, SchoolYear
from commonroot.intake.dates import name_school_year


@dataclass(frozen=True)
class ShownYear:
    """A school year and how many school days are known of it."""

    year: SchoolYear
    days: int


def list_years(school: Place) -> list[ShownYear]:
    """List a school's years, the newest first, with their terms."""
    days: dict[str, int] = {}
    for day in school.school_days.values_list("day", flat=True):
        name = name_school_year(day)
        days[name] = days.get(name, 0) + 1
    years = school.school_years.prefetch_related("terms")
    return [ShownYear(year, days.get(year.name, 0)) for year in years]
