"""Addresses of places and people."""

from django.urls import path

from commonroot.web.network import (
    bell_views,
    calendar_views,
    enrolment_views,
    group_views,
    place_views,
    roster_views,
    school_file_views,
    views,
)

app_name = "network"
urlpatterns = [
    path(
        "invitations/<uuid:invitation>/withdraw/",
        views.withdraw_invitation,
        name="withdraw-invitation",
    ),
    path("places/", views.list_places, name="list-places"),
    path("places/<uuid:place>/", views.show_place, name="show-place"),
    path("places/<uuid:place>/invite/", views.invite_person, name="invite-person"),
    path("roles/<uuid:role>/describe/", views.describe_role, name="describe-role"),
    path("roles/<uuid:role>/end/", views.end_role, name="end-role"),
    path("people/", views.list_people, name="list-people"),
    path("invitation/<str:token>/", views.accept_invitation, name="accept-invitation"),
    path("places/<uuid:place>/add/", place_views.add_place, name="add-place"),
    path("places/<uuid:place>/rename/", place_views.rename_place, name="rename-place"),
    path("places/<uuid:place>/remove/", place_views.remove_place, name="remove-place"),
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
    path(
        "places/<uuid:place>/calendar/",
        calendar_views.show_calendar,
        name="show-calendar",
    ),
    path("places/<uuid:place>/terms/", calendar_views.add_term, name="add-term"),
    path("terms/<uuid:term>/remove/", calendar_views.remove_term, name="remove-term"),
    path("places/<uuid:place>/bells/", bell_views.show_bells, name="show-bells"),
    path("bells/<uuid:bell>/remove/", bell_views.remove_bell, name="remove-bell"),
    path(
        "places/<uuid:place>/enrolment/",
        enrolment_views.show_enrolment,
        name="show-enrolment",
    ),
    path(
        "places/<uuid:place>/staffing/",
        enrolment_views.tell_staffing,
        name="tell-staffing",
    ),
    path(
        "school-files/<uuid:given>/",
        school_file_views.show_school_file,
        name="show-school-file",
    ),
    path(
        "school-files/<uuid:given>/take-in/",
        school_file_views.take_in_school_file,
        name="take-in-school-file",
    ),
    path(
        "school-files/<uuid:given>/set-aside/",
        school_file_views.set_aside_school_file,
        name="set-aside-school-file",
    ),
    path("places/<uuid:place>/groups/", group_views.list_groups, name="list-groups"),
    path("places/<uuid:place>/groups/add/", group_views.add_group, name="add-group"),
    path("groups/<uuid:group>/", group_views.show_group, name="show-group"),
    path("groups/<uuid:group>/rename/", group_views.rename_group, name="rename-group"),
    path("groups/<uuid:group>/members/", group_views.add_member, name="add-member"),
    path(
        "groups/<uuid:group>/members/<uuid:person>/end/",
        group_views.end_membership,
        name="end-membership",
    ),
]
