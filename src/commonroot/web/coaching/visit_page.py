"""The page of a visit, as its two see it: drawn anew with what was typed when a form is wrong."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commonroot.domain.audit.actions import note_look
from commonroot.domain.coaching import actions
from commonroot.domain.coaching.choices import OF_TEACHER, Part, VisitState
from commonroot.domain.coaching.models import Visit
from commonroot.domain.coaching.queries import find_following
from commonroot.domain.coaching.words import Said, open_notes
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import current_roles, today
from commonroot.web.coaching.forms import AgainForm, FocusForm


def show_page(
    request: HttpRequest,
    viewer: Person,
    visit: Visit,
    *,
    focus_form: FocusForm | None = None,
    again_form: AgainForm | None = None,
    problem: str = "",
    kept: dict[str, str] | None = None,
    shown_focus: str = "",
) -> HttpResponse:
    """Show the page of a visit, with what is wrong in its forms and what was typed."""
    is_teacher = visit.pair.teacher_id == viewer.pk
    works = current_roles(viewer).exists()
    notes = read_notes(viewer, visit)
    may_write = works and visit.erased is None and actions.may_write(viewer, visit)
    is_agreed, is_asked = (
        works and visit.state == each for each in (VisitState.AGREED, VisitState.ASKED)
    )
    shown = {
        "visit": visit,
        "other": visit.pair.coach if is_teacher else visit.pair.teacher,
        "is_teacher": is_teacher,
        "works": works,
        # What was typed is shown with its problem, also when an answer came meanwhile.
        "is_asked": (is_asked and visit.asked_by_id != viewer.pk) or focus_form,
        "may_hold": is_agreed and visit.day <= today(),
        "may_call_off": works and visit.state in actions.OPEN,
        "following": find_following(visit),
        "parts": [
            (
                part,
                [each for each in notes if each.part == part],
                may_write and (is_teacher or part not in OF_TEACHER),
                (kept or {}).get(part.value, ""),
                uuid.uuid4(),
            )
            for part in Part
        ],
        "is_closed": any(each.words is None for each in notes),
        "focus_form": focus_form or FocusForm(),
        "again_form": again_form or AgainForm(),
        "problem": problem,
        "shown_focus": shown_focus,
        "viewer": viewer,
    }
    is_wrong = problem or focus_form is not None or again_form is not None
    status = 422 if is_wrong else 200
    return render(request, "coaching/show_visit.html", shown, status=status)


def read_notes(viewer: Person, visit: Visit) -> list[Said]:
    """Open the lines of a visit of one's own; that one looked is noted."""
    notes = open_notes(visit)
    if notes:
        note_look(by=viewer, kind="visit note", key=visit.pk, place=visit.school)
    return notes
