"""Opening a round, joining it, lists and strikes, and settling it."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.connections.audience import find_reach
from commonroot.domain.connections.choices import Language, RoundState, Standing
from commonroot.domain.connections.letters import News, tell
from commonroot.domain.connections.models import (
    ListedName,
    Participant,
    Profile,
    Round,
)
from commonroot.domain.connections.pairing import find_goes_first, write_lists
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.rematching import match_the_unmatched
from commonroot.domain.connections.rules import RUN_ROUND
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

MOST_CAPACITY = 4
LONGEST = dt.timedelta(days=400)
AUGUST, OCTOBER, MIDDLE = 8, 10, 15
AUTUMN = 9


def propose_days(on: dt.date) -> tuple[dt.date, dt.date]:
    """Propose when to ask how it goes: before school opens, after the first hard month.

    In the middle of a year there is no opening ahead: four and twelve weeks from then.

    >>> propose_days(dt.date(2026, 5, 4))
    (datetime.date(2026, 8, 15), datetime.date(2026, 10, 15))
    >>> propose_days(dt.date(2026, 11, 2))
    (datetime.date(2026, 11, 30), datetime.date(2027, 1, 25))
    """
    august = dt.date(on.year, AUGUST, MIDDLE)
    if on < august and on.month > 2:
        return august, dt.date(on.year, OCTOBER, MIDDLE)
    return on + dt.timedelta(weeks=4), on + dt.timedelta(weeks=12)


@transaction.atomic
def open_round(
    *,
    by: Person,
    place: Place,
    name: str,
    join_by: dt.date,
    strike_by: dt.date,
    last: dt.date,
    ask_first: dt.date,
    ask_second: dt.date,
) -> Round:
    """Open a round for a place and all within it."""
    reason = need_reason(by, RUN_ROUND, place)
    if not name.strip():
        raise ConnectingError(_("Give the round a name."))
    days = [today(), join_by, strike_by, ask_first, ask_second, last]
    if days != sorted(days):
        raise ConnectingError(_("The days come one after the other, and none is past."))
    if last - today() > LONGEST:
        raise ConnectingError(_("A round lasts about a year at most."))
    made = Round.objects.create(
        place=place,
        name=" ".join(name.split())[:120],
        join_by=join_by,
        strike_by=strike_by,
        first=today(),
        last=last,
        ask_first=ask_first,
        ask_second=ask_second,
        opened_by=by,
    )
    note_deed(by, "open", "round", made.pk, place, reason)
    return made


def lock(around: Round) -> Round:
    """Take a round for oneself until the transaction ends."""
    return Round.objects.select_for_update().get(pk=around.pk)


@transaction.atomic
def join_round(
    *,
    by: Person,
    around: Round,
    standing: Standing,
    capacity: int = 1,
    takes_third: bool = False,
    only_near: bool = False,
    not_own_school: bool = False,
    only_language: str = "",
) -> Participant:
    """Join a round as new or as seasoned, or change how one is in it."""
    reach = find_reach(by)
    if reach.is_nowhere:
        raise PermissionDenied
    around = lock(around)
    refuse_joining(by, around, only_language)
    if around.place_id not in reach.around:
        raise ConnectingError(
            _("This round is for people who work in %(place)s.")
            % {"place": around.place.name}
        )
    is_new = standing == Standing.NEW
    joined, _made = Participant.objects.update_or_create(
        round=around,
        person=by,
        defaults={
            "standing": standing,
            "capacity": 1 if is_new else min(max(capacity, 1), MOST_CAPACITY),
            "takes_third": takes_third and not is_new,
            "only_near": only_near and is_new,
            "not_own_school": not_own_school and is_new,
            "only_language": only_language if is_new else "",
            "goes_first": find_goes_first(by, standing),
            "joined": today(),
            "left": None,
        },
    )
    note_deed(by, "join", "round", around.pk, around.place)
    return joined


def refuse_joining(by: Person, around: Round, only_language: str) -> None:
    """Raise ConnectingError when somebody cannot join a round."""
    if not Profile.objects.filter(person=by).exists():
        raise ConnectingError(_("First say what you can offer and what you ask."))
    if around.state != RoundState.OPEN or around.join_by < today():
        raise ConnectingError(_("This round takes nobody in any more."))
    if only_language and only_language not in Language:
        raise ConnectingError(_("Choose from what the page offers."))


@transaction.atomic
def make_lists(*, by: Person, around: Round) -> int:
    """End the joining and write everybody's list; gives how many names are on lists."""
    reason = need_reason(by, RUN_ROUND, around.place)
    around = lock(around)
    if around.state != RoundState.OPEN:
        raise ConnectingError(_("The lists of this round are made already."))
    if not all(around.participants.filter(standing=each).exists() for each in Standing):
        raise ConnectingError(
            _("A round needs at least one person who is new and one who is seasoned.")
        )
    names = write_lists(around)
    around.state = RoundState.LISTED
    around.strike_by = max(around.strike_by, today() + dt.timedelta(days=2))
    around.save(update_fields=["state", "strike_by"])
    note_deed(by, "make", "list", around.pk, around.place, reason)
    for each in around.participants.all():
        tell(each.person_id, News.LISTED, "connections:show-list", each.pk)
    return names


@transaction.atomic
def strike_names(*, by: Person, participant: Participant, struck: set[str]) -> None:
    """Take names off one's own list, or put them back: privately, until it is settled."""
    if participant.person_id != by.pk:
        raise PermissionDenied
    around = lock(participant.round)
    if around.state != RoundState.LISTED:
        raise ConnectingError(_("Names can be taken off only before it is settled."))
    lines = list(ListedName.objects.filter(participant=participant))
    for line in lines:
        line.is_struck = str(line.pk) in struck
    ListedName.objects.bulk_update(lines, ["is_struck"])
    # Whether anybody was struck is not written down: looking through a list is a deed too.
    note_deed(by, "look through", "list", participant.pk, around.place)


@transaction.atomic
def settle_round(*, by: Person, around: Round) -> int:
    """Match everybody who can be; gives how many pairs were proposed."""
    reason = need_reason(by, RUN_ROUND, around.place)
    around = lock(around)
    if around.state != RoundState.LISTED:
        raise ConnectingError(
            _("Make the lists first.")
            if around.state == RoundState.OPEN
            else _("This round is over.")
        )
    if today() <= around.strike_by:
        raise ConnectingError(
            _("People look at their lists until %(day)s. Settle it after that.")
            % {"day": around.strike_by.isoformat()}
        )
    around.state, around.settled = RoundState.SETTLED, timezone.now()
    around.save(update_fields=["state", "settled"])
    made = match_the_unmatched(around)
    note_deed(by, "settle", "round", around.pk, around.place, reason)
    return len(made)


@transaction.atomic
def call_off_round(*, by: Person, around: Round) -> None:
    """Call a round off that is not settled; nobody's list is kept."""
    reason = need_reason(by, RUN_ROUND, around.place)
    around = lock(around)
    if around.state not in {RoundState.OPEN, RoundState.LISTED}:
        raise ConnectingError(_("A settled round cannot be called off."))
    around.state = RoundState.CALLED_OFF
    around.save(update_fields=["state"])
    ListedName.objects.filter(participant__round=around).delete()
    note_deed(by, "call off", "round", around.pk, around.place, reason)
