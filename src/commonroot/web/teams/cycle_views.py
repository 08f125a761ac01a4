"""A cycle: the pattern stated, voices heard, one small change."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.analysis.pattern_words import name_slice
from commonroot.domain.network.models import Group, Person
from commonroot.domain.network.sight import find_reason, today
from commonroot.domain.teams import cycle_actions
from commonroot.domain.teams.choices import Goal, MeetingState, Whom, write_factor
from commonroot.domain.teams.cycle_actions import Pattern, Statement, find_missing_voice
from commonroot.domain.teams.due import list_checks_due
from commonroot.domain.teams.models import Change, Cycle, Meeting
from commonroot.domain.teams.queries import (
    find_cycle,
    find_similar,
    find_team,
    list_factors,
    members_who,
)
from commonroot.domain.teams.reasons import TeamError
from commonroot.domain.teams.rules import RUN_TEAM
from commonroot.intake.labels import is_subjective
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of
from commonroot.web.teams.check_words import describe, describe_sight
from commonroot.web.teams.forms import (
    ChangeForm,
    CycleEndForm,
    DoneForm,
    ReviewForm,
    StatementForm,
    VoiceForm,
    in_weeks,
)
from commonroot.web.teams.slices import (
    Foreseen,
    SheetPattern,
    foresee_cycle,
    list_patterns,
    look,
)

USUAL_WEEKS, LONGEST_MEETING = 8, dt.timedelta(hours=12)


@require_http_methods(["GET", "HEAD", "POST"])
def open_cycle(request: HttpRequest, team: uuid.UUID) -> HttpResponse:
    """Open a cycle with a pattern of the sheet, or with one that the team names itself."""
    viewer = viewer_of(request)
    found = get(find_team, viewer, team, RUN_TEAM)
    pattern, gone = None, ""
    try:
        pattern = choose_pattern(viewer, found, request)
    except TeamError as problem:
        gone = str(problem)
        if request.method != "POST":
            messages.error(request, gone)
            return redirect("teams:show-team", found.pk)
    followed = find_followed(viewer, request)
    start = vars(followed) if followed is not None else state_pattern(pattern)
    form = StatementForm(request.POST or None, initial=start)
    if gone:
        form.add_error("what", gone)
    if request.method == "POST" and form.is_valid():
        told = (
            None
            if pattern is None
            else Pattern(pattern.conditions, pattern.sentence, pattern.picked)
        )
        try:
            cycle = cycle_actions.open_cycle(
                by=viewer,
                team=found,
                statement=Statement(**form.cleaned_data),
                pattern=told,
                meeting=find_meeting_now(found),
                follows=followed,
            )
        except TeamError as problem:
            form.add_error("what", str(problem))
        else:
            return redirect("teams:show-cycle", cycle.pk)
    shown = {
        "team": found,
        "place": found.place,
        "meeting_now": find_meeting_now(found),
        "form": form,
        "pattern": pattern,
        "checks_due": list_checks_due(found),
    }
    status = 422 if form.errors else 200
    return render(request, "teams/open_cycle.html", shown, status=status)


def choose_pattern(
    viewer: Person, team: Group, request: HttpRequest
) -> SheetPattern | None:
    """Choose the pattern of the sheet that the address names, or that of a cycle before.

    Raises TeamError for one that is no longer on the sheet.
    """
    name = request.GET.get("pattern", "")
    followed = find_followed(viewer, request)
    if not name:
        return None if followed is None else go_on_with(followed)
    for pattern in list_patterns(viewer, team.place):
        if pattern.name == name:
            return pattern
    raise TeamError(_("This pattern is no longer on the sheet. Choose once more."))


def go_on_with(followed: Cycle) -> SheetPattern | None:
    """Go on with the slice of the cycle before, if it had one."""
    if not followed.conditions:
        return None
    return SheetPattern(followed.conditions, followed.sentence, followed.picked)


def state_pattern(pattern: SheetPattern | None) -> dict[str, Any]:
    """Fill a statement out of a pattern: what the team need not type."""
    if pattern is None:
        return {}
    told = dict(pattern.conditions)
    behaviour = told.pop("behaviour", "")
    where = told.pop("location", "")
    grades = told.pop("grade_span", "") or told.pop("grade", "")
    # What is left is said as the sheet says it, without its place.
    when = name_slice({"location": "", **told}).removeprefix(", ").strip()
    subjective = bool(behaviour and is_subjective(behaviour))
    return {
        **state_numbers(pattern),
        "what": behaviour or _("More incidents than usual"),
        "where": where,
        "when": when,
        "who": _("Grades %(grades)s") % {"grades": grades} if grades else "",
        "is_subjective": subjective or "subjective" in pattern.conditions,
    }


def state_numbers(pattern: SheetPattern) -> dict[str, str]:
    """State how often and since when, where the sheet released it; nothing where it did not."""
    if pattern.incidents is None or pattern.weeks is None:
        return {}
    told = {"incidents": pattern.incidents, "weeks": pattern.weeks}
    how_often = _("%(incidents)s incidents, in %(weeks)s different weeks") % told
    if pattern.is_recent:
        return {"how_often": how_often, "since": _("In the last 4 weeks")}
    if pattern.first is None:
        return {"how_often": how_often}
    since = _("%(day)s or before: the sheet begins there")
    return {
        "how_often": how_often,
        "since": since % {"day": date_format(pattern.first)},
    }


def find_meeting_now(team: Group) -> Meeting | None:
    """Find the meeting that is under way; one that was never ended is over by now."""
    since = timezone.now() - LONGEST_MEETING
    return team.meetings.filter(state=MeetingState.UNDER_WAY, began__gte=since).first()


def find_followed(viewer: Person, request: HttpRequest) -> Cycle | None:
    """Find the cycle that a new one goes on from."""
    try:
        key = uuid.UUID(request.GET.get("follows", ""))
    except ValueError:
        return None
    return find_cycle(viewer, key, RUN_TEAM)


@require_safe
def show_cycle(request: HttpRequest, cycle: uuid.UUID) -> HttpResponse:
    """Show a cycle."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_cycle, viewer, cycle))


def show_page(
    request: HttpRequest, viewer: Person, cycle: Cycle, **forms: Any
) -> HttpResponse:
    """Show a cycle, with what could not be read marked in its form."""
    change = Change.objects.filter(cycle=cycle).select_related("owner").first()
    people = members_who(cycle.team, RUN_TEAM)
    is_begun = change is not None and change.start <= today()
    found = look(viewer, change) if change is not None and is_begun else None
    is_checked = change is not None and change.checks.exists()
    usual = list_factors(cycle.team.place)
    sights = [] if cycle.ending else foresee_cycle(viewer, cycle)
    shown = {
        "cycle": cycle,
        "change": change,
        "team": cycle.team,
        "place": cycle.team.place,
        "meeting_now": find_meeting_now(cycle.team),
        "may_run": find_reason(viewer, RUN_TEAM, cycle.team.place) is not None,
        "factors": [(kept, told, kept in cycle.factors) for kept, told in usual],
        "own_factors": [each for each in cycle.factors if each not in dict(usual)],
        "contributing": [write_factor(each) for each in cycle.factors],
        "voices": list_voices(cycle, forms.get("voice_form")),
        "missing": "" if cycle.ending else find_missing_voice(cycle),
        "sights": describe_sight(sights),
        "statement_form": forms.get("statement_form")
        or StatementForm(initial=vars(cycle)),
        "change_form": forms.get("change_form")
        or ChangeForm(people=people, initial=propose_change(cycle, change, sights)),
        "done_form": forms.get("done_form") or DoneForm(),
        "review_form": forms.get("review_form") or ReviewForm(),
        "end_form": forms.get("end_form") or CycleEndForm(is_checked=is_checked),
        "found": found,
        "told": [] if found is None else describe(found),
        "is_begun": is_begun,
        "is_checked": is_checked,
        "may_agree": change is None or change.start > today(),
        "checks": [(each, describe(each)) for each in change.checks.all()]
        if change
        else [],
        "similar": find_similar(
            viewer,
            [cycle.conditions.get("location", "") or cycle.where],
            [cycle.when],
        ),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, "teams/show_cycle.html", shown, status=status)


def list_voices(
    cycle: Cycle, form: VoiceForm | None
) -> list[tuple[Any, Any, VoiceForm]]:
    """List whose voices are asked, what was said so far, and a form for more."""
    said = {voice.whom: voice for voice in cycle.voices.all()}
    found = []
    for whom in Whom:
        voice = said.get(whom)
        start: dict[str, Any] = {"whom": whom.value}
        if voice is not None:
            start |= {**vars(voice), "reason_not": voice.reason}
        own = form
        if own is None or own.data.get("whom") != whom:
            own = VoiceForm(initial=start, auto_id=f"{whom}_%s")
        found.append((whom, voice, own))
    return found


def propose_change(
    cycle: Cycle, change: Change | None, sights: list[Foreseen]
) -> dict[str, Any]:
    """Propose what of a change can be proposed: its days, from what could be seen."""
    if change is not None:
        return {**vars(change), "owner": str(change.owner_id)}
    start = today() + dt.timedelta(days=(7 - today().weekday()) % 7 or 7)
    half = next((each.day for each in sights if each.effect == 0.5 and each.day), None)
    return {
        "where": cycle.where,
        "when": cycle.when,
        "start": start,
        "review": half or in_weeks(USUAL_WEEKS, start),
        "goal": Goal.HALF,
    }


@require_POST
def restate(request: HttpRequest, cycle: uuid.UUID) -> HttpResponse:
    """Say more precisely what is the matter, and what the system contributes."""
    viewer = viewer_of(request)
    found = get(find_cycle, viewer, cycle, RUN_TEAM)
    form = StatementForm(request.POST)
    if form.is_valid():
        own = request.POST.get("own_factors", "").splitlines()
        try:
            cycle_actions.restate(
                by=viewer,
                cycle=found,
                statement=Statement(**form.cleaned_data),
                factors=[*request.POST.getlist("factors"), *own],
            )
        except TeamError as problem:
            form.add_error("what", str(problem))
        else:
            messages.success(request, _("It is kept."))
            return redirect("teams:show-cycle", found.pk)
    return show_page(request, viewer, found, statement_form=form)


@require_POST
def hear(request: HttpRequest, cycle: uuid.UUID) -> HttpResponse:
    """Write down what was heard."""
    viewer = viewer_of(request)
    found = get(find_cycle, viewer, cycle, RUN_TEAM)
    form = VoiceForm(request.POST)
    if form.is_valid():
        told = {**form.cleaned_data, "whom": Whom(form.cleaned_data["whom"])}
        try:
            cycle_actions.hear(by=viewer, cycle=found, **told)
        except TeamError as problem:
            form.add_error("heard", str(problem))
        else:
            messages.success(request, _("It is kept."))
            return redirect("teams:show-cycle", found.pk)
    return show_page(request, viewer, found, voice_form=form)


@require_POST
def start_change(request: HttpRequest, cycle: uuid.UUID) -> HttpResponse:
    """Agree on one small change."""
    viewer = viewer_of(request)
    found = get(find_cycle, viewer, cycle, RUN_TEAM)
    people = {str(each.pk): each for each in members_who(found.team, RUN_TEAM)}
    form = ChangeForm(request.POST, people=list(people.values()))
    if form.is_valid():
        told = form.cleaned_data
        try:
            cycle_actions.start_change(
                by=viewer,
                cycle=found,
                **{
                    **told,
                    "owner": people[told["owner"]],
                    "goal": Goal(told["goal"]),
                    "seen_by": " ".join(describe_sight(foresee_cycle(viewer, found))),
                    "meeting": find_meeting_now(found.team),
                },
            )
        except TeamError as problem:
            form.add_error("what", str(problem))
        else:
            messages.success(request, _("The change is agreed."))
            return redirect("teams:show-cycle", found.pk)
    return show_page(request, viewer, found, change_form=form)
