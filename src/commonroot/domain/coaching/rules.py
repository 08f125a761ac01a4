"""Who visits, and who sees what of visits."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import Rule

VISIT = Rule(
    "visit",
    "One's own visits as a coach, with their words: those that a teacher agreed to",
    within=COACHES | {RoleKind.NETWORK_FACILITATOR},
    changes=True,
)
BE_VISITED = Rule(
    "be visited",
    "Inviting a coach to one's own room; one's own visits, with their words",
    here=frozenset({RoleKind.EDUCATOR, RoleKind.TEAM_MEMBER}),
    changes=True,
)
OWN_ROOM = Rule(
    "own room",
    "A visit to one's own room: let the principal know of it, or erase its words",
    everywhere=True,
    changes=True,
)
SEE_SHOWN_FOCUS = Rule(
    "see shown focus",
    "With whom a coach works and on what focus, where the teacher lets the principal see it; no other word",
    here=frozenset({RoleKind.PRINCIPAL}),
)
SEE_VISIT_COUNTS = Rule(
    "see visit counts",
    "How many visits were held in a school, by school year; no name and no word",
    here=frozenset({RoleKind.PRINCIPAL}),
    within=COACHES | NETWORK | {RoleKind.DISTRICT_LEADER},
)
RULES = (VISIT, BE_VISITED, OWN_ROOM, SEE_SHOWN_FOCUS, SEE_VISIT_COUNTS)
