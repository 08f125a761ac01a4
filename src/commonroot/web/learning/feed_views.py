"""Dates of workshops, to be followed in one's own calendar."""

import uuid
from datetime import datetime, timedelta

import icalendar
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.learning import feed_actions
from commonroot.domain.learning.choices import SeatState, SeriesState
from commonroot.domain.learning.feed_actions import find_feed
from commonroot.domain.learning.models import DateFeed, Session
from commonroot.domain.learning.queries import find_prepared, series_seen_by
from commonroot.web.learning.series_views import show_learning, show_preparation
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_POST
def renew_series_feed(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Make the address of a series' dates anew, and show it this once."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, series)
    token = feed_actions.renew_series_feed(by=viewer, series=found)
    return show_preparation(request, found, feed=write_feed(request, token))


@require_POST
def renew_own_feed(request: HttpRequest) -> HttpResponse:
    """Make the address of one's own dates anew, and show it this once."""
    viewer = viewer_of(request)
    token = feed_actions.renew_own_feed(by=viewer)
    return show_learning(request, viewer, feed=write_feed(request, token))


def write_feed(request: HttpRequest, token: str) -> str:
    """Write the whole address of a feed."""
    return request.build_absolute_uri(reverse("learning:follow-dates", args=[token]))


def list_sessions(feed: DateFeed) -> QuerySet[Session]:
    """List the sessions that a feed tells of: of a series, or those somebody goes to."""
    every = Session.objects.exclude(series__state=SeriesState.CALLED_OFF)
    if feed.person is None:
        return every.filter(series=feed.series)
    goes = Q(facilitations__person=feed.person)
    goes |= Q(series__seats__person=feed.person, series__seats__state=SeatState.COMING)
    return every.filter(goes, series__in=series_seen_by(feed.person)).distinct()


@login_not_required
@require_safe
def follow_dates(request: HttpRequest, token: str) -> HttpResponse:
    """Give dates as a calendar to whoever holds its address: what, when, where, and no more."""
    feed = get(find_feed, token)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Commonroot//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for session in list_sessions(feed).select_related("series__workshop"):
        calendar.add_component(write_event(session))
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")


def write_event(session: Session) -> icalendar.Event:
    """Write a session as a date of a calendar."""
    begins = timezone.make_aware(datetime.combine(session.day, session.starts))
    event = icalendar.Event()
    event.add("uid", f"{session.pk}@commonroot")
    event.add("dtstamp", timezone.now())
    event.add("summary", str(session.series))
    event.add("dtstart", begins)
    event.add("dtend", begins + timedelta(minutes=session.minutes))
    if session.where:
        event.add("location", session.where)
    return event
