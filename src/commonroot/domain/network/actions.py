"""Changing places, people and roles. Every change says who made it."""

import datetime as dt
import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.models import (
    Invitation,
    Person,
    Place,
    Role,
    RosterImport,
    Within,
)
from commonroot.domain.network.rules import ADD_PLACE, INVITE, MAY_GIVE
from commonroot.domain.network.sight import current_roles, find_reason, today

INVITATION_DAYS = 14
# A place of a kind lies in a place of one of these kinds.
LIES_IN: dict[PlaceKind, set[PlaceKind | None]] = {
    PlaceKind.REGION: {None, PlaceKind.PARTNER},
    PlaceKind.COUNTY: {None, PlaceKind.REGION},
    PlaceKind.DISTRICT: {None, PlaceKind.REGION},
    PlaceKind.SCHOOL: {PlaceKind.DISTRICT},
    PlaceKind.DEPARTMENT: {PlaceKind.SCHOOL, PlaceKind.DISTRICT},
    PlaceKind.PARTNER: {None},
}


class NetworkError(Exception):
    """What was asked for cannot be; the message says why, for the person who asked."""


@transaction.atomic
def add_place(
    *,
    by: object,
    kind: PlaceKind,
    name: str,
    above: Place | None = None,
    county: Place | None = None,
    outside_key: str = "",
) -> Place:
    """Add a place, and write down what it lies within.

    A person who adds it must be allowed to. Raises NetworkError when it cannot lie
    there, or another place beside it has its name.
    """
    reason = need_to_add(by, above) if isinstance(by, Person) else ""
    refuse_place(kind, name, above, county)
    place = Place.objects.create(
        kind=kind, name=name, above=above, county=county, outside_key=outside_key
    )
    around = [place]
    while above is not None:
        around.append(above)
        above = above.above
    Within.objects.bulk_create(Within(place=place, around=each) for each in around)
    record(by=by, verb="add", kind="place", key=place.pk, place=place, reason=reason)
    return place


def need_to_add(by: Person, above: Place | None) -> str:
    """Say why somebody may add a place in another; raises PermissionDenied otherwise."""
    reason = find_reason(by, ADD_PLACE, above) if above else None
    if reason is None:
        raise PermissionDenied
    return str(reason)


def refuse_place(
    kind: PlaceKind, name: str, above: Place | None, county: Place | None
) -> None:
    """Raise NetworkError when there cannot be such a place there."""
    if (PlaceKind(above.kind) if above else None) not in LIES_IN[kind]:
        raise NetworkError(
            _("A place of the kind %(kind)s cannot lie there.") % {"kind": kind.label}
        )
    if not name.strip():
        raise NetworkError(_("A place needs a name."))
    beside = Place.objects.filter(above=above, kind=kind)
    if any(
        each.lower() == name.lower() for each in beside.values_list("name", flat=True)
    ):
        raise NetworkError(
            _("There is a place of this kind with this name here already.")
        )
    if county is not None and county.kind != PlaceKind.COUNTY:
        raise NetworkError(_("Choose a county."))


@transaction.atomic
def add_person(*, by: object, email: str, name: str, language: str = "") -> Person:
    """Add a person who has no role yet, and so sees nothing."""
    person = Person.objects.create_user(email, name=name, language=language)
    record(by=by, verb="add", kind="person", key=person.pk)
    return person


@transaction.atomic
def give_role(
    *,
    by: object,
    person: Person,
    kind: RoleKind,
    place: Place,
    first: dt.date | None = None,
    last: dt.date | None = None,
    member_kind: str = "",
    shift: str = "",
    given_by_roster: RosterImport | None = None,
) -> Role:
    """Give somebody a role at a place. A person who gives it must be allowed to."""
    reason = need_to_give(by, kind, place) if isinstance(by, Person) else ""
    if by == person:
        raise PermissionDenied
    role = Role.objects.create(
        person=person,
        kind=kind,
        place=place,
        first=first or today(),
        last=last,
        member_kind=member_kind,
        shift=shift,
        given_by_roster=given_by_roster,
    )
    record(
        by=by,
        verb="give",
        kind="role",
        key=role.pk,
        place=place,
        origin=f"{kind} for {person.pk}",
        reason=str(reason),
    )
    return role


def need_to_give(by: Person, kind: RoleKind, place: Place) -> str:
    """Say why somebody may give a role; raises PermissionDenied when they may not."""
    for role in current_roles(by):
        given = MAY_GIVE.get(RoleKind(role.kind), frozenset())
        if kind not in given:
            continue
        here = role.kind in INVITE.here and role.place_id == place.pk
        within = role.kind in INVITE.within and (
            place.surroundings.filter(around=role.place_id).exists()
        )
        if here or within:
            return str(role)
    raise PermissionDenied


@transaction.atomic
def end_role(*, by: Person, role: Role, last: dt.date | None = None) -> Role:
    """End a role: from the day after `last` on it lets nobody see anything.

    Without a day it ends at once, as if yesterday had been its last day, or never
    was held when it began today.
    """
    reason = find_reason(by, INVITE, role.place)
    if reason is None:
        raise PermissionDenied
    is_theirs = role.kind in MAY_GIVE[RoleKind.PRINCIPAL] or role.person == by
    if reason.role.kind in INVITE.here and not is_theirs:
        raise NetworkError(
            _("A principal does not end this role. Ask the district or the network.")
        )
    role = Role.objects.select_for_update().get(pk=role.pk)
    if role.last is not None and role.last < today():
        return role
    ended = last or today() - timedelta(days=1)
    # What was given and ended on one day stays written down: it was never held.
    role.first = min(role.first, ended)
    role.last = ended
    role.save(update_fields=["first", "last"])
    record(
        by=by,
        verb="end",
        kind="role",
        key=role.pk,
        origin=f"{role.kind} of {role.person_id}",
        place=role.place,
        reason=str(reason),
    )
    return role


@transaction.atomic
def describe_role(*, by: Person, role: Role, member_kind: str, shift: str) -> Role:
    """Write down whose voice a role brings and when in the day it is held."""
    reason = find_reason(by, INVITE, role.place)
    if reason is None:
        raise PermissionDenied
    role.member_kind, role.shift = member_kind, shift
    role.save(update_fields=["member_kind", "shift"])
    record(
        by=by,
        verb="describe",
        kind="role",
        key=role.pk,
        place=role.place,
        reason=str(reason),
    )
    return role


@transaction.atomic
def invite(
    *,
    by: Person,
    email: str,
    name: str,
    kind: RoleKind,
    place: Place,
    member_kind: str = "",
    shift: str = "",
    last: dt.date | None = None,
) -> tuple[Invitation, str]:
    """Invite somebody to a role. Gives the invitation, and its token for the letter."""
    reason = need_to_give(by, kind, place)
    if email.strip().lower() == by.email:
        raise NetworkError(_("Nobody gives a role to themselves. Ask somebody else."))
    if last is not None and last < today():
        raise NetworkError(_("The last day has passed already."))
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        name=name.strip(),
        kind=kind,
        place=place,
        member_kind=member_kind,
        shift=shift,
        last=last,
        invited_by=by,
        token_digest=digest(token),
        expires=timezone.now() + timedelta(days=INVITATION_DAYS),
    )
    record(
        by=by,
        verb="invite",
        kind="invitation",
        key=invitation.pk,
        place=place,
        reason=reason,
    )
    return invitation, token


def renew_token(invitation: Invitation) -> str:
    """Give an invitation a new token: a letter that is sent again has its own."""
    token = secrets.token_urlsafe(32)
    invitation.token_digest = digest(token)
    invitation.save(update_fields=["token_digest"])
    return token


@transaction.atomic
def withdraw_invitation(*, by: Person, invitation: Invitation) -> None:
    """Withdraw an invitation that nobody has accepted: its letter opens nothing."""
    reason = find_reason(by, INVITE, invitation.place)
    if reason is None:
        raise PermissionDenied
    key, place = invitation.pk, invitation.place
    gone, _kinds = Invitation.objects.filter(pk=key, accepted=None).delete()
    if not gone:
        return
    record(
        by=by,
        verb="withdraw",
        kind="invitation",
        key=key,
        place=place,
        reason=str(reason),
    )


def digest(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """Find an invitation that can still be accepted."""
    return (
        Invitation.objects.filter(
            token_digest=digest(token), accepted=None, expires__gt=timezone.now()
        )
        .select_related("place", "invited_by")
        .first()
    )


@transaction.atomic
def choose_language(*, by: Person, language: str) -> None:
    """Remember the language in which somebody reads pages: letters to them are in it too."""
    if language not in dict(settings.LANGUAGES) or language == by.language:
        return
    by.language = language
    by.save(update_fields=["language"])
    record(by=by, verb="choose", kind="language", key=by.pk)


@transaction.atomic
def accept_invitation(*, token: str, password: str | None = None) -> Person:
    """Accept an invitation: the person, known by e-mail or new, holds the role from today.

    Raises NetworkError when it was accepted already, has expired, or the person who
    invited may no longer give this role.
    """
    found = find_invitation(token)
    if found is None:
        raise NetworkError(
            _("This invitation was used already, or is too old. Ask for a new one.")
        )
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if invitation.accepted is not None:
        raise NetworkError(_("This invitation was used already. Sign in instead."))
    if invitation.last is not None and invitation.last < today():
        raise NetworkError(
            _("The role that you were invited to has ended. Ask for a new invitation.")
        )
    kind = RoleKind(invitation.kind)
    try:
        need_to_give(invitation.invited_by, kind, invitation.place)
    except PermissionDenied:
        raise NetworkError(
            _(
                "Whoever invited you can no longer do so. Ask the school for a new invitation."
            )
        ) from None
    person = Person.objects.filter(email=invitation.email).first()
    if person is None:
        person = Person.objects.create_user(
            invitation.email, password, name=invitation.name
        )
        record(by=person, verb="join", kind="person", key=person.pk)
    role = Role.objects.create(
        person=person,
        kind=kind,
        place=invitation.place,
        first=today(),
        last=invitation.last,
        member_kind=invitation.member_kind,
        shift=invitation.shift,
    )
    invitation.accepted = timezone.now()
    invitation.save(update_fields=["accepted"])
    record(
        by=person, verb="accept", kind="invitation", key=invitation.pk, place=role.place
    )
    return person
