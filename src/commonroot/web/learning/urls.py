"""Addresses of learning."""

from django.urls import URLPattern, path

from commonroot.web.learning import (
    check_in_views,
    feed_views,
    needs_views,
    practice_views,
    repair_views,
    room_views,
    roster_views,
    series_views,
    session_views,
    workshop_views,
)
from commonroot.web.learning.path_urls import PATH_PATTERNS

app_name = "learning"
workshop_patterns: list[URLPattern] = [
    path("learning/", series_views.list_learning, name="list-learning"),
    path("learning/feed/", feed_views.renew_own_feed, name="renew-own-feed"),
    path("learning/words/", room_views.list_own_words, name="list-own-words"),
    path("learning/quotes/", room_views.list_quotes, name="list-quotes"),
    path("learning/tried/", practice_views.list_tries, name="list-tries"),
    path("places/<uuid:place>/learning/", practice_views.show_hours, name="show-hours"),
    path(
        "places/<uuid:place>/readiness/",
        practice_views.show_readiness,
        name="show-readiness",
    ),
    path(
        "places/<uuid:place>/workshops/new/",
        workshop_views.add_workshop,
        name="add-workshop",
    ),
    path("workshops/", workshop_views.list_workshops, name="list-workshops"),
    *(
        path(f"workshops/<uuid:workshop>/{way}", view, name=name)
        for way, view, name in (
            ("", workshop_views.show_workshop, "show-workshop"),
            ("describe/", workshop_views.describe_workshop, "describe-workshop"),
            ("names/", workshop_views.name_workshop, "name-workshop"),
            ("names/forget/", workshop_views.forget_name, "forget-name"),
            ("merge/", workshop_views.merge_workshops, "merge-workshops"),
            ("tools/", workshop_views.add_tool, "add-tool"),
            ("recommend/", workshop_views.recommend, "recommend"),
            ("series/", series_views.plan_series, "plan-series"),
        )
    ),
    path(
        "workshop-tools/<uuid:tool>/remove/",
        workshop_views.remove_tool,
        name="remove-tool",
    ),
    *(
        path(f"series/<uuid:series>/{way}", view, name=name)
        for way, view, name in (
            ("", series_views.show_series, "show-series"),
            ("seat/", series_views.take_seat, "take-seat"),
            ("prepare/", series_views.prepare_series, "prepare-series"),
            ("sessions/", session_views.add_session, "add-session"),
            ("materials/", series_views.add_material, "add-material"),
            ("interpreters/", needs_views.add_interpreter, "add-interpreter"),
            ("feed/", feed_views.renew_series_feed, "renew-series-feed"),
            ("roster/", roster_views.show_roster, "show-roster"),
            ("seats/", roster_views.add_seat, "add-seat"),
            ("needs/", needs_views.show_needs, "show-needs"),
            ("choose/", roster_views.choose_colleagues, "choose-colleagues"),
            ("agreements/", room_views.list_agreements, "list-agreements"),
            ("circle/", room_views.show_circle, "show-circle"),
            ("tools/", practice_views.choose_tool, "choose-tool"),
        )
    ),
    *(
        path(f"workshop-sessions/<uuid:session>/{way}", view, name=name)
        for way, view, name in (
            ("", session_views.change_session, "change-session"),
            ("remove/", session_views.remove_session, "remove-session"),
            ("held/", session_views.say_held, "say-held"),
            ("facilitators/", session_views.set_facilitator, "set-facilitator"),
            (
                "facilitators/remove/",
                session_views.remove_facilitator,
                "remove-facilitator",
            ),
            ("check-in/", check_in_views.check_in, "check-in"),
            ("tick/", check_in_views.note_tick, "note-tick"),
            ("code/", check_in_views.show_code, "show-code"),
            ("code/renew/", check_in_views.renew_code, "renew-code"),
            ("list.pdf", check_in_views.print_list, "print-list"),
        )
    ),
    path("workshop-seats/<uuid:seat>/", roster_views.change_seat, name="change-seat"),
    path(
        "workshop-seats/<uuid:seat>/remove/",
        roster_views.remove_seat,
        name="remove-seat",
    ),
    path(
        "interpreters/<uuid:interpreter>/remove/",
        needs_views.remove_interpreter,
        name="remove-interpreter",
    ),
    path(
        "workshop-materials/<uuid:material>/remove/",
        series_views.remove_material,
        name="remove-material",
    ),
    path(
        "workshop-letters/<str:token>/",
        roster_views.answer_letter,
        name="answer-letter",
    ),
    path(
        "workshop-dates/<str:token>.ics", feed_views.follow_dates, name="follow-dates"
    ),
    path("here/<str:code>/", check_in_views.come_in, name="come-in"),
    path("here/<str:code>/circle/", check_in_views.say_as_guest, name="say-as-guest"),
    path(
        "guest-words/<str:token>/",
        check_in_views.own_guest_word,
        name="own-guest-word",
    ),
    path("check-in-worker.js", check_in_views.give_worker, name="give-worker"),
    *(
        path(
            f"room-agreements/<uuid:agreement>/{verb}/", view, name=f"{verb}-agreement"
        )
        for verb, view in (
            ("answer", room_views.answer_agreement),
            ("reword", room_views.reword_agreement),
            ("adopt", room_views.adopt_agreement),
            ("review", room_views.review_agreement),
            ("repair", repair_views.ask_repair),
        )
    ),
    path(
        "repairs/<uuid:repair>/settle/",
        repair_views.settle_repair,
        name="settle-repair",
    ),
    path(
        "repairs/<uuid:repair>/withdraw/",
        repair_views.withdraw_repair,
        name="withdraw-repair",
    ),
    path("circle-words/<uuid:word>/", room_views.change_word, name="change-word"),
    path(
        "circle-words/<uuid:word>/withdraw/",
        room_views.withdraw_word,
        name="withdraw-word",
    ),
    path("tool-choices/<uuid:choice>/", practice_views.tell_try, name="tell-try"),
    path(
        "tool-choices/<uuid:choice>/share/", practice_views.share_try, name="share-try"
    ),
    path(
        "tool-choices/<uuid:choice>/withdraw/",
        practice_views.withdraw_try,
        name="withdraw-try",
    ),
]
urlpatterns: list[URLPattern] = [
    *workshop_patterns,
    *PATH_PATTERNS,
]
