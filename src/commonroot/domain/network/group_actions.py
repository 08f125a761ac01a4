"""Making groups, and changing who is in them."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.actions import NetworkError
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_queries import people_for
from commonroot.domain.network.models import Group, Membership, Person, Place
from commonroot.domain.network.rules import KEEP_GROUPS
from commonroot.domain.network.sight import find_reason, today


def need_reason(by: Person, place: Place) -> str:
    """Say why somebody may keep the groups of a place; raises PermissionDenied otherwise."""
    reason = find_reason(by, KEEP_GROUPS, place)
    if reason is None:
        raise PermissionDenied
    return str(reason)


@transaction.atomic
def add_group(
    *, by: Person, place: Place, kind: GroupKind, name: str, rhythm: str = ""
) -> Group:
    """Make a group at a place; raises NetworkError when its name is taken."""
    reason, named = need_reason(by, place), " ".join(name.split())
    taken = (each.lower() for each in place.groups.values_list("name", flat=True))
    if named.lower() in taken:
        raise NetworkError(_("There is a group with this name here already."))
    group = Group.objects.create(
        place=place, kind=kind, name=named, rhythm=rhythm.strip()
    )
    record(by=by, verb="add", kind="group", key=group.pk, place=place, reason=reason)
    return group


@transaction.atomic
def rename_group(*, by: Person, group: Group, name: str, rhythm: str = "") -> Group:
    """Give a group another name and rhythm; raises NetworkError when the name is taken."""
    reason, named = need_reason(by, group.place), " ".join(name.split())
    others = group.place.groups.exclude(pk=group.pk).values_list("name", flat=True)
    if any(each.lower() == named.lower() for each in others):
        raise NetworkError(_("There is a group with this name here already."))
    group.name, group.rhythm = named, rhythm.strip()
    group.save(update_fields=["name", "rhythm"])
    record(
        by=by,
        verb="rename",
        kind="group",
        key=group.pk,
        place=group.place,
        reason=reason,
    )
    return group


@transaction.atomic
def add_member(
    *,
    by: Person,
    group: Group,
    person: Person,
    member_kind: str = "",
    duty: str = "",
) -> Membership:
    """Add somebody to a group who holds a role at its place or within, from today."""
    reason = need_reason(by, group.place)
    Group.objects.select_for_update().get(pk=group.pk)
    if not people_for(group).filter(pk=person.pk).exists():
        raise NetworkError(
            _("They are in the group already, or have no role here any more.")
        )
    membership = Membership.objects.create(
        group=group,
        person=person,
        member_kind=member_kind,
        duty=duty.strip(),
        first=today(),
    )
    note(by, "add", membership, reason)
    return membership


def note(by: Person, verb: str, membership: Membership, reason: str) -> None:
    """Write down what was done with a membership."""
    record(
        by=by,
        verb=verb,
        kind="membership",
        key=membership.pk,
        place=membership.group.place,
        reason=reason,
    )


@transaction.atomic
def end_membership(*, by: Person, membership: Membership) -> None:
    """End a membership at once; one that began today never was."""
    reason = need_reason(by, membership.group.place)
    ended = today() - timedelta(days=1)
    note(by, "end", membership, reason)
    if ended < membership.first:
        membership.delete()
        return
    membership.last = ended
    membership.save(update_fields=["last"])
