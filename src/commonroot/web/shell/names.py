"""How people are named on pages."""

from commonroot.domain.network.models import Person


def display_person(person: Person) -> str:
    """Give the name of a person, as the sign-in pages show it."""
    return person.name or person.email
