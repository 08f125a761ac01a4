"""Addresses of teams."""

from django.urls import path

from commonroot.web.teams import (
    change_views,
    cycle_views,
    export_views,
    factor_views,
    meeting_views,
    story_views,
    team_views,
)

app_name = "teams"
urlpatterns = [
    path("teams/", team_views.list_teams, name="list-teams"),
    path("teams/read/", team_views.finish_look, name="finish-look"),
    path("teams/counts/", team_views.list_counts, name="list-counts"),
    path("places/<uuid:place>/team/", team_views.open_team, name="open-team"),
    path("teams/<uuid:team>/", team_views.show_team, name="show-team"),
    path("teams/<uuid:team>/duties/", team_views.set_duty, name="set-duty"),
    path("teams/<uuid:team>/voices/", team_views.ask_for_voice, name="ask-for-voice"),
    path("teams/<uuid:team>/agreements/", team_views.agree, name="agree"),
    path(
        "agreements/<uuid:agreement>/end/",
        team_views.end_agreement,
        name="end-agreement",
    ),
    path("teams/<uuid:team>/meetings/", team_views.plan_meeting, name="plan-meeting"),
    path("teams/<uuid:team>/feed/", team_views.renew_feed, name="renew-feed"),
    path("feeds/<str:token>.ics", team_views.follow_dates, name="follow-dates"),
    path("meetings/<uuid:meeting>/", meeting_views.show_meeting, name="show-meeting"),
    path("meetings/<uuid:meeting>/begin/", meeting_views.begin, name="begin-meeting"),
    path(
        "meetings/<uuid:meeting>/now/",
        meeting_views.follow_meeting,
        name="follow-meeting",
    ),
    path(
        "meetings/<uuid:meeting>/section/",
        meeting_views.go_to_section,
        name="go-to-section",
    ),
    path("meetings/<uuid:meeting>/call-off/", meeting_views.call_off, name="call-off"),
    path(
        "meetings/<uuid:meeting>/present/",
        meeting_views.note_present,
        name="note-present",
    ),
    path("meetings/<uuid:meeting>/notes/", meeting_views.add_note, name="add-note"),
    path(
        "notes/<uuid:note>/take-back/",
        meeting_views.take_back_note,
        name="take-back-note",
    ),
    path("meetings/<uuid:meeting>/advise/", meeting_views.advise, name="advise"),
    path("meetings/<uuid:meeting>/end/", meeting_views.end_meeting, name="end-meeting"),
    path(
        "meetings/<uuid:meeting>/minutes.pdf",
        meeting_views.print_minutes,
        name="print-minutes",
    ),
    path(
        "meetings/<uuid:meeting>/mail/", meeting_views.mail_minutes, name="mail-minutes"
    ),
    path("teams/<uuid:team>/cycles/new/", cycle_views.open_cycle, name="open-cycle"),
    path(
        "teams/<uuid:team>/cycles.csv",
        export_views.export_cycles,
        name="export-cycles",
    ),
    path(
        "places/<uuid:place>/factors/", factor_views.edit_factors, name="edit-factors"
    ),
    path("cycles/<uuid:cycle>/", cycle_views.show_cycle, name="show-cycle"),
    path("cycles/<uuid:cycle>/state/", cycle_views.restate, name="restate"),
    path("cycles/<uuid:cycle>/voices/", cycle_views.hear, name="hear"),
    path("cycles/<uuid:cycle>/change/", cycle_views.start_change, name="start-change"),
    path("cycles/<uuid:cycle>/end/", change_views.end_cycle, name="end-cycle"),
    path("changes/<uuid:change>/done/", change_views.report_done, name="report-done"),
    path("changes/<uuid:change>/check/", change_views.keep_check, name="keep-check"),
    path("changes/<uuid:change>/review/", change_views.move_review, name="move-review"),
    path("changes/<uuid:change>/story/", story_views.share_story, name="share-story"),
    path("stories/", story_views.list_stories, name="list-stories"),
    path("stories/<uuid:story>/", story_views.show_story, name="show-story"),
    path("stories/<uuid:story>/withdraw/", story_views.withdraw, name="withdraw-story"),
]
