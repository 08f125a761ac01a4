"""The pages about one place that lead on from it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from commonroot.domain.coaching.rules import SEE_SHOWN_FOCUS
from commonroot.domain.connections.rules import EDIT_PRACTICES, RUN_ROUND
from commonroot.domain.learning.path_rules import EDIT_PATH_STAGES
from commonroot.domain.learning.rules import SEE_HOURS, SEE_READINESS
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.rules import (
    ADD_PLACE,
    IMPORT_ROSTER,
    KEEP_CALENDAR,
    SEE_PEOPLE,
)
from commonroot.domain.network.sight import Rule, find_reasons
from commonroot.domain.partnerships.rules import EDIT_STAGES, SEE_SCHOOL_PART
from commonroot.domain.records.rules import ENTER, IMPORT, KEEP, MARK_DAYS, SEE_SHEET
from commonroot.domain.teams.rules import EDIT_FACTORS, SEE_TEAM

SCHOOL = frozenset({PlaceKind.SCHOOL})
ANY = frozenset(PlaceKind)
WIDE = frozenset({PlaceKind.REGION, PlaceKind.DISTRICT})
REGIONS = frozenset({PlaceKind.REGION})
PARTNERED = frozenset({PlaceKind.SCHOOL, PlaceKind.DISTRICT})
LINKS: tuple[tuple[str | Promise, str, Rule, frozenset[PlaceKind]], ...] = (
    (_("Data team"), "teams:open-team", SEE_TEAM, SCHOOL),
    (_("For the printer (PDF)"), "records:print-sheet", SEE_SHEET, SCHOOL),
    (_("Tally"), "records:tally", ENTER, SCHOOL),
    (_("Files of incidents"), "records:list-files", IMPORT, SCHOOL),
    (_("Logging days"), "records:list-logging-days", MARK_DAYS, SCHOOL),
    (_("How long records are kept"), "records:show-keeping", KEEP, SCHOOL),
    (_("Groups"), "network:list-groups", SEE_PEOPLE, ANY),
    (_("School days and terms"), "network:show-calendar", KEEP_CALENDAR, SCHOOL),
    (_("Bell schedule"), "network:show-bells", KEEP_CALENDAR, SCHOOL),
    (_("Number of students"), "network:show-enrolment", KEEP_CALENDAR, SCHOOL),
    (_("Staff and schools from a file"), "network:list-rosters", IMPORT_ROSTER, WIDE),
    (
        _("What a school’s system may contribute"),
        "teams:edit-factors",
        EDIT_FACTORS,
        REGIONS,
    ),
    (_("Partnership"), "partnerships:open-partnership", SEE_SCHOOL_PART, PARTNERED),
    (_("Stages of a partnership"), "partnerships:edit-stages", EDIT_STAGES, REGIONS),
    (_("Visits that teachers told of"), "coaching:list-shown", SEE_SHOWN_FOCUS, SCHOOL),
    (_("Hours of learning"), "learning:show-hours", SEE_HOURS, WIDE | SCHOOL),
    (_("Who recommends what"), "learning:show-readiness", SEE_READINESS, SCHOOL),
    (
        _("Practices in the directory"),
        "connections:edit-practices",
        EDIT_PRACTICES,
        REGIONS,
    ),
    (_("Open a matching round"), "connections:open-round", RUN_ROUND, WIDE | SCHOOL),
    (_("Stages"), "learning:edit-path-stages", EDIT_PATH_STAGES, REGIONS),
    (_("Add a place inside"), "network:add-place", ADD_PLACE, WIDE | SCHOOL),
    (_("Change the name"), "network:rename-place", ADD_PLACE, ANY),
)


def list_links(viewer: Person, place: Place) -> list[tuple[str, str]]:
    """List the pages about a place that somebody may open, by label and address."""
    fitting = [link for link in LINKS if place.kind in link[3]]
    reasons = find_reasons(
        viewer, [rule for _label, _name, rule, _kinds in fitting], place
    )
    return [
        (str(label), name) for label, name, rule, _kinds in fitting if reasons[rule]
    ]
