"""Walking a path: beginning it, reflecting, signing, and the list of stages."""

import uuid
from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.learning.badges import LIST_BITS
from commonroot.domain.learning.models import Seat
from commonroot.domain.learning.path_evidence import gather_evidence
from commonroot.domain.learning.path_models import (
    USUAL_NAMES,
    IssuedBadge,
    Path,
    PathReflection,
    PathStage,
    Signature,
)
from commonroot.domain.learning.path_queries import (
    count_held_minutes,
    find_attended_seat,
    find_path,
)
from commonroot.domain.learning.path_rules import EDIT_PATH_STAGES, SEE_PATHS
from commonroot.domain.learning.path_standing import Standing, list_standing
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.network.deeds import need_reason, note_deed
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today

# For each usual stage how many sessions were attended, co-facilitated, led with others, led alone;
# how many are mentored.
USUAL_NEEDS = (
    (2, 0, 0, 0, 0),
    (2, 2, 0, 0, 0),
    (2, 2, 2, 0, 0),
    (2, 2, 2, 2, 0),
    (2, 2, 2, 2, 1),
)


@transaction.atomic
def need_stages(region: Place) -> None:
    """Give a region the usual stages where it has none of its own yet."""
    if PathStage.objects.filter(region=region).exists():
        return
    PathStage.objects.bulk_create(
        PathStage(
            region=region,
            number=number,
            name=name,
            attended=needs[0],
            co_facilitated=needs[1],
            led_with_others=needs[2],
            led_alone=needs[3],
            mentored=needs[4],
        )
        for number, (name, needs) in enumerate(
            zip(USUAL_NAMES, USUAL_NEEDS, strict=True), 1
        )
    )


@transaction.atomic
def keep_stage(
    *,
    by: Person,
    region: Place,
    name: str,
    needs: dict[str, int],
    stage: PathStage | None = None,
) -> PathStage:
    """Change a stage of the list, or add one at its end."""
    reason = need_reason(by, EDIT_PATH_STAGES, region)
    if not name.strip():
        raise LearningError(_("Give the stage a name."))
    need_stages(region)
    if stage is None:
        last = PathStage.objects.filter(region=region).aggregate(n=Max("number"))["n"]
        stage = PathStage(region=region, number=(last or 0) + 1)
    elif stage.region_id != region.pk:
        raise PermissionDenied
    stage.name = name.strip()[:80]
    for need, number in needs.items():
        setattr(stage, need, number)
    stage.save()
    note_deed(by, "keep", "path stage", stage.pk, region, reason)
    return stage


@transaction.atomic
def move_stage(*, by: Person, stage: PathStage) -> None:
    """Move a stage one place up, unless somebody has signed it or the one before it."""
    reason = need_reason(by, EDIT_PATH_STAGES, stage.region)
    Place.objects.select_for_update().get(pk=stage.region_id)
    stage.refresh_from_db()
    above = (
        PathStage.objects.filter(region=stage.region_id, number__lt=stage.number)
        .order_by("-number")
        .first()
    )
    if above is None:
        return
    if stage.signatures.exists() or above.signatures.exists():
        raise LearningError(_("Somebody has signed it already. The order stays."))
    here, there = stage.number, above.number
    last = PathStage.objects.filter(region=stage.region_id).aggregate(n=Max("number"))
    # Each number once: the one above makes room first.
    for each, number in ((above, last["n"] + 1), (stage, there), (above, here)):
        each.number = number
        each.save(update_fields=["number"])
    note_deed(by, "move", "path stage", stage.pk, stage.region, reason)


@transaction.atomic
def remove_stage(*, by: Person, stage: PathStage) -> None:
    """Take a stage off the list, unless somebody has signed it."""
    reason = need_reason(by, EDIT_PATH_STAGES, stage.region)
    if stage.signatures.exists():
        raise LearningError(_("Somebody has signed this stage. Give it another name."))
    key = stage.pk
    stage.delete()
    note_deed(by, "remove", "path stage", key, stage.region, reason)


@transaction.atomic
def begin_path(*, by: Person, region: Place, person: Person, mentor: Person) -> Path:
    """Begin somebody's path with a mentor; the director does, after both said yes."""
    reason = need_reason(by, SEE_PATHS, region)
    if person == mentor:
        raise LearningError(_("Nobody mentors themselves."))
    need_stages(region)
    path, made = Path.objects.get_or_create(
        region=region, person=person, defaults={"mentor": mentor, "begun": today()}
    )
    if not made and path.mentor_id != mentor.pk:
        path.mentor, path.mentored_since = mentor, timezone.now()
        path.save(update_fields=["mentor", "mentored_since"])
    note_deed(by, "begin", "path", path.pk, region, reason)
    return path


def need_own_path(by: Person, path: Path) -> Path:
    """Give a path of one's own, and hold it; raises PermissionDenied otherwise."""
    if find_path(by, path.pk) is None:
        raise PermissionDenied
    return (
        Path.objects.select_for_update(of=("self",))
        .select_related("region")
        .get(pk=path.pk)
    )


@transaction.atomic
def reflect(*, by: Person, path: Path, text: str) -> PathReflection:
    """Write what one thinks of where one is on a path."""
    found = need_own_path(by, path)
    words = text.strip()
    if not words:
        raise LearningError(_("Write something first."))
    made = PathReflection.objects.create(path=found, by=by, text=words[:1000])
    note_deed(by, "write", "path reflection", made.pk, found.region)
    return made


@transaction.atomic
def sign_stage(*, by: Person, path: Path, stage: PathStage) -> Signature:
    """Sign a stage: it is reached when both have, in order, and the records hold the evidence.

    Whoever walks the path writes a reflection first, for each stage a new one.
    """
    found = need_own_path(by, path)
    if stage.region_id != found.region_id:
        raise PermissionDenied
    standing = list_standing(found, gather_evidence(found.person))
    if not has_reflected(found, standing):
        raise LearningError(
            _("First whoever walks the path writes a reflection on this stage.")
        )
    for each in standing:
        if each.stage == stage:
            if not each.has_evidence:
                raise LearningError(
                    _("The records do not hold yet what this stage asks for.")
                )
            break
        if not each.is_reached:
            raise LearningError(_("The stages before this one come first."))
    known = found.signatures.filter(stage=stage, by=by, taken_back=None).first()
    if known is not None:
        return known
    made = Signature.objects.create(
        path=found, stage=stage, by=by, as_mentor=by.pk == found.mentor_id
    )
    note_deed(by, "sign", "path stage", made.pk, found.region)
    return made


def has_reflected(path: Path, standing: Sequence[Standing]) -> bool:
    """Say whether whoever walks a path has written since they reached their last stage."""
    moments = [each.reached_at for each in standing if each.reached_at is not None]
    own = path.reflections.filter(by=path.person_id)
    return (own.filter(at__gt=max(moments)) if moments else own).exists()


@transaction.atomic
def take_back_signature(*, by: Person, path: Path, stage: PathStage) -> None:
    """Take one's own signature back; that it was there stays, with both days."""
    found = need_own_path(by, path)
    for each in found.signatures.filter(stage=stage, by=by, taken_back=None):
        each.taken_back = timezone.now()
        each.save(update_fields=["taken_back"])
        note_deed(by, "take back", "path stage", each.pk, found.region)


@transaction.atomic
def let_employer_see(*, by: Person, path: Path, may: bool) -> Path:
    """Let one's employer see the path, or no longer: whoever walks it decides."""
    found = Path.objects.select_for_update(of=("self",)).get(pk=path.pk)
    if found.person_id != by.pk:
        raise PermissionDenied
    found.employer_may_see = may
    found.employer_agreed = today() if may else None
    found.save(update_fields=["employer_may_see", "employer_agreed"])
    note_deed(by, "show" if may else "hide", "path", found.pk, found.region)
    return found


@transaction.atomic
def issue_badge(*, by: Person, seat: uuid.UUID) -> IssuedBadge:
    """Issue the badge of a series that one attended, or give the one there is."""
    found = find_attended_seat(by, seat)
    if found is None:
        raise PermissionDenied
    minutes = count_held_minutes(found)
    known = IssuedBadge.objects.filter(seat=found).first()
    if known is not None:
        if known.revoked is not None:
            raise LearningError(_("You took this badge back. It no longer counts."))
        if known.minutes < minutes:
            known.minutes = minutes
            known.save(update_fields=["minutes"])
        return known
    last = IssuedBadge.objects.aggregate(last=Max("number"))["last"]
    if last is not None and last + 1 >= LIST_BITS:
        raise LearningError(
            _("This site has given as many badges as its list holds. Tell its keeper.")
        )
    try:
        with transaction.atomic():
            made = IssuedBadge.objects.create(
                seat=found,
                number=0 if last is None else last + 1,
                issued=timezone.now(),
                minutes=minutes,
            )
    except IntegrityError:
        # Somebody else took the number, or the same person asked twice at once.
        raise LearningError(_("Please press once more.")) from None
    note_deed(by, "issue", "badge", made.pk, found.series.place)
    return made


@transaction.atomic
def revoke_badge(*, by: Person, seat: Seat) -> None:
    """Take one's own badge back: whoever checks it sees that it no longer counts."""
    badge = IssuedBadge.objects.filter(seat=seat, seat__person=by).first()
    if badge is None:
        raise PermissionDenied
    badge.revoked = badge.revoked or timezone.now()
    badge.save(update_fields=["revoked"])
    note_deed(by, "revoke", "badge", badge.pk, seat.series.place)
