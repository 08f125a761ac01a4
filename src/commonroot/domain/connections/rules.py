"""Who connects with whom."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import Rule

CONNECT = Rule(
    "connect",
    "A profile of one's own, joining rounds, and others' profiles as far as they say so",
    here=frozenset({RoleKind.EDUCATOR, RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    changes=True,
)
JOIN = Rule(
    "join",
    "Rounds of matching, and one's own matches",
    everywhere=True,
    changes=True,
)
RUN_ROUND = Rule(
    "run round",
    "A round of matching: begin it, see who joined and who is matched, settle it; no profile, no message, no struck name",
    within=COACHES | NETWORK,
    changes=True,
)
EDIT_PRACTICES = Rule(
    "edit practices",
    "The network's own list of practices that people offer or ask for",
    within=NETWORK,
    changes=True,
)
RULES = (CONNECT, JOIN, RUN_ROUND, EDIT_PRACTICES)
