"""Did we do it? Did it help? And how a cycle ends."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.analysis.check import Answer
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.domain.teams.choices import Done, Ending, Helped
from commonroot.domain.teams.cycle_actions import LONGEST_DAYS, need_open
from commonroot.domain.teams.models import (
    Change,
    CheckResult,
    Cycle,
    DoneReport,
    Meeting,
)
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import RUN_TEAM


def need_begun(change: Change) -> None:
    """Raise TeamError unless a change of an open cycle has begun."""
    need_open(change.cycle)
    if change.start > today():
        raise TeamError(_("This change has not begun yet."))


@transaction.atomic
def report_done(
    *,
    by: Person,
    change: Change,
    done: Done,
    words: str = "",
    on: dt.date | None = None,
) -> DoneReport:
    """Say whether the change was done, on a day up to today."""
    reason = need_reason(by, RUN_TEAM, change.cycle.team.place)
    need_begun(change)
    day = on or today()
    if day > today():
        raise TeamError(_("This day is still to come."))
    report = DoneReport.objects.create(
        change=change, done=done, words=words.strip()[:300], on=day, by=by
    )
    note_deed(by, "report", "change", change.pk, change.cycle.team.place, reason)
    return report


@transaction.atomic
def keep_check(
    *, by: Person, change: Change, answer: Answer, meeting: Meeting | None = None
) -> CheckResult:
    """Keep what could be said on this day: it was looked at. Needs a word on whether it was done."""
    reason = need_reason(by, RUN_TEAM, change.cycle.team.place)
    need_begun(change)
    if not change.done_reports.exists():
        raise TeamError(_("First: did we do it?"))
    kept = CheckResult.objects.create(
        change=change,
        helped=Helped(answer.verdict.value),
        ratio=answer.ratio,
        low=answer.low,
        high=answer.high,
        weeks_before=answer.weeks_before,
        weeks_after=answer.weeks_after,
        reason=answer.reason,
        on=today(),
        in_meeting=meeting,
        by=by,
    )
    note_deed(by, "check", "change", change.pk, change.cycle.team.place, reason)
    return kept


@transaction.atomic
def move_review(*, by: Person, change: Change, review: dt.date) -> Change:
    """Look again later, after a check that was too early."""
    reason = need_reason(by, RUN_TEAM, change.cycle.team.place)
    need_open(change.cycle)
    if not change.checks.exists():
        raise TeamError(
            _("Look first: a review is moved after a check, not instead of it.")
        )
    if not 0 < (review - today()).days <= LONGEST_DAYS:
        raise TeamError(_("Choose a day to come, within a year."))
    change.review = review
    change.save(update_fields=["review"])
    note_deed(by, "move", "review", change.pk, change.cycle.team.place, reason)
    return change


@transaction.atomic
def end_cycle(
    *,
    by: Person,
    cycle: Cycle,
    ending: Ending,
    learned: str = "",
    meeting: Meeting | None = None,
) -> Cycle:
    """End a cycle: kept, adapted or dropped after a check, or visibly without one."""
    reason = need_reason(by, RUN_TEAM, cycle.team.place)
    found = need_open(cycle)
    change = Change.objects.filter(cycle=found).first()
    is_checked = change is not None and change.checks.exists()
    if ending != Ending.UNCHECKED and not is_checked:
        raise TeamError(
            _("Nobody has checked this change. Check it, or stop it without a check.")
        )
    if ending == Ending.UNCHECKED and is_checked:
        raise TeamError(_("It was checked: keep it, adapt it, or drop it."))
    if not learned.strip():
        raise TeamError(_("Say in a sentence what you learned."))
    found.ending, found.ended, found.ended_in = ending, today(), meeting
    found.ended_at, found.learned = timezone.now(), learned.strip()[:600]
    found.save(update_fields=["ending", "ended", "ended_at", "ended_in", "learned"])
    note_deed(by, "end", "cycle", found.pk, found.team.place, reason)
    return found
