"""The words of a visit, opened for the two whom they belong to."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from commonroot.domain.coaching.choices import Part
from commonroot.domain.coaching.keys import (
    PairKeyError,
    need_key,
    open_sealed,
    read_key,
    seal,
)
from commonroot.domain.coaching.models import Visit, VisitNote
from commonroot.domain.network.models import Person


@dataclass(frozen=True)
class Said:
    """One line of a visit, opened. `words` is None where the key does not open it."""

    key: uuid.UUID
    part: Part
    by: Person | None
    at: dt.datetime
    words: str | None


def bind(visit: uuid.UUID, note: uuid.UUID, part: str) -> str:
    """Say where a line belongs."""
    return f"{visit} {note} {part}"


def seal_note(visit: Visit, note: uuid.UUID, part: Part, words: str) -> str:
    """Seal a line with the key of its pair, in the transaction that holds the pair.

    A key is made for a pair's first line alone. Where lines are there and their key is
    not, raises PairKeyError: with another key they would never open again together.
    """
    name = visit.pair.sealed_with
    has_lines = VisitNote.objects.filter(visit__pair=visit.pair_id).exists()
    key = read_key(name) if has_lines else need_key(name)
    return seal(words, key, bind(visit.pk, note, part.value))


def open_notes(visit: Visit, notes: Iterable[VisitNote] | None = None) -> list[Said]:
    """Open the lines of a visit, as they were written.

    Whoever calls this has made sure that the viewer is one of the two, and may give the
    notes of the visit where they were fetched already.
    """
    try:
        key = read_key(visit.pair.sealed_with)
    except PairKeyError:
        key = b""
    if notes is None:
        notes = visit.notes.select_related("by")
    return [open_note(each, key) for each in notes]


def open_note(note: VisitNote, key: bytes) -> Said:
    """Open one line; its words are missing where the key does not open them."""
    try:
        if not key:
            raise PairKeyError
        bound = bind(note.visit_id, note.pk, note.part)
        words: str | None = open_sealed(note.sealed, key, bound)
    except PairKeyError:
        words = None
    return Said(note.pk, Part(note.part), note.by, note.at, words)
