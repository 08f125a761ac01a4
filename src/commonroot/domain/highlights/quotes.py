"""Words that those who said them allow to be quoted outside the room."""

import uuid
from dataclasses import dataclass

from commonroot.domain.convenings.queries import quotes_seen_by as convening_quotes
from commonroot.domain.highlights.choices import Words
from commonroot.domain.highlights.spans import Span
from commonroot.domain.learning.room_queries import quotes_of
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
    circle = quotes_of(span.place, span.first, span.last)
    shared = convening_quotes(span.place, span.first, span.last)
    return [
        *(Said(Words.CIRCLE, each.pk, each.text, each.said_as) for each in circle),
        *(Said(Words.CONVENING, each.pk, each.text, each.whose) for each in shared),
    ]
