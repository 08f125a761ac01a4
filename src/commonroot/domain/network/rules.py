"""Who sees and does what with places and people."""

from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.sight import Rule

COACHES = frozenset({RoleKind.REGIONAL_COACH, RoleKind.DISTRICT_COACH})
NETWORK = frozenset({RoleKind.NETWORK_FACILITATOR, RoleKind.PARTNERSHIP_DIRECTOR})

SEE_PLACE = Rule(
    "see place",
    "A place: its name, where it lies, its school years and number of students",
    everywhere=True,
)
SEE_PEOPLE = Rule(
    "see people",
    "Who works with a place: names and roles, and the e-mail of those who share it",
    here=frozenset(
        {
            RoleKind.TEAM_MEMBER,
            RoleKind.PRINCIPAL,
            RoleKind.EDUCATOR,
            RoleKind.CAREGIVER_LEAD,
            RoleKind.LIBRARIAN,
        }
    ),
    within=COACHES | NETWORK | {RoleKind.DISTRICT_LEADER},
)
INVITE = Rule(
    "invite",
    "Invite somebody to a role at a place, describe a role, and end it",
    here=frozenset({RoleKind.PRINCIPAL}),
    within=NETWORK | {RoleKind.DISTRICT_LEADER},
    changes=True,
)
IMPORT_ROSTER = Rule(
    "import roster",
    "Staff and schools from a file, at a region or a district: look at what it would do, take it in",
    within=NETWORK | {RoleKind.DISTRICT_LEADER},
    changes=True,
)
KEEP_CALENDAR = Rule(
    "keep calendar",
    "A school's school days, terms, bell schedule and number of students: look at them, give a file, change them",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    within=frozenset({RoleKind.DISTRICT_LEADER}),
    changes=True,
)
ADD_PLACE = Rule(
    "add place",
    "Add a place inside another: a district, a school, a department",
    within=NETWORK | {RoleKind.DISTRICT_LEADER},
    changes=True,
)
KEEP_GROUPS = Rule(
    "keep groups",
    "Groups of people at a place: make one, add members, end a membership",
    here=frozenset({RoleKind.TEAM_MEMBER, RoleKind.PRINCIPAL}),
    within=COACHES | NETWORK | {RoleKind.DISTRICT_LEADER},
    changes=True,
)
RULES = (
    SEE_PLACE,
    SEE_PEOPLE,
    INVITE,
    IMPORT_ROSTER,
    KEEP_CALENDAR,
    ADD_PLACE,
    KEEP_GROUPS,
)

# Whom an inviter may make what: nobody gives more than they could be given.
MAY_GIVE = {
    RoleKind.PRINCIPAL: frozenset(
        {RoleKind.TEAM_MEMBER, RoleKind.EDUCATOR, RoleKind.CAREGIVER_LEAD}
    ),
    RoleKind.DISTRICT_LEADER: frozenset(
        {
            RoleKind.DISTRICT_COACH,
            RoleKind.PRINCIPAL,
            RoleKind.TEAM_MEMBER,
            RoleKind.EDUCATOR,
            RoleKind.BOARD_MEMBER,
            RoleKind.DISTRICT_LEADER,
        }
    ),
    RoleKind.NETWORK_FACILITATOR: frozenset(
        {
            RoleKind.REGIONAL_COACH,
            RoleKind.DISTRICT_COACH,
            RoleKind.PRINCIPAL,
            RoleKind.TEAM_MEMBER,
            RoleKind.CAREGIVER_LEAD,
            RoleKind.LIBRARIAN,
            RoleKind.EVALUATOR,
        }
    ),
    RoleKind.PARTNERSHIP_DIRECTOR: frozenset(RoleKind) - {RoleKind.SITE_KEEPER},
}
