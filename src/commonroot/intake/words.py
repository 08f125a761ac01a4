"""What the codes of a report mean, for whoever reads it, in the language that is spoken.

A report is kept in codes and in the words of the file. What is said of it is put
together when it is shown, because its next reader may speak another language.
"""

import re
from collections.abc import Sequence

from commonroot.languages import ENGLISH, find_language, gettext_noop
from commonroot.languages import gettext as _

FIELD_WORDS = {
    "incident_id": gettext_noop("incident id"),
    "date": gettext_noop("date"),
    "time": gettext_noop("time"),
    "period": gettext_noop("period"),
    "school": gettext_noop("school"),
    "school_year": gettext_noop("school year"),
    "location": gettext_noop("location"),
    "behaviour": gettext_noop("behavior"),
    "motivation": gettext_noop("motivation"),
    "severity": gettext_noop("severity"),
    "role": gettext_noop("role"),
    "student": gettext_noop("student"),
    "grade": gettext_noop("grade"),
    "response": gettext_noop("response"),
    "days_removed": gettext_noop("days removed"),
    "reporter": gettext_noop("reporter"),
    "kind": gettext_noop("kind"),
    "deleted": gettext_noop("deleted"),
    "groups": gettext_noop("groups"),
}
GUESS_WORDS = {
    "format": gettext_noop("format"),
    "encoding": gettext_noop("encoding"),
    "delimiter": gettext_noop("delimiter"),
    "preamble_rows": gettext_noop("rows above the header"),
    "quotes": gettext_noop("quotes"),
    "namespace": gettext_noop("namespace"),
    "sheet": gettext_noop("sheet"),
    "sheets": gettext_noop("sheets"),
    "tables": gettext_noop("tables"),
    "list": gettext_noop("list"),
    "system": gettext_noop("system"),
    "dates": gettext_noop("dates"),
    "columns": gettext_noop("columns"),
    "days_not_read": gettext_noop("days not read"),
    "times_not_read": gettext_noop("times not read"),
    "entry_time_defaults": gettext_noop("times that a program filled in"),
    "rows_with_default_time": gettext_noop("rows with such a time"),
    "rows_without_incident_id": gettext_noop("rows without incident id"),
    "incidents_proposed_by": gettext_noop("incidents proposed by"),
    "rows_merged_into_incidents": gettext_noop("rows merged into incidents"),
    "mapping_labels_not_found": gettext_noop("labels not found"),
    "school_years_left_out": gettext_noop("school years left out"),
}
# What a guess may be, where that is no number and no word of the file.
MEANINGS = {
    "text": gettext_noop("text"),
    "workbook": gettext_noop("workbook"),
    "web page with a table": gettext_noop("web page with a table"),
    "comma": gettext_noop("comma"),
    "tab": gettext_noop("tab"),
    "semicolon": gettext_noop("semicolon"),
    "pipe": gettext_noop("pipe"),
    "caret": gettext_noop("caret"),
    "escaped by a backslash": gettext_noop("escaped by a backslash"),
    "taken as plain characters, because one never closes": gettext_noop(
        "taken as plain characters, because one never closes"
    ),
    "school, date, time and location": gettext_noop("school, date, time and location"),
    "(not shown)": gettext_noop("(not shown)"),
}
WAYS = {
    "Excel serial": gettext_noop("Excel serial"),
    "compact": gettext_noop("compact"),
    "named month": gettext_noop("named month"),
    "month first": gettext_noop("month first"),
    "day first": gettext_noop("day first"),
}
FURTHER_DOWN = " (found further down)"
NUMBERS_WITH = "numbers with "
# Guesses whose words are the program's own, never the file's.
OURS = ("format", "encoding", "delimiter", "quotes", "list", "incidents_proposed_by")
COLUMN = re.compile(r"\(column (\d+)\)")


def say_field(name: str) -> str:
    """Say the name of a field; what is no field is said as it is.

    >>> say_field("days_removed"), say_field("'Offense ID'")
    ('days removed', "'Offense ID'")
    """
    return _(FIELD_WORDS[name]) if name in FIELD_WORDS else name


def call_field(name: str) -> str:
    """Call a field what a mapping calls it, or in another language what it is.

    >>> call_field("days_removed")
    'days_removed'
    """
    return name if find_language() == ENGLISH else say_field(name)


def say_header(shown: str) -> str:
    """Say a header as it may be shown: its own words, or the number of its column.

    >>> from commonroot.languages import speaking
    >>> with speaking("es"):
    ...     say_header("(column 3)"), say_header("Place")
    ('(columna 3)', 'Place')
    """
    found = COLUMN.fullmatch(shown)
    return _("(column {number})").format(number=found[1]) if found else shown


def say_taken(name: str, header: str) -> str:
    """Say which of two headers that say the same a field is taken from."""
    return _("{field} is taken from {header!r}").format(
        field=call_field(name), header=header
    )


def say_way(way: str) -> str:
    """Say a way of writing dates.

    >>> say_way("numbers with /"), say_way("ISO")
    ('numbers with /', 'ISO')
    """
    if way.startswith(NUMBERS_WITH):
        sign = way.removeprefix(NUMBERS_WITH)
        return _("numbers with {sign}").format(sign=sign)
    return _(WAYS[way]) if way in WAYS else way


def say_guess(name: str) -> str:
    """Say what was guessed.

    >>> say_guess("preamble_rows"), say_guess("some_new_one")
    ('rows above the header', 'some new one')
    """
    return _(GUESS_WORDS[name]) if name in GUESS_WORDS else name.replace("_", " ")


def say_guessed(name: str, guessed: object) -> str:
    """Say what a guess was; the words of the file are left as they are.

    >>> say_guessed("dates", "ISO and month first"), say_guessed("sheet", 2)
    ('ISO and month first', '2')
    >>> say_guessed("encoding", "cp1252 (found further down)")
    'cp1252 (found further down)'
    """
    if isinstance(guessed, list):
        return ", ".join(map(str, guessed))
    told = str(guessed)
    if name == "dates":
        return join_ways([say_way(way) for way in told.split(" and ")])
    if name == "encoding" and told.endswith(FURTHER_DOWN):
        encoding = told.removesuffix(FURTHER_DOWN)
        return _("{encoding} (found further down)").format(encoding=encoding)
    return _(MEANINGS[told]) if name in OURS and told in MEANINGS else told


def join_ways(ways: Sequence[str]) -> str:
    """Join ways of writing dates that one column has."""
    if len(ways) < 2:
        return "".join(ways)
    return _("{several} and {last}").format(several=join_ways(ways[:-1]), last=ways[-1])
