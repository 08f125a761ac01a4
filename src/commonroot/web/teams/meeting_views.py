"""The meeting: prepared before, written down while it goes on, minutes after."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from commonroot.domain.audit.actions import note_look
from commonroot.domain.network.group_queries import current_memberships
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.teams import meeting_actions, team_actions
from commonroot.domain.teams.choices import MeetingState, Section
from commonroot.domain.teams.due import (
    list_agreements_due,
    list_askings,
    list_checks_due,
)
from commonroot.domain.teams.models import Meeting
from commonroot.domain.teams.queries import (
    find_meeting,
    find_note,
    find_similar,
    members_who,
)
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import ADVISE_TEAM, RUN_TEAM, SEE_TEAM
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of
from commonroot.web.teams.check_words import describe
from commonroot.web.teams.forms import AdviceForm, EndingForm, NoteForm
from commonroot.web.teams.letters import send_minutes
from commonroot.web.teams.live import Pulse, read_pulse, show_live
from commonroot.web.teams.minutes import draw_minutes, tell_minutes
from commonroot.web.teams.slices import look, read_document, read_patterns

TEMPLATES = {
    MeetingState.PLANNED: "teams/meeting_before.html",
    MeetingState.UNDER_WAY: "teams/meeting_now.html",
    MeetingState.ENDED: "teams/meeting_after.html",
    MeetingState.CALLED_OFF: "teams/meeting_after.html",
}


@require_safe
def show_meeting(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Show a meeting: what is prepared, what is being said, or its minutes."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_meeting, viewer, meeting))


def show_page(
    request: HttpRequest,
    viewer: Person,
    meeting: Meeting,
    *,
    note_form: NoteForm | None = None,
    ending_form: EndingForm | None = None,
    advice_form: AdviceForm | None = None,
) -> HttpResponse:
    """Show a meeting, with what could not be read marked in its form."""
    given = [form for form in (note_form, ending_form, advice_form) if form]
    shown = {
        "meeting": meeting,
        "team": meeting.team,
        "place": meeting.team.place,
        "may_run": find_reason(viewer, RUN_TEAM, meeting.team.place) is not None,
        "may_advise": find_reason(viewer, ADVISE_TEAM, meeting.team.place) is not None,
        "coach_notes": meeting.coach_notes.select_related("by"),
        "late_form": note_form,
        "ending_form": ending_form or EndingForm(),
        "advice_form": advice_form or AdviceForm(),
        **prepare(viewer, meeting),
    }
    if meeting.state == MeetingState.UNDER_WAY:
        shown |= show_live(meeting, note_form)
    if meeting.state == MeetingState.ENDED:
        shown["minutes"] = tell_minutes(meeting)
    status = 422 if any(form.errors for form in given) else 200
    return render(request, TEMPLATES[MeetingState(meeting.state)], shown, status=status)


def prepare(viewer: Person, meeting: Meeting) -> dict[str, Any]:
    """Prepare what the meeting looks at, as of now: the last change always first."""
    if meeting.state not in (MeetingState.PLANNED, MeetingState.UNDER_WAY):
        return {}
    team = meeting.team
    due = list_checks_due(team)
    running = team.cycles.filter(ending="", change__isnull=False).exclude(
        change__in=due
    )
    # What was agreed on just now is no last change yet.
    running = running.exclude(change__agreed_in=meeting)
    running = running.select_related("change__owner")
    looked_at = [*due, *(cycle.change for cycle in running)]
    document = read_document(viewer, team.place)
    patterns = read_patterns(document)
    cycles = list(team.cycles.filter(ending="").prefetch_related("voices"))
    slices = [each.conditions for each in patterns]
    slices += [each.conditions for each in cycles]
    wheres = [each.get("location", "") for each in slices]
    return {
        "is_now": today(),
        "is_due": bool(due),
        "changes": [
            (
                change,
                change in due,
                change.done_reports.first(),
                describe(look(viewer, change)),
            )
            for change in looked_at
        ],
        "undecided": team.cycles.filter(ending="", change=None),
        "coverage": document.get("coverage") or {},
        "rate": document.get("rate") or {},
        "counts": document.get("counts") or {},
        "patterns": patterns,
        "questions": document.get("questions") or [],
        "heard": [
            voice for cycle in cycles for voice in cycle.voices.all() if voice.heard
        ],
        "askings": list_askings(team),
        "agreements_due": list_agreements_due(team),
        "similar": find_similar(viewer, wheres, [cycle.when for cycle in cycles]),
        "members": [each.person for each in current_memberships().filter(group=team)],
        "present": set(meeting.present.values_list("pk", flat=True)),
    }


@require_safe
def follow_meeting(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Give what is new in a meeting that goes on; nothing at all while nothing is."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting)
    pulse = read_pulse(found)
    told = Pulse(request.GET.get("lines", ""), request.GET.get("clock", ""))
    if found.state == MeetingState.UNDER_WAY and pulse == told:
        return HttpResponse(status=204)
    shown = {
        **show_live(found, pulse=pulse),
        "may_run": find_reason(viewer, RUN_TEAM, found.team.place) is not None,
        "has_lines": pulse.lines != told.lines,
        "is_over": found.state != MeetingState.UNDER_WAY,
    }
    return render(request, "teams/meeting_pulse.html", shown)


def asks_for_part(request: HttpRequest) -> bool:
    """Say whether a page asks for a part of itself, by htmx."""
    return request.headers.get("HX-Request") == "true"


def show_part(
    request: HttpRequest,
    meeting: Meeting,
    template: str = "teams/meeting_pulse.html",
    *,
    form: NoteForm | None = None,
    **more: Any,
) -> HttpResponse:
    """Show a part of the page anew to whoever runs the meeting, and beside it all that is new."""
    meeting.refresh_from_db()
    is_wrong = form is not None and bool(form.errors)
    shown = {
        **show_live(meeting, form if is_wrong else None),
        "may_run": True,
        "has_lines": True,
        "is_over": meeting.state != MeetingState.UNDER_WAY,
        "is_beside": True,
        **more,
    }
    return render(request, template, shown, status=422 if is_wrong else 200)


@require_POST
def begin(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Begin a meeting."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting, RUN_TEAM)
    try:
        meeting_actions.begin_meeting(by=viewer, meeting=found)
    except TeamError as problem:
        messages.error(request, str(problem))
    return redirect("teams:show-meeting", found.pk)


@require_POST
def go_to_section(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Go to a part of the meeting."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting, RUN_TEAM)
    section = request.POST.get("section", "")
    if section in Section:
        try:
            found = meeting_actions.go_to_section(
                by=viewer, meeting=found, section=Section(section)
            )
        except TeamError as problem:
            messages.error(request, str(problem))
    if asks_for_part(request):
        return show_part(request, found)
    address = redirect("teams:show-meeting", found.pk).url
    return redirect(f"{address}#{section}" if section in Section else address)


@require_POST
def call_off(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Call a meeting off."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting, RUN_TEAM)
    team_actions.call_off(by=viewer, meeting=found)
    return redirect("teams:show-team", found.team_id)


@require_POST
def note_present(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Note who is there."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting, RUN_TEAM)
    shown, chosen = (set(request.POST.getlist(name)) for name in ("shown", "present"))
    members = {
        str(each.person_id): each.person
        for each in current_memberships().filter(group=found.team)
    }
    try:
        meeting_actions.note_present(
            by=viewer,
            meeting=found,
            come=[members[key] for key in chosen - shown if key in members],
            gone=[members[key] for key in shown - chosen if key in members],
            guests=request.POST.get("guests", ""),
            guests_before=request.POST.get("guests_shown", ""),
        )
    except TeamError as problem:
        messages.error(request, str(problem))
    if asks_for_part(request):
        people = list(members.values())
        present = set(found.present.values_list("pk", flat=True))
        template = "teams/presence_noted.html"
        return show_part(request, found, template, members=people, present=present)
    return redirect("teams:show-meeting", found.pk)


@require_POST
def add_note(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Add a line to the minutes."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting, RUN_TEAM)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            meeting_actions.add_note(
                by=viewer,
                meeting=found,
                section=Section(form.cleaned_data["section"]),
                text=form.cleaned_data["text"],
            )
        except (TeamError, ValueError) as problem:
            form.add_error("text", str(problem))
        else:
            if not asks_for_part(request):
                section = form.cleaned_data["section"]
                address = redirect("teams:show-meeting", found.pk).url
                return redirect(f"{address}#{section}")
    section = request.POST.get("section", "")
    if asks_for_part(request) and section in Section:
        template = "teams/note_added.html"
        return show_part(request, found, template, form=form, section=section)
    return show_page(request, viewer, found, note_form=form)


@require_POST
def take_back_note(request: HttpRequest, note: uuid.UUID) -> HttpResponse:
    """Take a line of the minutes back."""
    viewer = viewer_of(request)
    found = get(find_note, viewer, note)
    try:
        meeting_actions.take_back_note(by=viewer, note=found)
    except TeamError as problem:
        messages.error(request, str(problem))
    if asks_for_part(request):
        return show_part(request, found.meeting)
    return redirect("teams:show-meeting", found.meeting_id)


@require_POST
def advise(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Leave the facilitator a note."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting, ADVISE_TEAM)
    form = AdviceForm(request.POST)
    if form.is_valid():
        try:
            meeting_actions.advise(by=viewer, meeting=found, **form.cleaned_data)
        except TeamError as problem:
            form.add_error("text", str(problem))
        else:
            messages.success(request, _("The facilitator will see it."))
            return redirect("teams:show-meeting", found.pk)
    return show_page(request, viewer, found, advice_form=form)


@require_POST
def end_meeting(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """End a meeting."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting, RUN_TEAM)
    form = EndingForm(request.POST)
    if form.is_valid():
        try:
            meeting_actions.end_meeting(
                by=viewer,
                meeting=found,
                ratings=form.list_ratings(),
                decided=form.cleaned_data["decided"] == "yes",
            )
        except TeamError as problem:
            form.add_error("decided", str(problem))
        else:
            return redirect("teams:show-meeting", found.pk)
    return show_page(request, viewer, found, ending_form=form)


@require_safe
def print_minutes(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Give the minutes as a PDF."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting)
    note_look(by=viewer, kind="minutes", key=found.pk, place=found.team.place)
    answer = HttpResponse(draw_minutes(found), content_type="application/pdf")
    name = f"{slugify(found.team.place.name)}-{found.day}-minutes.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@require_POST
def mail_minutes(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """Mail the minutes to the members of today."""
    viewer = viewer_of(request)
    found = get(find_meeting, viewer, meeting, RUN_TEAM)
    if found.state != MeetingState.ENDED:
        messages.error(request, _("The meeting has not ended yet."))
        return redirect("teams:show-meeting", found.pk)
    address = request.build_absolute_uri(redirect("teams:show-meeting", found.pk).url)
    for person in members_who(found.team, SEE_TEAM):
        send_minutes.enqueue(str(found.pk), str(person.pk), address)
    messages.success(request, _("The minutes are on their way to the members."))
    return redirect("teams:show-meeting", found.pk)
