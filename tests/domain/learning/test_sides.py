"""From which side somebody comes who teaches: the district's own, or from outside."""

from commonroot.domain.learning.sides import propose_side
from commonroot.domain.network.sight import today


def test_who_works_in_the_district_is_its_own_and_everybody_else_comes_from_outside(
    cast,
):
    def own(place):
        return {
            name
            for name, person in cast.people.items()
            if propose_side(person, place, today()) == "own"
        }

    north = {"Ana", "Ben", "Grace", "Hugo", "Carla", "Mara", "Ines"}
    assert own(cast.North) == own(cast.Oak) == north
    assert own(cast.South) == {"Noor"}
    # What is held for the whole region is taught by the own people of any district.
    assert own(cast.Region) == north | {"Noor"}
