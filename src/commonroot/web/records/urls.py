"""Addresses of records."""

from django.urls import path

from commonroot.web.records import day_views, entry_views, keeping_views, views

app_name = "records"
urlpatterns = [
    path("places/<uuid:place>/files/", views.list_files, name="list-files"),
    path("files/<uuid:given>/", views.show_file, name="show-file"),
    path("files/<uuid:given>/take-in/", views.take_in, name="take-in"),
    path("files/<uuid:given>/undo/", views.undo, name="undo"),
    path("places/<uuid:place>/sheet/", views.show_sheet, name="show-sheet"),
    path("places/<uuid:place>/sheet.pdf", views.print_sheet, name="print-sheet"),
    path("places/<uuid:place>/enter/", entry_views.enter, name="enter"),
    path("places/<uuid:place>/tally/", entry_views.tally, name="tally"),
    path(
        "entries/<uuid:entry>/take-back/",
        entry_views.take_back_entry,
        name="take-back-entry",
    ),
    path("entry-worker.js", entry_views.give_worker, name="give-worker"),
    path(
        "places/<uuid:place>/logging-days/",
        day_views.list_logging_days,
        name="list-logging-days",
    ),
    path(
        "places/<uuid:place>/keeping/", keeping_views.show_keeping, name="show-keeping"
    ),
    path(
        "places/<uuid:place>/erase-student/",
        keeping_views.erase_student,
        name="erase-student",
    ),
    path(
        "places/<uuid:place>/years/<slug:year>/",
        keeping_views.show_kept_year,
        name="show-kept-year",
    ),
]
