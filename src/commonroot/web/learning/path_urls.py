"""Addresses of one's own learning: hours, certificates, badges, and the path of a coach."""

from django.urls import path

from commonroot.web.learning import badge_views, path_views, record_views

PATH_PATTERNS = [
    path("my-learning/", record_views.show_record, name="show-record"),
    path("my-learning/table/", record_views.export_record, name="export-record"),
    path(
        "seats/<uuid:key>/certificate/",
        record_views.print_certificate,
        name="print-certificate",
    ),
    path("seats/<uuid:key>/badge/", badge_views.give_badge, name="give-badge"),
    path(
        "seats/<uuid:key>/badge/take-back/",
        badge_views.take_back_badge,
        name="take-back-badge",
    ),
    path(".well-known/did.json", badge_views.give_issuer, name="give-issuer"),
    path("badges/<uuid:key>/", badge_views.show_achievement, name="show-achievement"),
    path("badges/taken-back/", badge_views.give_list, name="give-badge-list"),
    path("paths/", path_views.plan_paths, name="plan-paths"),
    path("places/<uuid:place>/paths/begin/", path_views.begin_path, name="begin-path"),
    path(
        "places/<uuid:place>/path-stages/",
        path_views.edit_stages,
        name="edit-path-stages",
    ),
    path("paths/agreed/", path_views.list_agreed, name="list-agreed-paths"),
    path(
        "paths/<uuid:key>/planned/", path_views.show_planned, name="show-planned-path"
    ),
    path("paths/<uuid:key>/", path_views.show_path, name="show-path"),
    path("paths/<uuid:key>/reflect/", path_views.reflect, name="reflect"),
    path("paths/<uuid:key>/sign/", path_views.sign, name="sign-stage"),
    path(
        "paths/<uuid:key>/take-back/", path_views.take_back, name="take-back-signature"
    ),
    path(
        "paths/<uuid:key>/employer/",
        path_views.let_employer_see,
        name="let-employer-see",
    ),
]
