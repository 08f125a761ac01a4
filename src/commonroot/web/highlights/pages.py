"""The pages of highlights, and who is let in."""

from collections.abc import Mapping

from commonroot.domain.highlights.rules import MAKE_YEAR, SEE_YEAR
from commonroot.web.shell.page import Page

PAGES: Mapping[str, Page] = {
    "highlights:list-years": Page(
        SEE_YEAR, note="published ones, and one's own drafts"
    ),
    "highlights:begin-year": Page(MAKE_YEAR, about="place", changes=True),
    "highlights:show-year": Page(SEE_YEAR, about="year"),
    "highlights:print-year": Page(SEE_YEAR, about="year"),
    "highlights:picture-year": Page(SEE_YEAR, about="year"),
    "highlights:tell-year": Page(SEE_YEAR, about="year"),
    "highlights:open-number": Page(
        SEE_YEAR,
        about="number of a year",
        note="as far as one may see what is behind it",
    ),
    "highlights:make-year": Page(MAKE_YEAR, about="year"),
    "highlights:write-year": Page(MAKE_YEAR, about="year", changes=True),
    "highlights:translate-year": Page(MAKE_YEAR, about="year", changes=True),
    "highlights:draw-number": Page(MAKE_YEAR, about="year", changes=True),
    "highlights:leave-out": Page(MAKE_YEAR, about="year", changes=True),
    "highlights:publish-year": Page(MAKE_YEAR, about="year", changes=True),
    "highlights:withdraw-year": Page(MAKE_YEAR, about="year", changes=True),
    "highlights:check-number": Page(MAKE_YEAR, about="highlight", changes=True),
}
