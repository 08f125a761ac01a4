"""The cast of the tests, told once: who is where, and what they are to one another.

Ana is on the data team of Oak School, Ben is its principal, Grace teaches there. Noor is
on the team of Elm School, in another district. Carla coaches Oak's district, Dev the
region; Elena and Farid work for the network. Lee keeps the site. Olga has no role left.
"""

import datetime as dt

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.network.actions import add_person, add_place, give_role
from commonroot.domain.network.choices import MemberKind, PlaceKind, RoleKind

LONG_AGO = dt.date(2024, 8, 1)
ROLES = {
    "Ana": (RoleKind.TEAM_MEMBER, "Oak"),
    "Ben": (RoleKind.PRINCIPAL, "Oak"),
    "Grace": (RoleKind.EDUCATOR, "Oak"),
    "Hugo": (RoleKind.CAREGIVER_LEAD, "Oak"),
    "Noor": (RoleKind.TEAM_MEMBER, "Elm"),
    "Carla": (RoleKind.DISTRICT_COACH, "North"),
    "Mara": (RoleKind.DISTRICT_LEADER, "North"),
    "Ines": (RoleKind.BOARD_MEMBER, "North"),
    "Dev": (RoleKind.REGIONAL_COACH, "Region"),
    "Elena": (RoleKind.NETWORK_FACILITATOR, "Region"),
    "Farid": (RoleKind.PARTNERSHIP_DIRECTOR, "Region"),
    "Jonas": (RoleKind.EVALUATOR, "Region"),
    "Kit": (RoleKind.LIBRARIAN, "Region"),
    "Lee": (RoleKind.SITE_KEEPER, "Region"),
}


class Cast:
    """Two districts with a school each, and everybody in them, by name."""

    def __init__(self):
        self.places = {
            "Region": add_place(by=SYSTEM, kind=PlaceKind.REGION, name="Region")
        }
        for district, school in (("North", "Oak"), ("South", "Elm")):
            self.places[district] = add_place(
                by=SYSTEM,
                kind=PlaceKind.DISTRICT,
                name=district,
                above=self.places["Region"],
            )
            self.places[school] = add_place(
                by=SYSTEM,
                kind=PlaceKind.SCHOOL,
                name=school,
                above=self.places[district],
            )
        self.people = {name: self.add(name) for name in (*ROLES, "Olga")}
        for name, (kind, place) in ROLES.items():
            give_role(
                by=SYSTEM,
                person=self.people[name],
                kind=kind,
                place=self.places[place],
                first=LONG_AGO,
                member_kind=MemberKind.CLASSIFIED if name == "Ana" else "",
            )
        give_role(
            by=SYSTEM,
            person=self.people["Olga"],
            kind=RoleKind.PARTNERSHIP_DIRECTOR,
            place=self.places["Region"],
            first=LONG_AGO,
            last=dt.date(2025, 6, 30),
        )

    def add(self, name):
        return add_person(by=SYSTEM, email=f"{name.lower()}@example.org", name=name)

    def __getattr__(self, name):
        for found in (self.__dict__["people"], self.__dict__["places"]):
            if name in found:
                return found[name]
        raise AttributeError(name)
