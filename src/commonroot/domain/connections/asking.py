"""Asking pairs how it goes, twice in a round, gently and once each time."""

import datetime as dt

from django.db import transaction

from commonroot.domain.connections.choices import MatchState, Prompt
from commonroot.domain.connections.letters import News, tell
from commonroot.domain.connections.match_actions import find_prompt
from commonroot.domain.connections.models import FollowUp, Match
from commonroot.domain.network.sight import today

ASKED = {Prompt.BEFORE_SCHOOL: "asked_first", Prompt.FIRST_MONTH: "asked_second"}


@transaction.atomic
def ask_pairs(on: dt.date | None = None) -> int:
    """Let the two of every match be asked whose day has come; gives how many letters.

    Whoever has said so on the page already is not written to.
    """
    day = on or today()
    letters = 0
    for match in (
        Match.objects.select_for_update(of=("self",))
        .filter(state=MatchState.CONFIRMED, round__ask_first__lte=day)
        .select_related("round")
        .order_by("pk")
    ):
        prompt = find_prompt(match, day)
        if prompt is None or getattr(match, ASKED[prompt]) is not None:
            continue
        setattr(match, ASKED[prompt], day)
        match.save(update_fields=[ASKED[prompt]])
        said = set(
            FollowUp.objects.filter(match=match, prompt=prompt).values_list(
                "person", flat=True
            )
        )
        for person in {match.new_id, match.seasoned_id} - said:
            tell(person, News.FOLLOW_UP, "connections:say-how-it-goes", match.pk)
            letters += 1
    return letters
