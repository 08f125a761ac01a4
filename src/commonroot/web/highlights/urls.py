"""Addresses of pages of a year."""

from django.urls import path

from commonroot.web.highlights import making_views, paper_views, views

app_name = "highlights"
urlpatterns = [
    path("years/", views.list_years, name="list-years"),
    path("places/<uuid:place>/begin-year/", making_views.begin_year, name="begin-year"),
    path("years/<uuid:page>/", views.show_year, name="show-year"),
    path("years/<uuid:page>/print/", paper_views.print_year, name="print-year"),
    path("years/<uuid:page>/picture/", paper_views.picture_year, name="picture-year"),
    path("years/<uuid:page>/text/", paper_views.tell_year, name="tell-year"),
    path(
        "years/<uuid:page>/numbers/<slug:number>/",
        views.open_number,
        name="open-number",
    ),
    path("years/<uuid:page>/make/", making_views.make_year, name="make-year"),
    path("years/<uuid:page>/write/", making_views.write_year, name="write-year"),
    path(
        "years/<uuid:page>/write/<slug:language>/",
        making_views.translate_year,
        name="translate-year",
    ),
    path("years/<uuid:page>/draw/", making_views.draw_number, name="draw-number"),
    path("years/<uuid:page>/leave-out/", making_views.leave_out, name="leave-out"),
    path("years/<uuid:page>/publish/", making_views.publish_year, name="publish-year"),
    path(
        "years/<uuid:page>/withdraw/", making_views.withdraw_year, name="withdraw-year"
    ),
    path(
        "numbers/<uuid:highlight>/check/",
        making_views.check_number,
        name="check-number",
    ),
]
