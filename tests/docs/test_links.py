"""Every link of the pages leads somewhere."""

import re

import pytest

from docs.pages import list_pages, name_page

LINK = re.compile(r"\[[^\]\[]*(?:\[[^\]]*\])?[^\]\[]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^ *```.*?^ *```$", re.M | re.S)


def make_anchor(heading: str) -> str:
    """Make the anchor of a heading, as the usual viewers do."""
    bare = re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower())
    return bare.strip().replace(" ", "-")


@pytest.mark.parametrize("page", list_pages(), ids=name_page)
def test_relative_links_lead_somewhere(page):
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    for target in LINK.findall(text):
        if target.startswith(("https://", "http://")):
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{target} leads nowhere"
        if anchor:
            told = FENCED.sub("", found.read_text(encoding="utf-8"))
            anchors = {
                make_anchor(heading) for heading in re.findall(r"^#+ (.+)$", told, re.M)
            }
            assert anchor in anchors, f"{target}: there is no such heading"


def test_the_pattern_finds_pictures_and_links():
    assert LINK.findall("![A](a.png) and [b](c.md#d)") == ["a.png", "c.md#d"]


@pytest.mark.parametrize("page", list_pages(), ids=name_page)
def test_pages_name_no_place_of_one_machine(page):
    text = page.read_text(encoding="utf-8")
    assert not re.findall(r"(?:^|[\s(`])/(?:work|home|root|Users|tmp)/\S*", text)
