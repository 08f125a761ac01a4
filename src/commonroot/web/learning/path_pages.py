"""The pages of one's own learning and of paths, and who is let in."""

from collections.abc import Mapping

from commonroot.domain.learning.path_rules import (
    EDIT_PATH_STAGES,
    SEE_AGREED_PATHS,
    SEE_PATHS,
    WALK,
)
from commonroot.web.shell.page import Page


def own(about: str, note: str, *, changes: bool = False, stays: bool = False) -> Page:
    """Give the line of a page about something of one's own."""
    return Page(WALK, about=about, own=True, stays=stays, changes=changes, note=note)


TWO = "whoever walks it, and the mentor"
PATH_PAGES: Mapping[str, Page] = {
    "learning:show-record": Page(WALK, note="one's own hours"),
    "learning:export-record": Page(WALK, note="one's own hours"),
    "learning:print-certificate": own("attended seat", "what one attended oneself"),
    "learning:give-badge": own(
        "attended seat", "what one attended oneself", changes=True
    ),
    "learning:take-back-badge": own(
        "badge seat", "a badge of one's own", changes=True, stays=True
    ),
    "learning:give-issuer": Page(public=True, note="the public half of a key"),
    "learning:show-achievement": Page(
        public=True, note="what a badge is for; nothing of anybody"
    ),
    "learning:give-badge-list": Page(
        public=True, note="which numbers were taken back; nothing of anybody"
    ),
    "learning:plan-paths": Page(SEE_PATHS, note="of the networks that one directs"),
    "learning:begin-path": Page(SEE_PATHS, about="place", changes=True),
    "learning:edit-path-stages": Page(EDIT_PATH_STAGES, about="place", changes=True),
    "learning:list-agreed-paths": Page(
        SEE_AGREED_PATHS, note="of one's own staff, those who agreed"
    ),
    "learning:show-planned-path": Page(SEE_PATHS, about="any path"),
    "learning:show-path": own("path", TWO),
    "learning:reflect": own("path", TWO, changes=True),
    "learning:sign-stage": own("path", TWO, changes=True),
    "learning:take-back-signature": own("path", TWO, changes=True),
    "learning:let-employer-see": own(
        "path", "whoever walks it", changes=True, stays=True
    ),
}
