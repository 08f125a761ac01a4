"""Convenings of one's own network, and one of them."""

import datetime as dt
import uuid

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commonroot.domain.convenings.choices import Audience, Outcome, WordsKind
from commonroot.domain.convenings.models import AgendaPart, Convening
from commonroot.domain.convenings.queries import (
    comes_to,
    connections_of,
    convenings_seen_by,
    find_convening,
    find_prepared,
    intentions_before,
    list_participants,
    namings_of,
    plans_owned_by,
    plans_seen_by,
    teams_of,
    thanks_seen_by,
    words_seen_by,
)
from commonroot.domain.convenings.rules import PREPARE
from commonroot.domain.convenings.table_queries import list_seats
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where
from commonroot.web.convenings.forms import (
    AgreementForm,
    ConnectionForm,
    ThanksForm,
    WordsForm,
)
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_safe
def list_convenings(request: HttpRequest) -> HttpResponse:
    """List the convenings of one's own network, and the teams one comes with."""
    viewer = viewer_of(request)
    shown = {
        "convenings": convenings_seen_by(viewer),
        "teams": teams_of(viewer).order_by("-convening__day"),
        "places": places_where(viewer, PREPARE).filter(kind="region"),
    }
    return render(request, "convenings/list_convenings.html", shown)


@require_safe
def show_convening(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a convening: its day, its agreements, what was shared, and one's own words."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_convening, viewer, key))


def list_people(viewer: Person, convening: Convening) -> QuerySet[Person]:
    """List the people with an account who come and let the viewer read it, by name."""
    listed = list_participants(viewer, convening)
    keys = {each.person_id for each in listed if each.person_id} - {viewer.pk}
    return Person.objects.filter(pk__in=keys).order_by("name")


def read_parts(convening: Convening) -> list[AgendaPart]:
    """Read the parts of the day as they were published last."""
    return [
        AgendaPart(**{**part, "starts": dt.time.fromisoformat(part["starts"])})
        for part in convening.published_parts
    ]


def show_page(
    request: HttpRequest,
    viewer: Person,
    convening: Convening,
    *,
    words_form: WordsForm | None = None,
    thanks_form: ThanksForm | None = None,
    connection_form: ConnectionForm | None = None,
    agreement_form: AgreementForm | None = None,
) -> HttpResponse:
    """Show the page of a convening, with what is wrong in its forms."""
    words = list(words_seen_by(viewer, convening))
    wrong = any((words_form, thanks_form, connection_form, agreement_form))
    people = list_people(viewer, convening)
    shown = {
        "convening": convening,
        "parts": read_parts(convening),
        "agreements": convening.agreements.filter(ended=None),
        "may_propose": comes_to(viewer, convening),
        "agreement_form": agreement_form or AgreementForm(),
        "namings": namings_of(viewer, convening),
        "meant": intentions_before(viewer, convening),
        "own_plans": plans_owned_by(viewer)
        .filter(team__convening=convening)
        .select_related("team__school"),
        "outcomes": Outcome.choices,
        "participants": list_participants(viewer, convening),
        "own_team": teams_of(viewer).filter(convening=convening).first(),
        "may_prepare": find_prepared(viewer, convening.pk) is not None,
        "kinds": [
            (kind, [each for each in words if each.kind == kind]) for kind in WordsKind
        ],
        "plans": plans_seen_by(viewer, convening),
        "thanks": thanks_seen_by(viewer, convening),
        "connections": connections_of(viewer, convening),
        "words_form": words_form or WordsForm(people=people),
        "thanks_form": thanks_form or ThanksForm(people=people),
        "connection_form": connection_form or ConnectionForm(),
        "seats": list_seats(viewer, convening),
        "audiences": Audience.choices,
        "viewer": viewer,
    }
    status = 422 if wrong else 200
    return render(request, "convenings/show_convening.html", shown, status=status)
