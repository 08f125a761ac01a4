"""From who is in a round to who may meet whom, and back to matches."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from commonroot.domain.connections.audience import profiles_at_work
from commonroot.domain.connections.choices import (
    CURRENT,
    RoundState,
    Standing,
    TagKind,
)
from commonroot.domain.connections.fitting import (
    Asking,
    Educator,
    Offering,
    Pair,
    rank,
    tell_reasons,
)
from commonroot.domain.connections.lines import find_lines
from commonroot.domain.connections.matching import Settled, Way, settle
from commonroot.domain.connections.models import (
    ListedName,
    Match,
    Participant,
    Profile,
    Round,
)
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today


def people_in(around: Round) -> QuerySet[Participant]:
    """List who is in a round: whoever joined it, and still works within its place."""
    here = profiles_at_work().filter(place__surroundings__around=around.place_id)
    return Participant.objects.filter(
        Exists(here.filter(person=OuterRef("person"))), round=around, left=None
    ).select_related("person")


class Table:
    """Everybody of a round as the matching sees them, and who may not meet."""

    def __init__(self, around: Round) -> None:
        self.round = around
        self.participants = list(people_in(around))
        keys = [each.person_id for each in self.participants]
        self.profiles = {
            each.person_id: each
            for each in Profile.objects.filter(person__in=keys)
            .select_related("place", "school__county")
            .prefetch_related("tags")
        }
        self.by_key = {str(each.person_id): each for each in self.participants}
        self.educators = {key: self.read(key) for key in self.by_key}
        self.in_line: set[Pair] = find_lines(around, keys)
        self.matched: set[Pair] = find_matched(keys)
        self.struck: set[Pair] = find_struck(around)
        self.met = find_met(around)

    def read(self, key: str) -> Educator:
        """Read what a profile says; somebody without one is matched by nothing."""
        profile = self.profiles.get(self.by_key[key].person_id)
        if profile is None:
            return Educator(key)
        tags = {kind: frozenset[str]() for kind in TagKind}
        for tag in profile.tags.all():
            tags[TagKind(tag.kind)] |= {tag.value}
        county = profile.school.county_id if profile.school else None
        return Educator(
            key,
            practices=tags[TagKind.PRACTICES],
            grade_spans=tags[TagKind.GRADE_SPANS],
            languages=tags[TagKind.LANGUAGES],
            hours=tags[TagKind.HOURS],
            work=profile.work,
            school=str(profile.school_id or ""),
            district=str(profile.district_id or ""),
            county=str(county or ""),
        )

    def list_askings(self) -> list[Asking]:
        """List those who are new and have nobody now."""
        busy = {key for keys in self.met.values() for key in keys}
        return [
            Asking(
                self.educators[key],
                each.goes_first,
                each.only_near,
                each.not_own_school,
                each.only_language,
            )
            for key, each in self.by_key.items()
            if each.standing == Standing.NEW and key not in busy
        ]

    def list_offerings(self) -> list[Offering]:
        """List those who are seasoned, with the room that they have left."""
        thirds = set(
            Match.objects.filter(
                round=self.round, state__in=CURRENT, is_third=True
            ).values_list("seasoned", flat=True)
        )
        return [
            Offering(
                self.educators[key],
                max(0, each.capacity - len(self.met.get(key, ()))),
                each.takes_third and each.person_id not in thirds,
                each.goes_first,
            )
            for key, each in self.by_key.items()
            if each.standing == Standing.SEASONED
        ]

    def rank(self) -> dict[str, list[str]]:
        """List for everybody whom they may be matched with, as of today."""
        barred = self.in_line | self.matched
        return rank(self.list_askings(), self.list_offerings(), barred)

    def settle(self) -> Settled:
        """Find pairs for everybody who has nobody, by the lists that were shown."""
        return settle(
            self.list_askings(),
            self.list_offerings(),
            read_lists(self.round),
            excluded=self.matched,
            struck=self.struck,
            in_line=self.in_line,
            met=self.met,
        )

    def make_matches(self, settled: Settled) -> list[Match]:
        """Write the pairs down, each with its reason as it is today."""
        return Match.objects.bulk_create(
            Match(
                round=self.round,
                new=self.by_key[each.new].person,
                seasoned=self.by_key[each.seasoned].person,
                is_third=each.way == Way.THIRD,
                reasons=[
                    [reason.kind, reason.value]
                    for reason in tell_reasons(
                        self.educators[each.new], self.educators[each.seasoned]
                    )
                ],
                made=today(),
            )
            for each in settled.pairs
        )


def find_matched(people: list[UUID]) -> set[Pair]:
    """Find every two who were matched once, in whatever round and whatever came of it."""
    pairs = Match.objects.filter(new__in=people, seasoned__in=people).values_list(
        "new", "seasoned"
    )
    return {frozenset(map(str, pair)) for pair in pairs}


def find_struck(around: Round) -> set[Pair]:
    """Find every two of whom one struck the other."""
    pairs = ListedName.objects.filter(
        participant__round=around, is_struck=True
    ).values_list("participant__person", "other__person")
    return {frozenset(map(str, pair)) for pair in pairs}


def find_met(around: Round) -> dict[str, set[str]]:
    """Find whom everybody seasoned in a round is matched with now."""
    found: dict[str, set[str]] = {}
    for new, seasoned in Match.objects.filter(
        round=around, state__in=CURRENT
    ).values_list("new", "seasoned"):
        found.setdefault(str(seasoned), set()).add(str(new))
    return found


def read_lists(around: Round) -> dict[str, list[str]]:
    """Read the lists that people were shown, in their order."""
    found: dict[str, list[str]] = {}
    for owner, other in (
        ListedName.objects.filter(participant__round=around)
        .order_by("place_on_list", "pk")
        .values_list("participant__person", "other__person")
    ):
        found.setdefault(str(owner), []).append(str(other))
    return found


def write_lists(around: Round) -> int:
    """Write everybody's list down, so that what is matched is what was shown."""
    table = Table(around)
    lines = [
        ListedName(
            participant=table.by_key[key],
            other=table.by_key[other],
            place_on_list=number,
        )
        for key, others in table.rank().items()
        for number, other in enumerate(others)
    ]
    return len(ListedName.objects.bulk_create(lines))


def find_goes_first(person: Person, standing: str) -> bool:
    """Say whether somebody was left without a match in the last round that they were in."""
    last = (
        Participant.objects.filter(
            person=person,
            standing=standing,
            left=None,
            round__state=RoundState.SETTLED,
        )
        .select_related("round")
        .order_by(F("round__settled").desc())
        .first()
    )
    return (
        last is not None
        and not Match.objects.filter(
            Q(new=person) | Q(seasoned=person), round=last.round, state__in=CURRENT
        ).exists()
    )
