"""Addresses of convenings."""

from django.urls import path

from commonroot.web.convenings import (
    paper_views,
    preparing_views,
    table_views,
    team_views,
    views,
    word_views,
)

app_name = "convenings"
urlpatterns = [
    path("convenings/", views.list_convenings, name="list-convenings"),
    path(
        "places/<uuid:place>/convenings/begin/",
        preparing_views.begin_convening,
        name="begin-convening",
    ),
    path("convenings/<uuid:key>/", views.show_convening, name="show-convening"),
    path("convenings/<uuid:key>/dates/", paper_views.give_dates, name="give-dates"),
    path("convenings/<uuid:key>/write/", word_views.write_words, name="write-words"),
    path("convenings/<uuid:key>/thank/", word_views.thank, name="thank"),
    path("convenings/<uuid:key>/connect/", word_views.connect, name="connect"),
    path(
        "convening-words/<uuid:key>/withdraw/",
        word_views.withdraw,
        name="withdraw-words",
    ),
    path(
        "convening-words/<uuid:key>/readers/",
        word_views.choose_readers,
        name="choose-readers",
    ),
    path(
        "convening-connections/<uuid:key>/done/",
        word_views.finish_connection,
        name="finish-connection",
    ),
    path("convenings/<uuid:key>/prepare/", preparing_views.prepare, name="prepare"),
    path("convenings/<uuid:key>/invite/", preparing_views.invite, name="invite"),
    path("convenings/<uuid:key>/agenda/", preparing_views.add_part, name="add-part"),
    path(
        "agenda-parts/<uuid:key>/remove/",
        preparing_views.remove_part,
        name="remove-part",
    ),
    path(
        "convenings/<uuid:key>/publish/", preparing_views.publish, name="publish-agenda"
    ),
    path(
        "convenings/<uuid:key>/agree/",
        word_views.propose,
        name="propose-agreement",
    ),
    path(
        "convenings/<uuid:key>/change/",
        preparing_views.change_convening,
        name="change-convening",
    ),
    path(
        "convening-agreements/<uuid:key>/review/",
        preparing_views.review_agreement,
        name="review-agreement",
    ),
    path(
        "convening-namings/<uuid:key>/answer/",
        word_views.answer_naming,
        name="answer-naming",
    ),
    path(
        "convening-thanks/<uuid:key>/take-back/",
        word_views.take_back_thanks,
        name="take-back-thanks",
    ),
    path("school-teams/<uuid:key>/sheet/", paper_views.print_sheet, name="print-sheet"),
    path(
        "convening-agreements/<uuid:key>/settle/",
        preparing_views.settle,
        name="settle-agreement",
    ),
    path("convenings/<uuid:key>/door/", preparing_views.check_in, name="check-in"),
    path(
        "convenings/<uuid:key>/walk-in/",
        preparing_views.add_walk_in,
        name="add-walk-in",
    ),
    path("convenings/<uuid:key>/tables/", table_views.show_tables, name="show-tables"),
    path("agenda-parts/<uuid:key>/tables/", table_views.set_tables, name="set-tables"),
    path("convenings/<uuid:key>/kit/", paper_views.print_kit, name="print-kit"),
    path("school-teams/<uuid:key>/", team_views.show_team, name="show-team"),
    path(
        "school-teams/<uuid:key>/answer/", team_views.answer, name="answer-invitation"
    ),
    path("school-teams/<uuid:key>/seats/", table_views.set_seats, name="set-seats"),
    path(
        "school-teams/<uuid:key>/question/",
        table_views.ask_question,
        name="ask-question",
    ),
    path(
        "convening-questions/<uuid:key>/withdraw/",
        table_views.withdraw_question,
        name="withdraw-question",
    ),
    path(
        "convening-questions/<uuid:key>/thought/",
        table_views.leave_thought,
        name="leave-thought",
    ),
    path(
        "convening-thoughts/<uuid:key>/withdraw/",
        table_views.withdraw_thought,
        name="withdraw-thought",
    ),
    path("school-teams/<uuid:key>/guests/", team_views.add_guest, name="add-guest"),
    path(
        "convening-guests/<uuid:key>/remove/",
        team_views.remove_guest,
        name="remove-guest",
    ),
    path("school-teams/<uuid:key>/plan/", team_views.make_plan, name="make-plan"),
    path("convening-plans/<uuid:key>/tell/", team_views.tell_plan, name="tell-plan"),
]
