"""Addresses of places and people."""

from django.urls import path

from commonroot.web.network import roster_views, views

app_name = "network"
urlpatterns = [
    path("places/", views.list_places, name="list-places"),
    path("places/<uuid:place>/", views.show_place, name="show-place"),
    path("places/<uuid:place>/invite/", views.invite_person, name="invite-person"),
    path("roles/<uuid:role>/end/", views.end_role, name="end-role"),
    path("people/", views.list_people, name="list-people"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept-invitation"),
    path(
        "places/<uuid:place>/rosters/", roster_views.list_rosters, name="list-rosters"
    ),
    path("rosters/<uuid:roster>/", roster_views.show_roster, name="show-roster"),
    path(
        "rosters/<uuid:roster>/take-in/",
        roster_views.take_in_roster,
        name="take-in-roster",
    ),
    path(
        "rosters/<uuid:roster>/set-aside/",
        roster_views.set_aside_roster,
        name="set-aside-roster",
    ),
]
