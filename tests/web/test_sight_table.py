"""The page that says who sees what is the rules that run."""

from commonroot.web.sight_table import write_sight_table
from docs.pages import ROOT


def test_the_page_is_what_the_rules_say():
    assert (ROOT / "docs" / "who-sees-what.md").read_text() == write_sight_table()
