"""Every sentence that is written below the pages is marked, so that it has its Spanish."""

import ast
import re
from pathlib import Path

import pytest

import commonroot
from commonroot.intake.headers import FIELDS
from commonroot.intake.sources.text import DELIMITERS
from commonroot.intake.words import FIELD_WORDS, GUESS_WORDS, MEANINGS
from parsing import parse as read_tree

ROOT = Path(commonroot.__file__).parent
FOLDERS = ("intake", "charts", "briefs", "domain/records", "domain/network")
MODULES = sorted(
    str(path.relative_to(ROOT))
    for folder in FOLDERS
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)
MARKS = ("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext")
ERRORS = ("Error", "refuse_nothing_left")
WORD = re.compile(r"[(\"'«-]*[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?)\"'»]*")
HOLE = "…"

# What stands in no mark, each with its reason: a module or a folder, and in it the name of
# a table or the beginning of a sentence.
UNMARKED = {
    "briefs/brief.py --from": "an option of the command line",
    "briefs/brief.py Asking chance": "progress of the command line",
    "briefs/brief.py The sheet could not be written": "an option of the command line",
    "briefs/facts.py no rate: fewer": "left: stands in brief.json, in English",
    "briefs/groups.py POOLED": "marked in sheet.py, where it is said",
    "briefs/groups.py UNLISTED": "left: a group that the sheet does not name",
    "briefs/groups.py there are no estimates": "for whoever writes the program",
    "briefs/patterns.py With": "an option of the command line",
    "briefs/releases": "said by the command `release`, which speaks English",
    "briefs/render.py SCREEN_FONT": "names of fonts",
    "briefs/render.py the PDF": "for whoever writes the program",
    "briefs/rows.py The bell": "a mapping is written for the command line",
    "briefs/scan_baselines.py": "options of the command line",
    "briefs/scan_release.py a pattern": "for whoever writes the program",
    "charts/columns.py a series": "for whoever writes the program",
    "domain/network/school_years.py": "for whoever writes the program",
    "domain/network/rules.py": "rules are told in docs/who-sees-what.md alone",
    "domain/records/rules.py": "rules are told in docs/who-sees-what.md alone",
    "domain/network/first_person.py": "said by the command `begin`, which speaks English",
    "domain/network/role_words.py ROLE_WORDS": "what files write, not what we say",
    "domain/network/sight.py own place": "stands in docs/who-sees-what.md",
    "domain/network/made_region.py": "the names of the made-up region",
    "domain/records/offered.py USUAL": "labels as schools write them",
    "intake/dates.py MONTHS": "what files write, not what we say",
    "intake/enrolment.py HEADERS": "what files write, not what we say",
    "intake/enrolment.py FAMILIES": "what files write, not what we say",
    "intake/fields.py school, date, time": "a code, whose words are in MEANINGS",
    "intake/grain.py number among equals": "goes into a hash",
    "intake/incidents.py Looking at every row": "progress of the command line",
    "intake/incidents.py Keeping what is needed": "progress of the command line",
    "intake/incidents.py Reading the file": "progress of the command line",
    "intake/incidents.py same as row": "stands in left-behind.csv",
    "intake/labels.py WITHHELD": "marked in sheet.py; pages say it too",
    "intake/mapping.py # ": "a comment in a mapping, which is a file's format",
    "intake/roster/plain_columns.py HEADERS": "what files write, not what we say",
    "intake/roster/plain_columns.py STUDENT_HEADERS": "what files write",
    "intake/roster/rules.py EFFECTS": "stands in docs/roster.md",
    "intake/school_days.py BOUNDARY": "what calendars write, not what we say",
    "intake/sources/pages.py web page with": "a code, whose words are in MEANINGS",
    "intake/sources/text.py escaped by": "a code, whose words are in MEANINGS",
    "intake/sources/text.py taken as plain": "a code, whose words are in MEANINGS",
    "intake/words.py FURTHER_DOWN": "a code, whose words stand beside it",
    "intake/words.py MEANINGS": "codes, each with its words marked",
}


def is_sentence(text):
    """Three words in a row are something that somebody is told.

    >>> is_sentence("The file is empty."), is_sentence("too-many-cells")
    (True, False)
    """
    run = 0
    for piece in text.split():
        run = run + 1 if WORD.fullmatch(piece) else 0
        if run == 3:
            return True
    return False


def read_text(node):
    """Read a plain text, or an f-string with holes in it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else HOLE
            for part in node.values
        )
    return None


def is_mark(node):
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in MARKS
    )


def is_docstring(node):
    return isinstance(node, ast.Expr) and read_text(node.value) is not None


def name_table(node):
    """Name the constant that a statement of a module makes."""
    targets = getattr(node, "targets", [getattr(node, "target", None)])
    return targets[0].id if isinstance(targets[0], ast.Name) else ""


def find_unmarked(tree):
    """Find sentences outside of every mark, with the table that they stand in."""

    def look(node, table):
        if is_mark(node) or is_docstring(node):
            return
        text = read_text(node)
        if text is None:
            for child in ast.iter_child_nodes(node):
                yield from look(child, table)
        elif is_sentence(text):
            yield table, text

    for statement in tree.body:
        yield from look(statement, name_table(statement))


def find_unsaid(tree):
    """Find errors that are raised with a constant, which nobody says in a language."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", "")
        if name.endswith(ERRORS):
            yield from (
                each.id
                for each in node.args
                if isinstance(each, ast.Name) and each.id.isupper()
            )


def explain(module, table, text):
    """Find the reason for which a sentence stands in no mark."""
    for key, reason in UNMARKED.items():
        if covers(key, module, table, text):
            return reason
    return None


def covers(key, module, table, text):
    where, _space, what = key.partition(" ")
    is_there = module == where or module.startswith(f"{where}/")
    return is_there and (table == what or text.startswith(what))


def parse(module):
    return read_tree((ROOT / module).read_text())


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_marked(module):
    found = find_unmarked(parse(module))

    assert [each for each in found if not explain(module, *each)] == []
    assert list(find_unsaid(parse(module))) == []


def test_no_exception_has_outlived_its_sentence():
    used = {
        key
        for module in MODULES
        for table, text in find_unmarked(parse(module))
        for key in UNMARKED
        if covers(key, module, table, text)
    }

    assert set(UNMARKED) - used == set()


class Unmark(ast.NodeTransformer):
    """Takes one mark away: the nth of a module that holds a sentence."""

    def __init__(self, wanted):
        self.wanted = wanted
        self.seen = 0

    def visit_Call(self, node):
        self.generic_visit(node)
        if is_mark(node) and is_sentence(read_text(node.args[0]) or ""):
            self.seen += 1
            if self.seen == self.wanted:
                return node.args[0]
        return node


def test_a_mark_that_is_taken_away_is_found():
    """Not one mark in all these modules could be forgotten."""
    taken = 0
    for module in MODULES:
        count = Unmark(0)
        count.visit(parse(module))
        before = len(list(find_unmarked(parse(module))))
        for wanted in range(1, count.seen + 1):
            tree = Unmark(wanted).visit(parse(module))
            missed = [
                each for each in find_unmarked(tree) if not explain(module, *each)
            ]
            # In a table of exceptions nothing is missed: it is no table of sentences.
            assert missed or len(list(find_unmarked(tree))) > before
            taken += 1
    assert taken > 200


def test_every_field_and_every_guess_has_a_name():
    assert set(FIELD_WORDS) == {*FIELDS, "groups"}
    assert set(DELIMITERS.values()) <= set(MEANINGS)
    assert set(list_guesses()) - {"unmapped_labels"} == set(GUESS_WORDS)


def list_guesses():
    """List the names under which the intake writes down a guess."""
    for path in (ROOT / "intake").rglob("*.py"):
        for node in ast.walk(read_tree(path.read_text())):
            if isinstance(node, ast.Assign | ast.AnnAssign):
                target = getattr(node, "target", None) or node.targets[0]
                if isinstance(target, ast.Subscript) and holds_guesses(target.value):
                    yield ast.literal_eval(target.slice)
                if holds_guesses(target) and isinstance(node.value, ast.Dict):
                    yield from map(ast.literal_eval, node.value.keys)
    yield from ("system", "dates", "columns")


def holds_guesses(node):
    name = getattr(node, "id", getattr(node, "attr", ""))
    if isinstance(node, ast.Subscript):
        name = getattr(node.slice, "value", "")
    return name in ("guesses", "account")
