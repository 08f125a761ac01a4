"""Who sees and does what with learning."""

from commonroot.domain.learning.path_rules import PATH_RULES
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.rules import COACHES, NETWORK
from commonroot.domain.network.sight import Rule

SEE_WORKSHOPS = Rule(
    "see workshops",
    "Workshops of one's own network: what they are, when and where they are held, who teaches; what people chose to share of what they tried or said",
    here=frozenset(RoleKind) - {RoleKind.SITE_KEEPER},
)
PREPARE_WORKSHOPS = Rule(
    "prepare workshops",
    "Workshops and their series: dates, who teaches, who is invited and comes, what people need, who was there. Whoever teaches a series reaches this for it alone",
    within=COACHES | NETWORK,
    changes=True,
)
CHOOSE_COLLEAGUES = Rule(
    "choose colleagues",
    "Choose who of a school is invited to a workshop, and see who of that school comes, and the mix of the whole series as counts; never what they need or whether they were there",
    here=frozenset({RoleKind.PRINCIPAL}),
    within=COACHES | NETWORK,
    changes=True,
)
SEE_HOURS = Rule(
    "see hours",
    "How many hours of learning were delivered, and how many hours people took part, by series and school year; nobody by name",
    here=frozenset(
        {
            RoleKind.TEAM_MEMBER,
            RoleKind.PRINCIPAL,
            RoleKind.EDUCATOR,
            RoleKind.BOARD_MEMBER,
        }
    ),
    within=COACHES | NETWORK | {RoleKind.DISTRICT_LEADER, RoleKind.EVALUATOR},
)
SEE_READINESS = Rule(
    "see readiness",
    "How many people of a school recommend a workshop to it: never who, and nothing below three",
    here=frozenset({RoleKind.PRINCIPAL}),
    within=NETWORK,
)
RULES: tuple[Rule, ...] = (
    SEE_WORKSHOPS,
    PREPARE_WORKSHOPS,
    CHOOSE_COLLEAGUES,
    SEE_HOURS,
    SEE_READINESS,
    *PATH_RULES,
)
