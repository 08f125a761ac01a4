"""The mix of a series while people are invited: by school, by role, new and seasoned."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonroot.domain.learning.choices import SeatState, Standing
from commonroot.domain.learning.models import Seat, Series
from commonroot.domain.network.models import Place, Role
from commonroot.domain.network.queries import held_now

COUNTED = (SeatState.INVITED, SeatState.COMING)


@dataclass(frozen=True)
class MixRow:
    """How many of a school or a role are invited or come."""

    name: str
    new: int
    seasoned: int
    not_said: int

    @property
    def whole(self) -> int:
        """Count all of them."""
        return self.new + self.seasoned + self.not_said


@dataclass(frozen=True)
class Mix:
    """The same people twice: by school, and by role."""

    by_school: list[MixRow]
    by_role: list[MixRow]
    whole: MixRow


def count_mix(series: Series, seen_from: Place | None = None) -> Mix:
    """Count who is invited or comes; seen from one school, no other has a name."""
    seats = list(
        series.seats.filter(state__in=COUNTED).select_related("school", "person")
    )
    roles = find_roles(seats)
    schools = count_rows(
        (name_school(seat, seen_from), seat.standing) for seat in seats
    )
    if seen_from is not None:
        schools.sort(key=lambda row: row.name != seen_from.name)
    return Mix(
        schools,
        count_rows((roles[seat.pk], seat.standing) for seat in seats),
        sum_row(_("All"), Counter(seat.standing for seat in seats)),
    )


def name_school(seat: Seat, seen_from: Place | None) -> str:
    """Name the school of a seat, for whoever may read the names of all or of one."""
    if seen_from is not None and seat.school_id != seen_from.pk:
        return _("Everybody else")
    return seat.school.name if seat.school else _("No school")


def count_rows(named: Iterable[tuple[str, str]]) -> list[MixRow]:
    """Count pairs of a name and a standing, a row a name."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name, standing in named:
        counts[name][standing] += 1
    return [sum_row(name, counts[name]) for name in sorted(counts)]


def sum_row(name: str, counts: Counter[str]) -> MixRow:
    """Make a row of counts by standing."""
    return MixRow(name, counts[Standing.NEW], counts[Standing.SEASONED], counts[""])


def find_roles(seats: Iterable[Seat]) -> dict[object, str]:
    """Find what each does: the role held longest, at their school if they have one there.

    Of whoever has no account, what they do as it was said when they were invited.
    """
    people = [seat.person_id for seat in seats if seat.person_id]
    held: dict[object, list[Role]] = defaultdict(list)
    for role in held_now(Role.objects.filter(person__in=people)).order_by("first"):
        held[role.person_id].append(role)
    found: dict[object, str] = {}
    for seat in seats:
        roles = held[seat.person_id]
        here = [role for role in roles if role.place_id == seat.school_id]
        best = (here or roles)[:1]
        label = best[0].get_kind_display() if best else seat.get_work_display()
        found[seat.pk] = str(label or _("Not said"))
    return found
