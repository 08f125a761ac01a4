"""Files and the sheet, as a team member uses them."""

import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from briefs.small_school import make_rows, write_calendar, write_enrolment, write_rows
from commonroot.briefs.brief import Request, count_intake, draw_brief, make_brief
from commonroot.domain.network.models import Enrolment, SchoolDay
from commonroot.domain.records.models import Import
from commonroot.domain.records.queries import read_school
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
    client.post(reverse("records:take-in", args=[key]))
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
    client.post(reverse("records:take-in", args=[Import.objects.get().pk]))
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

    assert json.loads(site.files["brief.json"]) == json.loads(line.files["brief.json"])


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
    assert "The file has no incident from 2031-01-01 on." in empty.content.decode()
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
