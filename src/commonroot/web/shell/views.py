"""The first page, and whether the site is well."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from django.views.i18n import set_language

from commonroot.domain.audit.queries import lines_of
from commonroot.domain.network import actions
from commonroot.domain.network.choices import PlaceKind
from commonroot.domain.network.models import Place
from commonroot.domain.network.queries import people_seen_by, places_seen_by
from commonroot.domain.network.sight import current_roles, places_where
from commonroot.domain.records.rules import ENTER, SEE_SHEET
from commonroot.web.shell.deeds import tell_deed
from commonroot.web.shell.help_topics import TOPICS, read_help
from commonroot.web.shell.viewer import viewer_of

LINES, MOST_FOUND = 20, 50


@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Show what somebody's roles are, and what to do next."""
    viewer = viewer_of(request)
    schools = Place.objects.filter(kind=PlaceKind.SCHOOL)
    sheets, entering = (
        set(
            schools.filter(pk__in=places_where(viewer, rule)).values_list(
                "pk", flat=True
            )
        )
        for rule in (SEE_SHEET, ENTER)
    )
    held = [
        (role, role.place_id in sheets, role.place_id in entering)
        for role in current_roles(viewer)
    ]
    return render(request, "shell/home.html", {"held": held})


@require_safe
def show_account(request: HttpRequest) -> HttpResponse:
    """Show somebody their own account, and what they did lately."""
    lines = lines_of(viewer_of(request))[:LINES]
    deeds = [(tell_deed(line.verb, line.kind), line.at) for line in lines]
    return render(request, "shell/account.html", {"deeds": deeds})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search by name, over the places and people that one may see."""
    viewer, sought = viewer_of(request), request.GET.get("q", "").strip()
    places, people = (
        (
            list(places_seen_by(viewer).filter(name__icontains=sought)[:MOST_FOUND]),
            list(people_seen_by(viewer).filter(name__icontains=sought)[:MOST_FOUND]),
        )
        if sought
        else ([], [])
    )
    shown = {"sought": sought, "places": places, "people": people}
    return render(request, "shell/search.html", shown)


@login_not_required
@require_safe
def show_help(request: HttpRequest, topic: str) -> HttpResponse:
    """Show what helps with a page."""
    try:
        text = read_help(topic, get_language() or "en")
    except KeyError:
        raise Http404 from None
    return render(request, "shell/show_help.html", {"text": text, "topics": TOPICS})


@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Show pages in another language from now on, and write to whoever is signed in in it."""
    answer = set_language(request)
    if request.method == "POST" and request.user.is_authenticated:
        language = request.POST.get("language", "")
        actions.choose_language(by=viewer_of(request), language=language)
    return answer


@login_not_required
@require_safe
def show_mark(request: HttpRequest) -> HttpResponse:
    """Lead to our mark: browsers ask for it here beside a PDF, which names none."""
    return redirect(static("shell/mark.svg"))


@login_not_required
@require_safe
def tell_health(request: HttpRequest) -> HttpResponse:
    """Say that the site answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
