"""Detail goes when it was kept long enough, and a student when it is asked for."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied

from briefs.small_school import make_rows, write_rows
from commonroot.domain.audit.models import Line
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.records.choices import EntriesCount, ImportState
from commonroot.domain.records.erasure_actions import (
    ErasureError,
    erase_student,
    find_key,
)
from commonroot.domain.records.expiry_actions import (
    expire_records,
    set_aside_old,
    set_rule,
)
from commonroot.domain.records.models import (
    Erasure,
    Import,
    Incident,
    KeptYear,
    Version,
)
from commonroot.domain.records.queries import kept_years_seen_by, read_school
from commonroot.intake import MappingError

LAST_KEPT_DAY = dt.date(2028, 6, 30)
FIRST_EXPIRED_DAY = dt.date(2028, 7, 1)


@pytest.fixture
def file(tmp_path):
    return write_rows(tmp_path / "incidents.csv", make_rows(200, students=80))


def take_in_file(cast, path):
    given = give_file(by=cast.Ana, school=cast.Oak, path=path, name=path.name)
    return take_in(by=cast.Ana, given=given)


def test_detail_stays_until_the_end_of_the_third_school_year(cast, file):
    take_in_file(cast, file)

    assert expire_records(on=LAST_KEPT_DAY) == []
    assert Version.objects.count() == 200

    (erasure,) = expire_records(on=FIRST_EXPIRED_DAY)

    assert erasure.school_year == "2025-26"
    assert erasure.report == {"incidents": 200, "versions": 200, "numbers_kept": True}
    assert (Version.objects.count(), Incident.objects.count()) == (0, 0)
    assert verify_log().broken_at is None


def test_released_numbers_of_the_year_stay(cast, file):
    take_in_file(cast, file)
    expire_records(on=FIRST_EXPIRED_DAY)

    kept = KeptYear.objects.get()

    assert kept.document["counts"]["incidents"] == 200
    assert sum(row["incidents"] or 0 for row in kept.document["slices"]["month"]) <= 200
    assert "student" not in json.dumps(kept.document["situations"]).replace(
        '"students"', ""
    )
    assert list(kept_years_seen_by(cast.Ana, cast.Oak)) == [kept]
    assert list(kept_years_seen_by(cast.Noor, cast.Oak)) == []


def test_twice_is_once(cast, file):
    take_in_file(cast, file)
    expire_records(on=FIRST_EXPIRED_DAY)

    assert expire_records(on=FIRST_EXPIRED_DAY) == []
    assert (KeptYear.objects.count(), Erasure.objects.count()) == (1, 1)


def test_a_year_that_is_gone_does_not_come_back_with_a_file(cast, file, tmp_path):
    take_in_file(cast, file)
    expire_records(on=FIRST_EXPIRED_DAY)

    with pytest.raises(MappingError, match="no longer keeps"):
        take_in_file(cast, file)

    rows = make_rows(60, students=30)
    for row in rows[:20]:
        row["Incident Date"] = "10/07/2024"
    given = take_in_file(cast, write_rows(tmp_path / "new.csv", rows))
    assert given.plan["new"] == 20
    assert given.report["rows_of_years_not_kept"] == 40


def test_a_school_that_keeps_one_year_lets_go_sooner(cast, file):
    take_in_file(cast, file)
    set_rule(
        by=cast.Ben,
        school=cast.Oak,
        years_kept=1,
        entries_count=EntriesCount.UNTIL_A_FILE,
    )

    assert expire_records(on=dt.date(2026, 6, 30)) == []
    assert len(expire_records(on=dt.date(2026, 7, 1))) == 1


@pytest.mark.parametrize("name", ["Ana", "Grace", "Noor", "Mara", "Elena", "Lee"])
def test_only_the_principal_says_how_long(cast, name):
    with pytest.raises(PermissionDenied):
        set_rule(
            by=cast.people[name],
            school=cast.Oak,
            years_kept=1,
            entries_count=EntriesCount.ALWAYS,
        )


def test_a_file_that_waits_for_a_month_is_set_aside(cast, file):
    given = give_file(by=cast.Ana, school=cast.Oak, path=file, name=file.name)
    day = given.given.date()

    assert set_aside_old(day + dt.timedelta(days=29)) == 0
    assert set_aside_old(day + dt.timedelta(days=32)) == 1
    found = Import.objects.get()
    assert (found.state, found.draft) == (ImportState.SET_ASIDE, None)


def erase(cast, number="1003", by=None):
    return erase_student(
        by=by or cast.Ben, school=cast.Oak, number=number, reason="the family, 3 March"
    )


def dump():
    return json.dumps(
        [
            list(Version.objects.values_list("rows", flat=True)),
            list(Erasure.objects.values("reason", "report")),
            list(Line.objects.values("verb", "kind", "key", "reason")),
        ],
        default=str,
    )


def test_an_erased_student_is_in_no_record_and_the_incidents_stay(cast, file):
    take_in_file(cast, file)
    key = find_key("1003")
    assert f'"student": {key}'.replace('"', '\\"') in dump()

    erasure = erase(cast)

    assert erasure.report["found"] is True
    assert str(key) not in dump()
    rows = read_school(cast.Ana, cast.Oak).intake.rows
    assert rows.height == 200
    assert rows["student"].null_count() > 0
    cleared = rows.filter(rows["student"].is_null())
    assert cleared["group: Race/Ethnicity"].null_count() == cleared.height


def test_the_next_file_does_not_bring_an_erased_student_back(cast, file):
    take_in_file(cast, file)
    erase(cast)

    again = take_in_file(cast, file)

    assert again.plan == {
        "new": 0,
        "changed": 0,
        "unchanged": 200,
        "not_in_the_file": 0,
    }
    assert str(find_key("1003")) not in dump()


def test_other_students_are_left_as_they_are(cast, file):
    take_in_file(cast, file)
    before = dict(Version.objects.values_list("pk", "rows"))
    key = find_key("1003")
    erase(cast)

    changed = {
        pk
        for pk, rows in Version.objects.values_list("pk", "rows")
        if rows != before[pk]
    }
    assert changed == {pk for pk, rows in before.items() if f'"student": {key}' in rows}


def test_waiting_files_are_set_aside_since_they_hold_the_key(cast, file):
    give_file(by=cast.Ana, school=cast.Oak, path=file, name=file.name)

    assert erase(cast).report == {"found": False, "files_set_aside": 1}
    assert Import.objects.get().draft is None


@pytest.mark.parametrize("number", ["", "  ", "n/a"])
def test_nobody_is_erased_without_a_number(cast, number):
    with pytest.raises(ErasureError):
        erase(cast, number=number)


@pytest.mark.parametrize("name", ["Ana", "Grace", "Noor", "Mara", "Elena", "Lee"])
def test_only_the_principal_erases(cast, name):
    with pytest.raises(PermissionDenied):
        erase(cast, by=cast.people[name])
