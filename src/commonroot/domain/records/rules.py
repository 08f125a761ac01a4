"""Who sees and does what with records. Nobody above the team sees an incident's detail."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES
from commonroot.domain.network.sight import Rule

SEE_SHEET = Rule(
    "see sheet",
    "A school's meeting sheet: released counts, small numbers hidden",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL, RoleKind.EDUCATOR}),
    within=COACHES,
)
IMPORT = Rule(
    "import records",
    "A school's files of incidents: give one, look at what it would do, take it in, undo it",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    changes=True,
)
RULES = (SEE_SHEET, IMPORT)
