"""What the frame of every page needs to know."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_info

from commonroot.domain.network.models import Person
from commonroot.web.shell.navigation import list_destinations


def describe_site(request: HttpRequest) -> dict[str, Any]:
    """Give the navigation of whoever is signed in, and the languages."""
    user = getattr(request, "user", None)
    language = get_language() or "en"
    return {
        "destinations": list_destinations(request, user)
        if isinstance(user, Person)
        else [],
        "is_demo": settings.DEMO,
        "languages": settings.LANGUAGES,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
    }
