"""The pages of convenings, and who is let in."""

from collections.abc import Mapping

from commonroot.domain.convenings.rules import BRING_TEAM, PREPARE, SEE_CONVENING
from commonroot.web.shell.page import Page

SHARED = "what was shared; one's own words"


def prepares(about: str = "convening") -> Page:
    """Give the line of a page for those who prepare a convening."""
    return Page(PREPARE, about=about, changes=True)


def brings(about: str = "school team") -> Page:
    """Give the line of a page for a school's own team."""
    return Page(BRING_TEAM, about=about, changes=True)


def own(about: str, note: str, *, stays: bool = False) -> Page:
    """Give the line of a page about something that one wrote oneself."""
    return Page(
        SEE_CONVENING, about=about, own=True, stays=stays, changes=True, note=note
    )


PAGES: Mapping[str, Page] = {
    "convenings:list-convenings": Page(note="those of one's own network"),
    "convenings:begin-convening": Page(PREPARE, about="place", changes=True),
    "convenings:show-convening": Page(SEE_CONVENING, about="convening", note=SHARED),
    "convenings:give-dates": Page(SEE_CONVENING, about="convening"),
    "convenings:write-words": Page(SEE_CONVENING, about="convening", changes=True),
    "convenings:thank": Page(SEE_CONVENING, about="convening", changes=True),
    "convenings:connect": Page(SEE_CONVENING, about="convening", changes=True),
    "convenings:withdraw-words": own("convening words", "one's own words", stays=True),
    "convenings:finish-connection": own("convening connection", "whom one met oneself"),
    "convenings:prepare": prepares(),
    "convenings:invite": prepares(),
    "convenings:add-part": prepares(),
    "convenings:remove-part": prepares("agenda part"),
    "convenings:publish-agenda": prepares(),
    "convenings:propose-agreement": Page(
        SEE_CONVENING, about="convening", changes=True, note="whoever comes or prepares"
    ),
    "convenings:change-convening": prepares(),
    "convenings:review-agreement": prepares("convening agreement"),
    "convenings:answer-naming": own(
        "convening naming", "where one is named", stays=True
    ),
    "convenings:take-back-thanks": own(
        "convening thanks", "one's own thank-you", stays=True
    ),
    "convenings:print-sheet": Page(BRING_TEAM, about="school team"),
    "convenings:settle-agreement": prepares("convening agreement"),
    "convenings:check-in": prepares(),
    "convenings:add-walk-in": prepares(),
    "convenings:print-kit": prepares(),
    "convenings:show-tables": prepares(),
    "convenings:set-tables": prepares("agenda part"),
    "convenings:set-seats": prepares("school team"),
    "convenings:ask-question": brings(),
    "convenings:withdraw-question": brings("convening question"),
    "convenings:leave-thought": Page(
        BRING_TEAM,
        about="convening question",
        changes=True,
        note="and whoever sits at its table",
    ),
    "convenings:withdraw-thought": own("convening thought", "one's own thought"),
    "convenings:choose-readers": own("convening words", "one's own words", stays=True),
    "convenings:show-team": brings(),
    "convenings:answer-invitation": brings(),
    "convenings:add-guest": brings(),
    "convenings:remove-guest": brings("guest"),
    "convenings:make-plan": brings(),
    "convenings:tell-plan": Page(
        BRING_TEAM,
        about="convening plan",
        changes=True,
        note="and whoever sees to it",
    ),
}
