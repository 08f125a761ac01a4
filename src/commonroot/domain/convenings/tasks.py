"""Letters of a convening: the invitation, and in the autumn what was planned in May."""

import datetime as dt

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.domain.convenings.choices import AUTUMN, Answer, WordsKind
from commonroot.domain.convenings.models import Plan, SchoolTeam, Words
from commonroot.domain.convenings.queries import find_convening, plans_owned_by
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.days import say_day_and_year
from commonroot.domain.network.letters import send_or_wait, write_address
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.queries import held_now
from commonroot.domain.network.sight import today


def list_to_invite(school: Place) -> list[Person]:
    """List who is written to for a school: its principals, or its team if it has none."""
    held = held_now(school.roles.filter(person__is_active=True))
    for kind in (RoleKind.PRINCIPAL, RoleKind.TEAM_MEMBER):
        people = Person.objects.filter(pk__in=held.filter(kind=kind).values("person"))
        if found := list(people.order_by("name")):
            return found
    return []


def write_letter(reader: Person, subject: str, text: str, address: str) -> EmailMessage:
    """Write a letter to one person, with the address of a page where the site has one."""
    body = f"{text}\n\n{address}".strip() + "\n"
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [reader.email])


@task()
def invite_team(team: str, person: str, tried: int = 0) -> bool:
    """Invite a school's team by letter; nobody whose team has answered is written to."""
    found = (
        SchoolTeam.objects.filter(
            pk=team, answer=Answer.INVITED, convening__day__gte=today()
        )
        .select_related("convening", "school")
        .first()
    )
    reader = Person.objects.filter(pk=person, is_active=True).first()
    if found is None or reader is None or reader not in list_to_invite(found.school):
        return False
    with override(reader.language or settings.LANGUAGE_CODE):
        day = say_day_and_year(found.convening.day)
        told = {
            "school": found.school.name,
            "name": found.convening.name,
            "when": ", ".join(filter(None, (day, found.convening.where))),
            "students": found.student_seats,
            "caregivers": found.caregiver_seats,
        }
        subject = _("%(name)s: does your team come?") % told
        text = (
            _(
                "The team of %(school)s is invited to %(name)s: %(when)s. There are seats "
                "for educators, for students (%(students)s) and for caregivers "
                "(%(caregivers)s). On your team’s page you say whether you come, who "
                "comes, and what they need: food, access, an interpreter."
            )
            % told
        )
        address = write_address(reverse("convenings:show-team", args=[found.pk]))
    return send_or_wait(
        write_letter(reader, subject, text, address),
        tried,
        lambda later: invite_team.using(run_after=later).enqueue(
            team, person, tried + 1
        ),
    )


@task()
def remind_owner(plan: str, tried: int = 0) -> bool:
    """Tell whoever sees to a plan what was planned, in words of the team."""
    found = (
        Plan.objects.filter(pk=plan, outcome="")
        .select_related("owner", "team__convening", "team__school")
        .first()
    )
    if found is None or found.owner is None:
        return False
    if not plans_owned_by(found.owner).filter(pk=found.pk).exists():
        return False
    reader = found.owner
    with override(reader.language or settings.LANGUAGE_CODE):
        told = {
            "month": date_format(found.team.convening.day, "F"),
            "aim": found.aim,
            "step": found.first_step,
            "day": date_format(found.by_when),
        }
        subject = _("In %(month)s you planned") % told
        text = (
            _(
                "In %(month)s your team planned: %(aim)s. The first step, by %(day)s: "
                "%(step)s. Where is it? Done, partly and not are all answers."
            )
            % told
        )
        address = write_address(
            reverse("convenings:show-convening", args=[found.team.convening_id])
        )
    return send_or_wait(
        write_letter(reader, subject, text, address),
        tried,
        lambda later: remind_owner.using(run_after=later).enqueue(plan, tried + 1),
    )


@task()
def remind_writer(words: str, tried: int = 0) -> bool:
    """Tell somebody that they meant to do something. What it was stands on the page alone."""
    found = (
        Words.objects.filter(pk=words, by__is_active=True)
        .select_related("by", "convening")
        .first()
    )
    if found is None or found.by is None:
        return False
    reader = found.by
    with override(reader.language or settings.LANGUAGE_CODE):
        told = {
            "month": date_format(found.convening.day, "F"),
            "name": found.convening.name,
        }
        subject = _("In %(month)s you wrote down what you mean to do") % told
        text = (
            _(
                "At %(name)s you wrote down what you mean to do this year. It stands on "
                "the page of the convening, for you to read again."
            )
            % told
        )
        address = write_address(
            reverse("convenings:show-convening", args=[found.convening_id])
        )
    return send_or_wait(
        write_letter(reader, subject, text, address),
        tried,
        lambda later: remind_writer.using(run_after=later).enqueue(words, tried + 1),
    )


def bring_plans_back(on: dt.date | None = None) -> int:
    """Write in the autumn to whoever sees to a plan that is open, or meant to do something.

    Once each, of the convenings since the autumn before; not to somebody who no longer
    works there. Gives how many letters there are.
    """
    day = on or today()
    if (day.month, day.day) < AUTUMN:
        return 0
    since = dt.date(day.year - 1, *AUTUMN) + dt.timedelta(days=1)
    until = dt.date(day.year, *AUTUMN)
    return remind_owners(day, since, until) + remind_writers(day, since, until)


def remind_owners(day: dt.date, since: dt.date, until: dt.date) -> int:
    """Write to whoever sees to a plan of convenings of these days; gives how many letters."""
    open_plans = Plan.objects.filter(
        outcome="",
        reminded=None,
        team__convening__day__range=(since, until),
        owner__is_active=True,
    ).select_related("owner", "team")
    letters = 0
    for plan in open_plans:
        if plan.owner and plans_owned_by(plan.owner).filter(pk=plan.pk).exists():
            plan.reminded = day
            plan.save(update_fields=["reminded"])
            remind_owner.enqueue(str(plan.pk))
            letters += 1
    return letters


def remind_writers(day: dt.date, since: dt.date, until: dt.date) -> int:
    """Write to whoever meant to do something; gives how many letters."""
    meant = Words.objects.filter(
        kind=WordsKind.INTENTION,
        reminded=None,
        convening__day__range=(since, until),
        by__is_active=True,
    ).select_related("by")
    letters = 0
    for words in meant:
        if words.by and find_convening(words.by, words.convening_id):
            words.reminded = day
            words.save(update_fields=["reminded"])
            remind_writer.enqueue(str(words.pk))
            letters += 1
    return letters
