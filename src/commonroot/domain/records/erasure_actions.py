"""Erasing a student on request: what was recorded stays, and no longer says of whom."""

import json
from typing import Any

import polars as pl
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import find_reason
from commonroot.domain.records.actions import OPEN_STATES
from commonroot.domain.records.choices import ErasureKind, ImportState
from commonroot.domain.records.keeping import digest_student, drop_waiting, forget_told
from commonroot.domain.records.models import ErasedStudent, Erasure, Import, Version
from commonroot.domain.records.rows import digest_incidents, read_rows
from commonroot.domain.records.rules import KEEP
from commonroot.intake.fields import GROUP
from commonroot.intake.secret import key_students, read_secret

PIECE = 500


class ErasureError(Exception):
    """A student cannot be erased; the text says why."""


def find_key(number: str) -> int:
    """Find the key of a student's number, as a file would have given it."""
    key = key_students(pl.Series([number]), read_secret())[0]
    if key is None:
        raise ErasureError(_("Write the student's number as it stands in the file."))
    return int(key)


def is_there(*, by: Person, school: Place, number: str) -> bool:
    """Say whether a school's records hold a student's number, to whoever may erase it."""
    if find_reason(by, KEEP, school) is None:
        raise PermissionDenied
    key = find_key(number.strip())
    return Version.objects.filter(
        incident__school=school, rows__contains=f'"student": {key}'
    ).exists()


@transaction.atomic
def erase_student(*, by: Person, school: Place, number: str, reason: str) -> Erasure:
    """Take a student's key and groups out of everything that a school has kept.

    Neither the number nor the key is kept; a digest is, so that the next file does not
    bring the student back. Files that wait for a yes are set aside.
    """
    allowed = find_reason(by, KEEP, school)
    if allowed is None:
        raise PermissionDenied
    key = find_key(number.strip())
    touched = [
        version
        for version in Version.objects.filter(
            incident__school=school, rows__contains=f'"student": {key}'
        )
        if clear_version(version, key)
    ]
    Version.objects.bulk_update(touched, ["rows", "digest"], batch_size=PIECE)
    forget_told(school)
    waiting = Import.objects.filter(school=school, state__in=OPEN_STATES)
    drop_waiting(waiting)
    aside = waiting.update(
        state=ImportState.SET_ASIDE, draft=None, decided=timezone.now()
    )
    ErasedStudent.objects.get_or_create(school=school, digest=digest_student(key))
    erasure = Erasure.objects.create(
        school=school,
        kind=ErasureKind.STUDENT,
        by=by,
        reason=reason.strip()[:200],
        report={"found": bool(touched), "files_set_aside": aside},
    )
    record(
        by=by,
        verb="erase",
        kind="student",
        key=erasure.pk,
        place=school,
        reason=str(allowed),
    )
    return erasure


def clear_version(version: Version, key: int) -> bool:
    """Clear a student's key and groups out of the rows of one version."""
    rows: list[dict[str, Any]] = json.loads(version.rows)
    if all(row.get("student") != key for row in rows):
        return False
    kept = [clear_row(row) if row.get("student") == key else row for row in rows]
    lines = sorted(json.dumps(row, sort_keys=True) for row in kept)
    version.rows = f"[{','.join(lines)}]"
    rows_left = read_rows([("0", version.rows)])
    version.digest = str(digest_incidents(rows_left)["digest"][0])
    return True


def clear_row(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row without the student and the student's groups."""
    return {
        name: value
        for name, value in row.items()
        if name != "student" and not name.startswith(GROUP)
    }
