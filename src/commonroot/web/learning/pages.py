"""The pages of learning, and who is let in."""

from collections.abc import Mapping

from commonroot.web.learning.path_pages import PATH_PAGES
from commonroot.web.shell.page import Page

PAGES: Mapping[str, Page] = {**PATH_PAGES}
