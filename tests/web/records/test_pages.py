"""Files and the sheet, as a team member uses them."""

import datetime as dt
import json
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from briefs.small_school import make_rows, write_calendar, write_enrolment, write_rows
from commonroot.briefs.brief import Request, count_intake, draw_brief, make_brief
from commonroot.domain.audit.models import Line
from commonroot.domain.network.models import Enrolment, SchoolDay
from commonroot.domain.network.school_file_actions import (
    give_enrolment,
    take_in_school_file,
)
from commonroot.domain.records.models import Import
from commonroot.domain.records.queries import read_school
from commonroot.domain.records.sheets import find_sheet
from commonroot.intake import read_enrolment, read_school_days


@pytest.fixture
def file(tmp_path):
    return write_rows(tmp_path / "incidents.csv", make_rows(300, students=120))


def send(client, school, path):
    upload = SimpleUploadedFile(path.name, path.read_bytes())
    return client.post(
        reverse("records:list-files", args=[school.pk]), {"file": upload}
    )


def take_in(client, school, path):
    shown = send(client, school, path)
    key = shown.headers["Location"].strip("/").split("/")[-1]
    client.post(reverse("records:take-in", args=[key]), {"sure": "on"})
    return key


def test_a_file_is_looked_at_taken_in_and_counted(cast, browse, file):
    client = browse(cast.Ana)
    shown = client.get(send(client, cast.Oak, file).headers["Location"])
    page = shown.content.decode()

    assert "What it would do" in page
    assert re.search(r"New incidents</th><td>300<", page)
    assert "incident id</th>" in page
    assert "_" not in re.sub(r"<[^>]*>", "", page.partition("What was understood")[2])
    assert "[&#x27;" not in page
    take_in = reverse("records:take-in", args=[Import.objects.get().pk])
    client.post(take_in)
    assert Import.objects.get().state == "waiting"
    client.post(take_in, {"sure": "on"})
    sheet = client.get(reverse("records:show-sheet", args=[cast.Oak.pk]))
    assert sheet.status_code == 200
    assert "There were 300 incidents" in sheet.content.decode()


def test_rows_add_up(cast, browse, file):
    take_in(browse(cast.Ana), cast.Oak, file)
    report = Import.objects.get().report

    assert report["rows_read"] == (
        report["rows_used"] + report["duplicates"] + report["left_behind"]
    )
    assert report["left_behind"] == sum(report["reasons"].values())


def test_the_sheet_has_the_figures_of_the_command_line(cast, browse, file, tmp_path):
    files = {
        "enrolment": write_enrolment(tmp_path / "enrolment.csv"),
        "calendar": write_calendar(tmp_path / "calendar.csv"),
    }
    load_network(cast.Oak, files)
    take_in(browse(cast.Ana), cast.Oak, file)
    first = dt.date(2025, 9, 1)

    line = make_brief(Request(file, **files, first=first))
    records = read_school(cast.Ana, cast.Oak)
    counted = count_intake(
        records.intake,
        Request(file, first=first),
        records.enrolment,
        records.school_days,
    )
    site = draw_brief(counted, file.name)

    figures = json.loads(line.files["brief.json"])
    # The network has its own name for the school, whatever the file calls it.
    assert json.loads(site.files["brief.json"]) == {**figures, "school": "Oak"}


def load_network(school, files):
    """Give a school in the network what the files of the command line say of it."""
    for each in read_enrolment(files["enrolment"]).counts:
        Enrolment.objects.create(
            school=school,
            school_year=each.school_year or "",
            column="grade" if each.grade else each.group or "",
            value=each.grade or each.value or "",
            students=each.students,
            counted_on=each.date,
            source=each.source or "",
        )
    calendar = read_school_days(files["calendar"])
    days = calendar.find("Larch Hill Elementary")
    SchoolDay.objects.bulk_create(SchoolDay(school=school, day=day) for day in days)


def test_a_bad_file_is_told_in_a_sentence_and_nothing_is_kept(cast, browse, tmp_path):
    path = tmp_path / "letter.csv"
    path.write_text("Dear all,\nthis is a letter.\n")

    answer = send(browse(cast.Ana), cast.Oak, path)

    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert "nothing was changed" in answer.content.decode()
    assert Import.objects.count() == 0


def test_no_file_is_told_too(cast, browse):
    answer = browse(cast.Ana).post(reverse("records:list-files", args=[cast.Oak.pk]))

    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "status"),
    [("Grace", 200), ("Carla", 200), ("Dev", 200), ("Ben", 200)]
    + [
        (each, 404)
        for each in ("Noor", "Mara", "Elena", "Farid", "Lee", "Hugo", "Olga")
    ],
)
def test_the_sheet_is_for_the_school_and_its_coaches(cast, browse, file, name, status):
    take_in(browse(cast.Ana), cast.Oak, file)

    answer = browse(cast.people[name]).get(
        reverse("records:show-sheet", args=[cast.Oak.pk])
    )
    assert answer.status_code == status


def test_the_sheet_speaks_the_language_of_its_reader(cast, browse, file):
    page = browse(cast.Ana)
    take_in(page, cast.Oak, file)
    address = reverse("records:show-sheet", args=[cast.Oak.pk])

    english = page.get(address).content.decode()
    spanish = page.get(address, headers={"accept-language": "es-MX"}).content.decode()

    assert [
        ("Where and when?" in each, "¿Dónde y cuándo?" in each)
        for each in (english, spanish)
    ] == [(True, False), (False, True)]
    assert page.get(address).content.decode() == english


def test_a_sheet_without_records_says_what_to_do(cast, browse):
    page = browse(cast.Ana).get(reverse("records:show-sheet", args=[cast.Oak.pk]))

    assert "can give a file" in page.content.decode()


def test_a_period_without_records_is_told_and_the_address_can_be_kept(
    cast, browse, file
):
    client = browse(cast.Ana)
    take_in(client, cast.Oak, file)
    address = reverse("records:show-sheet", args=[cast.Oak.pk])

    empty = client.get(address, {"from": "2031-01-01"})
    october = client.get(address, {"from": "2025-10-01", "to": "2025-10-31"})

    assert empty.status_code == 422
    assert "There is no incident from 2031-01-01 on." in empty.content.decode()
    assert (
        october.content
        == client.get(
            october.request["PATH_INFO"] + "?" + october.request["QUERY_STRING"]
        ).content
    )


def test_the_sheet_can_run_no_script(cast, browse, file):
    client = browse(cast.Ana)
    take_in(client, cast.Oak, file)

    policy = client.get(reverse("records:show-sheet", args=[cast.Oak.pk])).headers[
        "Content-Security-Policy"
    ]
    assert "script-src 'none'" in policy


def test_the_print_is_a_pdf(cast, browse, file):
    client = browse(cast.Ana)
    take_in(client, cast.Oak, file)

    answer = client.get(reverse("records:print-sheet", args=[cast.Oak.pk]))
    assert answer.content.startswith(b"%PDF")


def test_undone_is_gone_from_the_sheet(cast, browse, file):
    client = browse(cast.Ana)
    key = take_in(client, cast.Oak, file)
    client.post(reverse("records:undo", args=[key]))

    page = client.get(reverse("records:show-sheet", args=[cast.Oak.pk]))
    assert "no records of this school yet" in page.content.decode()


def test_the_file_of_another_school_is_not_taken_in_unasked(cast, browse, file):
    client = browse(cast.Ana)
    shown = send(client, cast.Oak, file).headers["Location"]
    page = client.get(shown).content.decode()

    assert "Larch Hill Elementary</b>" in page
    assert "This may be the file of another school, not of Oak." in page
    client.post(f"{shown}take-in/")
    assert Import.objects.get().state == "waiting"
    client.post(f"{shown}take-in/", {"sure": "on"})
    again = client.get(send(client, cast.Oak, file).headers["Location"])
    assert "another school" not in again.content.decode()
    assert "It brings nothing new" in again.content.decode()


def test_a_column_that_is_not_recognised_can_be_chosen_on_the_page(
    cast, browse, tmp_path
):
    rows = make_rows(60, students=30)
    path = write_rows(
        tmp_path / "a.csv",
        [
            {("When it was" if k == "Incident Date" else k): v for k, v in row.items()}
            for row in rows
        ],
    )
    client = browse(cast.Ana)

    page = send(client, cast.Oak, path)
    assert page.status_code == 422
    assert "--mapping" not in page.content.decode()
    number = re.search(r'value="(\d+)" lang="en">When it was<', page.content.decode())
    with path.open("rb") as upload:
        given = client.post(
            reverse("records:list-files", args=[cast.Oak.pk]),
            {"file": upload, "column-date": number[1]},
        )
    assert given.status_code == 302
    assert Import.objects.get().report["columns"]["mapped"]["date"] == "When it was"


def test_a_handful_of_new_entries_neither_hides_the_year_before_nor_is_mixed_with_it(
    cast, browse, file
):
    client = browse(cast.Ana)
    take_in(client, cast.Oak, file)
    told = {"location": "Bus", "behaviour": "Other", "ago": "0", "key": uuid.uuid4()}
    client.post(reverse("records:enter", args=[cast.Oak.pk]), told)
    page = client.get(
        reverse("records:show-sheet", args=[cast.Oak.pk])
    ).content.decode()

    assert "There were 300 incidents" in page
    assert "?from=2025-07-01&amp;to=2026-06-30" in page
    assert "?from=2026-07-01&amp;to=2027-06-30" in page


@pytest.mark.parametrize("name", ["Carla", "Dev", "Grace"])
def test_who_does_not_hold_the_records_cannot_subtract_one_period_from_another(
    cast, browse, file, name
):
    take_in(browse(cast.Ana), cast.Oak, file)
    address = reverse("records:show-sheet", args=[cast.Oak.pk])
    march = {"from": "2025-11-01", "to": "2026-03-31"}
    year = {"from": "2025-07-01", "to": "2026-06-30"}
    client = browse(cast.people[name])

    assert browse(cast.Ana).get(address, march).status_code == 200
    assert client.get(address, march).status_code == 422
    assert (
        client.get(
            reverse("records:print-sheet", args=[cast.Oak.pk]), march
        ).status_code
        == 422
    )
    assert client.get(address, year).status_code == 200


def test_what_was_entered_this_week_is_not_on_the_sheet_of_others_yet(
    cast, browse, file
):
    client = browse(cast.Ana)
    take_in(client, cast.Oak, file)
    address = reverse("records:show-sheet", args=[cast.Oak.pk])
    before = browse(cast.Dev).get(address).content
    told = {"location": "Bus", "behaviour": "Other", "ago": "0", "key": uuid.uuid4()}
    client.post(reverse("records:enter", args=[cast.Oak.pk]), told)

    whole = client.get(address, {"from": "2025-07-01"}).content.decode()
    assert "There were 301 incidents" in whole
    assert "There were 300 incidents" in browse(cast.Dev).get(address).content.decode()
    after = browse(cast.Dev).get(address).content
    assert after.partition(b"</nav>")[2] == before.partition(b"</nav>")[2]


def test_team_and_coach_meet_over_the_same_sheet(cast, browse, file):
    client = browse(cast.Ana)
    take_in(client, cast.Oak, file)
    told = {"location": "Bus", "behaviour": "Other", "ago": "0"}
    for _ in range(40):
        more = {**told, "key": uuid.uuid4()}
        client.post(reverse("records:enter", args=[cast.Oak.pk]), more)

    def read(person, **more):
        return find_sheet(person, cast.Oak, **more)["brief.json"]

    assert read(cast.Ana) != read(cast.Carla)
    assert read(cast.Ana, together=True) == read(cast.Carla, together=True)


def test_a_file_that_waits_shows_some_rows_and_what_was_guessed(cast, browse, file):
    client = browse(cast.Ana)
    shown = send(client, cast.Oak, file).headers["Location"]
    page = client.get(shown).content.decode()
    rows = re.search(r"Some of what it would write.*?</table>", page, re.S)[0]

    assert rows.count("<tr lang") == 5
    assert re.search(r"<th scope=.row.>202[56]-", rows)
    assert "month first" in page
    client.post(f"{shown}take-in/", {"sure": "on"})
    assert "Some of what it would write" not in client.get(shown).content.decode()


def test_the_name_of_a_file_is_for_those_alone_who_give_the_schools_files(
    cast, browse, tmp_path, caplog
):
    rows = make_rows(300, students=120)
    enrolment = tmp_path / "Jane Doe count.csv"
    enrolment.write_text("school,school_year,students\nOak,2025-26,364\n")
    take_in(browse(cast.Ana), cast.Oak, write_rows(tmp_path / "Jane Doe.csv", rows))
    given = give_enrolment(by=cast.Ana, school=cast.Oak, path=enrolment)
    take_in_school_file(by=cast.Ana, given=given)
    pages = [
        reverse(name, args=[cast.Oak.pk])
        for name in (
            "network:show-place",
            "network:show-enrolment",
            "records:list-files",
            "records:show-sheet",
        )
    ]

    saw = {
        (name, page)
        for name, person in cast.people.items()
        for page in pages
        if "Jane Doe" in browse(person).get(page).content.decode()
    }

    # The district's leader keeps its schools' numbers of students, but no incidents.
    assert saw == {("Ana", pages[2]), ("Ben", pages[2])}
    assert "Jane" not in caplog.text
    assert "Jane" not in str(list(Line.objects.values()))


def test_why_a_student_was_erased_is_in_no_log(cast, browse, caplog):
    told = {"number": "1001", "reason": "Jane Doe asked", "sure": "yes"}
    address = reverse("records:erase-student", args=[cast.Oak.pk])
    browse(cast.Ben).post(address, told)
    page = reverse("records:show-keeping", args=[cast.Oak.pk])

    saw = {
        name
        for name, person in cast.people.items()
        if "Jane Doe" in browse(person).get(page).content.decode()
    }

    assert saw == {"Ben"}
    assert "Write no name" in browse(cast.Ben).get(page).content.decode()
    assert "Jane" not in caplog.text
    assert "Jane" not in str(list(Line.objects.values()))
