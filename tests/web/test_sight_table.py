"""The page that says who sees what is the rules that run."""

import importlib.util

from docs.pages import ROOT


def load_tool():
    path = ROOT / "tools" / "write_sight_table.py"
    spec = importlib.util.spec_from_file_location("write_sight_table", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_rules_say():
    assert (
        ROOT / "docs" / "who-sees-what.md"
    ).read_text() == load_tool().write_sight_table()
