"""Which places of a roster are known here, which are new, and which are left out."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commonroot.domain.network.actions import LIES_IN
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Place
from commonroot.intake.labels import label_key
from commonroot.intake.roster import RosterPlace

KINDS = {
    "district": PlaceKind.DISTRICT,
    "school": PlaceKind.SCHOOL,
    "department": PlaceKind.DEPARTMENT,
}
LONGEST_NAME, LONGEST_KEY = 120, 255


@dataclass
class PlannedPlace:
    """What would become of one place of a roster. `reason` says why it is left out."""

    told: RosterPlace
    kind: PlaceKind | None = None
    known: Place | None = None
    above: "Place | PlannedPlace | None" = None
    new_name: str = ""
    reason: str = ""

    @property
    def fate(self) -> str:
        """Say in a word what would become of it."""
        if self.reason:
            return "left_out"
        return "known" if self.known else "new"

    @property
    def standing(self) -> Place:
        """Give the place, or the nearest around it that is there already."""
        if self.known is not None:
            return self.known
        assert self.above is not None
        return self.above if isinstance(self.above, Place) else self.above.standing


class PlaceBook:
    """The places within one place, and how a roster's places are found among them."""

    def __init__(self, scope: Place) -> None:
        self.scope = scope
        self.places = list(Place.objects.filter(surroundings__around=scope))
        self.planned: dict[str, PlannedPlace] = {}
        self.used: set[Place] = set()
        self.names: set[tuple[object, str, str]] = {
            (each.above_id, each.kind, each.name.lower()) for each in self.places
        }

    def plan_all(self, told: Iterable[RosterPlace]) -> dict[str, PlannedPlace]:
        """Plan every place, those above before those below."""
        by_key = {each.key: each for each in told}
        for key in by_key:
            waiting: list[RosterPlace] = []
            above: str | None = key
            while above is not None and above not in self.planned:
                waiting.append(by_key[above])
                above = by_key[above].above
            for each in reversed(waiting):
                self.planned[each.key] = self.plan_one(each)
        return self.planned

    def plan_one(self, told: RosterPlace) -> PlannedPlace:
        """Plan one place whose place above is planned."""
        kind = KINDS.get(told.kind)
        if kind is None:
            return PlannedPlace(told, reason=_("Places of this kind are not kept."))
        above = self.find_above(told)
        planned = PlannedPlace(told, kind, above=above)
        if isinstance(above, PlannedPlace) and above.reason:
            planned.reason = _("What it lies in is left out.")
            return planned
        planned.known = self.find_known(planned)
        planned.reason = self.refuse(planned)
        if planned.reason:
            return planned
        if planned.known is not None:
            self.used.add(planned.known)
        self.settle_name(planned)
        return planned

    def find_above(self, told: RosterPlace) -> Place | PlannedPlace:
        """Find what a place lies in; what is not of a kept kind counts as this place."""
        above = self.planned.get(told.above or "")
        return above if above is not None and above.kind else self.scope

    def find_known(self, planned: PlannedPlace) -> Place | None:
        """Find a place by its sender's key, else beside others by number, else by name."""
        alike = [each for each in self.places if each.kind == planned.kind]
        key, number = find_key(planned.told), planned.told.number
        beside = [each for each in alike if self.lies_there(each, planned)]
        name = planned.told.name.lower()
        for found in (
            [each for each in alike if key and each.outside_key == key],
            [each for each in beside if number and each.outside_key == number],
            [each for each in beside if each.name.lower() == name],
        ):
            if len(found) == 1:
                return found[0]
        return None

    def lies_there(self, place: Place, planned: PlannedPlace) -> bool:
        """Does a place lie where the roster says, if it says so?"""
        if planned.above is self.scope:
            return True
        above = planned.above
        return (
            isinstance(above, PlannedPlace)
            and above.known is not None
            and place.above_id == above.known.pk
        )

    def refuse(self, planned: PlannedPlace) -> str:
        """Say why a place cannot be taken; nothing when it can."""
        told, known = planned.told, planned.known
        if not told.name or len(told.name) > LONGEST_NAME:
            return _("Its name is missing, or longer than 120 letters.")
        if known is not None:
            said = known in self.used
            return _("Another line of the file is the same place.") if said else ""
        assert planned.kind is not None
        if kind_of(planned.above) in LIES_IN[planned.kind]:
            taken = self.name_of(planned) in self.names
            return _("Another place beside it has this name.") if taken else ""
        if planned.kind == PlaceKind.DISTRICT:
            return _("It lies outside of %(place)s.") % {"place": self.scope.name}
        return _("The file does not say in which district it lies.")

    def settle_name(self, planned: PlannedPlace) -> None:
        """Note the name of a new place, and the new one of a place known by its key."""
        known, told = planned.known, planned.told
        if known is not None:
            by_key = bool(known.outside_key) and known.outside_key in (
                find_key(told),
                told.number,
            )
            beside = (known.above_id, known.kind, told.name.lower())
            own = told.name.lower() == known.name.lower()
            if by_key and told.name != known.name and (own or beside not in self.names):
                planned.new_name = told.name
                self.names.add(beside)
        else:
            self.names.add(self.name_of(planned))

    def name_of(self, planned: PlannedPlace) -> tuple[object, str, str]:
        """Give what must be one of a kind: where it lies, its kind and its name."""
        above = planned.above
        if isinstance(above, PlannedPlace):
            around: object = above.known.pk if above.known else above.told.key
        else:
            around = self.scope.pk
        return around, str(planned.kind), planned.told.name.lower()


def kind_of(place: "Place | PlannedPlace | None") -> PlaceKind | None:
    """Give the kind of a place that is there, or is planned."""
    if isinstance(place, Place):
        return PlaceKind(place.kind)
    return place.kind if place else None


def find_key(told: RosterPlace) -> str:
    """Find the sender's own key; a plain list has none, only names made into keys.

    >>> find_key(RosterPlace("cedar/hillschool", "school", "Hill School"))
    ''
    >>> find_key(RosterPlace("s-17", "school", "Hill School"))
    's-17'
    """
    made = told.key.rpartition("/")[2] == label_key(told.name)
    return "" if made else told.key[:LONGEST_KEY]


def find_outside_key(told: RosterPlace) -> str:
    """Find what a place is known by to the sender: its key, else its number."""
    return find_key(told) or (told.number or "")[:LONGEST_KEY]
