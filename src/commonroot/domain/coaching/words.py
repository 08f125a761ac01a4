"""The words of a visit, opened for the two whom they belong to."""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from commonroot.domain.coaching.choices import Part
from commonroot.domain.coaching.keys import (
    PairKeyError,
    begin_key,
    open_sealed,
    read_key,
    seal,
)
from commonroot.domain.coaching.models import Pair, Visit, VisitNote
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
    """Seal a line with the key of its pair, which the caller holds.

    Raises PairKeyError where the pair has sealed lines and their key is missing or is
    another one: what a new key seals would close when the old one is put back.
    """
    return seal(words, need_key(visit.pair), bind(visit.pk, note, part.value))


def need_key(pair: Pair) -> bytes:
    """Read the key of a pair, and make it where nothing of the pair is sealed yet."""
    sealed = VisitNote.objects.filter(visit__pair=pair).order_by("-at")
    if not sealed.exists():
        return begin_key(pair.sealed_with)
    key = read_key(pair.sealed_with)
    if not any(open_note(each, key).words is not None for each in sealed.iterator()):
        raise PairKeyError
    return key


def open_notes(visit: Visit) -> list[Said]:
    """Open the lines of a visit, as they were written.

    Whoever calls this has made sure that the viewer is one of the two.
    """
    return open_lines(visit.pair, visit.notes.select_related("by"))


def open_words(note: VisitNote) -> str | None:
    """Open the words of one line; None where the key does not open them."""
    return open_lines(note.visit.pair, [note])[0].words


def open_each(visits: QuerySet[Visit]) -> Iterator[tuple[Visit, list[Said]]]:
    """Open the lines of many visits, all of them read at once.

    Whoever calls this has made sure that the viewer is one of the two in each.
    """
    lines = Prefetch("notes", VisitNote.objects.select_related("by"))
    for visit in visits.prefetch_related(lines):
        yield visit, open_lines(visit.pair, visit.notes.all())


def open_lines(pair: Pair, notes: Iterable[VisitNote]) -> list[Said]:
    """Open lines of a pair; without its key none of them has words."""
    try:
        key = read_key(pair.sealed_with)
    except PairKeyError:
        key = b""
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
