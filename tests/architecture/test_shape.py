"""The shape of the program, where import-linter cannot see it."""

import ast
import sys
import typing
from collections.abc import Mapping
from pathlib import Path

import pytest

import commonroot
from commonroot.analysis.disclosure import Released
from commonroot.briefs.facts import Facts
from parsing import parse

ROOT = Path(commonroot.__file__).parent
# The LP solver is what release needs and the compiler what the scan needs; the design
# names both beside numpy.
ANALYSIS_MAY_IMPORT = {
    *sys.stdlib_module_names,
    "commonroot",
    "numpy",
    "highspy",
    "numba",
}
NAMES_WITHOUT_A_HOME = {"utils", "helpers", "common", "manager", "services", "misc"}


def imported_by(path: Path):
    for node in ast.walk(parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "analysis").rglob("*.py")), ids=lambda path: path.stem
)
def test_analysis_imports_only_what_it_may(path):
    assert set(imported_by(path)) - ANALYSIS_MAY_IMPORT == set()


def test_no_module_is_a_drawer_for_leftovers():
    names = {path.stem for path in ROOT.rglob("*")}

    assert names & NAMES_WITHOUT_A_HOME == set()


def test_every_public_function_says_what_it_does():
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for layer in (
            "analysis",
            "charts",
            "engines",
            "intake",
            "briefs",
            "cli",
            "config",
            "domain",
            "web",
        )
        for path in (ROOT / layer).rglob("*.py")
        if "migrations" not in path.parts
        for node in parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def test_tables_of_people_reach_the_sheet_only_as_released():
    hints = typing.get_type_hints(Facts)

    assert [hints[name] for name in ("calendar", "situations", "simple")] == [
        Released,
        Released,
        Mapping[str, Released],
    ]


def test_nothing_outside_the_release_engine_can_seal_a_number():
    """What is sealed can be shown, so only the engine may say that it is."""
    naming = {
        path.relative_to(ROOT).parts[:2]
        for path in ROOT.rglob("*.py")
        for node in ast.walk(parse(path.read_text()))
        if (isinstance(node, ast.ImportFrom) and "SEAL" in {a.name for a in node.names})
        or (isinstance(node, ast.Attribute) and node.attr == "SEAL")
    }

    assert naming == {("analysis", "disclosure")}


@pytest.mark.parametrize(
    "path",
    [
        *(ROOT / "briefs" / f"{name}.py" for name in ("document", "sheet", "render")),
        *sorted((ROOT / "charts").glob("*.py")),
    ],
    ids=lambda path: path.stem,
)
def test_what_draws_a_sheet_cannot_count(path):
    modules = {
        node.module
        for node in ast.walk(parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module
    }

    assert {m for m in modules if "engines" in m or m.endswith("tables")} == set()
