"""The path of a coach: for the two who walk it, the director, and an employer who may."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.learning import path_actions
from commonroot.domain.learning.path_evidence import gather_evidence
from commonroot.domain.learning.path_models import Path, PathStage
from commonroot.domain.learning.path_queries import (
    districts_on_one,
    find_path,
    find_planned,
    paths_agreed_for,
    paths_planned_by,
    reflections_seen_by,
    sessions_without_lead,
    workshops_without_lead,
)
from commonroot.domain.learning.path_rules import EDIT_PATH_STAGES, SEE_PATHS
from commonroot.domain.learning.path_standing import (
    list_stages,
    list_standing,
    share_out,
    tell_all_ready,
)
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import places_where, today
from commonroot.web.learning.path_forms import NEED_LABELS, PathForm, StageForm
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import get_place, viewer_of


@require_safe
def plan_paths(request: HttpRequest) -> HttpResponse:
    """Show who is ready for what, what lacks a lead, and which districts depend on one."""
    viewer = viewer_of(request)
    places = places_where(viewer, SEE_PATHS)
    shown = {
        "ready": tell_all_ready(paths_planned_by(viewer)),
        "sessions": sessions_without_lead(places, today()),
        "workshops": workshops_without_lead(places, today()),
        "districts": districts_on_one(places, today()),
        "regions": places.filter(kind="region"),
    }
    return render(request, "learning/plan_paths.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
def begin_path(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Begin somebody's path with a mentor."""
    viewer = viewer_of(request)
    region = get_place(viewer, place, SEE_PATHS)
    form = PathForm(request.POST or None, region=region)
    if request.method == "POST" and form.is_valid():
        try:
            path_actions.begin_path(by=viewer, region=region, **form.cleaned_data)
        except LearningError as problem:
            form.add_error("mentor", str(problem))
        else:
            messages.success(request, _("The path is begun. Both see it now."))
            return redirect("learning:plan-paths")
    status = 422 if form.errors else 200
    shown = {"form": form, "place": region}
    return render(request, "learning/begin_path.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_stages(request: HttpRequest, place: uuid.UUID) -> HttpResponse:
    """Edit the network's own list of stages."""
    viewer = viewer_of(request)
    region = get_place(viewer, place, EDIT_PATH_STAGES)
    path_actions.need_stages(region)
    form = StageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        asked = request.POST.get("stage", "")
        stages = [each for each in list_stages(region) if str(each.pk) == asked]
        stage = next(iter(stages), None)
        try:
            if "remove" in request.POST and stage is not None:
                path_actions.remove_stage(by=viewer, stage=stage)
                return redirect("learning:edit-path-stages", region.pk)
            if "move" in request.POST and stage is not None:
                path_actions.move_stage(by=viewer, stage=stage)
                return redirect("learning:edit-path-stages", region.pk)
            if form.is_valid():
                given = dict(form.cleaned_data)
                path_actions.keep_stage(
                    by=viewer,
                    region=region,
                    stage=stage,
                    name=given.pop("name"),
                    needs=given,
                )
                return redirect("learning:edit-path-stages", region.pk)
        except LearningError as problem:
            form.add_error(None, str(problem))
    shown = {
        "place": region,
        "stages": [
            (each, StageForm(initial=vars(each), auto_id=f"stage_{each.number}_%s"))
            for each in list_stages(region)
        ],
        "form": form if form.errors else StageForm(),
        "problems": form.non_field_errors() if form.is_bound else [],
    }
    status = 422 if form.is_bound else 200
    return render(request, "learning/edit_stages.html", shown, status=status)


@require_safe
def list_agreed(request: HttpRequest) -> HttpResponse:
    """List the paths that one's own staff let one see."""
    ready = tell_all_ready(paths_agreed_for(viewer_of(request)))
    return render(request, "learning/list_agreed.html", {"ready": ready})


@require_safe
def show_planned(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a path to the director."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_planned, viewer, key))


@require_safe
def show_path(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Show a path to the two who walk it."""
    viewer = viewer_of(request)
    return show_page(request, viewer, get(find_path, viewer, key))


def show_page(
    request: HttpRequest, viewer: Person, path: Path, problem: str = "", kept: str = ""
) -> HttpResponse:
    """Show a path with its evidence, with what is wrong and what was typed."""
    evidence = gather_evidence(path.person)
    standing = list_standing(path, evidence)
    stages = share_out(standing, list(reflections_seen_by(viewer, path)))
    shown = {
        "path": path,
        "is_own": path.person_id == viewer.pk,
        "is_one": viewer.pk in (path.person_id, path.mentor_id),
        "stages": [
            (each, [(NEED_LABELS[need.kind], need) for need in each.needs], written)
            for each, written in stages
        ],
        "following": next((each for each in standing if not each.is_reached), None),
        "evidence": evidence,
        "hours": round(evidence.attended_minutes / 60, 1),
        "taken_back": path.signatures.exclude(taken_back=None).select_related(
            "by", "stage"
        ),
        "problem": problem,
        "kept": kept,
        "viewer": viewer,
    }
    status = 422 if problem else 200
    return render(request, "learning/show_path.html", shown, status=status)


@require_POST
def reflect(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Write a reflection."""
    viewer = viewer_of(request)
    found = get(find_path, viewer, key)
    text = request.POST.get("text", "")
    try:
        path_actions.reflect(by=viewer, path=found, text=text)
    except LearningError as problem:
        return show_page(request, viewer, found, str(problem), text)
    return redirect("learning:show-path", found.pk)


def do_with_stage(
    request: HttpRequest,
    key: uuid.UUID,
    act: Callable[[Person, Path, PathStage], object],
) -> HttpResponse:
    """Do something with a stage of a path, and say why it cannot be."""
    viewer = viewer_of(request)
    found = get(find_path, viewer, key)
    asked = request.POST.get("stage", "")
    stages = [each for each in list_stages(found.region) if str(each.pk) == asked]
    if not stages:
        messages.error(request, _("Choose one of the answers that are offered."))
        return redirect("learning:show-path", found.pk)
    try:
        act(viewer, found, stages[0])
    except LearningError as problem:
        messages.error(request, str(problem))
    return redirect("learning:show-path", found.pk)


@require_POST
def sign(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Sign a stage."""
    return do_with_stage(
        request,
        key,
        lambda by, path, stage: path_actions.sign_stage(by=by, path=path, stage=stage),
    )


@require_POST
def take_back(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Take one's own signature back."""
    return do_with_stage(
        request,
        key,
        lambda by, path, stage: path_actions.take_back_signature(
            by=by, path=path, stage=stage
        ),
    )


@require_POST
def let_employer_see(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Let one's employer see the path, or no longer."""
    viewer = viewer_of(request)
    found = get(
        lambda pk: (
            Path.objects.filter(pk=pk, person=viewer).select_related("region").first()
        ),
        key,
    )
    may = request.POST.get("may") == "yes"
    path_actions.let_employer_see(by=viewer, path=found, may=may)
    messages.success(
        request,
        _("Your employer can see it now.")
        if may
        else _("Your employer no longer sees it."),
    )
    return redirect("learning:show-path", found.pk)
