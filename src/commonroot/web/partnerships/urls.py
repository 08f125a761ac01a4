"""Addresses of partnerships."""

from django.urls import path

from commonroot.web.partnerships import (
    export_views,
    list_views,
    plan_views,
    renewal_views,
    school_views,
    show_views,
    stage_views,
)

ONE = "partnerships/<uuid:partnership>/"

app_name = "partnerships"
urlpatterns = [
    path("partnerships/", list_views.show_all, name="list-partnerships"),
    path(
        "places/<uuid:place>/partnership/",
        list_views.open_partnership,
        name="open-partnership",
    ),
    path(
        "places/<uuid:place>/partnership/new/",
        list_views.begin_partnership,
        name="begin-partnership",
    ),
    path("places/<uuid:place>/stages/", stage_views.edit_stages, name="edit-stages"),
    path(ONE, show_views.show_partnership, name="show-partnership"),
    path(f"{ONE}print/", show_views.print_partnership, name="print-partnership"),
    path(f"{ONE}years/", show_views.change_years, name="change-years"),
    path(f"{ONE}table.csv", export_views.export_partnership, name="export-partnership"),
    path(f"{ONE}plan/", plan_views.show_plan, name="show-plan"),
    path(f"{ONE}plan/add/", plan_views.add_step, name="add-step"),
    path("plan-steps/<uuid:step>/settle/", plan_views.settle_step, name="settle-step"),
    path(f"{ONE}stages/", stage_views.show_stages, name="show-stages"),
    path(f"{ONE}stages/reach/", stage_views.reach_stage, name="reach-stage"),
    path(
        "stages-reached/<uuid:reached>/take-back/",
        stage_views.take_back_stage,
        name="take-back-stage",
    ),
    path(f"{ONE}schools/", school_views.show_schools, name="show-schools"),
    path(f"{ONE}schools/add/", school_views.add_school, name="add-school"),
    path(
        "schools-taking-part/<uuid:part>/", school_views.change_part, name="change-part"
    ),
    path(f"{ONE}readiness/", school_views.note_readiness, name="note-readiness"),
    path(
        "readiness-notes/<uuid:note>/take-back/",
        school_views.take_back_note,
        name="take-back-readiness",
    ),
    path(f"{ONE}renewals/", renewal_views.show_renewals, name="show-renewals"),
    path(f"{ONE}renewals/plan/", renewal_views.plan_renewal, name="plan-renewal"),
    path(
        "renewals/<uuid:renewal>/settle/",
        renewal_views.settle_renewal,
        name="settle-renewal",
    ),
    path(f"{ONE}payers/", renewal_views.show_payers, name="show-payers"),
    path(f"{ONE}payers/add/", renewal_views.add_pay_line, name="add-pay-line"),
    path(
        "pay-lines/<uuid:line>/remove/",
        renewal_views.remove_pay_line,
        name="remove-pay-line",
    ),
]
