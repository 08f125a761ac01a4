"""A convening on paper and in calendars: the kit, and its dates."""

import uuid
from datetime import datetime, time, timedelta

import icalendar
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from commonroot.domain.convenings.models import Convening
from commonroot.domain.convenings.queries import (
    find_convening,
    find_prepared,
    find_team,
)
from commonroot.web.convenings.kit import draw_kit, draw_sheet
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

SHORTEST = timedelta(hours=1)


@require_safe
def print_kit(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give the kit as a PDF: name cards, agenda, a sheet for each team with its own year."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, key)
    answer = HttpResponse(draw_kit(viewer, found), content_type="application/pdf")
    name = f"{slugify(found.name)}-{found.day}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_safe
def print_sheet(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give a team its own sheet of the kit: its year, what it planned, and lines to plan on."""
    viewer = viewer_of(request)
    team = get(find_team, viewer, key)
    drawn = draw_sheet(viewer, team)
    answer = HttpResponse(drawn, content_type="application/pdf")
    name = f"{slugify(team.school.name)}-{team.convening.day}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_safe
def give_dates(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give the day as an iCalendar file; no name of anybody is in it."""
    found = get(find_convening, viewer_of(request), key)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Commonroot//convening//EN")
    calendar.add("version", "2.0")
    event = icalendar.Event()
    event.add("uid", f"{found.pk}@commonroot")
    event.add("dtstamp", timezone.now())
    event.add("summary", found.name)
    if found.where:
        event.add("location", found.where)
    if found.starts:
        begins = timezone.make_aware(datetime.combine(found.day, found.starts))
        event.add("dtstart", begins)
        event.add("dtend", max(find_end(found), begins + SHORTEST))
    else:
        event.add("dtstart", found.day)
        event.add("dtend", found.day + timedelta(days=1))
    calendar.add_component(event)
    answer = HttpResponse(
        calendar.to_ical(), content_type="text/calendar; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="{slugify(found.name)}.ics"'
    return answer


def find_end(convening: Convening) -> datetime:
    """Find when a day ends: with the last part that was published, or six hours later."""
    starts = convening.starts or time(8)
    ends = [
        datetime.combine(convening.day, time.fromisoformat(part["starts"]))
        + timedelta(minutes=part["minutes"])
        for part in convening.published_parts
    ]
    last = max(
        ends, default=datetime.combine(convening.day, starts) + timedelta(hours=6)
    )
    return timezone.make_aware(last)
