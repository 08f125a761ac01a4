"""Who sees and does what at a convening."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import Rule

SEE_CONVENING = Rule(
    "see convening",
    "A convening: its day, agenda and agreements, and words that were shared with the network; writing one's own",
    everywhere=True,
    changes=True,
)
PREPARE = Rule(
    "prepare convening",
    "Preparing a convening: invitations, who comes and what they need, agenda, the questions that teams bring, tables, check-in, the printed kit",
    within=NETWORK | {RoleKind.REGIONAL_COACH},
    changes=True,
)
BRING_TEAM = Rule(
    "bring team",
    "A school's team at a convening: who comes, its question and the thoughts on it, its words, its plan and what became of it",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    changes=True,
)
SEE_PLAN = Rule(
    "see plan",
    "A school's plan for next year, of which the rest of the network sees what was shared",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    within=COACHES,
)
RULES = (SEE_CONVENING, PREPARE, BRING_TEAM, SEE_PLAN)
