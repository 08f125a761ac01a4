"""Characters that no database keeps are refused with a sentence, before a page reads them."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

NOTHING = "\0"


def holds_nothing(told: QueryDict) -> bool:
    """Say whether a name or a value of what was sent holds the character zero."""
    return any(
        NOTHING in name or any(NOTHING in str(value) for value in values)
        for name, values in told.lists()
    )


def refuse_unreadable(request: HttpRequest) -> HttpResponse | None:
    """Refuse the character zero in an address or a form: PostgreSQL takes none."""
    is_bad = NOTHING in request.path_info or any(
        holds_nothing(told) for told in (request.GET, request.POST)
    )
    return render(request, "shell/unreadable.html", status=400) if is_bad else None
