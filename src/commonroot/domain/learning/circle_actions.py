"""The closing circle: said once, for whom its writer chose, and taken back at any time."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from commonroot.domain.audit.actions import record
from commonroot.domain.learning.check_in_actions import AT_THE_DOOR, need_today
from commonroot.domain.learning.choices import Audience, WordKind
from commonroot.domain.learning.models import CircleWord, Series, Session
from commonroot.domain.learning.preparing import need_to_be_in_room, teaches
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.tasks import digest
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person

KIND = "circle word"
MOST_WORDS = 60
# From the fewest readers to the most.
WIDTH = (Audience.ONLY_ME, Audience.FACILITATORS, Audience.ROOM, Audience.OUTSIDE)
MOST_BY_GUESTS = 400


def need_text(text: str) -> str:
    """Give what was said as it is kept; raises LearningError when it is nothing."""
    said = text.strip()
    if not said:
        raise LearningError(_("Write something first."))
    return said[:600]


@transaction.atomic
def say_word(
    *,
    by: Person,
    series: Series,
    kind: WordKind,
    text: str,
    audience: Audience,
    said_as: str = "",
) -> CircleWord:
    """Say something in the closing circle, for whom one chooses."""
    reason = need_to_be_in_room(by, series)
    if series.circle_words.filter(person=by).count() >= MOST_WORDS:
        raise LearningError(_("That is a lot already. Take one back first."))
    made = CircleWord.objects.create(
        series=series,
        person=by,
        kind=kind,
        text=need_text(text),
        audience=audience,
        said_as=said_as.strip()[:80],
    )
    note_deed(by, "say", KIND, made.pk, series.place, reason)
    return made


@transaction.atomic
def type_word(
    *,
    by: Person,
    series: Series,
    kind: WordKind,
    text: str,
    audience: Audience,
    said_as: str = "",
    writer_agreed: bool = False,
) -> CircleWord:
    """Type what somebody wrote on paper, for whom they ticked.

    Outside of the room it is quoted only when its writer said so.
    """
    reason = need_to_be_in_room(by, series)
    if not teaches(by, series):
        raise PermissionDenied
    if audience == Audience.ONLY_ME:
        raise LearningError(_("What somebody keeps for themselves is not typed in."))
    if audience == Audience.OUTSIDE and not writer_agreed:
        raise LearningError(
            _("Say that the writer agreed to be quoted, or choose other readers.")
        )
    made = CircleWord.objects.create(
        series=series,
        typed_by=by,
        kind=kind,
        text=need_text(text),
        audience=audience,
        said_as=said_as.strip()[:80],
    )
    note_deed(by, "type", KIND, made.pk, series.place, reason)
    return made


@transaction.atomic
def say_as_guest(
    *,
    session: Session,
    kind: WordKind,
    text: str,
    audience: Audience,
    said_as: str = "",
) -> tuple[CircleWord, str]:
    """Say something as a guest with the code of the door, on the day itself.

    Gives the word, and the token with which its writer alone changes it or takes it back.
    """
    need_today(session)
    if audience == Audience.ONLY_ME:
        raise LearningError(_("Choose who may read it."))
    words = session.series.circle_words.filter(person=None, typed_by=None)
    if words.count() >= MOST_BY_GUESTS:
        raise LearningError(
            _("That is a lot already. Give it to whoever is at the door.")
        )
    made = CircleWord.objects.create(
        series=session.series,
        kind=kind,
        text=need_text(text),
        audience=audience,
        said_as=said_as.strip()[:80],
        token_digest=digest(token := secrets.token_urlsafe(24)),
    )
    place = session.series.place
    record(by=AT_THE_DOOR, verb="say", kind=KIND, key=made.pk, place=place)
    return made, token


def find_by_token(token: str) -> CircleWord | None:
    """Find what a guest said, by the token that only they have."""
    found = CircleWord.objects.filter(token_digest=digest(token))
    return found.select_related("series__workshop", "series__place").first()


@transaction.atomic
def change_as_guest(
    *, word: CircleWord, audience: Audience, said_as: str = ""
) -> CircleWord:
    """Choose anew who reads what one said as a guest."""
    if audience == Audience.ONLY_ME:
        raise LearningError(_("Take it back instead: nobody could read it here."))
    word.audience, word.said_as = audience, said_as.strip()[:80]
    word.save(update_fields=["audience", "said_as"])
    place = word.series.place
    record(by=AT_THE_DOOR, verb="change", kind=KIND, key=word.pk, place=place)
    return word


@transaction.atomic
def withdraw_as_guest(*, word: CircleWord) -> None:
    """Take back what one said as a guest: it is deleted, and gone everywhere."""
    place = word.series.place
    record(by=AT_THE_DOOR, verb="withdraw", kind=KIND, key=word.pk, place=place)
    word.delete()


def need_own(by: Person, word: CircleWord) -> None:
    """Refuse what is not one's own; what came from paper is with those who teach."""
    own = word.person_id == by.pk
    theirs = word.person_id is None and teaches(by, word.series)
    if not (own or theirs):
        raise PermissionDenied


def list_audiences(by: Person, word: CircleWord) -> list[Audience]:
    """List who may read a word from now on, as somebody may choose.

    Its writer chooses anybody; whoever teaches lets no more people read it than read it.
    """
    if word.person_id == by.pk:
        return list(WIDTH)
    widest = WIDTH.index(Audience(word.audience))
    return list(WIDTH[1 : widest + 1])


@transaction.atomic
def change_audience(
    *, by: Person, word: CircleWord, audience: Audience, said_as: str = ""
) -> None:
    """Choose anew who may read what one said."""
    need_own(by, word)
    if audience == Audience.ONLY_ME and word.person_id is None:
        raise LearningError(_("Withdraw it instead: it is nobody’s own here."))
    if audience not in list_audiences(by, word):
        raise LearningError(_("Only its writer lets more people read it."))
    if word.person_id is None:
        said_as = word.said_as
    word.audience, word.said_as = audience, said_as.strip()[:80]
    word.save(update_fields=["audience", "said_as"])
    note_deed(by, "change", KIND, word.pk, word.series.place)


@transaction.atomic
def withdraw_word(*, by: Person, word: CircleWord) -> None:
    """Take back what one said: it is deleted, and gone everywhere it was shown."""
    need_own(by, word)
    note_deed(by, "withdraw", KIND, word.pk, word.series.place)
    word.delete()
