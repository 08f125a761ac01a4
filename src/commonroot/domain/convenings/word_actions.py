"""Words, plans, thanks and connections of a convening."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.convenings.choices import (
    Audience,
    Outcome,
    ThanksFor,
    WordsKind,
)
from commonroot.domain.convenings.models import (
    Convening,
    MadeConnection,
    Naming,
    Plan,
    SchoolTeam,
    Thanks,
    Words,
)
from commonroot.domain.convenings.queries import (
    find_convening,
    find_team,
    plans_owned_by,
)
from commonroot.domain.convenings.reasons import ConveningError
from commonroot.domain.convenings.rules import BRING_TEAM
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today


def need_there(by: Person, convening: Convening) -> None:
    """Raise PermissionDenied unless a convening is of somebody's own network."""
    if find_convening(by, convening.pk) is None:
        raise PermissionDenied


@transaction.atomic
def write_words(
    *,
    by: Person,
    convening: Convening,
    kind: WordsKind,
    text: str,
    audience: Audience = Audience.ME,
    team: SchoolTeam | None = None,
    evidence: str = "",
    named_said_yes: bool = False,
    quotable: bool = False,
    whose: str = "",
    named: Collection[Person] = (),
) -> Words:
    """Write words of a kind, for whom one chooses: oneself at first.

    A celebration that others read says that those named in it agreed. Who of them is here
    with an account is asked on their own page, and until all have said yes nobody else
    reads it. Raises ConveningError otherwise.
    """
    need_there(by, convening)
    if team is not None and find_team(by, team.pk) is None:
        raise PermissionDenied
    words = text.strip()
    if not words:
        raise ConveningError(_("Write something first."))
    need_readable(audience, team, kind, named_said_yes)
    if quotable and audience != Audience.NETWORK:
        raise ConveningError(
            _("Words that may be quoted outside are for everybody in the network.")
        )
    made = Words.objects.create(
        convening=convening,
        team=team,
        by=by,
        kind=kind,
        text=words[:800],
        evidence=evidence.strip()[:300],
        named_said_yes=named_said_yes,
        audience=audience,
        quotable=quotable,
        whose=whose.strip()[:80],
    )
    if kind == WordsKind.CELEBRATION:
        Naming.objects.bulk_create(
            Naming(words=made, person=person) for person in set(named) - {by}
        )
    note_deed(by, "write", "words", made.pk, convening.place)
    return made


@transaction.atomic
def choose_readers(*, by: Person, words: Words, audience: Audience) -> Words:
    """Choose anew who reads one's own words. Words that fewer read are quoted no more.

    Raises ConveningError as `write_words` does.
    """
    if words.by_id != by.pk:
        raise PermissionDenied
    need_readable(
        Audience(audience), words.team, WordsKind(words.kind), words.named_said_yes
    )
    words.audience = audience
    words.quotable = words.quotable and audience == Audience.NETWORK
    words.save(update_fields=["audience", "quotable"])
    note_deed(by, "change", "words", words.pk, words.convening.place)
    return words


def need_readable(
    audience: Audience, team: SchoolTeam | None, kind: WordsKind, named_said_yes: bool
) -> None:
    """Raise ConveningError unless words of this kind may be for these readers."""
    if audience == Audience.TEAM and team is None:
        raise ConveningError(_("You come with no team here. Choose another reader."))
    others_read = audience != Audience.ME
    if kind == WordsKind.CELEBRATION and others_read and not named_said_yes:
        raise ConveningError(_("Ask those who are named, and say that they said yes."))


@transaction.atomic
def withdraw_words(*, by: Person, words: Words) -> None:
    """Take one's own words back: they are gone everywhere, quotes among them."""
    if words.by_id != by.pk:
        raise PermissionDenied
    key, place = words.pk, words.convening.place
    words.delete()
    note_deed(by, "withdraw", "words", key, place)


@transaction.atomic
def make_plan(
    *,
    by: Person,
    team: SchoolTeam,
    aim: str,
    first_step: str,
    owner: Person,
    by_when: dt.date,
    support: str = "",
    is_shared: bool = False,
) -> Plan:
    """Make a plan for next year, with somebody who sees to it."""
    reason = need_reason(by, BRING_TEAM, team.school)
    if not aim.strip() or not first_step.strip():
        raise ConveningError(_("Say what you aim for, and the first step."))
    if by_when < team.convening.day:
        raise ConveningError(_("The first step comes after the convening."))
    plan = Plan.objects.create(
        team=team,
        aim=aim.strip()[:200],
        first_step=first_step.strip()[:200],
        owner=owner,
        by_when=by_when,
        support=support.strip()[:200],
        is_shared=is_shared,
    )
    note_deed(by, "make", "plan", plan.pk, team.school, reason)
    return plan


@transaction.atomic
def tell_plan(*, by: Person, plan: Plan, outcome: Outcome, happened: str = "") -> Plan:
    """Say what became of a plan, once; not is an answer too. Raises ConveningError."""
    reason = ""
    if not plans_owned_by(by).filter(pk=plan.pk).exists():
        reason = need_reason(by, BRING_TEAM, plan.team.school)
    plan = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if plan.outcome:
        told = plan.get_outcome_display()
        raise ConveningError(_("It was told already: %(told)s") % {"told": told})
    plan.outcome, plan.happened = outcome, happened.strip()[:400]
    plan.told = today()
    plan.save(update_fields=["outcome", "happened", "told"])
    note_deed(by, "tell", "plan", plan.pk, plan.team.school, reason)
    return plan


@transaction.atomic
def thank(
    *,
    by: Person,
    convening: Convening,
    text: str,
    read_by: ThanksFor,
    to: Person | None = None,
) -> Thanks:
    """Thank the room or somebody, who alone reads it if that is chosen."""
    need_there(by, convening)
    if not text.strip():
        raise ConveningError(_("Write something first."))
    if read_by == ThanksFor.PERSON and to is None:
        raise ConveningError(_("Choose whom it is for."))
    if to is not None and find_convening(to, convening.pk) is None:
        raise PermissionDenied
    made = Thanks.objects.create(
        convening=convening, by=by, to=to, text=text.strip()[:300], read_by=read_by
    )
    note_deed(by, "write", "thanks", made.pk, convening.place)
    return made


@transaction.atomic
def answer_naming(*, by: Person, naming: Naming, said_yes: bool) -> Naming:
    """Say whether a celebration in which one is named may be read by others."""
    if naming.person_id != by.pk:
        raise PermissionDenied
    naming.said_yes = timezone.now() if said_yes else None
    naming.save(update_fields=["said_yes"])
    verb = "allow" if said_yes else "refuse"
    note_deed(by, verb, "words", naming.words_id, naming.words.convening.place)
    return naming


@transaction.atomic
def take_back_thanks(*, by: Person, thanks: Thanks) -> None:
    """Take one's own thank-you back."""
    if thanks.by_id != by.pk:
        raise PermissionDenied
    key, place = thanks.pk, thanks.convening.place
    thanks.delete()
    note_deed(by, "withdraw", "thanks", key, place)


@transaction.atomic
def connect(
    *, by: Person, convening: Convening, other: str, why: str, next_contact: dt.date
) -> MadeConnection:
    """Keep whom one met, why, and when to be in touch: it comes back in one's week."""
    need_there(by, convening)
    if not other.strip():
        raise ConveningError(_("Write a name."))
    made = MadeConnection.objects.create(
        convening=convening,
        by=by,
        other=" ".join(other.split())[:120],
        why=why.strip()[:200],
        next_contact=next_contact,
    )
    note_deed(by, "keep", "connection", made.pk, convening.place)
    return made


@transaction.atomic
def finish_connection(*, by: Person, connection: MadeConnection) -> MadeConnection:
    """Say that one was in touch."""
    if connection.by_id != by.pk:
        raise PermissionDenied
    connection.done = today()
    connection.save(update_fields=["done"])
    note_deed(by, "finish", "connection", connection.pk, connection.convening.place)
    return connection
