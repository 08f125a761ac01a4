"""What a roster's words for roles mean here. What is not known is given to nobody."""

import re

from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.intake.labels import label_key

# OneRoster's words of both versions, and those of plain lists. The administrator of
# OneRoster 1.1 may be anybody in an office, so nobody becomes a principal by it.
ROLE_WORDS = {
    RoleKind.DISTRICT_LEADER: "districtadministrator superintendent districtleader",
    RoleKind.PRINCIPAL: "principal schoolprincipal siteadministrator",
    RoleKind.EDUCATOR: (
        "teacher aide counselor counsellor educator proctor staff administrator "
        "systemadministrator assistantprincipal viceprincipal deanofstudents dean"
    ),
}
# A job title with one of these words in it is an educator's: "Teacher, grade 3".
EDUCATOR_WORDS = frozenset(
    {
        "aide",
        "counselor",
        "counsellor",
        "educator",
        "interventionist",
        "librarian",
        "nurse",
        "paraeducator",
        "paraprofessional",
        "psychologist",
        "teacher",
    }
)
ONLY_AT = {
    RoleKind.PRINCIPAL: PlaceKind.SCHOOL,
    RoleKind.DISTRICT_LEADER: PlaceKind.DISTRICT,
}


def read_role(word: str) -> RoleKind | None:
    """Read a roster's word for a role; None when it means nothing here.

    >>> [read_role(word) for word in ("Principal", "siteAdministrator", "Custodian")]
    [RoleKind.PRINCIPAL, RoleKind.PRINCIPAL, None]
    >>> read_role("Teacher, grade 3"), read_role("Principal's secretary")
    (RoleKind.EDUCATOR, None)
    """
    for kind, words in ROLE_WORDS.items():
        if label_key(word) in words.split():
            return kind
    tokens = set(re.findall(r"[^\W\d_]+", word.casefold()))
    return RoleKind.EDUCATOR if tokens & EDUCATOR_WORDS else None


def fits(kind: RoleKind, place: PlaceKind) -> bool:
    """Is this a role that somebody can have at a place of this kind?

    >>> fits(RoleKind.PRINCIPAL, PlaceKind.DISTRICT)
    False
    """
    return ONLY_AT.get(kind, place) == place
