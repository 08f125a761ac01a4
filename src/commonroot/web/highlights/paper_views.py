"""The page of a year on paper, as a picture, and as text for a newsletter."""

import uuid

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.queries import find_page
from commonroot.web.highlights.drawing import draw_year
from commonroot.web.highlights.telling import tell_page, write_newsletter
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_safe
def print_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Give the page as a PDF of one sheet."""
    viewer = viewer_of(request)
    found = get(find_page, viewer, page)
    with override(choose_language(request)):
        drawn = draw_year(tell_page(viewer, found), "pdf")
    return give(found, drawn, "application/pdf", "pdf")


@require_safe
def picture_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Give the page as one picture."""
    viewer = viewer_of(request)
    found = get(find_page, viewer, page)
    with override(choose_language(request)):
        drawn = draw_year(tell_page(viewer, found), "png")
    return give(found, drawn, "image/png", "png")


@require_safe
def tell_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Give the page as plain text for a newsletter."""
    viewer = viewer_of(request)
    found = get(find_page, viewer, page)
    with override(choose_language(request)):
        text = write_newsletter(tell_page(viewer, found))
    return give(found, text.encode(), "text/plain; charset=utf-8", "txt")


def choose_language(request: HttpRequest) -> str:
    """Choose the language of a paper: the one that is asked for, or the reader's own."""
    asked = request.GET.get("in", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or "en"


def give(page: YearPage, content: bytes, kind: str, ending: str) -> HttpResponse:
    """Give a file that is named by place and year."""
    answer = HttpResponse(content, content_type=kind)
    name = f"{slugify(page.place.name)}-{page.school_year}.{ending}"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
