"""Who sees and does what with connections."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import Rule

EDUCATORS = (
    COACHES
    | NETWORK
    | {
        RoleKind.EDUCATOR,
        RoleKind.TEAM_MEMBER,
        RoleKind.PRINCIPAL,
        RoleKind.DISTRICT_LEADER,
        RoleKind.LIBRARIAN,
    }
)

SEE_DIRECTORY = Rule(
    "see directory",
    "Adults who work in one's own network and chose to be found: each field only for those its owner chose",
    here=EDUCATORS,
)
CONNECT = Rule(
    "connect",
    "One's own profile, rounds and matches. Students and caregivers on a team are not matched",
    here=EDUCATORS,
    changes=True,
)
RUN_ROUND = Rule(
    "run round",
    "A matching round: open and settle it; who is in it, matched and confirmed. No struck names, no messages",
    within=COACHES | NETWORK,
    changes=True,
)
EDIT_PRACTICES = Rule(
    "edit practices",
    "The network's own list of practices in the directory",
    within=NETWORK,
    changes=True,
)
RULES = (SEE_DIRECTORY, CONNECT, RUN_ROUND, EDIT_PRACTICES)
