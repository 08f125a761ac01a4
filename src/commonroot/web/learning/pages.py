"""The pages of learning, and who is let in."""

from collections.abc import Mapping

from commonroot.domain.learning.rules import (
    CHOOSE_COLLEAGUES,
    PREPARE_WORKSHOPS,
    SEE_HOURS,
    SEE_READINESS,
    SEE_WORKSHOPS,
)
from commonroot.web.learning.path_pages import PATH_PAGES
from commonroot.web.shell.page import Page

NETWORK_SEES = "of one's own network"
IN_THE_ROOM = "those with a seat, and those who teach"

WORKSHOP_PAGES: Mapping[str, Page] = {
    "learning:list-learning": Page(SEE_WORKSHOPS, note="one's own"),
    "learning:list-workshops": Page(SEE_WORKSHOPS, note=NETWORK_SEES),
    "learning:show-workshop": Page(
        SEE_WORKSHOPS, about="workshop", anywhere=True, note=NETWORK_SEES
    ),
    "learning:add-workshop": Page(PREPARE_WORKSHOPS, about="place", changes=True),
    "learning:describe-workshop": Page(
        PREPARE_WORKSHOPS, about="workshop", changes=True
    ),
    "learning:name-workshop": Page(PREPARE_WORKSHOPS, about="workshop", changes=True),
    "learning:forget-name": Page(PREPARE_WORKSHOPS, about="workshop", changes=True),
    "learning:merge-workshops": Page(PREPARE_WORKSHOPS, about="workshop", changes=True),
    "learning:add-tool": Page(PREPARE_WORKSHOPS, about="workshop", changes=True),
    "learning:remove-tool": Page(
        PREPARE_WORKSHOPS, about="workshop tool", changes=True
    ),
    "learning:recommend": Page(
        SEE_WORKSHOPS,
        about="workshop",
        anywhere=True,
        changes=True,
        note="those who were there, to their own school",
    ),
    "learning:plan-series": Page(
        PREPARE_WORKSHOPS,
        about="workshop",
        anywhere=True,
        changes=True,
        note="for places one prepares workshops for",
    ),
    "learning:show-series": Page(
        SEE_WORKSHOPS, about="series", anywhere=True, note=NETWORK_SEES
    ),
    "learning:take-seat": Page(
        SEE_WORKSHOPS,
        about="series",
        anywhere=True,
        changes=True,
        note="one's own seat",
    ),
    "learning:prepare-series": Page(PREPARE_WORKSHOPS, about="series", changes=True),
    "learning:add-session": Page(PREPARE_WORKSHOPS, about="series", changes=True),
    "learning:add-interpreter": Page(PREPARE_WORKSHOPS, about="series", changes=True),
    "learning:remove-interpreter": Page(
        PREPARE_WORKSHOPS, about="interpreter", changes=True
    ),
    "learning:add-material": Page(PREPARE_WORKSHOPS, about="series", changes=True),
    "learning:remove-material": Page(PREPARE_WORKSHOPS, about="material", changes=True),
    "learning:renew-series-feed": Page(PREPARE_WORKSHOPS, about="series", changes=True),
    "learning:renew-own-feed": Page(SEE_WORKSHOPS, changes=True, note="one's own"),
    "learning:follow-dates": Page(
        public=True,
        about="dates of workshops",
        note="whoever holds the address: what, when and where",
    ),
    "learning:show-roster": Page(PREPARE_WORKSHOPS, about="series"),
    "learning:add-seat": Page(PREPARE_WORKSHOPS, about="series", changes=True),
    "learning:change-seat": Page(
        PREPARE_WORKSHOPS, about="workshop seat", changes=True
    ),
    "learning:remove-seat": Page(
        PREPARE_WORKSHOPS, about="workshop seat", changes=True
    ),
    "learning:show-needs": Page(PREPARE_WORKSHOPS, about="series", note="no names"),
    "learning:choose-colleagues": Page(
        CHOOSE_COLLEAGUES,
        about="series",
        anywhere=True,
        changes=True,
        note="of one's own schools alone",
    ),
    "learning:answer-letter": Page(
        public=True,
        about="letter of a seat",
        changes=True,
        note="whoever holds the letter",
    ),
    "learning:change-session": Page(
        PREPARE_WORKSHOPS, about="workshop session", changes=True
    ),
    "learning:remove-session": Page(
        PREPARE_WORKSHOPS, about="workshop session", changes=True
    ),
    "learning:say-held": Page(
        PREPARE_WORKSHOPS, about="workshop session", changes=True
    ),
    "learning:set-facilitator": Page(
        PREPARE_WORKSHOPS, about="workshop session", changes=True
    ),
    "learning:remove-facilitator": Page(
        PREPARE_WORKSHOPS, about="workshop session", changes=True
    ),
    "learning:check-in": Page(
        PREPARE_WORKSHOPS, about="workshop session", changes=True
    ),
    "learning:note-tick": Page(
        PREPARE_WORKSHOPS, about="workshop session", changes=True
    ),
    "learning:show-code": Page(PREPARE_WORKSHOPS, about="workshop session"),
    "learning:renew-code": Page(
        PREPARE_WORKSHOPS, about="workshop session", changes=True
    ),
    "learning:print-list": Page(PREPARE_WORKSHOPS, about="workshop session"),
    "learning:come-in": Page(
        public=True,
        about="door",
        changes=True,
        note="whoever reads the code at the door, on its day",
    ),
    "learning:own-guest-word": Page(
        public=True,
        about="token of a guest's word",
        changes=True,
        note="whoever said it as a guest and kept the address",
    ),
    "learning:say-as-guest": Page(
        public=True,
        about="door",
        changes=True,
        note="whoever reads the code at the door, on its day; shows nobody's words",
    ),
    "learning:give-worker": Page(
        public=True, note="a script that holds nothing of anybody"
    ),
    "learning:list-agreements": Page(
        SEE_WORKSHOPS,
        about="room",
        anywhere=True,
        own=True,
        changes=True,
        note=IN_THE_ROOM,
    ),
    **{
        f"learning:{verb}-agreement": Page(
            SEE_WORKSHOPS,
            about="room agreement",
            anywhere=True,
            own=True,
            changes=True,
            note=IN_THE_ROOM,
        )
        for verb in ("answer", "reword", "adopt", "review", "repair")
    },
    "learning:settle-repair": Page(
        SEE_WORKSHOPS,
        about="repair to settle",
        anywhere=True,
        own=True,
        changes=True,
        note="those who lead or co-facilitate the room",
    ),
    "learning:withdraw-repair": Page(
        SEE_WORKSHOPS,
        about="own repair",
        anywhere=True,
        own=True,
        stays=True,
        changes=True,
        note="what one wrote oneself",
    ),
    "learning:show-circle": Page(
        SEE_WORKSHOPS,
        about="room",
        anywhere=True,
        own=True,
        changes=True,
        note="as each writer chose",
    ),
    "learning:change-word": Page(
        SEE_WORKSHOPS,
        about="circle word",
        anywhere=True,
        own=True,
        stays=True,
        changes=True,
    ),
    "learning:withdraw-word": Page(
        SEE_WORKSHOPS,
        about="circle word",
        anywhere=True,
        own=True,
        stays=True,
        changes=True,
    ),
    "learning:list-own-words": Page(SEE_WORKSHOPS, note="one's own"),
    "learning:list-quotes": Page(
        SEE_WORKSHOPS, note="what their writers let be quoted, in one's own network"
    ),
    "learning:choose-tool": Page(
        SEE_WORKSHOPS,
        about="room",
        anywhere=True,
        own=True,
        changes=True,
        note=IN_THE_ROOM,
    ),
    "learning:tell-try": Page(
        SEE_WORKSHOPS, about="tool choice", anywhere=True, own=True, changes=True
    ),
    "learning:share-try": Page(
        SEE_WORKSHOPS, about="tool choice", anywhere=True, own=True, changes=True
    ),
    "learning:withdraw-try": Page(
        SEE_WORKSHOPS, about="tool choice", anywhere=True, own=True, changes=True
    ),
    "learning:list-tries": Page(
        SEE_WORKSHOPS, note="what people of one's own network chose to share"
    ),
    "learning:show-readiness": Page(
        SEE_READINESS, about="place", note="a count from three on, never who"
    ),
    "learning:show-hours": Page(SEE_HOURS, about="place", note="nobody by name"),
}
PAGES: Mapping[str, Page] = {
    **WORKSHOP_PAGES,
    **PATH_PAGES,
}
