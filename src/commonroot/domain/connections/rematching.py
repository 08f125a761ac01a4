"""Finding somebody for everybody without a match, as often as something changes."""

from commonroot.domain.connections.choices import CURRENT, MatchState, RoundState
from commonroot.domain.connections.letters import News, tell
from commonroot.domain.connections.models import (
    FollowUp,
    Match,
    Participant,
    Question,
    Round,
)
from commonroot.domain.connections.pairing import Table
from commonroot.domain.network.sight import today


def match_the_unmatched(around: Round) -> list[Match]:
    """Match whoever in a settled round has nobody, and tell everybody else so, once.

    The caller has taken the round for itself. Gives the new matches.
    """
    if around.state != RoundState.SETTLED or around.last < today():
        return []
    table = Table(around)
    settled = table.settle()
    made = table.make_matches(settled)
    for match in made:
        for person in (match.new_id, match.seasoned_id):
            tell(person, News.MATCHED, "connections:show-match", match.pk)
    left = [*settled.new_left, *settled.seasoned_left]
    for each in (table.by_key[key] for key in left):
        if each.told_unmatched is None:
            tell(each.person_id, News.UNMATCHED, "connections:show-connections")
    Participant.objects.filter(
        pk__in=[table.by_key[key].pk for key in left], told_unmatched=None
    ).update(told_unmatched=today())
    Participant.objects.filter(
        round=around, person__in=[p for m in made for p in (m.new_id, m.seasoned_id)]
    ).update(told_unmatched=None)
    return made


def end_matches(
    matches: list[Match], state: MatchState, *, untold: object = None
) -> None:
    """End matches without fault: their words and reasons go, and both are told alike.

    `untold` is whoever ended them: they need no letter about it.
    """
    keys = [each.pk for each in matches if each.state in CURRENT]
    Match.objects.filter(pk__in=keys).update(
        state=state, ended=today(), reasons=[], meets_on=None, meets_at=None
    )
    Question.objects.filter(match__in=keys).delete()
    FollowUp.objects.filter(match__in=keys).delete()
    for match in matches:
        for person in (match.new_id, match.seasoned_id):
            if person != getattr(untold, "pk", None):
                tell(person, News.NOT_COME_ABOUT, "connections:show-connections")
