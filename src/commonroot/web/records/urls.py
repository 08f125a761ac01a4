"""Addresses of records."""

from django.urls import path

from commonroot.web.records import views

app_name = "records"
urlpatterns = [
    path("places/<uuid:place>/files/", views.list_files, name="list-files"),
    path("files/<uuid:given>/", views.show_file, name="show-file"),
    path("files/<uuid:given>/take-in/", views.take_in, name="take-in"),
    path("files/<uuid:given>/undo/", views.undo, name="undo"),
    path("places/<uuid:place>/sheet/", views.show_sheet, name="show-sheet"),
    path("places/<uuid:place>/sheet.pdf", views.print_sheet, name="print-sheet"),
]
