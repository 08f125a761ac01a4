"""Checking in: by the code at the door, by hand also without a network, from paper."""

import uuid
from importlib.resources import files

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.learning import check_in_actions, circle_actions
from commonroot.domain.learning.check_in_actions import Tick, find_by_code
from commonroot.domain.learning.choices import Audience, CheckInWay, WordKind
from commonroot.domain.learning.models import Seat, Session
from commonroot.domain.learning.preparing import has_sight
from commonroot.domain.learning.queries import find_session, list_seats
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today
from commonroot.web.learning.door import draw_code
from commonroot.web.learning.forms import GuestAudienceForm, GuestWordForm, WalkInForm
from commonroot.web.learning.paper_list import draw_list
from commonroot.web.learning.roster_views import list_schools_of
from commonroot.web.learning.trying import do, read_key
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Tick who was there: one by one as they come, or the whole paper list afterwards."""
    viewer = viewer_of(request)
    found = get(find_session, viewer, session)
    problem = keep_list(request, viewer, found) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        messages.success(request, _("The list is kept."))
        return redirect("learning:check-in", found.pk)
    return show_list(request, found, problem)


def show_list(request: HttpRequest, session: Session, problem: str) -> HttpResponse:
    """Show the list of a session with its ticks."""
    stays = dict(session.attendances.values_list("seat", "minutes"))
    sent = request.POST if problem else None
    seats = list_seats(session.series).order_by("state", "person__name", "guest")
    rows = sort_rows(list(seats), stays, session.minutes, sent)
    shown = {
        "session": session,
        "series": session.series,
        "rows": rows,
        "wrong": [str(row["seat"]) for row in rows if row["is_wrong"]],
        "there": len(stays),
        "walk_in_form": WalkInForm(
            initial=sent.dict() if sent else None,
            schools=list_schools_of(session.series),
        ),
        "key": sent.get("key") if sent else uuid.uuid4(),
        "has_come": session.day <= today(),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "learning/check_in.html", shown, status=status)


def sort_rows(
    seats: list[Seat],
    stays: dict[uuid.UUID, int],
    whole: int,
    sent: QueryDict | None = None,
) -> list[dict[str, object]]:
    """Make a row a seat by name, with whether they were there and how long if not for all.

    What was sent and could not be kept stands there as it was ticked and typed. Whoever
    came in by the code at the door meanwhile stands there as they came.
    """
    ticked = set(sent.getlist("there")) if sent is not None else set()
    were = set(sent.getlist("was")) if sent is not None else set()
    rows: list[dict[str, object]] = []
    for seat in sorted(seats, key=lambda each: str(each).casefold()):
        key, stay = str(seat.pk), stays.get(seat.pk)
        was_there = is_ticked = stay is not None
        minutes: object = stay if stay != whole else None
        came = was_there and key not in were | ticked
        if sent is not None and not came:
            is_ticked, minutes = key in ticked, sent.get(f"minutes-{key}", "")
        rows.append(
            {
                "seat": seat,
                "was_there": was_there,
                "is_ticked": is_ticked,
                "minutes": minutes,
                "is_wrong": is_ticked and is_unreadable(minutes, whole),
            }
        )
    return rows


def is_unreadable(minutes: object, whole: int) -> bool:
    """Say whether no stay can be read from what stands in a field of minutes.

    >>> [is_unreadable(each, 120) for each in (None, "", "45", "long", "0", "121")]
    [False, False, False, True, True, True]
    """
    text = "" if minutes is None else str(minutes).strip()
    return text != "" and not (
        text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= whole
    )


def keep_list(request: HttpRequest, viewer: Person, session: Session) -> str:
    """Keep a whole list as it was sent; gives what is in the way.

    Only ticks that were taken away on this page are taken away: others may have come in
    by the code at the door meanwhile.
    """
    there = set(request.POST.getlist("there"))
    were = set(request.POST.getlist("was"))
    try:
        ticks = [
            Tick(key, text in there, read_stay(request.POST.get(f"minutes-{text}", "")))
            for text in sorted(there | were)
            for key in [read_key(text)]
            if key is not None
        ]
        check_in_actions.note_presence(
            by=viewer, session=session, ticks=ticks, way=CheckInWay.LIST
        )
        if request.POST.get("guest", "").strip():
            note_walk_in(request, viewer, session, CheckInWay.LIST)
    except LearningError as problem:
        return str(problem)
    return ""


def read_stay(text: str) -> int | None:
    """Read for how many minutes somebody stayed; None for all of it."""
    if not text.strip():
        return None
    if not text.strip().isdecimal() or len(text.strip()) > 4:
        raise LearningError(_("Write minutes as a number."))
    return int(text)


def note_walk_in(
    request: HttpRequest, viewer: Person, session: Session, way: CheckInWay
) -> Seat:
    """Note somebody who was not on the list."""
    key = read_key(request.POST.get("key", ""))
    if key is None:
        raise LearningError(_("Open the page once more and try again."))
    return check_in_actions.note_walk_in(
        by=viewer,
        session=session,
        key=key,
        guest=request.POST.get("guest", "").replace("\x00", ""),
        school=find_school(session, request.POST.get("school", "")),
        minutes=read_stay(request.POST.get("minutes", "")),
        way=way,
    )


def find_school(session: Session, text: str) -> Place | None:
    """Find a school that a series is for, by a key that a form sent."""
    key = read_key(text)
    schools = list_schools_of(session.series)
    return next((each for each in schools if each.pk == key), None)


@require_POST
def note_tick(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Note one tick, sent by the page's script: now, or once there is a network again."""
    viewer = viewer_of(request)
    if request.POST.get("person", str(viewer.pk)) != str(viewer.pk):
        # Somebody else is signed in on this device now; it waits for its own.
        return JsonResponse({"kept": False}, status=409)
    found = find_session(viewer, session)
    if found is None:
        gone = _("This list is gone, or you no longer keep it. Tell whoever teaches.")
        return JsonResponse({"kept": False, "problem": gone}, status=404)
    try:
        if "guest" in request.POST:
            note_walk_in(request, viewer, found, CheckInWay.BY_HAND)
        else:
            note_one(request, viewer, found)
    except LearningError as problem:
        return JsonResponse({"kept": False, "problem": str(problem)}, status=422)
    return JsonResponse({"kept": True})


def note_one(request: HttpRequest, viewer: Person, session: Session) -> None:
    """Note whether one person was there."""
    key = read_key(request.POST.get("seat", ""))
    if key is None:
        raise LearningError(_("Open the page once more and try again."))
    was_there = request.POST.get("there", "") == "yes"
    stay = read_stay(request.POST.get("minutes", "")) if was_there else None
    check_in_actions.note_presence(
        by=viewer,
        session=session,
        ticks=[Tick(key, was_there, stay)],
        way=CheckInWay.BY_HAND,
    )


@require_safe
def show_code(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Show the code for the door, to print or to throw on the wall."""
    viewer = viewer_of(request)
    found = get(find_session, viewer, session)
    address = request.build_absolute_uri(reverse("learning:come-in", args=[found.code]))
    shown = {
        "session": found,
        "series": found.series,
        "address": address,
        "drawn": draw_code(address),
    }
    return render(request, "learning/show_code.html", shown)


@require_POST
def renew_code(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Make the code at the door anew, when the one before went too far."""
    viewer = viewer_of(request)
    found = get(find_session, viewer, session)
    check_in_actions.renew_code(by=viewer, session=found)
    messages.success(request, _("There is a new code. The one before opens nothing."))
    return redirect("learning:show-code", found.pk)


@require_safe
def print_list(request: HttpRequest, session: uuid.UUID) -> HttpResponse:
    """Give the paper list of a session as a PDF."""
    viewer = viewer_of(request)
    found = get(find_session, viewer, session)
    address = request.build_absolute_uri(reverse("learning:come-in", args=[found.code]))
    answer = HttpResponse(draw_list(found, address), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="list-{found.day}.pdf"'
    return answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: HttpRequest, code: str) -> HttpResponse:
    """Check in with the code at the door: as who is signed in, or as a guest by name."""
    session = get(find_by_code, code)
    schools = list_schools_of(session.series)
    form = WalkInForm(request.POST or None, schools=schools)
    person = request.user if isinstance(request.user, Person) else None
    if person is not None and not has_sight(person, session.series):
        person = None
    problem, name = "", ""
    if request.method == "POST":
        problem, name = let_in(request, session, person, form)
    shown = {
        "session": session,
        "series": session.series,
        "person": person,
        "form": form,
        "code": code,
        "problem": problem,
        "name": name,
        "is_today": session.day == today(),
        "is_there": person is not None
        and session.attendances.filter(seat__person=person).exists(),
    }
    status = 422 if problem or (request.method == "POST" and not name) else 200
    return render(request, "learning/come_in.html", shown, status=status)


def let_in(
    request: HttpRequest, session: Session, person: Person | None, form: WalkInForm
) -> tuple[str, str]:
    """Let somebody in; gives what is in the way, and the name of who is in."""
    try:
        if person is not None and request.POST.get("who") == "me":
            check_in_actions.check_in(by=person, session=session)
            return "", person.name
        if not form.is_valid():
            return "", ""
        seat = check_in_actions.check_in_guest(
            session=session,
            guest=form.cleaned_data["guest"],
            school=find_school(session, form.cleaned_data["school"]),
        )
    except LearningError as problem:
        return str(problem), ""
    return "", str(seat)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def say_as_guest(request: HttpRequest, code: str) -> HttpResponse:
    """Say something in the closing circle with the code of the door, without an account."""
    session = get(find_by_code, code)
    form = GuestWordForm(request.POST or None)

    tokens: list[str] = []

    def say() -> None:
        told = form.cleaned_data
        _word, token = circle_actions.say_as_guest(
            session=session,
            kind=WordKind(told["kind"]),
            text=told["text"],
            audience=Audience(told["audience"]),
            said_as=told["said_as"],
        )
        tokens.append(token)

    if request.method == "POST" and do(form, "text", say):
        messages.success(request, _("Thank you. It is kept as you chose."))
        return redirect("learning:own-guest-word", tokens[0])
    shown = {
        "session": session,
        "series": session.series,
        "form": form,
        "is_today": session.day == today(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/say_as_guest.html", shown, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_guest_word(request: HttpRequest, token: str) -> HttpResponse:
    """Let a guest choose anew who reads what they said, or take it back."""
    found = get(circle_actions.find_by_token, token)
    form = GuestAudienceForm(request.POST or None, initial=vars(found))

    def change() -> None:
        told = form.cleaned_data
        circle_actions.change_as_guest(
            word=found, audience=Audience(told["audience"]), said_as=told["said_as"]
        )

    if "withdraw" in request.POST:
        circle_actions.withdraw_as_guest(word=found)
        return render(request, "learning/own_guest_word.html", {"word": None})
    if request.method == "POST" and do(form, "audience", change):
        messages.success(request, _("It is kept as you chose."))
        return redirect("learning:own-guest-word", token)
    shown = {
        "word": found,
        "series": found.series,
        "form": form,
        "address": request.build_absolute_uri(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/own_guest_word.html", shown, status=status)


@login_not_required
@require_safe
def give_worker(request: HttpRequest) -> HttpResponse:
    """Give the script that keeps the lists of check-in for when there is no network."""
    script = files("commonroot.web.learning") / "static" / "learning" / "worker.js"
    return HttpResponse(
        script.read_bytes(), content_type="text/javascript; charset=utf-8"
    )
