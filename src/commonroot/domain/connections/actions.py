"""Profiles, rounds, matches, and what people say of them."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from commonroot.domain.connections.choices import (
    FIELDS,
    Audience,
    MatchState,
    Met,
    Moment,
    RoundState,
    Side,
)
from commonroot.domain.connections.matching import Candidate, match
from commonroot.domain.connections.models import (
    FollowUp,
    Joining,
    Match,
    Message,
    Practice,
    Profile,
    Round,
)
from commonroot.domain.connections.queries import (
    find_match,
    find_own_school,
    list_practices,
    rounds_open_to,
)
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.rules import EDIT_PRACTICES, RUN_ROUND
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.sight import today

EVALUATORS = (RoleKind.PRINCIPAL, RoleKind.DISTRICT_LEADER)
LIVE = (MatchState.PROPOSED, MatchState.CONFIRMED)
MOST_CAPACITY, LONGEST = 4, 400


@transaction.atomic
def keep_profile(
    *,
    by: Person,
    offers: str,
    asks: str,
    practices: Iterable[Practice],
    spans: Collection[str],
    languages: str,
    hours: Collection[str],
    contact: str,
    audiences: dict[str, str],
) -> Profile:
    """Keep what somebody chooses to tell of themselves, each field for its audience."""
    school = find_own_school(by)
    if school is None:
        raise PermissionDenied
    if any(
        field not in FIELDS or value not in Audience.values
        for field, value in audiences.items()
    ):
        raise ConnectingError(_("Choose one of the answers that are offered."))
    profile, _made = Profile.objects.update_or_create(
        person=by,
        defaults={
            "school": school,
            "offers": offers.strip(),
            "asks": asks.strip(),
            "spans": list(spans),
            "languages": languages.strip(),
            "hours": list(hours),
            "contact": contact.strip(),
            "audiences": audiences,
        },
    )
    known = list_practices(school).values_list("pk", flat=True)
    profile.practices.set([each for each in practices if each.pk in set(known)])
    note_deed(by, "keep", "profile", profile.pk, school)
    return profile


@transaction.atomic
def leave_directory(*, by: Person) -> None:
    """Take everything out at once: the profile, and what waits in open rounds."""
    profile = Profile.objects.filter(person=by).first()
    if profile is not None:
        key, school = profile.pk, profile.school
        profile.delete()
        note_deed(by, "remove", "profile", key, school)
    Joining.objects.filter(person=by, round__state=RoundState.OPEN).delete()


@transaction.atomic
def add_practice(*, by: Person, region: Place, text: str) -> Practice:
    """Add a line to the network's own list of practices."""
    reason = need_reason(by, EDIT_PRACTICES, region)
    words = " ".join(text.split())[:80]
    if not words:
        raise ConnectingError(_("Write something first."))
    practice, _made = Practice.objects.get_or_create(region=region, text=words)
    note_deed(by, "add", "practice", practice.pk, region, reason)
    return practice


@transaction.atomic
def remove_practice(*, by: Person, practice: Practice) -> None:
    """Take a line of the list away; profiles no longer name it."""
    reason = need_reason(by, EDIT_PRACTICES, practice.region)
    key = practice.pk
    practice.delete()
    note_deed(by, "remove", "practice", key, practice.region, reason)


@transaction.atomic
def begin_round(*, by: Person, place: Place, name: str, closes: dt.date) -> Round:
    """Begin a round. Whoever found nobody in the round before is in it, and goes first."""
    reason = need_reason(by, RUN_ROUND, place)
    if closes < today():
        raise ConnectingError(_("This day has passed already."))
    if not name.strip():
        raise ConnectingError(_("Give the round a name."))
    made = Round.objects.create(place=place, name=name.strip()[:120], closes=closes)
    note_deed(by, "begin", "round", made.pk, place, reason)
    return made


@transaction.atomic
def join_round(
    *, by: Person, in_round: Round, side: Side, capacity: int = 1
) -> Joining:
    """Join a round that is open to one's own place; joining again changes how."""
    found = Round.objects.select_for_update().get(pk=in_round.pk)
    if not rounds_open_to(by).filter(pk=found.pk).exists():
        raise ConnectingError(_("This round is for another place."))
    if found.state != RoundState.OPEN or found.closes < today():
        raise ConnectingError(_("This round is closed. Join the next one."))
    if not 1 <= capacity <= MOST_CAPACITY:
        raise ConnectingError(_("Choose one of the answers that are offered."))
    if not Profile.objects.filter(person=by).exists():
        raise ConnectingError(_("First say something of yourself on your profile."))
    joining, _made = Joining.objects.update_or_create(
        round=found,
        person=by,
        defaults={
            "side": side,
            "capacity": capacity if side == Side.SEASONED else 1,
            "waited": has_waited(by, found),
        },
    )
    note_deed(by, "join", "round", found.pk, found.place)
    return joining


def has_waited(person: Person, in_round: Round) -> bool:
    """Say whether somebody found nobody in the last settled round that they were in."""
    last = (
        Joining.objects.filter(
            person=person, side=Side.NEW, round__state=RoundState.SETTLED
        )
        .exclude(round=in_round)
        .order_by("-round__settled")
        .first()
    )
    if last is None:
        return False
    matches = Match.objects.filter(round=last.round, new=person)
    return not matches.filter(state__in=(*LIVE, MatchState.ENDED)).exists()


@transaction.atomic
def leave_round(*, by: Person, in_round: Round) -> None:
    """Leave a round that is still open."""
    found = Joining.objects.filter(
        round=in_round, person=by, round__state=RoundState.OPEN
    ).first()
    if found is not None:
        found.delete()
        note_deed(by, "leave", "round", in_round.pk, in_round.place)


@transaction.atomic
def strike_people(
    *, by: Person, in_round: Round, people: Collection[uuid.UUID]
) -> None:
    """Say whom one would rather not be matched with. Nobody else sees it."""
    joining = Joining.objects.filter(
        round=in_round, person=by, round__state=RoundState.OPEN
    ).first()
    if joining is None:
        raise ConnectingError(_("Join the round first."))
    there = Person.objects.filter(joinings__round=in_round, pk__in=people)
    joining.struck.set(there.exclude(pk=by.pk))
    note_deed(by, "choose in", "round", in_round.pk, in_round.place)


@transaction.atomic
def settle_round(*, by: Person, in_round: Round) -> Round:
    """Match everybody who joined; each pair then says yes or not this one."""
    found = Round.objects.select_for_update().get(pk=in_round.pk)
    reason = need_reason(by, RUN_ROUND, found.place)
    if found.state != RoundState.OPEN:
        raise ConnectingError(_("This round was settled already."))
    propose(found)
    found.state, found.settled = RoundState.SETTLED, today()
    found.save(update_fields=["state", "settled"])
    note_deed(by, "settle", "round", found.pk, found.place, reason)
    return found


@transaction.atomic
def match_again(*, by: Person, in_round: Round) -> int:
    """Match those who have nobody now with whoever still has room; gives how many."""
    found = Round.objects.select_for_update().get(pk=in_round.pk)
    reason = need_reason(by, RUN_ROUND, found.place)
    if found.state != RoundState.SETTLED:
        raise ConnectingError(_("Settle the round first."))
    made = propose(found)
    note_deed(by, "settle", "round", found.pk, found.place, reason)
    return made


def propose(in_round: Round) -> int:
    """Propose pairs among those of a round who have nobody and those who have room."""
    joinings = list(
        in_round.joinings.select_related("person__profile__school").prefetch_related(
            "struck", "person__profile__practices"
        )
    )
    live = list(in_round.matches.filter(state__in=LIVE).values_list("new", "seasoned"))
    taken = {new for new, _seasoned in live}
    people = [each.person_id for each in joinings]
    earlier = set(
        Match.objects.filter(Q(new__in=people) | Q(seasoned__in=people)).values_list(
            "new", "seasoned"
        )
    )
    lines = find_lines(people)
    news = [
        describe(each, lines)
        for each in joinings
        if each.side == Side.NEW and each.person_id not in taken
    ]
    seasoned = [
        describe(each, lines, sum(other == each.person_id for _new, other in live))
        for each in joinings
        if each.side == Side.SEASONED
    ]
    found = match(news, seasoned, earlier)
    Match.objects.bulk_create(
        Match(
            round=in_round,
            new_id=new,
            seasoned_id=other,
            reasons=[reason.value for reason in reasons],
        )
        for (new, other), reasons in found.pairs.items()
    )
    return len(found.pairs)


def describe(
    joining: Joining, lines: dict[uuid.UUID, set[uuid.UUID]], busy: int = 0
) -> Candidate:
    """Describe somebody in a round for the matching."""
    profile = getattr(joining.person, "profile", None)
    line = lines.get(joining.person_id, set())
    strikes = {each.pk for each in joining.struck.all()}
    if profile is None:
        return Candidate(
            joining.person_id,
            capacity=joining.capacity - busy,
            waited=joining.waited,
            strikes=strikes,
            line=line,
        )
    return Candidate(
        joining.person_id,
        [each.text for each in profile.practices.all()],
        profile.spans,
        [
            part.strip().casefold()
            for part in profile.languages.split(",")
            if part.strip()
        ],
        profile.hours,
        profile.school_id,
        profile.school.above_id,
        joining.capacity - busy,
        joining.waited,
        strikes,
        line,
    )


def find_lines(people: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Find for each person who evaluates them: who leads a place in which they work now.

    A principal of the school or a leader of the district, whatever else they are.
    """
    roles = held_now(Role.objects.filter(person__in=people)).select_related("place")
    leaders = list(
        held_now(Role.objects.filter(kind__in=EVALUATORS)).values_list(
            "place", "person"
        )
    )
    around: dict[uuid.UUID, set[uuid.UUID]] = {}
    for role in roles:
        reach = set(role.place.surroundings.values_list("around", flat=True))
        around.setdefault(role.person_id, set()).update(reach)
    return {
        person: {leader for place, leader in leaders if place in places} - {person}
        for person, places in around.items()
    }


def need_match(by: Person, match: Match) -> Match:
    """Give a match of one's own, and hold it; raises PermissionDenied otherwise."""
    if find_match(by, match.pk) is None:
        raise PermissionDenied
    Match.objects.select_for_update().get(pk=match.pk)
    held = Match.objects.select_related("new", "seasoned", "round__place")
    return held.get(pk=match.pk)


@transaction.atomic
def confirm_match(*, by: Person, match: Match) -> Match:
    """Say yes to a match; when both have, each sees how to reach the other."""
    found = need_match(by, match)
    if found.state != MatchState.PROPOSED:
        raise ConnectingError(_("This was answered already."))
    if by == found.new:
        found.new_said = True
    else:
        found.seasoned_said = True
    if found.new_said and found.seasoned_said:
        found.state, found.confirmed = MatchState.CONFIRMED, today()
        plan_follow_ups(found)
    found.save(update_fields=["new_said", "seasoned_said", "state", "confirmed"])
    note_deed(by, "confirm", "match", found.pk, found.round.place)
    return found


def plan_follow_ups(match: Match) -> None:
    """Plan when both are asked how it goes: before school opens, and after the first hard month."""
    day = today()
    for moment, month, number in (
        (Moment.BEFORE_SCHOOL, 8, 15),
        (Moment.HARD_MONTH, 10, 15),
    ):
        asked = dt.date(day.year, month, number)
        if asked <= day:
            asked = asked.replace(year=day.year + 1)
        for person in (match.new, match.seasoned):
            FollowUp.objects.get_or_create(
                match=match, person=person, moment=moment, defaults={"asked": asked}
            )


@transaction.atomic
def decline_match(*, by: Person, match: Match) -> Match:
    """Say not this one, or end a match: without fault, and without a reason."""
    found = need_match(by, match)
    if found.state not in LIVE:
        return found
    was_confirmed = found.state == MatchState.CONFIRMED
    found.state = MatchState.ENDED if was_confirmed else MatchState.DECLINED
    found.save(update_fields=["state"])
    note_deed(by, "decline", "match", found.pk, found.round.place)
    return found


@transaction.atomic
def ask_match(*, by: Person, match: Match, text: str) -> Message:
    """Ask or answer something before both confirm, for the two alone."""
    found = need_match(by, match)
    words = text.strip()
    if not words:
        raise ConnectingError(_("Write something first."))
    if len(words) > LONGEST:
        raise ConnectingError(_("At most %(most)s characters.") % {"most": LONGEST})
    if found.state not in LIVE:
        raise ConnectingError(_("This was answered already."))
    message = Message.objects.create(match=found, by=by, text=words)
    note_deed(by, "write", "message", message.pk, found.round.place)
    return message


@transaction.atomic
def answer_follow_up(
    *, by: Person, follow_up: FollowUp, met: Met, helps: str = ""
) -> FollowUp:
    """Say whether the two have met and what helps. Wanting somebody else ends the match."""
    if follow_up.person_id != by.pk:
        raise PermissionDenied
    found = need_match(by, follow_up.match)
    follow_up.met, follow_up.helps = met, helps.strip()[:300]
    follow_up.save(update_fields=["met", "helps"])
    if met == Met.ANOTHER and found.state == MatchState.CONFIRMED:
        found.state = MatchState.ENDED
        found.save(update_fields=["state"])
    note_deed(by, "answer", "follow-up", follow_up.pk, found.round.place)
    return follow_up
