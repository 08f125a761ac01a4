"""Addresses of visits."""

from django.urls import path

from commonroot.web.coaching import asking_views, paper_views, views

app_name = "coaching"
urlpatterns = [
    path("visits/", views.list_visits, name="list-visits"),
    path("visits/ask/", asking_views.ask_visit, name="ask-visit"),
    path("visits/table/", paper_views.export_visits, name="export-visits"),
    path("visits/counts/", views.list_counts, name="list-counts"),
    path("places/<uuid:place>/visits/", views.list_shown, name="list-shown"),
    path("visits/<uuid:visit>/", views.show_visit, name="show-visit"),
    path("visits/<uuid:visit>/paper/", paper_views.print_visit, name="print-visit"),
    path("visits/<uuid:visit>/agree/", asking_views.agree_visit, name="agree-visit"),
    path(
        "visits/<uuid:visit>/decline/", asking_views.decline_visit, name="decline-visit"
    ),
    path("visits/<uuid:visit>/call-off/", asking_views.call_off, name="call-off"),
    path("visits/<uuid:visit>/hold/", asking_views.hold_visit, name="hold-visit"),
    path("visits/<uuid:visit>/notes/", views.add_note, name="add-note"),
    path("visits/<uuid:visit>/again/", asking_views.look_again, name="look-again"),
    path("visits/<uuid:visit>/show/", views.show_focus, name="show-focus"),
    path("visits/<uuid:visit>/hide/", views.hide_focus, name="hide-focus"),
    path("visits/<uuid:visit>/erase/", views.erase_words, name="erase-words"),
    path(
        "visit-notes/<uuid:note>/take-back/",
        views.take_back_note,
        name="take-back-note",
    ),
]
