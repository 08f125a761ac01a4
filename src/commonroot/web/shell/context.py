"""What the frame of every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from commonroot.domain.network.models import Person
from commonroot.web.shell.help_topics import find_topic
from commonroot.web.shell.navigation import list_destinations


def find_page(request: HttpRequest) -> str:
    """Give the name of the page that is asked for; none when there is no such page."""
    return request.resolver_match.view_name if request.resolver_match else ""


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """Give the navigation of whoever is signed in, and the languages."""
    user = getattr(request, "user", None)
    language = get_language() or "en"
    return {
        "destinations": list_destinations(request, user)
        if isinstance(user, Person)
        else [],
        "help_topic": find_topic(find_page(request)),
        "is_demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
    }
