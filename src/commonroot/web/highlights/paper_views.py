"""The page of a year on paper, as a picture, and as text for a newsletter."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
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
    drawn = draw_year(tell_page(viewer, found), "pdf")
    return give(found, drawn, "application/pdf", "pdf")


@require_safe
def picture_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Give the page as one picture."""
    viewer = viewer_of(request)
    found = get(find_page, viewer, page)
    return give(found, draw_year(tell_page(viewer, found), "png"), "image/png", "png")


@require_safe
def tell_year(request: HttpRequest, page: uuid.UUID) -> HttpResponse:
    """Give the page as plain text for a newsletter."""
    viewer = viewer_of(request)
    found = get(find_page, viewer, page)
    text = write_newsletter(tell_page(viewer, found))
    return give(found, text.encode(), "text/plain; charset=utf-8", "txt")


def give(page: YearPage, content: bytes, kind: str, ending: str) -> HttpResponse:
    """Give a file that is named by place and year."""
    answer = HttpResponse(content, content_type=kind)
    name = f"{slugify(page.place.name)}-{page.school_year}.{ending}"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer
