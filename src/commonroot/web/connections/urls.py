"""Addresses of connections."""

from django.urls import path

from commonroot.web.connections import match_views, round_views, views

app_name = "connections"
urlpatterns = [
    path("connections/", views.show_own, name="show-own"),
    path("connections/profile/", views.keep_profile, name="keep-profile"),
    path("connections/leave/", views.leave, name="leave"),
    path("connections/people/", views.search, name="search"),
    path("connections/table/", views.export_own, name="export-own"),
    path("places/<uuid:place>/practices/", views.edit_practices, name="edit-practices"),
    path("connections/rounds/", round_views.list_rounds, name="list-rounds"),
    path(
        "places/<uuid:place>/rounds/begin/", round_views.begin_round, name="begin-round"
    ),
    path("rounds/<uuid:key>/", round_views.show_round, name="show-round"),
    path("rounds/<uuid:key>/join/", round_views.join_round, name="join-round"),
    path("rounds/<uuid:key>/leave/", round_views.leave_round, name="leave-round"),
    path("rounds/<uuid:key>/strike/", round_views.strike, name="strike"),
    path("rounds/<uuid:key>/run/", round_views.run_round, name="run-round"),
    path("rounds/<uuid:key>/settle/", round_views.settle_round, name="settle-round"),
    path("matches/<uuid:key>/", match_views.show_match, name="show-match"),
    path("matches/<uuid:key>/confirm/", match_views.confirm, name="confirm-match"),
    path("matches/<uuid:key>/decline/", match_views.decline, name="decline-match"),
    path("matches/<uuid:key>/ask/", match_views.ask, name="ask-match"),
    path("matches/<uuid:key>/follow-up/", match_views.answer, name="answer-follow-up"),
]
