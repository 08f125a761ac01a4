"""The lists of a roster's page: what would happen to whom, and why not."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonroot.analysis.disclosure import release_count
from commonroot.domain.network.models import RosterImport
from commonroot.domain.network.roster_people import PlannedPerson
from commonroot.domain.network.roster_plan import Counts, RosterPlan, is_lowered
from commonroot.domain.network.roster_roles import PlannedRole
from commonroot.intake.roster import RULES, Breach, Unread

MOST_SHOWN = 200


@dataclass(frozen=True)
class Section:
    """One list: its first rows, and how many there are. `is_open` shows it at once."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    count: int
    is_open: bool = False

    @property
    def more(self) -> int:
        """Say how many rows are not shown."""
        return self.count - len(self.rows)


def make_section(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    is_open: bool = False,
) -> Section:
    """Make a list of its first rows."""
    listed = list(rows)
    return Section(title, heads, listed[:MOST_SHOWN], len(listed), is_open)


def list_sections(plan: RosterPlan) -> Iterator[Section]:
    """List what would change, and what is left out; lists without a row are not there."""
    sections = (*list_places(plan), *list_roles(plan), *list_people(plan))
    yield from (section for section in sections if section.count)


def list_places(plan: RosterPlan) -> Iterator[Section]:
    """List the places that are new, renamed or left out."""
    yield make_section(
        _("Places that are new"),
        [_("Name"), _("Kind"), _("Lies in")],
        (
            (
                each.told.name,
                str(each.kind.label) if each.kind else "",
                name_above(each),
            )
            for each in plan.places
            if each.fate == "new"
        ),
    )
    yield make_section(
        _("Places that get a new name"),
        [_("Name"), _("New name")],
        (
            (each.known.name, each.new_name)
            for each in plan.places
            if each.new_name and each.known
        ),
        is_open=True,
    )
    yield make_section(
        _("Places left out"),
        [_("Name"), _("Why")],
        ((each.told.name, each.reason) for each in plan.places if each.reason),
        is_open=True,
    )


def list_people(plan: RosterPlan) -> Iterator[Section]:
    """List the people who are new, get roles or are left out."""
    yield make_section(
        _("People who are new"),
        [_("Name"), _("Roles")],
        tell_people(each for each in plan.people if each.fate == "new"),
    )
    yield make_section(
        _("People who are here and get a role"),
        [_("Name"), _("Roles")],
        tell_people(
            each
            for each in plan.people
            if each.fate == "known" and any(role.fate == "new" for role in each.roles)
        ),
    )
    yield make_section(
        _("People left out"),
        [_("Name"), _("Why")],
        ((each.told.name, each.reason) for each in plan.people if each.reason),
    )


def list_roles(plan: RosterPlan) -> Iterator[Section]:
    """List the roles that end, that are less than the file says, and that are not given."""
    roles = [(each.told.name, role) for each in plan.people for role in each.roles]
    yield make_section(
        _("Roles that end"),
        [_("Name"), _("Role")],
        ((each.told.name, str(role)) for each in plan.people for role in each.ending),
        is_open=True,
    )
    yield make_section(
        _("Roles that are less than the file says"),
        [_("Name"), _("In the file"), _("Role")],
        (
            (name, role.told.role, tell_role(role))
            for name, role in roles
            if is_lowered(role)
        ),
        is_open=True,
    )
    yield make_section(
        _("Roles left out"),
        [_("Name"), _("In the file"), _("Why")],
        (
            (name, role.told.role, role.reason)
            for name, role in roles
            if role.reason and not role.with_person
        ),
    )


def tell_people(people: Iterable[PlannedPerson]) -> Iterator[Sequence[str]]:
    """Tell people and the roles that they get."""
    for person in people:
        new = [tell_role(role) for role in person.roles if role.fate == "new"]
        yield person.told.name, "; ".join(new)


def tell_role(role: PlannedRole) -> str:
    """Tell a role as it would be given."""
    place = role.place.told.name if role.place else ""
    return f"{role.kind.label if role.kind else ''}, {place}"


def name_above(planned: object) -> str:
    """Name what a planned place would lie in."""
    above = getattr(planned, "above", None)
    told = getattr(above, "told", above)
    return str(getattr(told, "name", ""))


def list_notes(roster: RosterImport, counts: Counts) -> Iterator[str]:
    """Tell what the table of numbers does not; a small number of students is not told."""
    told = (
        ("places", "renamed", _("Places with a new name: %(count)s")),
        (
            "roles",
            "ended",
            _("Roles that end, because the file says that somebody left: %(count)s"),
        ),
        ("roles", "lowered", _("Roles that are less than the file says: %(count)s")),
        (
            "years",
            "new",
            _("School years that are new, one for each school: %(count)s"),
        ),
    )
    for what, how, text in told:
        count = counts.get(what, {}).get(how, 0)
        if count:
            yield text % {"count": count}
    students = roster.report.get("students", 0)
    shown = release_count(students, students)
    if shown.protected:
        yield _("Fewer than five students were in the file. They were not kept.")
    elif shown.incidents:
        yield _("Students in the file, who were counted and not kept: %(count)s") % {
            "count": shown.incidents
        }


def list_breaches(roster: RosterImport) -> Iterator[Section]:
    """List what is not as the standard says, with file, row and rule."""
    listed = [tell_breach(*each) for each in roster.report.get("breaches", [])]
    count = roster.report.get("breaches_in_all", 0)
    if count:
        yield Section(
            _("What is not as it should be in the file"),
            [_("File"), _("Row"), _("Rule"), _("What")],
            [[file, str(row or "–"), rule, says] for file, row, rule, says in listed],
            count,
        )


def tell_breach(
    file: str, row: int, rule: str, detail: str, more: int | None = None
) -> tuple[str, int, str, str]:
    """Tell a breach in the reader's language.

    Older reports have no `more`: what they have in the place of the detail is a sentence.
    """
    if more is None or rule not in RULES:
        return file, row, rule, detail
    return file, row, rule, Breach(file, row, rule, detail, more).says


def list_dropped(roster: RosterImport) -> list[str]:
    """List what was not read of a file; older reports have it in English words."""
    unread = [str(Unread(*each)) for each in roster.report.get("unread", [])]
    return unread or roster.report.get("dropped", [])
