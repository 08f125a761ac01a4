"""Every page of the site, and the rule that lets somebody in: one line an address.

`docs/who-sees-what.md` and the test that walks every address read this table. A page
without a line here fails the build.
"""

from collections.abc import Mapping

from commonroot.domain.network.rules import (
    ADD_PLACE,
    IMPORT_ROSTER,
    INVITE,
    KEEP_CALENDAR,
    KEEP_GROUPS,
    SEE_PEOPLE,
    SEE_PLACE,
)
from commonroot.domain.records.rules import (
    ENTER,
    IMPORT,
    KEEP,
    MARK_DAYS,
    SEE_SHEET,
)
from commonroot.domain.teams.rules import (
    ADVISE_TEAM,
    EDIT_FACTORS,
    RUN_TEAM,
    SEE_STORIES,
    SEE_TEAM,
    SEE_TEAM_COUNTS,
)
from commonroot.web.coaching.pages import PAGES as COACHING_PAGES
from commonroot.web.connections.pages import PAGES as CONNECTIONS_PAGES
from commonroot.web.convenings.pages import PAGES as CONVENINGS_PAGES
from commonroot.web.highlights.pages import PAGES as HIGHLIGHTS_PAGES
from commonroot.web.learning.pages import PAGES as LEARNING_PAGES
from commonroot.web.partnerships.pages import PAGES as PARTNERSHIPS_PAGES
from commonroot.web.shell.page import Page
from commonroot.web.week.pages import PAGES as WEEK_PAGES

PAGES: Mapping[str, Page] = {
    "shell:home": Page(note="one's own roles"),
    "shell:account": Page(note="one's own account"),
    "shell:search": Page(note="places and people that one may see"),
    "shell:show-help": Page(public=True, note="holds nothing of anybody"),
    "shell:show-mark": Page(public=True, note="a picture of ours"),
    "shell:health": Page(public=True, note="says only that the site answers"),
    "shell:set_language": Page(public=True, changes=True, note="one's own language"),
    "demo:list-cast": Page(public=True, note="in the demo only"),
    "demo:sign-in": Page(public=True, changes=True, note="in the demo only"),
    "network:list-places": Page(SEE_PLACE),
    "network:show-place": Page(SEE_PLACE, about="place"),
    "network:list-people": Page(SEE_PEOPLE, note="those at places one reaches"),
    "network:invite-person": Page(INVITE, about="place", changes=True),
    "network:withdraw-invitation": Page(INVITE, about="invitation", changes=True),
    "network:describe-role": Page(INVITE, about="role", changes=True),
    "network:end-role": Page(INVITE, about="role", changes=True),
    "network:add-place": Page(ADD_PLACE, about="place", changes=True),
    "network:rename-place": Page(ADD_PLACE, about="place", changes=True),
    "network:remove-place": Page(ADD_PLACE, about="place", changes=True),
    "network:rename-group": Page(KEEP_GROUPS, about="group", changes=True),
    "network:list-rosters": Page(IMPORT_ROSTER, about="place", changes=True),
    "network:show-roster": Page(IMPORT_ROSTER, about="roster"),
    "network:take-in-roster": Page(IMPORT_ROSTER, about="roster", changes=True),
    "network:set-aside-roster": Page(IMPORT_ROSTER, about="roster", changes=True),
    "network:show-calendar": Page(KEEP_CALENDAR, about="place", changes=True),
    "network:add-term": Page(KEEP_CALENDAR, about="place", changes=True),
    "network:remove-term": Page(KEEP_CALENDAR, about="term", changes=True),
    "network:show-bells": Page(KEEP_CALENDAR, about="place", changes=True),
    "network:remove-bell": Page(KEEP_CALENDAR, about="bell", changes=True),
    "network:show-enrolment": Page(KEEP_CALENDAR, about="place", changes=True),
    "network:tell-staffing": Page(KEEP_CALENDAR, about="place", changes=True),
    "network:show-school-file": Page(KEEP_CALENDAR, about="school file"),
    "network:take-in-school-file": Page(
        KEEP_CALENDAR, about="school file", changes=True
    ),
    "network:set-aside-school-file": Page(
        KEEP_CALENDAR, about="school file", changes=True
    ),
    "network:list-groups": Page(SEE_PEOPLE, about="place"),
    "network:add-group": Page(KEEP_GROUPS, about="place", changes=True),
    "network:show-group": Page(SEE_PEOPLE, about="group"),
    "network:add-member": Page(KEEP_GROUPS, about="group", changes=True),
    "network:end-membership": Page(KEEP_GROUPS, about="membership", changes=True),
    "records:list-files": Page(IMPORT, about="place", changes=True),
    "records:show-file": Page(IMPORT, about="file"),
    "records:take-in": Page(IMPORT, about="file", changes=True),
    "records:undo": Page(IMPORT, about="file", changes=True),
    "records:show-sheet": Page(SEE_SHEET, about="place"),
    "records:print-sheet": Page(SEE_SHEET, about="place"),
    "records:enter": Page(ENTER, about="place", changes=True),
    "records:tally": Page(ENTER, about="place"),
    "records:take-back-entry": Page(
        ENTER, about="entry", changes=True, note="one's own only"
    ),
    "records:give-worker": Page(
        public=True, note="a script that holds nothing of anybody"
    ),
    "records:list-logging-days": Page(MARK_DAYS, about="place", changes=True),
    "records:show-keeping": Page(KEEP, about="place", changes=True),
    "records:show-kept-year": Page(SEE_SHEET, about="place"),
    "records:erase-student": Page(KEEP, about="place", changes=True),
    "teams:list-teams": Page(SEE_TEAM, note="one's own, and those one coaches"),
    "teams:finish-look": Page(
        SEE_TEAM, changes=True, note="what one has read of one's own teams"
    ),
    "teams:list-counts": Page(SEE_TEAM_COUNTS, note="counts, no detail"),
    "teams:open-team": Page(SEE_TEAM, about="place"),
    "teams:show-team": Page(SEE_TEAM, about="team"),
    "teams:set-duty": Page(RUN_TEAM, about="team", changes=True),
    "teams:ask-for-voice": Page(RUN_TEAM, about="team", changes=True),
    "teams:agree": Page(RUN_TEAM, about="team", changes=True),
    "teams:end-agreement": Page(RUN_TEAM, about="agreement", changes=True),
    "teams:plan-meeting": Page(RUN_TEAM, about="team", changes=True),
    "teams:renew-feed": Page(RUN_TEAM, about="team", changes=True),
    "teams:follow-dates": Page(
        public=True, note="whoever holds the address: dates and nothing else"
    ),
    "teams:show-meeting": Page(SEE_TEAM, about="meeting"),
    "teams:begin-meeting": Page(RUN_TEAM, about="meeting", changes=True),
    "teams:follow-meeting": Page(
        SEE_TEAM, about="meeting", note="what is new while it goes on"
    ),
    "teams:go-to-section": Page(RUN_TEAM, about="meeting", changes=True),
    "teams:call-off": Page(RUN_TEAM, about="meeting", changes=True),
    "teams:note-present": Page(RUN_TEAM, about="meeting", changes=True),
    "teams:add-note": Page(RUN_TEAM, about="meeting", changes=True),
    "teams:take-back-note": Page(RUN_TEAM, about="note", changes=True),
    "teams:advise": Page(ADVISE_TEAM, about="meeting", changes=True),
    "teams:end-meeting": Page(RUN_TEAM, about="meeting", changes=True),
    "teams:print-minutes": Page(SEE_TEAM, about="meeting"),
    "teams:mail-minutes": Page(RUN_TEAM, about="meeting", changes=True),
    "teams:open-cycle": Page(RUN_TEAM, about="team", changes=True),
    "teams:export-cycles": Page(SEE_TEAM, about="team"),
    "teams:edit-factors": Page(EDIT_FACTORS, about="place", changes=True),
    "teams:show-cycle": Page(SEE_TEAM, about="cycle"),
    "teams:restate": Page(RUN_TEAM, about="cycle", changes=True),
    "teams:hear": Page(RUN_TEAM, about="cycle", changes=True),
    "teams:start-change": Page(RUN_TEAM, about="cycle", changes=True),
    "teams:end-cycle": Page(RUN_TEAM, about="cycle", changes=True),
    "teams:report-done": Page(RUN_TEAM, about="change", changes=True),
    "teams:keep-check": Page(RUN_TEAM, about="change", changes=True),
    "teams:move-review": Page(RUN_TEAM, about="change", changes=True),
    "teams:share-story": Page(RUN_TEAM, about="change", changes=True),
    "teams:list-stories": Page(
        SEE_STORIES, note="what teams of one's own network chose to share"
    ),
    "teams:show-story": Page(
        SEE_STORIES,
        about="story",
        anywhere=True,
        note="what a team of the same network chose to share",
    ),
    "teams:withdraw-story": Page(RUN_TEAM, about="story", changes=True),
    "network:accept-invitation": Page(
        public=True, changes=True, note="whoever holds the letter"
    ),
    **PARTNERSHIPS_PAGES,
    **LEARNING_PAGES,
    **COACHING_PAGES,
    **CONNECTIONS_PAGES,
    **CONVENINGS_PAGES,
    **WEEK_PAGES,
    **HIGHLIGHTS_PAGES,
}
