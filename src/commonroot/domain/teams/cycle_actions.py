"""From a pattern to one small change."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Group, Person
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.teams.choices import Goal, HowMany, Whom
from commonroot.domain.teams.due import list_checks_due
from commonroot.domain.teams.models import Change, Cycle, Meeting, Voice
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import RUN_TEAM
from commonroot.intake.labels import is_subjective

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Statement:
    """What is the matter, precisely. `why` is the team's guess about the system."""

    what: str
    where: str
    when: str
    who: str = ""
    how_often: str = ""
    since: str = ""
    why: str = ""
    is_subjective: bool = False


@dataclass(frozen=True)
class Pattern:
    """A pattern as the scan told it, if the cycle began with one."""

    conditions: Mapping[str, str]
    sentence: str
    picked: float


@transaction.atomic
def open_cycle(
    *,
    by: Person,
    team: Group,
    statement: Statement,
    pattern: Pattern | None = None,
    meeting: Meeting | None = None,
    follows: Cycle | None = None,
) -> Cycle:
    """Open a cycle; raises TeamError while a check of an earlier change is due."""
    reason = need_reason(by, RUN_TEAM, team.place)
    if list_checks_due(team):
        raise TeamError(
            _(
                "First the last change: did we do it, and did it help? Then a new pattern."
            )
        )
    need_words(statement)
    if follows is not None and follows.team_id != team.pk:
        raise TeamError(_("A cycle follows one of the same team."))
    told = pattern or Pattern({}, "", 1.0)
    cycle = Cycle.objects.create(
        team=team,
        opened_in=meeting,
        opened=today(),
        follows=follows,
        conditions=dict(told.conditions),
        sentence=told.sentence[:600],
        picked=told.picked,
        **asdict(statement),
    )
    note_deed(by, "open", "cycle", cycle.pk, team.place, reason)
    return cycle


def need_words(statement: Statement) -> None:
    """Raise TeamError unless the statement says what, where and when."""
    if not all(
        each.strip() for each in (statement.what, statement.where, statement.when)
    ):
        raise TeamError(_("Say what, where and when."))


def need_open(cycle: Cycle) -> Cycle:
    """Give a cycle anew, held against others, if it has not ended; else raises TeamError."""
    found = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if found.ending:
        raise TeamError(_("This cycle has ended. Open another one that follows it."))
    return found


@transaction.atomic
def restate(
    *, by: Person, cycle: Cycle, statement: Statement, factors: Iterable[str]
) -> Cycle:
    """Say more precisely what is the matter, and what the system contributes."""
    reason = need_reason(by, RUN_TEAM, cycle.team.place)
    found = need_open(cycle)
    need_words(statement)
    for name, value in asdict(statement).items():
        setattr(found, name, value)
    found.factors = [text.strip()[:200] for text in factors if text.strip()]
    found.save(update_fields=[*asdict(statement), "factors"])
    note_deed(by, "state", "cycle", found.pk, found.team.place, reason)
    return found


@transaction.atomic
def hear(
    *,
    by: Person,
    cycle: Cycle,
    whom: Whom,
    how_many: str = "",
    how: str = "",
    heard: str = "",
    asker: str = "",
    by_when: dt.date | None = None,
    reason_not: str = "",
) -> Voice:
    """Write down what was heard, or who will ask by when, or why nobody is asked."""
    reason = need_reason(by, RUN_TEAM, cycle.team.place)
    found = need_open(cycle)
    asked = bool(heard.strip())
    if asked and how_many not in HowMany:
        raise TeamError(_("Say about how many were asked."))
    if not asked and not (asker.strip() and by_when) and not reason_not.strip():
        raise TeamError(
            _("Say what was heard, or who will ask by when, or why nobody is asked.")
        )
    earlier = Voice.objects.filter(cycle=found, whom=whom).first()
    if earlier is not None and earlier.heard and not asked:
        raise TeamError(
            _("Something was heard already. Write what is new beside it, not instead.")
        )
    voice, _made = Voice.objects.update_or_create(
        cycle=found,
        whom=whom,
        defaults={
            "how_many": how_many if asked else "",
            "how": how.strip()[:200],
            "heard": heard.strip()[:600],
            "asker": asker.strip()[:120],
            "by_when": by_when,
            "reason": reason_not.strip()[:300],
        },
    )
    note_deed(by, "hear", "voice", voice.pk, found.team.place, reason)
    return voice


def is_judgement(cycle: Cycle) -> bool:
    """Is what happened a matter of judgement: by the team's word, or by its own name?"""
    behaviour = cycle.conditions.get("behaviour", "")
    return (
        cycle.is_subjective
        or "subjective" in cycle.conditions
        or bool(behaviour and is_subjective(behaviour))
    )


def find_missing_voice(cycle: Cycle) -> str:
    """Find what still has to be said about voices before there can be a change.

    A behaviour that an adult's judgement names needs an answer or a stated reason; any
    other needs at least somebody who will ask.
    """
    voices = {voice.whom: voice for voice in cycle.voices.all()}
    for whom in Whom:
        voice = voices.get(whom)
        if voice is None:
            return _("Ask first, or say who will ask: %(whom)s.") % {"whom": whom.label}
        if is_judgement(cycle) and not (voice.heard or voice.reason):
            return _(
                "What happened here is a matter of judgement. Hear an answer first, or say "
                "why not: %(whom)s."
            ) % {"whom": whom.label}
    return ""


def need_change(
    cycle: Cycle, what: str, done_when: str, start: dt.date, review: dt.date
) -> None:
    """Raise TeamError unless a cycle can have this change now."""
    missing = find_missing_voice(cycle)
    if missing:
        raise TeamError(missing)
    earlier = Change.objects.filter(cycle=cycle).first()
    if earlier is not None and (
        earlier.start <= today() or earlier.done_reports.exists()
    ):
        raise TeamError(
            _("This change has begun. Check it, or stop it without a check.")
        )
    if not what.strip() or not done_when.strip():
        raise TeamError(_("Say what will be done, and how we will know that it was."))
    if not 0 <= (start - today()).days <= LONGEST_DAYS:
        raise TeamError(_("It starts today or later, within a year."))
    if not dt.timedelta(days=7) <= review - start <= dt.timedelta(days=LONGEST_DAYS):
        raise TeamError(
            _("Review it at least a week after it starts, and within a year.")
        )


@transaction.atomic
def start_change(
    *,
    by: Person,
    cycle: Cycle,
    what: str,
    owner: Person,
    start: dt.date,
    done_when: str,
    goal: Goal,
    review: dt.date,
    where: str = "",
    when: str = "",
    seen_by: str = "",
    meeting: Meeting | None = None,
) -> Change:
    """Agree on one small change, or differently on one that has not begun.

    `seen_by` is what the software said could be seen, and when. Once it has begun
    nothing of it is moved: who looks first and chooses afterwards sees what they like.
    """
    reason = need_reason(by, RUN_TEAM, cycle.team.place)
    found = need_open(cycle)
    need_change(found, what, done_when, start, review)
    if find_reason(owner, RUN_TEAM, found.team.place) is None:
        raise TeamError(
            _("Whoever sees to it must be on the team, to say how it goes.")
        )
    change, _made = Change.objects.update_or_create(
        cycle=found,
        defaults={
            "what": what.strip()[:300],
            "where": where.strip()[:200],
            "when": when.strip()[:200],
            "owner": owner,
            "start": start,
            "done_when": done_when.strip()[:300],
            "goal": goal,
            "review": review,
            "planned_weeks": (review - start).days // 7,
            "agreed_in": meeting,
            "agreed_at": timezone.now(),
            "seen_by": seen_by[:300],
        },
    )
    note_deed(by, "start", "change", change.pk, found.team.place, reason)
    return change
