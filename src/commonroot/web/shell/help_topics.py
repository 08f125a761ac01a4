"""Help: a short text for every page, in every language of the site."""

from collections.abc import Mapping
from importlib.resources import files

from markdown_it import MarkdownIt

TOPICS = (
    "begin",
    "places",
    "people",
    "school",
    "files",
    "sheet",
    "entry",
    "days",
    "keeping",
    "teams",
    "partnerships",
    "learning",
    "coaching",
    "connections",
    "convenings",
    "week",
    "highlights",
)
# The topic of each page; those of signing in and of one's account have the first.
OF_PAGE: Mapping[str, str] = {
    "network:list-places": "places",
    "network:show-place": "places",
    "shell:search": "places",
    "network:list-people": "people",
    "network:invite-person": "people",
    "network:describe-role": "people",
    "network:end-role": "people",
    "network:accept-invitation": "people",
    "records:list-files": "files",
    "records:show-file": "files",
    "records:show-sheet": "sheet",
    "records:enter": "entry",
    "records:tally": "entry",
    "records:list-logging-days": "days",
    "records:show-keeping": "keeping",
    "records:show-kept-year": "keeping",
}


def find_topic(page: str) -> str:
    """Find the topic of a page; about places and people of a school unless it is told.

    >>> find_topic("records:tally"), find_topic("account_login"), find_topic("network:keep-groups")
    ('entry', 'begin', 'school')
    """
    area = page.partition(":")[0]
    usual = {"network": "school"}.get(area, area if area in TOPICS else TOPICS[0])
    return OF_PAGE.get(page, usual)


def read_help(topic: str, language: str) -> str:
    """Read a topic as HTML, in English where a language has none.

    Raises KeyError for a topic that there is not.
    """
    if topic not in TOPICS:
        raise KeyError(topic)
    folder = files("commonroot.web.shell") / "help"
    path = folder / language / f"{topic}.md"
    text = path if path.is_file() else folder / "en" / f"{topic}.md"
    return str(MarkdownIt("js-default").render(text.read_text(encoding="utf-8")))
