"""Who sees and does what with teams."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import Rule

SEE_TEAM = Rule(
    "see team",
    "A data team: its dates, minutes, agreements, cycles, changes and checks",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    within=COACHES,
)
RUN_TEAM = Rule(
    "run team",
    "A data team's work: plan and hold meetings, choose a pattern, make a change, check it, share it",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    changes=True,
)
ADVISE_TEAM = Rule(
    "advise team",
    "A note to the facilitator before a meeting, and one's teams at a glance",
    within=COACHES,
    changes=True,
)
SEE_TEAM_COUNTS = Rule(
    "see team counts",
    "How many meetings a school's team held and how many checks it made, and what is due; no detail",
    within=COACHES | NETWORK | {RoleKind.DISTRICT_LEADER},
)
SEE_STORIES = Rule(
    "see stories",
    "Stories that teams of one's own network chose to share: all that lies in the same region or partner organization",
    here=frozenset(RoleKind) - {RoleKind.SITE_KEEPER},
)
EDIT_FACTORS = Rule(
    "edit factors",
    "The network's own list of what a school's system may contribute",
    within=NETWORK,
    changes=True,
)
RULES = (
    SEE_TEAM,
    RUN_TEAM,
    ADVISE_TEAM,
    SEE_TEAM_COUNTS,
    SEE_STORIES,
    EDIT_FACTORS,
)
