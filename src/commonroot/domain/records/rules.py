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
ENTER = Rule(
    "enter records",
    "Enter what happened at a school, without a name, and take back one's own entries",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL, RoleKind.EDUCATOR}),
    changes=True,
)
MARK_DAYS = Rule(
    "mark logging days",
    "The days on which a school did not record: look at what is proposed, and mark them",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    changes=True,
)
KEEP = Rule(
    "keep records",
    "How long a school keeps its records, what went, and erasing a student on request",
    here=frozenset({RoleKind.PRINCIPAL}),
    changes=True,
)
RULES = (SEE_SHEET, IMPORT, ENTER, MARK_DAYS, KEEP)
