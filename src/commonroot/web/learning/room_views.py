"""In the room: agreements of the group, and the closing circle."""

import uuid
from collections import defaultdict
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from commonroot.domain.learning import circle_actions, room_actions
from commonroot.domain.learning.choices import (
    Answer,
    Audience,
    WordKind,
    Working,
)
from commonroot.domain.learning.models import (
    AgreementReview,
    CircleWord,
    RepairNote,
    RoomAgreement,
    Series,
)
from commonroot.domain.learning.preparing import teaches
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.room_queries import (
    find_agreement,
    find_room,
    find_word,
    may_adopt,
    quotes_seen_by,
    repairs_seen_by,
    was_in_room,
    words_seen_by,
)
from commonroot.domain.learning.room_queries import (
    list_agreements as list_all_agreements,
)
from commonroot.domain.learning.room_queries import (
    list_own_words as list_all_own_words,
)
from commonroot.domain.network.models import Person
from commonroot.domain.network.sight import today
from commonroot.web.learning.forms import (
    AdoptForm,
    AnswerForm,
    AudienceForm,
    PaperWordForm,
    ProposalForm,
    ReviewForm,
    WordForm,
)
from commonroot.web.learning.trying import do
from commonroot.web.shell.getting import get
from commonroot.web.shell.viewer import viewer_of

MOST_QUOTES = 100


@require_http_methods(["GET", "HEAD", "POST"])
def list_agreements(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """List what a group agrees on and what is proposed, and propose more."""
    viewer = viewer_of(request)
    found = get(find_room, viewer, series)
    form = ProposalForm(request.POST or None)
    deed = room_actions.propose_agreement
    if request.method == "POST" and do(
        form, "text", lambda: deed(by=viewer, series=found, **form.cleaned_data)
    ):
        return redirect("learning:list-agreements", found.pk)
    return show_agreements(request, viewer, found, form=form)


def show_agreements(
    request: HttpRequest,
    viewer: Person,
    series: Series,
    *,
    form: ProposalForm | None = None,
    problem: str = "",
    sent: dict[uuid.UUID, dict[str, str]] | None = None,
) -> HttpResponse:
    """Show the agreements of a group; what was sent of one and not kept stands there still."""
    leads = teaches(viewer, series)
    repairs: dict[uuid.UUID, list[RepairNote]] = defaultdict(list)
    for note in repairs_seen_by(viewer, series):
        repairs[note.agreement_id].append(note)
    told = [
        {
            **tell_agreement(each, viewer, leads, (sent or {}).get(each.pk, {})),
            "repairs": repairs[each.pk],
        }
        for each in list_all_agreements(series)
    ]
    shown = {
        "series": series,
        "adopted": [each for each in told if each["is_adopted"]],
        "proposed": [each for each in told if not each["is_adopted"]],
        "form": form or ProposalForm(),
        "answers": Answer.choices,
        "workings": Working.choices,
        "leads": leads,
        "today": today(),
        "problem": problem,
    }
    failed = problem or (form is not None and form.is_bound and form.errors)
    return render(
        request, "learning/list_agreements.html", shown, status=422 if failed else 200
    )


def tell_agreement(
    agreement: RoomAgreement, viewer: Person, leads: bool, sent: dict[str, str]
) -> dict[str, object]:
    """Tell an agreement with its answers, and what its reader may do with it.

    `typed` is what stands in its fields: what was sent, or else what was kept before.
    """
    answers = list(agreement.answers.all())
    reviews = list(agreement.reviews.all())
    latest = [each for each in reviews if each.on == reviews[0].on]
    mine = next((each for each in answers if each.person_id == viewer.pk), None)
    kept = {"text": agreement.text}
    if mine is not None and agreement.adopted is None:
        kept |= {"answer": mine.answer, "words": mine.words}
    return {
        "agreement": agreement,
        "is_adopted": agreement.adopted is not None,
        "typed": {**kept, **sent},
        "counts": [
            (answer.label, sum(each.answer == answer for each in answers))
            for answer in Answer
        ],
        "reasons": [each for each in answers if each.words],
        "leads": leads or agreement.proposed_by_id == viewer.pk,
        "may_adopt": may_adopt(agreement),
        "pulse": count_pulse(latest),
        "pulse_words": [each.words for each in latest if each.words],
    }


def count_pulse(latest: list[AgreementReview]) -> list[tuple[str, int]]:
    """Count what the room said on the last day on which somebody said whether it works."""
    return [
        (str(working.label), said)
        for working in Working
        if (said := sum(each.working == working for each in latest))
    ]


def act(
    request: HttpRequest,
    agreement: uuid.UUID,
    form: AnswerForm | AdoptForm | ReviewForm | ProposalForm,
    deed: Callable[[Person, RoomAgreement], object],
) -> HttpResponse:
    """Do something with an agreement; what is in the way stands on the page of all."""
    viewer = viewer_of(request)
    found = get(find_agreement, viewer, agreement)
    problem = ""
    if form.is_valid():
        try:
            deed(viewer, found)
        except LearningError as error:
            problem = str(error)
    else:
        problem = " ".join(
            str(each) for errors in form.errors.values() for each in errors
        )
    if problem:
        sent = {found.pk: request.POST.dict()}
        return show_agreements(
            request, viewer, found.series, problem=problem, sent=sent
        )
    return redirect("learning:list-agreements", found.series_id)


@require_POST
def answer_agreement(request: HttpRequest, agreement: uuid.UUID) -> HttpResponse:
    """Answer what was proposed."""
    form = AnswerForm(request.POST)
    return act(
        request,
        agreement,
        form,
        lambda by, found: room_actions.answer_agreement(
            by=by,
            agreement=found,
            answer=Answer(form.cleaned_data["answer"]),
            words=form.cleaned_data["words"],
            wording=form.cleaned_data["wording"],
        ),
    )


@require_POST
def reword_agreement(request: HttpRequest, agreement: uuid.UUID) -> HttpResponse:
    """Word an agreement anew."""
    form = ProposalForm(request.POST)
    return act(
        request,
        agreement,
        form,
        lambda by, found: room_actions.reword_agreement(
            by=by, agreement=found, text=form.cleaned_data["text"]
        ),
    )


@require_POST
def adopt_agreement(request: HttpRequest, agreement: uuid.UUID) -> HttpResponse:
    """Adopt an agreement."""
    form = AdoptForm(request.POST)
    return act(
        request,
        agreement,
        form,
        lambda by, found: room_actions.adopt_agreement(
            by=by, agreement=found, review=form.cleaned_data["review"]
        ),
    )


@require_POST
def review_agreement(request: HttpRequest, agreement: uuid.UUID) -> HttpResponse:
    """Say whether an agreement is working."""
    form = ReviewForm(request.POST)
    return act(
        request,
        agreement,
        form,
        lambda by, found: room_actions.review_agreement(
            by=by,
            agreement=found,
            working=Working(form.cleaned_data["working"]),
            review=form.cleaned_data["review"],
            words=form.cleaned_data["words"],
            ends=form.cleaned_data["ends"],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_circle(request: HttpRequest, series: uuid.UUID) -> HttpResponse:
    """Show a closing circle as each who spoke chose, and say something in it."""
    viewer = viewer_of(request)
    found = get(find_room, viewer, series)
    leads = teaches(viewer, found)
    from_paper = leads and request.POST.get("paper") == "yes"
    form: WordForm = (PaperWordForm if from_paper else WordForm)(request.POST or None)

    def say() -> None:
        told = form.cleaned_data
        deed: Callable[..., object] = circle_actions.say_word
        if from_paper:
            deed = partial(
                circle_actions.type_word, writer_agreed=told["writer_agreed"]
            )
        deed(
            by=viewer,
            series=found,
            kind=WordKind(told["kind"]),
            text=told["text"],
            audience=Audience(told["audience"]),
            said_as=told["said_as"],
        )

    if request.method == "POST" and do(form, "text", say):
        messages.success(request, _("It is kept as you chose."))
        return redirect("learning:show-circle", found.pk)
    words = list(words_seen_by(viewer, found))
    shown = {
        "series": found,
        "form": form,
        "leads": leads,
        "from_paper": from_paper or (leads and "paper" in request.GET),
        "parts": [
            (kind.label, [word for word in words if word.kind == kind])
            for kind in WordKind
        ],
        "was_there": was_in_room(viewer, found),
    }
    if request.method != "POST" and shown["from_paper"]:
        shown["form"] = PaperWordForm()
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/show_circle.html", shown, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def change_word(request: HttpRequest, word: uuid.UUID) -> HttpResponse:
    """Choose anew who may read what one said."""
    viewer = viewer_of(request)
    found = get(find_word, viewer, word)
    form = AudienceForm(request.POST or None, initial=vars(found))
    is_own = found.person_id == viewer.pk
    if not is_own:
        form.narrow_to(circle_actions.list_audiences(viewer, found))

    def change() -> None:
        told = form.cleaned_data
        circle_actions.change_audience(
            by=viewer,
            word=found,
            audience=Audience(told["audience"]),
            said_as=told.get("said_as", ""),
        )

    if request.method == "POST" and do(form, "audience", change):
        messages.success(request, _("It is kept as you chose."))
        return go_back(viewer, found)
    shown = {"word": found, "series": found.series, "form": form, "is_own": is_own}
    status = 422 if request.method == "POST" else 200
    return render(request, "learning/change_word.html", shown, status=status)


def go_back(viewer: Person, word: CircleWord) -> HttpResponse:
    """Go back to where a word was found: among one's own, or in the circle."""
    if word.person_id == viewer.pk:
        return redirect("learning:list-own-words")
    return redirect("learning:show-circle", word.series_id)


@require_POST
def withdraw_word(request: HttpRequest, word: uuid.UUID) -> HttpResponse:
    """Take back what one said: it is gone everywhere."""
    viewer = viewer_of(request)
    found = get(find_word, viewer, word)
    circle_actions.withdraw_word(by=viewer, word=found)
    messages.success(request, _("It is gone, wherever it was shown."))
    return go_back(viewer, found)


@require_safe
def list_own_words(request: HttpRequest) -> HttpResponse:
    """List what one said in circles, to choose anew or to take it back."""
    shown = {"words": list_all_own_words(viewer_of(request))}
    return render(request, "learning/list_own_words.html", shown)


@require_safe
def list_quotes(request: HttpRequest) -> HttpResponse:
    """List what may be quoted outside of the room."""
    shown = {"words": quotes_seen_by(viewer_of(request))[:MOST_QUOTES]}
    return render(request, "learning/list_quotes.html", shown)
