"""A team's dates, duties and agreements."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.network.choices import MemberKind
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Group, Person
from commonroot.domain.network.sight import today
from commonroot.domain.teams.choices import Duty, MeetingState
from commonroot.domain.teams.models import Agreement, Feed, Meeting, TeamDuty, Wish
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import RUN_TEAM

FURTHEST_DAYS = 2 * 366
NEXT_WISH = dt.timedelta(days=14)


@transaction.atomic
def set_duty(
    *, by: Person, team: Group, duty: Duty, person: Person, backup: Person | None = None
) -> TeamDuty:
    """Say who has a duty, and who stands in."""
    reason = need_reason(by, RUN_TEAM, team.place)
    if person == backup:
        raise TeamError(_("Whoever stands in is somebody else."))
    chosen, _made = TeamDuty.objects.update_or_create(
        team=team, duty=duty, defaults={"person": person, "backup": backup}
    )
    note_deed(by, "set", "duty", chosen.pk, team.place, reason)
    return chosen


@transaction.atomic
def agree(*, by: Person, team: Group, text: str, review: dt.date) -> Agreement:
    """Write down what the team has agreed on; it looks at it again on a day to come."""
    reason = need_reason(by, RUN_TEAM, team.place)
    if review <= today():
        raise TeamError(_("Choose a day to come for looking at it again."))
    made = Agreement.objects.create(
        team=team, text=" ".join(text.split()), agreed=today(), review=review
    )
    note_deed(by, "add", "agreement", made.pk, team.place, reason)
    return made


@transaction.atomic
def end_agreement(*, by: Person, agreement: Agreement) -> None:
    """End an agreement: it no longer holds, and stays written down."""
    reason = need_reason(by, RUN_TEAM, agreement.team.place)
    if agreement.ended is None:
        agreement.ended = today()
        agreement.save(update_fields=["ended"])
        note_deed(by, "end", "agreement", agreement.pk, agreement.team.place, reason)


@transaction.atomic
def ask_for_voice(*, by: Person, team: Group, member_kind: MemberKind) -> Wish:
    """Ask those who may invite for a voice that the team misses; once in two weeks."""
    reason = need_reason(by, RUN_TEAM, team.place)
    Group.objects.select_for_update().get(pk=team.pk)
    earlier = Wish.objects.filter(team=team, member_kind=member_kind).first()
    if earlier is not None and today() - earlier.on < NEXT_WISH:
        raise TeamError(_("This voice was asked for in the last two weeks."))
    wish, _made = Wish.objects.update_or_create(
        team=team, member_kind=member_kind, defaults={"by": by, "on": today()}
    )
    note_deed(by, "ask for", "voice", wish.pk, team.place, reason)
    return wish


@transaction.atomic
def plan_meeting(
    *,
    by: Person,
    team: Group,
    day: dt.date,
    starts: dt.time | None = None,
    minutes: int = 45,
) -> Meeting:
    """Plan a meeting; raises TeamError when there is one on that day."""
    reason = need_reason(by, RUN_TEAM, team.place)
    if abs((day - today()).days) > FURTHEST_DAYS:
        raise TeamError(_("Choose a day within two years of today."))
    Group.objects.select_for_update().get(pk=team.pk)
    if Meeting.objects.filter(team=team, day=day).exists():
        raise TeamError(_("The team has a meeting on that day already."))
    made = Meeting.objects.create(team=team, day=day, starts=starts, minutes=minutes)
    note_deed(by, "plan", "meeting", made.pk, team.place, reason)
    return made


@transaction.atomic
def call_off(*, by: Person, meeting: Meeting) -> None:
    """Call a meeting off that has not begun."""
    reason = need_reason(by, RUN_TEAM, meeting.team.place)
    planned = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED)
    if planned.update(state=MeetingState.CALLED_OFF):
        note_deed(by, "call off", "meeting", meeting.pk, meeting.team.place, reason)


@transaction.atomic
def renew_feed(*, by: Person, team: Group) -> str:
    """Make the address anew at which a team's dates can be followed; gives its token."""
    reason = need_reason(by, RUN_TEAM, team.place)
    token = secrets.token_urlsafe(24)
    feed, _made = Feed.objects.update_or_create(
        team=team, defaults={"token_digest": digest(token)}
    )
    note_deed(by, "renew", "feed", feed.pk, team.place, reason)
    return token


def digest(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
