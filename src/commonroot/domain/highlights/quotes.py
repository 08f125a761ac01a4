"""Words that those who said them allow to be quoted outside the room."""

import uuid
from dataclasses import dataclass

from commonroot.domain.convenings.queries import quotes_seen_by as convening_quotes
from commonroot.domain.highlights.choices import Words
from commonroot.domain.highlights.spans import Span
from commonroot.domain.learning.room_queries import quotes_seen_by as circle_quotes
from commonroot.domain.network.models import Person


@dataclass(frozen=True)
class Said:
    """Words, and whose they are as their speaker wants to be named."""

    said: Words
    key: uuid.UUID
    words: str
    whose: str


def quotes_seen_by(viewer: Person | None, span: Span) -> list[Said]:
    """List the words of a school year that may be quoted outside; withdrawn ones are gone."""
    found = [
        (Words.CIRCLE, circle_quotes(viewer, span.place, span.first, span.last)),
        (Words.CONVENING, convening_quotes(viewer, span.place, span.first, span.last)),
    ]
    return [
        Said(said, each.pk, each.text, each.whose)
        for said, some in found
        for each in some
    ]
