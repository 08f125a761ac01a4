"""What the two of a match do: say yes or no, ask, answer, choose a day, say how it goes."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from commonroot.domain.connections.choices import (
    CURRENT,
    Helps,
    MatchState,
    Met,
    Prompt,
)
from commonroot.domain.connections.letters import News, tell
from commonroot.domain.connections.lines import find_lines
from commonroot.domain.connections.models import (
    FollowUp,
    Match,
    Question,
    Round,
)
from commonroot.domain.connections.reasons import ConnectingError
from commonroot.domain.connections.rematching import end_matches, match_the_unmatched
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today

MOST_QUESTIONS = 3
DAYS_TO_MEET = dt.timedelta(days=4)


def take(by: Person, match: Match) -> Match:
    """Take one's own match, and its round, for oneself until the transaction ends."""
    if by.pk not in {match.new_id, match.seasoned_id}:
        raise PermissionDenied
    Round.objects.select_for_update().get(pk=match.round_id)
    return (
        Match.objects.select_for_update(of=("self",))
        .select_related("round__place", "new", "seasoned")
        .get(pk=match.pk)
    )


def find_other(match: Match, person: Person) -> Person:
    """Find the other one of a match."""
    return match.seasoned if person.pk == match.new_id else match.new


def is_in_line(match: Match) -> bool:
    """Say whether one of the two has come to evaluate the other since."""
    return bool(find_lines(match.round, [match.new_id, match.seasoned_id]))


@transaction.atomic
def accept_match(*, by: Person, match: Match) -> Match:
    """Say yes. When both did, they see how to reach one another."""
    match = take(by, match)
    if match.state not in CURRENT:
        raise ConnectingError(_("This match has ended. Nobody is at fault."))
    if is_in_line(match):
        return end_and_go_on(match, MatchState.ENDED)
    said = "new_said_yes" if by.pk == match.new_id else "seasoned_said_yes"
    if getattr(match, said) is None:
        setattr(match, said, today())
        is_confirmed = match.new_said_yes and match.seasoned_said_yes
        match.state = MatchState.CONFIRMED if is_confirmed else match.state
        match.save(update_fields=[said, "state"])
        note_deed(by, "accept", "match", match.pk, match.round.place)
        if is_confirmed:
            for person in (match.new_id, match.seasoned_id):
                tell(person, News.CONFIRMED, "connections:show-match", match.pk)
    return match


@transaction.atomic
def decline_match(*, by: Person, match: Match) -> Match:
    """Say no, without fault and without a reason; both are matched anew."""
    match = take(by, match)
    if match.state not in CURRENT:
        return match
    is_begun = match.state == MatchState.CONFIRMED
    note_deed(by, "end", "match", match.pk, match.round.place)
    state = MatchState.ENDED if is_begun else MatchState.DECLINED
    return end_and_go_on(match, state, untold=by)


def end_and_go_on(match: Match, state: MatchState, *, untold: object = None) -> Match:
    """End a match, and look for somebody else for both at once."""
    end_matches([match], state, untold=untold)
    match_the_unmatched(match.round)
    match.refresh_from_db()
    return match


@transaction.atomic
def ask_question(*, by: Person, match: Match, text: str) -> Question:
    """Ask something short before saying yes; it reaches the other one alone."""
    match = take(by, match)
    words = text.strip()
    if match.state not in CURRENT:
        raise ConnectingError(_("This match has ended. Nobody is at fault."))
    if match.state == MatchState.CONFIRMED:
        raise ConnectingError(_("You both said yes: write to one another now."))
    if not words or len(words) > 300 or "\0" in words:
        raise ConnectingError(_("Ask in a few words, 300 letters at most."))
    if match.questions.filter(by=by).count() >= MOST_QUESTIONS:
        raise ConnectingError(
            _("Three questions are enough to decide. The rest is for when you meet.")
        )
    made = Question.objects.create(match=match, by=by, text=words)
    note_deed(by, "ask", "question", made.pk, match.round.place)
    tell(find_other(match, by), News.QUESTION, "connections:show-match", match.pk)
    return made


@transaction.atomic
def answer_question(*, by: Person, question: Question, text: str) -> None:
    """Answer a question that one was asked; once."""
    match = take(by, question.match)
    question = Question.objects.select_for_update().get(pk=question.pk)
    words = text.strip()
    if question.by_id == by.pk:
        raise PermissionDenied
    if match.state not in CURRENT:
        raise ConnectingError(_("This match has ended. Nobody is at fault."))
    if not words or len(words) > 600 or "\0" in words:
        raise ConnectingError(_("Answer in a few words, 600 letters at most."))
    if question.answered:
        raise ConnectingError(_("You have answered this question already."))
    question.answer, question.answered = words, timezone.now()
    question.save(update_fields=["answer", "answered"])
    note_deed(by, "answer", "question", question.pk, match.round.place)
    tell(question.by_id, News.ANSWER, "connections:show-match", match.pk)


@transaction.atomic
def plan_day(
    *, by: Person, match: Match, day: dt.date, at: dt.time | None = None
) -> None:
    """Write down when the two meet; it stands in the week of both."""
    match = take(by, match)
    if match.state != MatchState.CONFIRMED:
        raise ConnectingError(_("Choose a day when both have said yes."))
    if not today() <= day <= match.round.last:
        raise ConnectingError(_("Choose a day to come, within this round’s time."))
    match.meets_on, match.meets_at = day, at
    match.save(update_fields=["meets_on", "meets_at"])
    note_deed(by, "plan", "match", match.pk, match.round.place)


def find_ask_day(match: Match, prompt: Prompt) -> dt.date:
    """Find the day of a question: the round's, or some days after both said yes."""
    is_second = prompt == Prompt.FIRST_MONTH
    planned = match.round.ask_second if is_second else match.round.ask_first
    said = [each for each in (match.new_said_yes, match.seasoned_said_yes) if each]
    return max([planned, *(each + DAYS_TO_MEET for each in said)])


def find_prompt(match: Match, on: dt.date | None = None) -> Prompt | None:
    """Find which of the two questions is asked now; none before its day or after the end."""
    day = on or today()
    if match.state != MatchState.CONFIRMED or day > match.round.last:
        return None
    asked = [each for each in Prompt if find_ask_day(match, each) <= day]
    return asked[-1] if asked else None


@transaction.atomic
def say_how_it_goes(
    *, by: Person, match: Match, met: Met, helps: Helps | None = None
) -> FollowUp:
    """Say whether one has met, and what helps; a later answer takes an earlier one's place."""
    match = take(by, match)
    prompt = find_prompt(match)
    if prompt is None:
        raise ConnectingError(_("There is nothing to say about this match now."))
    answer, _made = FollowUp.objects.update_or_create(
        match=match,
        person=by,
        prompt=prompt,
        defaults={"met": met, "helps": helps or "", "on": today()},
    )
    note_deed(by, "say", "follow-up", answer.pk, match.round.place)
    return answer
