"""Addresses of connections."""

from django.urls import path

from commonroot.web.connections import (
    directory_views,
    match_views,
    practice_views,
    round_views,
)

app_name = "connections"
urlpatterns = [
    path("connections/", directory_views.show_connections, name="show-connections"),
    path("connections/profile/", directory_views.keep_profile, name="keep-profile"),
    path("connections/leave/", directory_views.leave_directory, name="leave-directory"),
    path("connections/mine.csv", directory_views.export_own, name="export-own"),
    path(
        "connections/people/", directory_views.search_directory, name="search-directory"
    ),
    path(
        "connections/people/<uuid:profile>/",
        directory_views.show_profile,
        name="show-profile",
    ),
    path(
        "places/<uuid:place>/practices/",
        practice_views.edit_practices,
        name="edit-practices",
    ),
    path("connections/rounds/", round_views.list_rounds, name="list-rounds"),
    path("places/<uuid:place>/rounds/new/", round_views.open_round, name="open-round"),
    path("connections/rounds/<uuid:key>/", round_views.show_round, name="show-round"),
    path(
        "connections/rounds/<uuid:key>/join/",
        round_views.join_round,
        name="join-round",
    ),
    path(
        "connections/rounds/<uuid:key>/people/",
        round_views.run_round,
        name="run-round",
    ),
    path(
        "connections/rounds/<uuid:key>/lists/",
        round_views.make_lists,
        name="make-lists",
    ),
    path(
        "connections/rounds/<uuid:key>/settle/",
        round_views.settle_round,
        name="settle-round",
    ),
    path(
        "connections/rounds/<uuid:key>/call-off/",
        round_views.call_off_round,
        name="call-off-round",
    ),
    path(
        "connections/lists/<uuid:participant>/",
        match_views.show_list,
        name="show-list",
    ),
    path(
        "connections/lists/<uuid:participant>/leave/",
        match_views.leave_round,
        name="leave-round",
    ),
    path(
        "connections/matches/<uuid:match>/", match_views.show_match, name="show-match"
    ),
    path(
        "connections/matches/<uuid:match>/accept/",
        match_views.accept_match,
        name="accept-match",
    ),
    path(
        "connections/matches/<uuid:match>/decline/",
        match_views.decline_match,
        name="decline-match",
    ),
    path(
        "connections/matches/<uuid:match>/ask/",
        match_views.ask_question,
        name="ask-question",
    ),
    path(
        "connections/matches/<uuid:match>/day/", match_views.plan_day, name="plan-day"
    ),
    path(
        "connections/matches/<uuid:match>/how/",
        match_views.say_how_it_goes,
        name="say-how-it-goes",
    ),
    path(
        "connections/questions/<uuid:question>/answer/",
        match_views.answer_question,
        name="answer-question",
    ),
]
