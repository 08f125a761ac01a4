"""Lines of a week with their addresses."""

from dataclasses import dataclass

from django.urls import reverse

from commonroot.domain.network.coming import Coming


@dataclass(frozen=True)
class Line:
    """One line: what comes up, where it is shown, and where what to bring is printed."""

    coming: Coming
    address: str
    print_address: str


def link(coming: Coming) -> Line:
    """Give a line its addresses."""
    return Line(
        coming,
        find_address(coming.page, coming.key),
        find_address(coming.bring_page, coming.bring_key) if coming.bring_page else "",
    )


def find_address(page: str, key: object) -> str:
    """Find an address by its name and what it is about, if it is about something."""
    return reverse(page, args=[key] if key is not None else [])
