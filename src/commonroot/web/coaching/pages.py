"""The pages of visits, and who is let in."""

from collections.abc import Mapping

from commonroot.domain.coaching.rules import (
    OWN_ROOM,
    SEE_SHOWN_FOCUS,
    SEE_VISIT_COUNTS,
    VISIT,
)
from commonroot.web.shell.page import Page

VISITED_NOTE = "the teacher who was visited, also when their last role has ended"
OWN_NOTE = "one's own visits only: the coach, and the teacher who was visited"


def own(*, changes: bool = False, note: str = OWN_NOTE) -> Page:
    """Give the line of a page about a visit of one's own."""
    return Page(VISIT, about="visit", own=True, changes=changes, note=note)


PAGES: Mapping[str, Page] = {
    "coaching:list-visits": Page(note="one's own visits"),
    "coaching:ask-visit": Page(changes=True, note="a visit of one's own"),
    "coaching:export-visits": Page(note="one's own visits"),
    "coaching:list-counts": Page(SEE_VISIT_COUNTS, note="counts, no name and no word"),
    "coaching:list-shown": Page(
        SEE_SHOWN_FOCUS, about="place", note="what teachers let their principal see"
    ),
    "coaching:show-visit": own(),
    "coaching:print-visit": own(),
    "coaching:agree-visit": own(changes=True),
    "coaching:decline-visit": own(changes=True),
    "coaching:call-off": own(changes=True),
    "coaching:hold-visit": own(changes=True),
    "coaching:add-note": own(changes=True),
    "coaching:look-again": own(changes=True),
    "coaching:show-focus": Page(
        OWN_ROOM,
        about="visited",
        own=True,
        changes=True,
        note="the teacher who was visited",
    ),
    "coaching:hide-focus": Page(
        OWN_ROOM, about="visited", own=True, stays=True, changes=True, note=VISITED_NOTE
    ),
    "coaching:erase-words": Page(
        OWN_ROOM, about="visited", own=True, stays=True, changes=True, note=VISITED_NOTE
    ),
    "coaching:take-back-note": Page(
        VISIT, about="visit note", own=True, changes=True, note="one's own line"
    ),
}
