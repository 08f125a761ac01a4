"""The Spanish sheet says what the English one says, and nothing of it in English."""

import json
import re

import pytest

from briefs.small_school import (
    make_rows,
    write_calendar,
    write_enrolment,
    write_rows,
)
from commonroot.briefs.brief import Request, count_file, make_brief, scan_counted
from commonroot.briefs.patterns import ScanRequest
from commonroot.briefs.sheet import make_sheet
from commonroot.languages import speaking

WORD = re.compile(r"[a-zA-Z]{3,}")
# Labels of the file, and what a file calls its source: they are the school's own.
OWN = {
    "Larch Hill Elementary",
    "Classroom",
    "Playground",
    "Bus",
    "Cafeteria",
    "Defiance",
    "Disruption",
    "Fighting",
    "Parent Contact",
    "In-School Suspension",
    "Race/Ethnicity",
    "White",
    "Hispanic",
}
# Names of fields, which are no text.
KEYS = {"name", "language", "signals", "direction", "shape"}


def list_texts(value, key=""):
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from list_texts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from list_texts(each, key)


def list_numbers(value):
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return []
    if isinstance(value, dict):
        return [n for each in value.values() for n in list_numbers(each)]
    if isinstance(value, list):
        return [n for each in value for n in list_numbers(each)]
    return [value]


@pytest.fixture(params=[240, 700, 25, 3], ids=lambda number: f"{number} incidents")
def larch_hill(tmp_path, request):
    rows = make_rows(request.param)
    if request.param == 700:
        for row in rows[:90]:
            row.update({"Location": "Bus", "Behavior": "Fighting", "Grade": 4})
    return Request(
        write_rows(tmp_path / "incidents.csv", rows),
        enrolment=write_enrolment(tmp_path / "enrolment.csv"),
        calendar=write_calendar(tmp_path / "calendar.csv"),
    )


def write(request, language):
    with speaking(language):
        counted = count_file(request, lambda message, share: None)
        found = scan_counted(
            counted, ScanRequest(replicates=199), lambda message, share: None, (0, 1)
        )
        return make_sheet(counted.facts, counted.intake, found, source="a file")


def test_no_sentence_of_the_spanish_sheet_is_the_english_one(larch_hill):
    english = set(list_texts(write(larch_hill, "en")))
    spanish = set(list_texts(write(larch_hill, "es")))

    same = {
        text for key, text in english & spanish if key not in KEYS and WORD.search(text)
    }

    assert len(english) > 50
    assert same - OWN == set()


def test_both_languages_tell_the_same_numbers(larch_hill):
    def read(language):
        with speaking(language):
            files = make_brief(larch_hill, scan=ScanRequest(replicates=199)).files
        return json.loads(files["brief.json"])

    english, spanish = read("en"), read("es")

    assert len(list_numbers(english)) > 5
    assert list_numbers(spanish) == list_numbers(english)


def test_the_page_and_the_print_name_their_language(larch_hill):
    with speaking("es"):
        files = make_brief(larch_hill, scan=ScanRequest(replicates=199)).files

    assert b'<html lang="es">' in files["brief.html"]
    assert b"/Lang(es)" in files["brief.pdf"]
