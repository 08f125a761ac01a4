"""A file is taken in whole or not at all, twice is once, and all of it can be undone."""

import csv
import json
import random
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from briefs.small_school import make_rows, write_rows
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.records import actions
from commonroot.domain.records.actions import give_file, take_in, undo
from commonroot.domain.records.choices import ImportState
from commonroot.domain.records.erasure_actions import erase_student, find_key
from commonroot.domain.records.models import Import, Incident, Telling, Version
from commonroot.domain.records.queries import (
    NotForThisViewerError,
    read_school,
    versions_seen_by,
)
from commonroot.domain.records.rows import (
    read_rows,
    read_told,
    tell_incidents,
    unpack,
    unpack_told,
)
from commonroot.intake import UnreadableFileError, read_incidents


@pytest.fixture
def file(tmp_path):
    return write_rows(tmp_path / "incidents.csv", make_rows(60, students=30))


def change(path, target, edit):
    """Write a copy of a file with its rows edited."""
    with path.open(newline="") as source:
        rows = list(csv.DictReader(source))
    rows = edit(rows) or rows
    with target.open("w", newline="") as sink:
        writer = csv.DictWriter(sink, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return target


def give(cast, path, **more):
    by = more.get("by", cast.Ana)
    return give_file(by=by, school=cast.Oak, path=Path(path), name=Path(path).name)


def count_current():
    return Incident.objects.filter(current__isnull=False).count()


def snapshot():
    return dict(
        Incident.objects.filter(current__isnull=False).values_list(
            "key", "current__digest"
        )
    )


def test_nothing_counts_before_somebody_says_yes(cast, file):
    given = give(cast, file)

    assert (given.plan["new"], count_current()) == (60, 0)
    assert read_school(cast.Ana, cast.Oak) is None


def test_the_same_file_twice_changes_nothing(cast, file):
    take_in(by=cast.Ana, given=give(cast, file))
    before, versions = snapshot(), Version.objects.count()

    again = take_in(by=cast.Ana, given=give(cast, file))

    assert again.plan == {"new": 0, "changed": 0, "unchanged": 60, "not_in_the_file": 0}
    assert (snapshot(), Version.objects.count()) == (before, versions)


def test_the_order_of_rows_makes_no_difference(cast, file, tmp_path):
    take_in(by=cast.Ana, given=give(cast, file))
    mixed = change(
        file, tmp_path / "mixed.csv", lambda rows: random.Random(1).shuffle(rows)
    )

    assert give(cast, mixed).plan["unchanged"] == 60


def test_a_corrected_file_updates_and_what_it_lacks_stays(cast, file, tmp_path):
    take_in(by=cast.Ana, given=give(cast, file))

    def correct(rows):
        rows[0]["Location"] = "Library"
        return rows[:50]

    given = take_in(
        by=cast.Ana, given=give(cast, change(file, tmp_path / "new.csv", correct))
    )

    assert given.plan["changed"] == 1
    assert given.plan["unchanged"] == 49
    assert given.plan["not_in_the_file"] <= 10
    assert count_current() == 60


def test_an_import_is_undone_whole_in_any_order(cast, file, tmp_path):
    first = take_in(by=cast.Ana, given=give(cast, file))
    before = snapshot()

    def correct(rows):
        for row in rows[:20]:
            row["Location"] = "Library"

    second = take_in(
        by=cast.Ana, given=give(cast, change(file, tmp_path / "new.csv", correct))
    )
    assert snapshot() != before

    undo(by=cast.Ben, given=second)
    assert snapshot() == before
    undo(by=cast.Ben, given=first)
    assert snapshot() == {}


def test_undoing_the_first_leaves_what_the_second_says(cast, file, tmp_path):
    first = take_in(by=cast.Ana, given=give(cast, file))
    second = take_in(
        by=cast.Ana,
        given=give(cast, change(file, tmp_path / "new.csv", lambda rows: rows[:20])),
    )

    undo(by=cast.Ana, given=first)

    assert second.plan["changed"] < 20
    # What the second only said again stands with it.
    assert count_current() == 20
    undo(by=cast.Ana, given=second)
    assert count_current() == 0
    assert verify_log().broken_at is None


def test_the_same_file_given_twice_stands_when_one_of_them_is_undone(cast, file):
    first, second = (take_in(by=cast.Ana, given=give(cast, file)) for _ in range(2))
    before = snapshot()

    undo(by=cast.Ben, given=first)
    assert snapshot() == before
    undo(by=cast.Ben, given=second)
    assert snapshot() == {}


def test_what_goes_at_a_students_request_goes_from_what_files_said(cast, file):
    given = take_in(by=cast.Ana, given=give(cast, file))
    said = dict(unpack_told(bytes(Telling.objects.get(given=given).packed)))
    erase_student(by=cast.Ben, school=cast.Oak, number="1003", reason="asked")
    left = dict(unpack_told(bytes(Telling.objects.get(given=given).packed)))

    assert 0 < len(said) - len(left) < 20
    assert left.items() < said.items()


def count_kept():
    return (Incident.objects.count(), Version.objects.count())


def test_nothing_of_a_file_counts_until_all_of_it_does(cast, file):
    seen = []

    def look(share):
        seen.append((share, count_current(), Version.objects.count() > 0))

    take_in(by=cast.Ana, given=give(cast, file), progress=look)

    assert seen == [(1.0, 0, True)]
    assert count_current() == 60


def test_what_a_killed_process_left_is_seen_by_nobody_and_written_anew(cast, file):
    given = give(cast, file)
    actions.stage(given, lambda share: None)

    assert read_school(cast.Ana, cast.Oak) is None
    assert Version.objects.count() == 60
    take_in(by=cast.Ana, given=given)
    assert (count_current(), Version.objects.count()) == (60, 60)


def test_a_file_that_is_set_aside_while_it_is_written_leaves_nothing(cast, file):
    given = give(cast, file)

    ended = take_in(
        by=cast.Ana, given=given, progress=lambda share: undo(by=cast.Ben, given=given)
    )

    assert (ended.state, count_kept()) == (ImportState.SET_ASIDE, (0, 0))


def test_a_student_who_is_erased_while_a_file_is_written_is_not_in_it(cast, file):
    given = give(cast, file)
    student = str(make_rows(60, students=30)[0]["Student ID"])

    ended = take_in(
        by=cast.Ana,
        given=given,
        progress=lambda share: erase_student(
            by=cast.Ben, school=cast.Oak, number=student, reason="asked for"
        ),
    )

    assert (ended.state, count_kept()) == (ImportState.SET_ASIDE, (0, 0))


def test_what_was_written_of_an_earlier_state_is_written_anew(cast, file, tmp_path):
    def correct(rows):
        rows[0]["Location"] = "Library"

    first, second = (
        give(cast, file),
        give(cast, change(file, tmp_path / "b.csv", correct)),
    )
    actions.stage(second, lambda share: None)
    take_in(by=cast.Ana, given=first)
    ended = actions.settle(cast.Ana, second, "test")

    assert (ended.state, ended.plan["new"], ended.plan["changed"]) == (
        ImportState.TAKEN_IN,
        0,
        1,
    )
    assert count_kept() == (60, 61)


def test_a_waiting_file_holds_only_what_it_would_write(cast, file, tmp_path):
    take_in(by=cast.Ana, given=give(cast, file))

    def correct(rows):
        rows[0]["Location"] = "Library"

    waiting = give(cast, change(file, tmp_path / "new.csv", correct))
    rows, told = unpack(bytes(waiting.draft)), waiting.telling.packed

    assert (rows.height, read_told(bytes(told)).height) == (1, 60)


def test_a_file_is_overtaken_when_what_it_counted_on_was_undone(cast, file):
    first = take_in(by=cast.Ana, given=give(cast, file))
    waiting = give(cast, file)
    undo(by=cast.Ben, given=first)

    overtaken = take_in(by=cast.Ana, given=waiting)

    assert (overtaken.state, overtaken.draft) == (ImportState.OVERTAKEN, None)
    assert count_current() == 0
    assert take_in(by=cast.Ana, given=give(cast, file)).state == ImportState.TAKEN_IN
    assert count_current() == 60


def test_files_that_wait_for_a_yes_together_do_not_overtake_one_another(
    cast, file, tmp_path
):
    rows = make_rows(90, students=30)
    more = write_rows(tmp_path / "more.csv", rows)
    first, second = give(cast, file), give(cast, more)

    assert take_in(by=cast.Ana, given=second).state == ImportState.TAKEN_IN
    assert take_in(by=cast.Ana, given=first).state == ImportState.TAKEN_IN


def test_an_import_that_breaks_on_the_way_leaves_nothing(cast, file, monkeypatch):
    given = give(cast, file)

    def break_off(*arguments, **named):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(actions, "record", break_off)
    with pytest.raises(DatabaseError):
        take_in(by=cast.Ana, given=given)

    assert (count_current(), Version.objects.count()) == (0, 0)
    assert Import.objects.get().state == ImportState.WAITING


def test_a_yes_that_is_said_twice_is_heard_once(cast, file):
    given = give(cast, file)
    take_in(by=cast.Ana, given=given)
    take_in(by=cast.Ana, given=given)

    assert Version.objects.count() == 60
    assert [line.verb for line in actions_of("import")] == ["give", "take in"]


def actions_of(kind):
    from commonroot.domain.audit.models import Line  # noqa: PLC0415  # one test asks

    return Line.objects.filter(kind=kind)


@pytest.mark.parametrize("name", ["Grace", "Noor", "Carla", "Elena", "Lee", "Olga"])
def test_only_the_team_and_the_principal_give_files(cast, file, name):
    with pytest.raises(PermissionDenied):
        give(cast, file, by=cast.people[name])


@pytest.mark.parametrize("name", ["Noor", "Elena", "Farid", "Mara", "Lee", "Olga"])
def test_rows_are_read_for_nobody_whom_no_rule_lets_see_them(cast, name):
    with pytest.raises(NotForThisViewerError):
        versions_seen_by(cast.people[name], cast.Oak)


def test_a_file_that_cannot_be_read_leaves_nothing(cast, tmp_path):
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))

    with pytest.raises(UnreadableFileError):
        give(cast, path)
    assert Import.objects.count() == 0


def test_no_name_and_no_number_of_a_student_is_kept(cast, tmp_path):
    rows = make_rows(40, students=20)
    for row in rows:
        row["Student Name"] = "Zebulon Marker"
        row["Student ID"] = 770_000_000 + int(row["Student ID"])
    given = give(cast, write_rows(tmp_path / "named.csv", rows))
    take_in(by=cast.Ana, given=given)

    kept = json.dumps(list(Version.objects.values_list("rows", flat=True)))
    report = json.dumps(Import.objects.values("report", "mapping", "plan").get())
    assert "Zebulon" not in kept + report
    assert "77000" not in kept + report


def test_rows_come_back_as_they_were(file):
    rows = read_incidents(file).rows
    told = list(tell_incidents(rows))
    back = read_rows((each.key, each.rows) for each in told)

    assert back.height == rows.height
    assert [each.digest for each in tell_incidents(back)] == [e.digest for e in told]


@pytest.mark.parametrize("with_ids", [True, False], ids=["numbered", "not numbered"])
def test_a_part_of_a_file_is_known_whatever_else_a_file_holds(cast, tmp_path, with_ids):
    rows = make_rows(60, students=30)
    for number, row in enumerate(rows):
        row["Incident Date"] = row["Incident Date"].replace("2026", "2025")
        if not with_ids:
            del row["Incident ID"]
        if number % 3 == 0:
            row["Incident Time"] = ""
    take_in(by=cast.Ana, given=give(cast, write_rows(tmp_path / "all.csv", rows)))
    some = [row for row in rows if row["Location"] == "Bus"][::-1]
    for row in some:
        row["School"] = "Larch Hill (K-5)"
    part = give(cast, write_rows(tmp_path / "part.csv", some))

    assert part.plan["unchanged"] == len({tuple(row.items()) for row in some})
    assert (part.plan["new"], part.plan["changed"]) == (0, 0)


def test_who_is_erased_while_a_file_waits_does_not_come_back_with_it(cast, file):
    waiting = give(cast, file)
    key = json.loads(
        erase_and_find_key(cast, "1003"), parse_int=str
    )  # The key that the records would have.
    take_in(by=cast.Ana, given=Import.objects.get(pk=waiting.pk))

    kept = "".join(Version.objects.values_list("rows", flat=True))
    assert f'"student": {key}' not in kept


def erase_and_find_key(cast, number):
    """Erase a student as if the erasure had not seen the file that is being read."""
    waiting = Import.objects.get()
    draft, state, said = waiting.draft, waiting.state, waiting.telling.packed
    erase_student(by=cast.Ben, school=cast.Oak, number=number, reason="asked")
    Import.objects.update(draft=draft, state=state)
    Telling.objects.create(given=waiting, packed=said)
    return str(find_key(number))
