"""Sharing what one school learned, and taking it back."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.teams.choices import Done, Helped
from commonroot.domain.teams.models import Change, Story, SystemFactor
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import EDIT_FACTORS, RUN_TEAM


@transaction.atomic
def share_story(
    *,
    by: Person,
    change: Change,
    title: str,
    tried: str,
    place: str = "",
    time: str = "",
    grades: str = "",
    words: str = "",
    whose_words: str = "",
    consent: bool = False,
    names_school: bool = False,
) -> Story:
    """Share a change whose cycle has ended, whether it helped or not.

    Whoever is quoted must have said yes.
    """
    reason = need_reason(by, RUN_TEAM, change.cycle.team.place)
    if not change.cycle.ending:
        raise TeamError(_("The cycle has not ended yet. End it first."))
    if words.strip() and not consent:
        raise TeamError(_("Ask whoever is quoted, and say that they said yes."))
    if not title.strip() or not tried.strip():
        raise TeamError(_("Give it a title, and say what was tried."))
    last_done, last_check = change.done_reports.first(), change.checks.first()
    story, _made = Story.objects.update_or_create(
        change=change,
        defaults={
            "title": title.strip()[:120],
            "tried": tried.strip()[:600],
            "place": place.strip()[:80],
            "time": time.strip()[:80],
            "grades": grades.strip()[:40],
            "words": words.strip()[:2000],
            "whose_words": whose_words.strip()[:120],
            "consent": consent,
            "names_school": names_school,
            "happened": last_done.done if last_done else Done.NOT_STARTED,
            "helped": last_check.helped if last_check else Helped.CANNOT_TELL,
            "shared": today(),
            "shared_at": timezone.now(),
            "withdrawn": None,
            "by": by,
        },
    )
    note_deed(by, "share", "story", story.pk, change.cycle.team.place, reason)
    return story


@transaction.atomic
def withdraw_story(*, by: Person, story: Story) -> None:
    """Take a story back: others no longer find it."""
    team = story.change.cycle.team
    reason = need_reason(by, RUN_TEAM, team.place)
    if story.withdrawn is None:
        story.withdrawn = today()
        story.save(update_fields=["withdrawn"])
        note_deed(by, "withdraw", "story", story.pk, team.place, reason)


@transaction.atomic
def add_factor(*, by: Person, region: Place, text: str) -> SystemFactor:
    """Add a line to the network's own list of what a school's system may contribute."""
    if find_reason(by, EDIT_FACTORS, region) is None:
        raise TeamError(_("You may not change this list."))
    words = " ".join(text.split())[:200]
    if not words:
        raise TeamError(_("Write something first."))
    factor, _made = SystemFactor.objects.get_or_create(region=region, text=words)
    record(by=by, verb="add", kind="factor", key=factor.pk, place=region)
    return factor


@transaction.atomic
def remove_factor(*, by: Person, region: Place, text: str) -> None:
    """Take a line of the network's own away; what teams ticked stays with them."""
    if find_reason(by, EDIT_FACTORS, region) is None:
        raise TeamError(_("You may not change this list."))
    for factor in SystemFactor.objects.filter(region=region, text=text):
        record(by=by, verb="remove", kind="factor", key=factor.pk, place=region)
        factor.delete()
