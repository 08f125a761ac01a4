"""One's teams, and one team: what is due, its dates, its members, its history."""

import uuid
from datetime import datetime, timedelta

import icalendar
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.analysis.disclosure import release_count
from commonroot.domain.network import group_actions
from commonroot.domain.network.choices import GroupKind, MemberKind
from commonroot.domain.network.group_queries import current_memberships
from commonroot.domain.network.models import Enrolment, Group, Person
from commonroot.domain.network.rules import INVITE, KEEP_GROUPS
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.teams import news, team_actions
from commonroot.domain.teams.choices import Duty, MeetingState
from commonroot.domain.teams.due import (
    list_agreements_due,
    list_askings,
    list_checks_due,
)
from commonroot.domain.teams.news import begin_look, list_news
from commonroot.domain.teams.queries import (
    count_team,
    find_agreement,
    find_feed,
    find_team,
    glance_at_teams,
    list_cycles,
    teams_of,
)
from commonroot.domain.teams.queries import list_counts as list_team_counts
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import ADVISE_TEAM, RUN_TEAM, SEE_TEAM
from commonroot.domain.teams.seats import compare_seats, list_inviters
from commonroot.domain.teams.tasks import send_letter
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of
from commonroot.web.teams.forms import AgreementForm, DutyForm, MeetingForm

MOST_SHOWN, MOST_NEWS, MOST_OTHERS = 30, 12, 6


def list_members(team: Group) -> list[Person]:
    """List the members of today."""
    return [each.person for each in current_memberships().filter(group=team)]


@require_safe
def list_teams(request: HttpRequest) -> HttpResponse:
    """List one's teams with what is due: a coach's page, and a member's."""
    viewer = viewer_of(request)
    glances = glance_at_teams(viewer, SEE_TEAM)
    teams = [each.team for each in glances]
    since = begin_look(viewer) if teams else timezone.now()
    checks, askings = list_checks_due(*teams), list_askings(*teams)
    new = list_news(teams, since)
    shown = {
        "cards": [
            {
                "glance": each,
                "checks_due": [one for one in checks if one.cycle.team_id == key],
                "askings": [one for one in askings if one.cycle.team_id == key],
                "news": [one for one in new if one.team == key][:MOST_NEWS],
            }
            for each in glances
            for key in [each.team.pk]
        ],
        "since": since,
        "has_news": bool(new),
        "today": today(),
        "has_counts": bool(list_team_counts(viewer)),
    }
    return render(request, "teams/list_teams.html", shown)


@require_POST
def finish_look(request: HttpRequest) -> HttpResponse:
    """Say that one has read what is new in one's teams."""
    news.finish_look(viewer_of(request))
    return redirect("teams:list-teams")


@require_safe
def list_counts(request: HttpRequest) -> HttpResponse:
    """List how much teams met and checked, without detail."""
    shown = {"glances": list_team_counts(viewer_of(request))}
    return render(request, "teams/list_counts.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def open_team(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Open the data team of a school, or begin one."""
    viewer = viewer_of(request)
    school = get_place(viewer, place, SEE_TEAM)
    may_begin = (
        find_reason(viewer, RUN_TEAM, school) is not None
        and find_reason(viewer, KEEP_GROUPS, school) is not None
    )
    found = list(teams_of(viewer, school))
    if request.method == "POST" and may_begin and not found:
        team = group_actions.add_group(
            by=viewer, place=school, kind=GroupKind.DATA_TEAM, name=_("Data team")
        )
        group_actions.add_member(by=viewer, group=team, person=viewer)
        return redirect("teams:show-team", team.pk)
    if len(found) == 1:
        return redirect("teams:show-team", found[0].pk)
    shown = {"place": school, "teams": found, "may_begin": may_begin}
    return render(request, "teams/open_team.html", shown)


@require_safe
def show_team(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Show a team."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_team, viewer, team))


def show_page(
    request: HttpRequest,
    viewer: Person,
    team: Group,
    *,
    duty_form: DutyForm | None = None,
    agreement_form: AgreementForm | None = None,
    meeting_form: MeetingForm | None = None,
    feed: str = "",
) -> HttpResponse:
    """Show a team, with what could not be read marked in its form."""
    people = list_members(team)
    may_run = find_reason(viewer, RUN_TEAM, team.place) is not None
    given = [form for form in (duty_form, agreement_form, meeting_form) if form]
    meetings = team.meetings.exclude(state=MeetingState.CALLED_OFF)
    planned = meetings.filter(state__in=[MeetingState.PLANNED, MeetingState.UNDER_WAY])
    shown = {
        "team": team,
        "place": team.place,
        "may_run": may_run,
        "may_advise": find_reason(viewer, ADVISE_TEAM, team.place) is not None,
        "may_invite": find_reason(viewer, INVITE, team.place) is not None,
        "checks_due": list_checks_due(team),
        "askings": list_askings(team),
        "agreements_due": list_agreements_due(team),
        "coming": planned.order_by("day"),
        "held": meetings.filter(state=MeetingState.ENDED)[:MOST_SHOWN],
        "cycles": list_cycles(team)[:MOST_SHOWN],
        "counts": count_team(team),
        "duties": team.duties.select_related("person", "backup"),
        "agreements": team.agreements.filter(ended=None),
        "seats": compare_seats(viewer, team),
        "students": count_students(team),
        "most_others": MOST_OTHERS,
        "duty_form": duty_form or DutyForm(people=people),
        "agreement_form": agreement_form or AgreementForm(),
        "meeting_form": meeting_form or MeetingForm(),
        "feed": feed,
        "is_late": today(),
    }
    status = 422 if any(form.errors for form in given) else 200
    return render(request, "teams/show_team.html", shown, status=status)


def count_students(team: Group) -> Enrolment | None:
    """Find how many students the school has, where the number may be shown."""
    newest = team.place.enrolment.filter(column="").order_by("-school_year").first()
    if newest is None or release_count(newest.students, newest.students).protected:
        return None
    return newest


@require_POST
def ask_for_voice(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Ask whoever may invite for a voice that is missing: by a letter, and on this page."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, team, RUN_TEAM)
    kind = request.POST.get("whose", "")
    if kind not in MemberKind:
        return redirect("teams:show-team", found.pk)
    whose = MemberKind(kind)
    try:
        team_actions.ask_for_voice(by=viewer, team=found, member_kind=whose)
    except TeamError as problem:
        messages.error(request, str(problem))
        return redirect("teams:show-team", found.pk)
    address = reverse("network:invite-person", args=[found.place_id])
    whole = request.build_absolute_uri(f"{address}?whose={whose.value}")
    inviters = list_inviters(found)
    for person in inviters:
        write_wish(viewer, person, found, whose, whole)
    names = ", ".join(person.name for person in inviters)
    messages.success(
        request,
        _("A letter is on its way to: %(names)s.") % {"names": names}
        if names
        else _("It is noted here. Nobody is known who may invite."),
    )
    return redirect("teams:show-team", found.pk)


def write_wish(
    by: Person, to: Person, team: Group, whose: MemberKind, address: str
) -> None:
    """Write to somebody who may invite, in their own language."""
    with override(to.language or settings.LANGUAGE_CODE):
        told = {
            "name": by.name,
            "place": team.place.name,
            "whose": whose.label,
            "address": address,
        }
        subject = _("%(place)s: the data team misses a voice") % told
        text = _(
            "%(name)s asks for a voice that is missing in the data team: %(whose)s.\n\n"
            "If you agree, invite somebody here:\n%(address)s\n"
        )
        send_letter.enqueue(subject, text % told, to.email)


@require_POST
def set_duty(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Say who has a duty."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, team, RUN_TEAM)
    people = {str(each.pk): each for each in list_members(found)}
    form = DutyForm(request.POST, people=list(people.values()))
    if form.is_valid():
        told = form.cleaned_data
        try:
            team_actions.set_duty(
                by=viewer,
                team=found,
                duty=Duty(told["duty"]),
                person=people[told["person"]],
                backup=people.get(told["backup"]),
            )
        except TeamError as problem:
            form.add_error("backup", str(problem))
        else:
            return redirect("teams:show-team", found.pk)
    return show_page(request, viewer, found, duty_form=form)


@require_POST
def agree(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Write an agreement down."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, team, RUN_TEAM)
    form = AgreementForm(request.POST)
    if form.is_valid():
        try:
            team_actions.agree(by=viewer, team=found, **form.cleaned_data)
        except TeamError as problem:
            form.add_error("review", str(problem))
        else:
            return redirect("teams:show-team", found.pk)
    return show_page(request, viewer, found, agreement_form=form)


@require_POST
def end_agreement(request: HttpRequest, agreement: uuid.UUID) -> HttpResponse:
    """End an agreement."""
    viewer = viewer_of(request)
    found = get(find_agreement, viewer, agreement)
    team_actions.end_agreement(by=viewer, agreement=found)
    return redirect("teams:show-team", found.team_id)


@require_POST
def plan_meeting(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Plan a meeting."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, team, RUN_TEAM)
    form = MeetingForm(request.POST)
    if form.is_valid():
        try:
            made = team_actions.plan_meeting(by=viewer, team=found, **form.cleaned_data)
        except TeamError as problem:
            form.add_error("day", str(problem))
        else:
            messages.success(request, _("The meeting is planned."))
            return redirect("teams:show-meeting", made.pk)
    return show_page(request, viewer, found, meeting_form=form)


@require_POST
def renew_feed(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Make the address of a team's dates anew, and show it this once."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, team, RUN_TEAM)
    token = team_actions.renew_feed(by=viewer, team=found)
    address = request.build_absolute_uri(reverse("teams:follow-dates", args=[token]))
    return show_page(request, viewer, found, feed=address)


@login_not_required
@require_safe
def follow_dates(request: HttpRequest, token: str) -> HttpResponse:
    """Give a team's dates as a calendar, to whoever holds its address: dates and no more."""
    team = find_feed(token)
    if team is None:
        raise Http404
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Commonroot//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{team.name}, {team.place.name}")
    for meeting in team.meetings.exclude(state=MeetingState.CALLED_OFF):
        event = icalendar.Event()
        event.add("uid", f"{meeting.pk}@commonroot")
        event.add("dtstamp", timezone.now())
        event.add("summary", f"{team.name}, {team.place.name}")
        if meeting.starts is None:
            event.add("dtstart", meeting.day)
        else:
            begins = timezone.make_aware(datetime.combine(meeting.day, meeting.starts))
            event.add("dtstart", begins)
            event.add("dtend", begins + timedelta(minutes=meeting.minutes))
        calendar.add_component(event)
    return HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
