"""Pages about places and people. What cannot be seen is not there: 404, never 403."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.analysis.disclosure import release_count
from commonroot.domain.network import actions
from commonroot.domain.network.choices import MemberKind, PlaceKind, RoleKind
from commonroot.domain.network.models import Person, Place, Role
from commonroot.domain.network.queries import (
    invitations_seen_by,
    list_above,
    people_seen_by,
    places_seen_by,
    roles_seen_by,
)
from commonroot.domain.network.rules import INVITE, MAY_GIVE
from commonroot.domain.network.sight import (
    current_roles,
    find_reason,
    places_where,
)
from commonroot.domain.network.tasks import send_invitation
from commonroot.domain.records.rules import ENTER, SEE_SHEET
from commonroot.web.network.forms import InvitationForm, PasswordForm, RoleForm
from commonroot.web.network.place_links import list_links
from commonroot.web.shell.viewer import get_place, viewer_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def list_places(request: HttpRequest) -> HttpResponse:
    """List places by district, with a search by name."""
    viewer, sought = viewer_of(request), request.GET.get("q", "").strip()
    places = places_seen_by(viewer).exclude(kind=PlaceKind.DEPARTMENT)
    if sought:
        places = places.filter(name__icontains=sought)
    kinds = [
        (kind.label, [place for place in places if place.kind == kind])
        for kind in PlaceKind
    ]
    shown = {"sought": sought, "kinds": [pair for pair in kinds if pair[1]]}
    return render(request, "network/list_places.html", shown)


@require_safe
def show_place(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Show one place: what lies around and in it, and who works with it."""
    viewer = viewer_of(request)
    found = get_place(viewer, place)
    is_school = found.kind == PlaceKind.SCHOOL
    return render(
        request,
        "network/show_place.html",
        {
            "place": found,
            "around": list_above(found),
            "below": places_seen_by(viewer).filter(above=found),
            "roles": roles_seen_by(viewer, found),
            "enrolment": [
                (release_count(each.students, each.students), each)
                for each in found.enrolment.filter(column="").order_by("-school_year")
            ],
            "invited": invitations_seen_by(viewer).filter(place=found),
            "may_invite": find_reason(viewer, INVITE, found) is not None,
            "years": found.school_years.all(),
            "may_see_sheet": is_school and find_reason(viewer, SEE_SHEET, found),
            "may_enter": is_school and find_reason(viewer, ENTER, found),
            "links": list_links(viewer, found),
        },
    )


@require_safe
def list_people(request: HttpRequest) -> HttpResponse:
    """List the people at the places whose people one may see."""
    sought = request.GET.get("q", "").strip()
    people = people_seen_by(viewer_of(request))
    if sought:
        people = people.filter(name__icontains=sought)
    return render(
        request, "network/list_people.html", {"people": people, "sought": sought}
    )


def list_given(viewer: Person, place: Place) -> list[RoleKind]:
    """List the roles that somebody may give at a place."""
    given: set[RoleKind] = set()
    for role in current_roles(viewer):
        kind = RoleKind(role.kind)
        here = kind in INVITE.here and role.place_id == place.pk
        around = kind in INVITE.within and place.surroundings.filter(
            around=role.place_id
        )
        if here or around:
            given |= MAY_GIVE.get(kind, frozenset())
    return [kind for kind in RoleKind if kind in given]


@require_http_methods(["GET", "HEAD", "POST"])
def invite_person(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Invite somebody to a role at a place, by e-mail."""
    viewer = viewer_of(request)
    found = get_place(viewer, place, INVITE)
    kinds = list_given(viewer, found)
    start = propose_invitation(request.GET.get("whose", ""), kinds)
    form = InvitationForm(request.POST or None, kinds=kinds, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            invitation, _token = actions.invite(
                by=viewer,
                email=given["email"],
                name=given["name"],
                kind=RoleKind(given["kind"]),
                place=found,
                member_kind=given["member_kind"],
                shift=given["shift"],
                last=given["last"],
            )
        except actions.NetworkError as problem:
            form.add_error("email", str(problem))
            return show_invitation(request, found, form)
        address = request.build_absolute_uri(
            reverse("network:accept-invitation", args=["TOKEN"])
        )
        send_invitation.enqueue(
            str(invitation.pk), address, get_language() or settings.LANGUAGE_CODE
        )
        messages.success(
            request,
            _("The invitation is on its way to %(email)s.")
            % {"email": invitation.email},
        )
        return redirect("network:show-place", found.pk)
    return show_invitation(request, found, form)


def propose_invitation(whose: str, kinds: list[RoleKind]) -> dict[str, str]:
    """Propose a member of the data team when a page asks for a voice of some kind."""
    if whose not in MemberKind or RoleKind.TEAM_MEMBER not in kinds:
        return {}
    return {"kind": RoleKind.TEAM_MEMBER.value, "member_kind": whose}


def show_invitation(
    request: HttpRequest, place: Place, form: InvitationForm
) -> HttpResponse:
    """Show the form of an invitation, with what is wrong in it."""
    return render(
        request,
        "network/invite_person.html",
        {"place": place, "form": form},
        status=422 if form.errors else 200,
    )


def get_role(viewer: Person, role: uuid.UUID) -> Role:
    """Give a role at a place to which somebody may invite; Http404 otherwise."""
    found = (
        Role.objects.select_related("place", "person")
        .filter(pk=role, place__in=places_where(viewer, INVITE))
        .first()
    )
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def describe_role(request: HttpRequest, role: uuid.UUID) -> HttpResponse:
    """Write down whose voice a role brings, and when in the day it is held."""
    viewer = viewer_of(request)
    found = get_role(viewer, role)
    start = {"member_kind": found.member_kind, "shift": found.shift}
    form = RoleForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        actions.describe_role(by=viewer, role=found, **form.cleaned_data)
        messages.success(request, _("It is written down."))
        return redirect("network:show-place", found.place_id)
    return render(
        request,
        "network/describe_role.html",
        {"role": found, "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: HttpRequest, role: uuid.UUID) -> HttpResponse:
    """Ask whether a role should end, and end it at once."""
    viewer = viewer_of(request)
    found = get_role(viewer, role)
    if request.method != "POST":
        return render(request, "network/end_role.html", {"role": found})
    try:
        actions.end_role(by=viewer, role=found)
    except actions.NetworkError as problem:
        messages.error(request, str(problem))
        return redirect("network:show-place", found.place_id)
    messages.success(
        request,
        _("%(name)s no longer sees anything of %(place)s.")
        % {"name": found.person.name, "place": found.place.name},
    )
    return redirect("network:show-place", found.place_id)


@require_POST
def withdraw_invitation(request: HttpRequest, invitation: uuid.UUID) -> HttpResponse:
    """Withdraw an invitation that waits for an answer."""
    viewer = viewer_of(request)
    found = invitations_seen_by(viewer).filter(pk=invitation).first()
    if found is None:
        raise Http404
    actions.withdraw_invitation(by=viewer, invitation=found)
    messages.success(
        request, _("The invitation is withdrawn. Its letter opens nothing.")
    )
    return redirect("network:show-place", found.place_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: choose a password, or sign in with the one there is."""
    invitation = actions.find_invitation(token)
    if invitation is None:
        return render(request, "network/no_invitation.html", status=404)
    known = Person.objects.filter(email=invitation.email).first()
    is_other = request.user.is_authenticated and request.user != known
    if known is not None and request.user != known:
        return render(
            request,
            "network/sign_in_to_accept.html",
            {"invitation": invitation, "is_other": is_other},
        )
    form = None if known else PasswordForm(request.POST or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        password = form.cleaned_data["password"] if form else None
        try:
            person = actions.accept_invitation(token=token, password=password)
        except actions.NetworkError as problem:
            messages.error(request, str(problem))
            return redirect("account_login")
        if not person.language:
            actions.choose_language(by=person, language=get_language() or "")
        login(request, person, backend=BACKEND)
        return redirect("shell:home")
    return render(
        request,
        "network/accept_invitation.html",
        {"invitation": invitation, "form": form},
        status=422 if form and form.errors else 200,
    )
