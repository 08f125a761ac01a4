"""Everything that the area keeps of one person, as rows for themselves."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils import timezone

from commonroot.domain.connections.choices import (
    Audience,
    Field,
    Language,
    MatchState,
)
from commonroot.domain.connections.models import (
    FollowUp,
    ListedName,
    Match,
    Participant,
    Question,
)
from commonroot.domain.connections.queries import Shown, find_own_profile
from commonroot.domain.connections.round_queries import matches_of
from commonroot.domain.connections.words import write_reasons, write_value
from commonroot.domain.network.models import Person

HEADER = ("what", "day", "with", "field", "value", "who_may_see")
Row = tuple[object, ...]


def tell_own(person: Person) -> Iterator[Row]:
    """Tell it row by row: profile, rounds, lists, matches, questions, answers."""
    yield from tell_profile(person)
    yield from tell_rounds(person)
    yield from tell_matches(person)
    yield from tell_words(person)


def tell_profile(person: Person) -> Iterator[Row]:
    """Tell the profile, a field a row, with who may see it."""
    profile = find_own_profile(person)
    if profile is None:
        return
    shown = Shown(profile, list(Field))
    for field in Field:
        audience = Audience(getattr(profile, f"{field}_to")).label
        for value in shown.tell(field) or [""]:
            text = write_value(field, value)
            yield "profile", profile.changed, "", field.label, text, audience
    after = MatchState.CONFIRMED.label
    yield "profile", profile.changed, "", "reach", profile.reach, after


def tell_rounds(person: Person) -> Iterator[Row]:
    """Tell the rounds that somebody is or was in, and the names on their lists."""
    for each in Participant.objects.filter(person=person).select_related("round"):
        yield "round", each.joined, "", each.round.name, each.get_standing_display(), ""
        for name in ("capacity", "takes_third", "only_near", "not_own_school"):
            yield "round", each.joined, "", name, getattr(each, name), ""
        language = Language(each.only_language).label if each.only_language else ""
        yield "round", each.joined, "", "only_language", language, ""
        if each.left:
            yield "round", each.left, "", each.round.name, "left", ""
    own = ListedName.objects.filter(participant__person=person)
    for line in own.select_related("other__person", "participant__round"):
        said = "struck" if line.is_struck else "listed"
        yield "list", "", line.other, line.participant.round.name, said, ""


def tell_matches(person: Person) -> Iterator[Row]:
    """Tell somebody's matches, with the reasons, and what they themselves said."""
    for match in matches_of(person):
        other = match.seasoned if match.new_id == person.pk else match.new
        yield "match", match.made, other, "state", match.get_state_display(), ""
        for reason in write_reasons(match.reasons):
            yield "match", match.made, other, "reason", reason, ""
        said = (
            match.new_said_yes if match.new_id == person.pk else match.seasoned_said_yes
        )
        if said:
            yield "match", said, other, "said", "yes", ""
        if match.meets_on:
            yield "match", match.meets_on, other, "meets", match.meets_at or "", ""


def tell_words(person: Person) -> Iterator[Row]:
    """Tell the questions and answers between somebody and their matches."""
    own = Match.objects.filter(Q(new=person) | Q(seasoned=person))
    for each in Question.objects.filter(match__in=own).select_related("by"):
        asked = timezone.localdate(each.asked)
        yield "question", asked, each.by, "question", each.text, ""
        if each.answer:
            yield "question", asked, each.by, "answer", each.answer, ""
    for said in FollowUp.objects.filter(person=person):
        yield (
            "follow-up",
            said.on,
            "",
            said.get_prompt_display(),
            said.get_met_display(),
            "",
        )
        if said.helps:
            yield "follow-up", said.on, "", "helps", said.get_helps_display(), ""
