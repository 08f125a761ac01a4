"""Who is invited and who comes: the roster with its mix, and choosing colleagues."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.learning import seat_actions
from commonroot.domain.learning.choices import SeatState, SeriesState, Standing, Work
from commonroot.domain.learning.mix import count_mix
from commonroot.domain.learning.models import Seat, Series
from commonroot.domain.learning.queries import (
    find_prepared,
    find_seat,
    find_series,
    list_seats,
    people_of,
    places_to_choose,
    schools_to_choose,
)
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.seat_actions import count_free, is_over
from commonroot.domain.learning.sides import propose_standings
from commonroot.domain.learning.tasks import digest
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Person, Place
from commonroot.domain.network.sight import today
from commonroot.web.learning.forms import GuestForm, NeedsForm, SeatForm
from commonroot.web.learning.trying import do, read_key
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

MOST_SHOWN = 400


def list_schools_of(series: Series) -> list[Place]:
    """List the schools that a series is for."""
    return list(
        Place.objects.filter(
            kind=PlaceKind.SCHOOL, surroundings__around=series.place_id
        ).order_by("name")
    )


@require_safe
def show_roster(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Show who is invited, who comes and who waits, and the mix of them."""
    viewer = viewer_of(request)
    return show_list(request, viewer, get(find_prepared, viewer, series))


def show_list(
    request: HttpRequest, viewer: Person, series: Series, form: GuestForm | None = None
) -> HttpResponse:
    """Show a roster, with what could not be read marked in its form."""
    seats = list(list_seats(series)[:MOST_SHOWN])
    waiting = [seat for seat in seats if seat.state == SeatState.WAITING]
    order = (SeatState.COMING, SeatState.INVITED, SeatState.DECLINED)
    shown = {
        "series": series,
        "parts": [
            (state.label, [seat for seat in seats if seat.state == state])
            for state in order
        ],
        "waiting": sorted(waiting, key=lambda seat: (seat.waited_since, seat.pk)),
        "mix": count_mix(series),
        "free": count_free(series),
        "form": form or GuestForm(schools=list_schools_of(series)),
        "may_choose": schools_to_choose(viewer, series).exists(),
        "is_open": series.state == SeriesState.OPEN and not is_over(series),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "learning/show_roster.html", shown, status=status)


@require_POST
def add_seat(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Invite a guest to a series."""
    viewer = viewer_of(request)
    found = get(find_prepared, viewer, series)
    schools = list_schools_of(found)
    form = GuestForm(request.POST, schools=schools)
    if do(form, "guest", lambda: invite_guest(viewer, found, form, schools)):
        messages.success(request, _("They are on the list."))
        return redirect("learning:show-roster", found.pk)
    return show_list(request, viewer, found, form)


def invite_guest(
    viewer: Person, series: Series, form: GuestForm, schools: list[Place]
) -> Seat:
    """Invite a guest as a form tells it."""
    told = form.cleaned_data
    by_key = {str(each.pk): each for each in schools}
    return seat_actions.invite(
        by=viewer,
        series=series,
        guest=told["guest"],
        email=told["email"],
        school=by_key.get(told["school"]),
        standing=Standing(told["standing"]) if told["standing"] else None,
        work=Work(told["work"]) if told["work"] else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def change_seat(request: HttpRequest, seat: uuid.UUID) -> HttpResponse:
    """Change where somebody stands, and what they need."""
    viewer = viewer_of(request)
    found = get(find_seat, viewer, seat)
    form = SeatForm(request.POST or None, initial=vars(found))

    def change() -> None:
        told = {**form.cleaned_data}
        state, standing = SeatState(told.pop("state")), told.pop("standing")
        seat_actions.say_needs(seat=found, by=viewer, **told)
        seat_actions.change_seat(
            by=viewer,
            seat=found,
            state=state,
            standing=Standing(standing) if standing else None,
        )

    if request.method == "POST" and do(form, "state", change):
        return redirect("learning:show-roster", found.series_id)
    status = 422 if request.method == "POST" else 200
    shown = {"seat": found, "series": found.series, "form": form}
    return render(request, "learning/change_seat.html", shown, status=status)


@require_POST
def remove_seat(request: HttpRequest, seat: uuid.UUID) -> HttpResponse:
    """Take a seat back that was given by mistake."""
    viewer = viewer_of(request)
    found = get(find_seat, viewer, seat)
    try:
        seat_actions.remove_seat(by=viewer, seat=found)
    except LearningError as problem:
        messages.error(request, str(problem))
    return redirect("learning:show-roster", found.series_id)


@require_http_methods(["GET", "HEAD", "POST"])
def choose_colleagues(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Choose who of a school is invited: new people, and seasoned colleagues with them."""
    viewer = viewer_of(request)
    found = get(find_series, viewer, series)
    schools = list(schools_to_choose(viewer, found).order_by("name"))
    if not places_to_choose(viewer).exists():
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    key = read_key(given.get("school", ""))
    school = next((each for each in schools if each.pk == key), None)
    if school is None and len(schools) == 1 and request.method != "POST":
        school = schools[0]
    problem = ""
    if request.method == "POST":
        if school is None:
            problem = _("Choose one of your schools.")
        else:
            problem = choose(request, viewer, found, school)
        if not problem:
            way = redirect("learning:choose-colleagues", found.pk).url
            return redirect(f"{way}?school={school.pk if school else ''}")
    return show_choice(request, found, schools, school, problem)


def choose(request: HttpRequest, viewer: Person, series: Series, school: Place) -> str:
    """Invite those who were ticked, or a guest, or take one back; gives what is in the way."""
    try:
        if request.POST.get("take_back"):
            return take_back(request, viewer, series, school)
        if request.POST.get("guest", "").strip():
            return choose_guest(request, viewer, series, school)
        invited = choose_people(request, viewer, series, school)
    except LearningError as error:
        return str(error)
    if not invited:
        return _("Tick whom to invite.")
    waiting = sum(seat.state == SeatState.WAITING for seat in invited)
    text = _("Invited: %(count)s.") % {"count": len(invited) - waiting}
    if waiting:
        text += " " + _("It is full; waiting for a seat: %(count)s.") % {
            "count": waiting
        }
    messages.success(request, text)
    return ""


def choose_people(
    request: HttpRequest, viewer: Person, series: Series, school: Place
) -> list[Seat]:
    """Invite the people of a school who were ticked, as new or seasoned."""
    people = {str(each.pk): each for each in people_of(school)}
    return [
        seat_actions.invite(
            by=viewer,
            series=series,
            person=people[key],
            school=school,
            standing=read_standing(request.POST.get(f"standing-{key}", "")),
        )
        for key in dict.fromkeys(request.POST.getlist("person"))
        if key in people
    ]


def read_standing(text: str) -> Standing | None:
    """Read whether somebody is new or seasoned; None leaves it to when they began."""
    return Standing(text) if text in Standing else None


def choose_guest(
    request: HttpRequest, viewer: Person, series: Series, school: Place
) -> str:
    """Invite somebody of a school who has no account yet."""
    given = request.POST.copy()
    given["school"] = str(school.pk)
    form = GuestForm(given, schools=[school])
    if not form.is_valid():
        return " ".join(str(each) for errors in form.errors.values() for each in errors)
    invite_guest(viewer, series, form, [school])
    messages.success(request, _("They are on the list."))
    return ""


def take_back(
    request: HttpRequest, viewer: Person, series: Series, school: Place
) -> str:
    """Take an invitation of one's own school back."""
    key = read_key(request.POST.get("take_back", ""))
    seat = series.seats.filter(pk=key, school=school).first() if key else None
    if seat is None:
        return _("They are not on the list any more.")
    seat_actions.remove_seat(by=viewer, seat=seat)
    return ""


def show_choice(
    request: HttpRequest,
    series: Series,
    schools: list[Place],
    school: Place | None,
    problem: str,
) -> HttpResponse:
    """Show whom of a school to choose, and who of it is chosen."""
    seats = list(list_seats(series).filter(school=school)) if school else []
    known = [
        seat.person_id
        for seat in seats
        if seat.person_id is not None and seat.state != SeatState.DECLINED
    ]
    people = list(people_of(school).exclude(pk__in=known)) if school else []
    standings = propose_standings(people, today())
    shown = {
        "series": series,
        "schools": schools,
        "school": school,
        "seats": seats,
        "people": [(person, standings[person.pk]) for person in people],
        "standings": Standing.choices,
        "mix": count_mix(series, seen_from=school) if school else None,
        "free": count_free(series),
        "guest_form": GuestForm(schools=[school] if school else []),
        "is_open": series.state == SeriesState.OPEN and not is_over(series),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "learning/choose_colleagues.html", shown, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Answer an invitation with its letter, without an account."""
    seat = (
        Seat.objects.select_related("series__workshop", "series__place")
        .filter(token_digest=digest(token), person=None)
        .first()
    )
    if seat is None:
        raise Http404
    form = NeedsForm(request.POST or None, initial=vars(seat))
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = answer_as_guest(request, seat, form)
        if not problem:
            return redirect("learning:answer-letter", token)
    shown = {
        "seat": seat,
        "series": seat.series,
        "sessions": seat.series.sessions.all(),
        "form": form,
        "problem": problem,
        "is_over": is_over(seat.series),
    }
    status = 422 if problem or form.errors else 200
    return render(request, "learning/answer_letter.html", shown, status=status)


def answer_as_guest(request: HttpRequest, seat: Seat, form: NeedsForm) -> str:
    """Answer as a guest; gives what is in the way."""
    answer = request.POST.get("answer", "")
    if answer not in ("yes", "no"):
        return _("Say whether you come.")
    try:
        seat = seat_actions.answer_seat(seat=seat, is_coming=answer == "yes")
    except LearningError as problem:
        return str(problem)
    seat_actions.say_needs(seat=seat, **form.cleaned_data)
    messages.success(request, _("Thank you. Your answer is noted."))
    return ""
