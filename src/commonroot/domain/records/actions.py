"""Taking files in, whole or not at all, and undoing that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason
from commonroot.domain.records.choices import ImportState
from commonroot.domain.records.keeping import (
    drop_staged,
    drop_waiting,
    forget_students,
    leave_expired,
)
from commonroot.domain.records.models import Import, Incident, Telling, Version
from commonroot.domain.records.rows import (
    Told,
    digest_incidents,
    pack,
    pack_told,
    read_told,
    tell_incidents,
    unpack,
    unpack_told,
)
from commonroot.domain.records.rules import IMPORT
from commonroot.domain.records.standing import (
    compare,
    keep_standing,
    read_standing,
)
from commonroot.intake import (
    Intake,
    MappingError,
    choose_columns,
    propose,
    read_incidents,
    read_source,
    write_mapping,
)
from commonroot.intake.grain import leave_school
from commonroot.intake.labels import label_key

PIECE = 1_000
OPEN_STATES = (ImportState.WAITING, ImportState.ON_ITS_WAY)
CLOSED_STATES = (ImportState.SET_ASIDE, ImportState.OVERTAKEN)
Progress = Callable[[float], None]


def need_reason(by: Person, school: Place) -> str:
    """Say why somebody may give a school's files; raises PermissionDenied otherwise."""
    reason = find_reason(by, IMPORT, school)
    if reason is None:
        raise PermissionDenied
    return str(reason)


def give_file(
    *,
    by: Person,
    school: Place,
    path: Path,
    name: str,
    columns: Mapping[str, str] | None = None,
) -> Import:
    """Read a file for a school, and keep what it would do until somebody says yes.

    `columns` names the header of fields, where somebody chose them.

    Raises the intake's errors, each with a sentence for a person; then nothing is kept.
    """
    reason = need_reason(by, school)
    intake = read_file(school, path, columns or {})
    rows, others = keep_school(intake.rows, school)
    rows, expired = leave_expired(rows, school)
    if rows.is_empty():
        raise MappingError(
            _(
                "All of this file is of school years whose detail this school no longer "
                "keeps. Nothing was kept of it."
            )
        )
    rows = forget_students(leave_school(rows), school)
    digests = digest_incidents(rows)
    since, standing = read_standing(school)
    compared = compare(digests, standing)
    changed = rows.join(compared.changed, on="event", how="semi")
    with transaction.atomic():
        given = Import.objects.create(
            school=school,
            by=by,
            name=name[:200],
            report={
                **intake.report,
                "taken": [list(note) for note in intake.mapping.notes],
                "rows_of_other_schools": others,
                "rows_of_years_not_kept": expired,
                **tell_extent(rows, school),
            },
            plan=compared.plan,
            mapping=write_mapping(intake.mapping, intake.headers),
            bells=dict(intake.mapping.bells),
            draft=pack(changed),
            compared=since,
        )
        Telling.objects.create(given=given, packed=pack_told(digests))
        record(
            by=by, verb="give", kind="import", key=given.pk, place=school, reason=reason
        )
    return given


def read_file(school: Place, path: Path, columns: Mapping[str, str]) -> Intake:
    """Read a file by the columns that were chosen, else by the school's last mapping.

    A mapping that no longer fits is proposed anew.
    """
    if columns:
        headers = read_source(path).headers
        chosen = choose_columns(propose(headers), columns)
        return read_with(path, write_mapping(chosen, headers))
    taken_in = Import.objects.filter(school=school, state=ImportState.TAKEN_IN)
    last = taken_in.values_list("mapping", flat=True).first()
    if last is not None:
        try:
            return read_with(path, last)
        except MappingError:
            pass
    return read_incidents(path)


def read_with(path: Path, mapping: str) -> Intake:
    """Read a file with a mapping."""
    beside = path.with_suffix(".mapping.toml")
    beside.write_text(mapping, encoding="utf-8")
    try:
        return read_incidents(path, mapping_path=beside)
    finally:
        beside.unlink()


def tell_extent(rows: pl.DataFrame, school: Place) -> dict[str, object]:
    """Tell from when to when a file reaches, and which school it names, if another.

    The site's own name for a school and the file's may differ: what the school's last
    file said is its name too.
    """
    dates = rows["date"].drop_nulls()
    named = [str(each) for each in rows["school"].drop_nulls().unique().to_list()]
    earlier = Import.objects.filter(school=school, state=ImportState.TAKEN_IN)
    known = {label_key(school.name), label_key(school.outside_key)}
    for report in earlier.values_list("report", flat=True):
        known |= {label_key(each) for each in report.get("schools", [])}
    return {
        "first_day": str(dates.min()),
        "last_day": str(dates.max()),
        "schools": named,
        "of_another_school": [each for each in named if label_key(each) not in known],
    }


def keep_school(rows: pl.DataFrame, school: Place) -> tuple[pl.DataFrame, int]:
    """Keep the rows of one school, of a file that may tell of several.

    A file that names one school only is taken to be of the school it was given for.
    """
    named = rows["school"].cast(pl.String)
    if named.drop_nulls().n_unique() < 2:
        return rows, 0
    mine = named.map_elements(
        lambda name: label_key(name) == label_key(school.name), return_dtype=pl.Boolean
    ).fill_null(value=False)
    kept = rows.filter(mine)
    if kept.is_empty():
        raise MappingError(
            _(
                "The file names several schools, and none of them is %(school)s. Give it "
                "for one of its own schools."
            )
            % {"school": school.name}
        )
    return kept, rows.height - kept.height


@transaction.atomic
def say_yes(*, by: Person, given: Import) -> bool:
    """Say that a file is to be taken in; a yes that is said twice is heard once.

    Gives whether there is something to do now.
    """
    need_reason(by, given.school)
    waiting = Import.objects.filter(pk=given.pk, state=ImportState.WAITING)
    return waiting.update(state=ImportState.ON_ITS_WAY) > 0


def let_wait(given: Import) -> None:
    """Let a file that could not be taken in wait for a yes again."""
    Import.objects.filter(pk=given.pk, state=ImportState.ON_ITS_WAY).update(
        state=ImportState.WAITING
    )


@dataclass(frozen=True)
class Changes:
    """What a file that waits would change now: its rows, and the digests that differ.

    `told` is what it says now, where that is not what it said when it was read.
    """

    rows: pl.DataFrame
    changed: pl.DataFrame
    standing: pl.DataFrame
    plan: dict[str, int]
    told: bytes | None = None

    @property
    def overtaken(self) -> bool:
        """Would it have to say what it left unsaid, because that stood when it was read?"""
        return self.changed.join(self.rows, on="event", how="anti").height > 0


def would_write(given: Import) -> bool:
    """Would a file have written anything, when it was read?"""
    return bool(given.plan["new"] + given.plan["changed"])


def find_changes(given: Import) -> Changes:
    """Find what a file that waits would change as things stand now."""
    since, standing = read_standing(given.school)
    if since == given.compared and not would_write(given):
        nothing = standing.clear()
        return Changes(nothing, nothing, standing, given.plan)
    drafted = unpack(bytes(given.draft or b""))
    rows = forget_meanwhile(given.school, drafted)
    if since == given.compared and rows.equals(drafted):
        return Changes(rows, digest_incidents(rows), standing, given.plan)
    told = digest_anew(read_told(bytes(given.telling.packed)), drafted, rows)
    compared = compare(told, standing)
    return Changes(rows, compared.changed, standing, compared.plan, pack_told(told))


def take_in(
    *, by: Person, given: Import, progress: Progress = lambda share: None
) -> Import:
    """Take a file in: all of it or, whatever happens on the way, nothing.

    Its versions are written piece by piece, where nothing counts them, so that others go
    on working meanwhile; in one step at the end they count. Incidents that are not in
    the file are left as they are. `progress` is told the share that is written. A file is
    overtaken, and writes nothing, when what it left unsaid because it stood already
    stands no more.
    """
    reason = need_reason(by, given.school)
    mine = Import.objects.filter(pk=given.pk)
    try:
        stage(given, progress)
        settled = settle(by, given, reason)
    except Exception:
        drop_staged(mine)
        raise
    if settled.state in CLOSED_STATES:
        # It was set aside while its pieces were written.
        drop_staged(mine)
    return settled


def stage(given: Import, progress: Progress) -> None:
    """Write a file's versions piece by piece; none of them counts yet."""
    found = Import.objects.get(pk=given.pk)
    if found.state not in OPEN_STATES or found.draft is None:
        return
    # A process that was killed may have left some.
    drop_staged(Import.objects.filter(pk=found.pk))
    if not would_write(found):
        return
    changes = find_changes(found)
    if not changes.overtaken:
        write_versions(found, changes, progress)


@transaction.atomic
def settle(by: Person, given: Import, reason: str) -> Import:
    """Let what was written of a file count, if it is still what the file would change."""
    locked = Import.objects.select_for_update().get(pk=given.pk)
    if locked.state not in OPEN_STATES or locked.draft is None:
        return locked
    changes = find_changes(locked)
    if changes.overtaken:
        return end_waiting(by, locked, ImportState.OVERTAKEN, "overtake", reason)
    if changes.changed.height:
        if not is_staged(locked, changes.changed):
            drop_staged(Import.objects.filter(pk=locked.pk))
            write_versions(locked, changes, lambda share: None)
        let_count(locked)
    if changes.told is not None:
        Telling.objects.filter(given=locked).update(packed=changes.told)
    locked.state, locked.draft = ImportState.TAKEN_IN, None
    locked.plan, locked.decided = changes.plan, timezone.now()
    locked.save()
    line = record(
        by=by,
        verb="take in",
        kind="import",
        key=locked.pk,
        place=locked.school,
        reason=reason,
    )
    # Only once it is sure does it stand.
    unchanged = changes.standing.join(changes.changed, on="event", how="anti")
    after = pl.concat([unchanged, changes.changed])
    transaction.on_commit(lambda: keep_standing(locked.school, after, line.number))
    return locked


def is_staged(given: Import, changed: pl.DataFrame) -> bool:
    """Is what was written of a file what it would change?"""
    wanted = changed.select(pl.col("event", "digest").cast(pl.String))
    written = given.versions.values_list("incident__key", "digest")
    return sorted(written.iterator(chunk_size=10_000)) == sorted(wanted.iter_rows())


def forget_meanwhile(school: Place, rows: pl.DataFrame) -> pl.DataFrame:
    """Leave out of a file that waited what was erased or has expired since it was read."""
    return forget_students(leave_expired(rows, school)[0], school)


def digest_anew(
    told: pl.DataFrame, drafted: pl.DataFrame, kept: pl.DataFrame
) -> pl.DataFrame:
    """Tell the digests of a file that waited, of which less may be kept now."""
    if kept.equals(drafted):
        return told
    gone = drafted.select(pl.col("event").unique())
    return pl.concat([told.join(gone, on="event", how="anti"), digest_incidents(kept)])


def end_waiting(
    by: Person, locked: Import, state: ImportState, verb: str, reason: str
) -> Import:
    """End an import that is not to be taken in: its draft goes."""
    drop_waiting(Import.objects.filter(pk=locked.pk))
    locked.state, locked.draft, locked.decided = state, None, timezone.now()
    locked.save()
    record(
        by=by,
        verb=verb,
        kind="import",
        key=locked.pk,
        place=locked.school,
        reason=reason,
    )
    return locked


def write_versions(given: Import, changes: Changes, progress: Progress) -> None:
    """Write a version of every incident that is new or has changed."""
    told = list(tell_incidents(changes.rows, changes.changed))
    for start in range(0, len(told), PIECE):
        if not Import.objects.filter(pk=given.pk, state__in=OPEN_STATES).exists():
            return
        write_piece(given, told[start : start + PIECE])
        progress(min(1.0, (start + PIECE) / len(told)))


def let_count(given: Import) -> None:
    """Let what a file wrote count, in one step."""
    mine = Version.objects.filter(incident=OuterRef("pk"), written_by=given)
    Incident.objects.filter(versions__written_by=given).update(
        current=Subquery(mine.values("pk")[:1])
    )


@transaction.atomic
def write_piece(given: Import, piece: list[Told]) -> None:
    """Write versions of some incidents; those that are not known are made."""
    school = given.school
    Incident.objects.bulk_create(
        [Incident(school=school, key=each.key) for each in piece], ignore_conflicts=True
    )
    known = dict(
        Incident.objects.filter(
            school=school, key__in=[each.key for each in piece]
        ).values_list("key", "pk")
    )
    Version.objects.bulk_create(
        Version(
            incident_id=known[each.key],
            written_by=given,
            day=each.day,
            school_year=each.school_year,
            rows=each.rows,
            digest=each.digest,
        )
        for each in piece
    )


@transaction.atomic
def undo(*, by: Person, given: Import) -> Import:
    """Undo an import whole: what it wrote no longer counts, what was before does again."""
    reason = need_reason(by, given.school)
    locked = Import.objects.select_for_update().get(pk=given.pk)
    if locked.state in OPEN_STATES:
        return end_waiting(by, locked, ImportState.SET_ASIDE, "undo", reason)
    if locked.state != ImportState.TAKEN_IN:
        return locked
    locked.state, locked.decided = ImportState.UNDONE, timezone.now()
    Telling.objects.filter(given=locked).delete()
    locked.save(update_fields=["state", "decided"])
    bring_back(locked)
    record(
        by=by,
        verb="undo",
        kind="import",
        key=locked.pk,
        place=locked.school,
        reason=reason,
    )
    return locked


def hand_on(undone: Import) -> None:
    """Hand what an import wrote on to the newest other one that says the same.

    A file that was given later and found nothing to change still vouches for it.
    """
    written = dict(undone.versions.values_list("incident__key", "pk"))
    digests = dict(undone.versions.values_list("incident__key", "digest"))
    others = Telling.objects.filter(
        given__school=undone.school, given__state=ImportState.TAKEN_IN
    )
    for other in others.order_by("-given__decided"):
        said = dict(unpack_told(bytes(other.packed)))
        vouched = [key for key in written if said.get(key) == digests[key]]
        for start in range(0, len(vouched), PIECE):
            keys = [written.pop(key) for key in vouched[start : start + PIECE]]
            Version.objects.filter(pk__in=keys).update(written_by=other.given_id)


def bring_back(undone: Import) -> None:
    """Let the newest version that still stands count, of everything that was undone."""
    hand_on(undone)
    touched = list(Incident.objects.filter(current__written_by=undone))
    standing: dict[int, Version] = {}
    for version in Version.objects.filter(
        incident__in=touched, written_by__state=ImportState.TAKEN_IN
    ).order_by("pk"):
        standing[version.incident_id] = version
    for incident in touched:
        incident.current = standing.get(incident.pk)
    Incident.objects.bulk_update(touched, ["current"], batch_size=PIECE)
