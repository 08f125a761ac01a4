"""Who sees and makes the page of a year."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import Rule

SEE_YEAR = Rule(
    "see year",
    "A published page of the year: its numbers, charts, and words that may be quoted",
    everywhere=True,
)
MAKE_YEAR = Rule(
    "make year",
    "The page of a place's year: draw its numbers, check another's, write its words, publish it",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    within=COACHES | NETWORK | {RoleKind.DISTRICT_LEADER},
    changes=True,
)
RULES = (SEE_YEAR, MAKE_YEAR)
