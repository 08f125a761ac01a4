"""What of connections belongs in somebody's week."""

import datetime as dt

from django.utils.translation import gettext as _

from commonroot.domain.connections.choices import MatchState
from commonroot.domain.connections.models import Match
from commonroot.domain.connections.queries import follow_ups_due, matches_of
from commonroot.domain.network.coming import Coming, ComingKind
from commonroot.domain.network.models import Person


def find_coming(viewer: Person, first: dt.date, last: dt.date) -> list[Coming]:
    """Find the matches that wait for one's yes, and the questions how it goes."""
    waiting = matches_of(viewer).filter(state=MatchState.PROPOSED)
    return [
        *(
            say(
                viewer,
                each,
                _("Would you like to meet %(name)s?"),
                each.round.settled or last,
            )
            for each in waiting
            if not (each.new_said if each.new_id == viewer.pk else each.seasoned_said)
        ),
        *(
            say(viewer, each.match, _("How is it going with %(name)s?"), each.asked)
            for each in follow_ups_due(viewer, last)
        ),
    ]


def say(viewer: Person, match: Match, words: str, day: dt.date) -> Coming:
    """Say one line of a week about a match."""
    other = match.seasoned if match.new_id == viewer.pk else match.new
    return Coming(
        ComingKind.DUE,
        words % {"name": other.name},
        day,
        "connections:show-match",
        match.pk,
    )
