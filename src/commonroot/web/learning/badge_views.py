"""Open Badges: given to whoever earned one, and checked by anybody."""

import uuid
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.learning import path_actions
from commonroot.domain.learning.badges import (
    describe_issuer,
    sign,
    tell_badge,
    tell_list,
)
from commonroot.domain.learning.models import Seat, Workshop
from commonroot.domain.learning.path_models import IssuedBadge
from commonroot.domain.learning.path_queries import (
    count_held_minutes,
    find_attended_seat,
    find_badge_seat,
    list_void_numbers,
)
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.network.letters import write_address
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def give_badge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what a badge is, and give it: a file that others can check."""
    viewer = viewer_of(request)
    found = get(find_attended_seat, viewer, key)
    badge = IssuedBadge.objects.filter(seat=found).first()
    if request.method != "POST":
        void = badge is not None and count_held_minutes(found) < badge.minutes
        shown = {"seat": found, "badge": badge, "says_more": void}
        return render(request, "learning/give_badge.html", shown)
    try:
        badge = path_actions.issue_badge(by=viewer, seat=found.pk)
    except LearningError as problem:
        messages.error(request, str(problem))
        return redirect("learning:give-badge", found.pk)
    answer = HttpResponse(
        write_badge(request, found, badge), content_type="application/vc+jwt"
    )
    name = f"{slugify(str(found.series))}.jwt"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def write_home(request: HttpRequest, name: str, *key: uuid.UUID) -> str:
    """Write the address of a page as a badge tells it: at the site's own name, if it has one.

    Whoever asks for a badge does not choose where others look up whether it counts.
    """
    path = reverse(name, args=key)
    return write_address(path) or request.build_absolute_uri(path)


def find_host(request: HttpRequest) -> str:
    """Find the host that issues badges: the site's own name, or on a laptop the one in use."""
    return urlsplit(write_address("/")).netloc or request.get_host()


def write_badge(request: HttpRequest, seat: Seat, badge: IssuedBadge) -> str:
    """Write the credential of a seat, signed."""
    workshop = seat.series.workshop
    address = write_home(request, "learning:show-achievement", workshop.pk)
    person = seat.person
    claims = tell_badge(
        host=find_host(request),
        key=str(badge.pk),
        holder=f"mailto:{person.email}" if person else f"urn:uuid:{seat.pk}",
        issuer_name=workshop.place.name,
        achievement=address,
        name=str(seat.series),
        about=workshop.about or workshop.name,
        criteria=_("Took part in the sessions, as written down by those who taught."),
        issued=badge.issued,
        hours=round(badge.minutes / 60, 1),
        list_address=write_home(request, "learning:give-badge-list"),
        number=badge.number,
    )
    return sign(claims, find_host(request))


@require_POST
def take_back_badge(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take one's own badge back."""
    viewer = viewer_of(request)
    found = get(lambda pk: find_badge_seat(viewer, pk), key)
    path_actions.revoke_badge(by=viewer, seat=found)
    messages.success(
        request, _("Whoever checks this badge sees now that it no longer counts.")
    )
    if find_attended_seat(viewer, found.pk) is None:
        return redirect("shell:home")
    return redirect("learning:give-badge", found.pk)


@login_not_required
@require_safe
def give_issuer(request: HttpRequest) -> HttpResponse:
    """Give the issuer's DID document: the public half of the key for badges."""
    return JsonResponse(
        describe_issuer(find_host(request)), content_type="application/did+json"
    )


@login_not_required
@require_safe
def show_achievement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Say what a badge is for, to anybody who checks one."""
    workshop = Workshop.objects.filter(pk=key).select_related("place").first()
    if (
        workshop is None
        or not IssuedBadge.objects.filter(seat__series__workshop=workshop).exists()
    ):
        raise Http404
    return render(request, "learning/show_achievement.html", {"workshop": workshop})


@login_not_required
@require_safe
def give_list(request: HttpRequest) -> HttpResponse:
    """Give which badges no longer count, as a signed list of bits."""
    address, host = write_home(request, "learning:give-badge-list"), find_host(request)
    claims = tell_list(host, address, list_void_numbers(), timezone.now())
    return HttpResponse(sign(claims, host), content_type="application/vc+jwt")
