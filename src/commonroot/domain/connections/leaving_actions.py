"""Leaving a round, leaving the directory, and parting those who may not be matched."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.connections.choices import CURRENT, MatchState, RoundState
from commonroot.domain.connections.lines import find_lines
from commonroot.domain.connections.models import (
    ListedName,
    Match,
    Participant,
    Profile,
    Round,
)
from commonroot.domain.connections.pairing import people_in
from commonroot.domain.connections.rematching import end_matches, match_the_unmatched
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today


def list_current(person: Person, rounds: Collection[Round]) -> list[Match]:
    """List somebody's matches in rounds that have not ended."""
    own = Match.objects.filter(
        Q(new=person) | Q(seasoned=person), round__in=rounds, state__in=CURRENT
    )
    return list(own)


def lock_rounds(person: Person) -> list[Round]:
    """Take every round that somebody is in for oneself until the transaction ends."""
    joined = Participant.objects.filter(person=person).values("round")
    return list(
        Round.objects.select_for_update(of=("self",))
        .select_related("place")
        .filter(pk__in=joined)
        .order_by("pk")
    )


@transaction.atomic
def leave_round(*, by: Person, participant: Participant) -> None:
    """Leave a round; whoever was matched with one is matched anew."""
    if participant.person_id != by.pk:
        raise PermissionDenied
    (around,) = [each for each in lock_rounds(by) if each.pk == participant.round_id]
    note_deed(by, "leave", "round", around.pk, around.place)
    go_out(by, [around])


def go_out(person: Person, rounds: list[Round]) -> None:
    """Take somebody out of rounds, and look for somebody else for those they met.

    Their lists go, and their name on others': whom one struck is nobody's to keep.
    """
    own = Participant.objects.filter(person=person, round__in=rounds)
    ListedName.objects.filter(Q(participant__in=own) | Q(other__in=own)).delete()
    own.exclude(round__state=RoundState.SETTLED).delete()
    own.filter(left=None).update(
        left=today(), only_near=False, not_own_school=False, only_language=""
    )
    end_matches(list_current(person, rounds), MatchState.ENDED, untold=person)
    for around in rounds:
        match_the_unmatched(around)


@transaction.atomic
def leave_directory(*, by: Person) -> None:
    """Leave at once: the profile, every round and match, and every word that one wrote.

    That two people were matched stays known, so that they are not matched again; what
    they said of it, and that one was in a round, does not.
    """
    rounds = lock_rounds(by)
    profile = Profile.objects.filter(person=by).select_related("place").first()
    if profile is not None:
        note_deed(by, "leave", "profile", profile.pk, profile.place)
        profile.delete()
    go_out(by, rounds)
    Participant.objects.filter(person=by).delete()
    Match.objects.filter(Q(new=by) | Q(seasoned=by)).update(
        new_said_yes=None, seasoned_said_yes=None, asked_first=None, asked_second=None
    )


@transaction.atomic
def part_matches() -> int:
    """End matches that may not be any longer; gives how many. Done every night.

    Roles change: one of two has come to evaluate the other, or no longer works here.
    """
    parted = 0
    rounds = Round.objects.select_for_update(of=("self",)).select_related("place")
    for around in rounds.filter(state=RoundState.SETTLED, last__gte=today()):
        matches = list(Match.objects.filter(round=around, state__in=CURRENT))
        here = set(people_in(around).values_list("person", flat=True))
        lines = find_lines(around, here)
        wrong = [
            each
            for each in matches
            if not {each.new_id, each.seasoned_id} <= here
            or frozenset({str(each.new_id), str(each.seasoned_id)}) in lines
        ]
        end_matches(wrong, MatchState.ENDED)
        for each in wrong:
            note_deed(SYSTEM, "end", "match", each.pk, around.place)
        if wrong:
            match_the_unmatched(around)
        parted += len(wrong)
    return parted
