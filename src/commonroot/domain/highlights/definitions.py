"""What each highlight is: its words, its query over records, who is counted once.

A definition that changes gets a new version. Numbers of different versions are never
set beside one another without saying so.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonroot.domain.highlights import sources
from commonroot.domain.highlights.choices import Unit
from commonroot.domain.highlights.sources import Source
from commonroot.domain.highlights.spans import Span


@dataclass(frozen=True)
class Definition:
    """What is counted, and how.

    `label` follows the number, `one` the number one; `says` is the whole definition for a reader. An activity
    is what people did: it never stands without the count of checks.
    """

    key: str
    label: str | Promise
    says: str | Promise
    find: Callable[[Span], list[Source]]
    unit: Unit = Unit.COUNT
    version: int = 1
    is_activity: bool = False
    names_places: bool = True
    one: str | Promise = ""

    def name(self, value: Decimal) -> str:
        """Name what is counted, as it follows a number."""
        return str(self.one if value == 1 and self.one else self.label)


@dataclass(frozen=True)
class Found:
    """What the records say now: the number, what it is made of, and their digest."""

    value: Decimal
    sources: Sequence[Source]
    digest: str


CHECKS = "checks"
DEFINITIONS: Mapping[str, Definition] = {
    each.key: each
    for each in (
        Definition(
            "meetings",
            _("data team meetings"),
            _("Meetings of data teams that were held and ended, each once."),
            sources.find_meetings,
            is_activity=True,
            one=_("data team meeting"),
        ),
        Definition(
            "changes",
            _("changes tried"),
            _("Changes that data teams began, by the day on which they start."),
            sources.find_changes,
            is_activity=True,
            one=_("change tried"),
        ),
        Definition(
            CHECKS,
            _("changes checked"),
            _(
                "Changes of which a team asked whether they helped, each once, however "
                "often it looked and whatever the answer was."
            ),
            sources.find_checks,
            one=_("change checked"),
        ),
        Definition(
            "visits",
            _("classroom visits"),
            _("Visits by invitation that were held, each once."),
            sources.find_visits,
            is_activity=True,
            one=_("classroom visit"),
        ),
        Definition(
            "delivered_hours",
            _("delivered hours of professional development"),
            _(
                "The length of every workshop session that was held for this place or to "
                "which people came from it, once, however many taught it or came."
            ),
            sources.find_delivered_hours,
            Unit.HOURS,
            version=2,
            is_activity=True,
        ),
        Definition(
            "participant_hours",
            _("participant hours of professional development"),
            _(
                "The hours that each person from here was in a session, added up over all "
                "of them. Not to be mixed with delivered hours."
            ),
            sources.find_participant_hours,
            Unit.HOURS,
            version=2,
            is_activity=True,
        ),
        Definition(
            "schools",
            _("schools"),
            _(
                "Schools in which a data team met or a visit was held, or from which "
                "people came to a workshop, each once."
            ),
            sources.find_schools,
            one=_("school"),
        ),
        Definition(
            "districts",
            _("districts"),
            _("Districts of these schools, each once."),
            sources.find_districts,
            one=_("district"),
        ),
        Definition(
            "counties",
            _("counties"),
            _("Counties of these schools, each once."),
            sources.find_counties,
            one=_("county"),
        ),
        Definition(
            "students",
            _("students in these schools"),
            _("Students as the schools told them for this school year, added up."),
            sources.find_students,
        ),
        Definition(
            "educators",
            _("educators in these schools"),
            _(
                "Licensed and classified staff as the schools told them for this school "
                "year, added up."
            ),
            sources.find_educators,
        ),
        Definition(
            "partners",
            _("whole school partners"),
            _("Schools that are partners as a whole on the last day of the year."),
            sources.find_partners,
            one=_("whole school partner"),
        ),
        Definition(
            "convened",
            _("educators at the convening"),
            _("Educators who were there, each once, however many days they came."),
            sources.find_convened,
            is_activity=True,
            names_places=False,
            one=_("educator at the convening"),
        ),
        Definition(
            "beginners",
            _("new educators at the August workshop"),
            _(
                "People from here, new to the work, who were in a workshop session in the "
                "August that begins the year, each once, as they first came."
            ),
            sources.find_beginners,
            version=2,
            is_activity=True,
            names_places=False,
            one=_("new educator at the August workshop"),
        ),
        Definition(
            "seasoned",
            _("seasoned educators at the August workshop"),
            _(
                "Seasoned people from here who were in a workshop session in the August "
                "that begins the year, each once, as they first came."
            ),
            sources.find_seasoned,
            version=2,
            is_activity=True,
            names_places=False,
            one=_("seasoned educator at the August workshop"),
        ),
    )
}


def look_up(definition: Definition, span: Span) -> Found:
    """Look a definition up in the records as they are now.

    The digest is of what is counted and how much each is: two numbers that are the same
    and rest on other records have different digests.
    """
    found = sorted(span.once(definition.find), key=lambda each: each.key)
    lines = "".join(f"{each.key} {each.amount}\n" for each in found)
    head = f"{definition.key} {definition.version}\n"
    value = sum((each.amount for each in found), Decimal(0)).quantize(Decimal("0.01"))
    return Found(value, found, hashlib.sha256((head + lines).encode()).hexdigest())


def write_value(value: Decimal, at_least: bool = False) -> str:
    """Write a value: whole where it is whole, with a plus where it is a floor.

    >>> write_value(Decimal("385.00")), write_value(Decimal("105"), True), write_value(Decimal("3050.50"))
    ('385', '105+', '3,050.5')
    """
    tenth = value.quantize(Decimal("0.1"))
    whole = f"{tenth:,.0f}" if tenth == tenth.to_integral_value() else f"{tenth:,}"
    return f"{whole}+" if at_least else whole
