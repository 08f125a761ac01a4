"""Who sees and does what with partnerships."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import Rule

LEADERS = frozenset({RoleKind.DISTRICT_LEADER})

SEE_PARTNERSHIP = Rule(
    "see partnership",
    "A partnership with a district: stages, plan, schools, readiness notes, renewals, who taught",
    within=NETWORK | COACHES | LEADERS,
)
SEE_SCHOOL_PART = Rule(
    "see school part",
    "A school's own place in the partnership: the district's stage, and since when the school takes part",
    here=frozenset({RoleKind.PRINCIPAL}),
    within=NETWORK | COACHES | LEADERS,
)
KEEP_PARTNERSHIP = Rule(
    "keep partnership",
    "A partnership: begin it, say which stage was reached, which schools take part, when it is renewed",
    within=NETWORK,
    changes=True,
)
PLAN_PARTNERSHIP = Rule(
    "plan partnership",
    "The plan of a partnership and its readiness notes: add a step or a note, say what became of it",
    within=NETWORK | COACHES | LEADERS,
    changes=True,
)
SEE_PAYERS = Rule(
    "see payers",
    "Who pays for what in a partnership",
    within=NETWORK | LEADERS,
)
KEEP_PAYERS = Rule(
    "keep payers",
    "Who pays for what in a partnership: write it down, take it back",
    within=NETWORK | LEADERS,
    changes=True,
)
EDIT_STAGES = Rule(
    "edit stages",
    "The network's own list of stages of a partnership",
    within=NETWORK,
    changes=True,
)
RULES = (
    SEE_PARTNERSHIP,
    SEE_SCHOOL_PART,
    KEEP_PARTNERSHIP,
    PLAN_PARTNERSHIP,
    SEE_PAYERS,
    KEEP_PAYERS,
    EDIT_STAGES,
)
