"""The pages of one's week, and who is let in."""

from collections.abc import Mapping

from commonroot.web.shell.page import Page

PAGES: Mapping[str, Page] = {
    "week:show-week": Page(note="one's own week"),
    "week:give-worker": Page(
        public=True, note="a script that holds nothing of anybody"
    ),
}
