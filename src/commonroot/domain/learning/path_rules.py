"""Who sees the path of a coach."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import NETWORK
from commonroot.domain.network.sight import Rule

WALK = Rule(
    "walk",
    "A path from attending to leading that one walks oneself, or as a mentor; one's own hours, certificates and badges",
    everywhere=True,
    changes=True,
)
SEE_PATHS = Rule(
    "see paths",
    "Every path of the network, and who is ready for what: to plan who teaches",
    within=frozenset({RoleKind.PARTNERSHIP_DIRECTOR}),
    changes=True,
)
SEE_AGREED_PATHS = Rule(
    "see agreed paths",
    "The paths of one's own staff, of those who agreed",
    within=frozenset({RoleKind.DISTRICT_LEADER}),
)
EDIT_PATH_STAGES = Rule(
    "edit path stages",
    "The network's own list of stages from attending to leading",
    within=NETWORK,
    changes=True,
)
PATH_RULES = (WALK, SEE_PATHS, SEE_AGREED_PATHS, EDIT_PATH_STAGES)
