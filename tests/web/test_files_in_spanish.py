"""A file, a roster and what is wrong with them, in Spanish: no sentence of it is English."""

import gzip
import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commonroot.domain.network.models import RosterImport
from commonroot.domain.records.models import Import
from commonroot.languages import LANGUAGES
from domain.network.rosters import STAFF
from intake.roster.bundles import make_bundle, write_zip

WORD = re.compile(r"[^\W\d_]{3,}")
TAG = re.compile(r"<[^>]*>")
HEAD = "Incident ID,Incident Date,Time,Location,Behavior,Grade,School,Shoe Size\n"
# All that can be left behind, guessed or hidden in one file.
ROWS = (
    "Report of the year,,,,,,,\n"
    + HEAD
    + "41,9/3/2025,8:15,Zorn's corner,Fighting,4,Oak,7\n"
    + "41,9/3/2025,8:15,Zorn's corner,Fighting,4,Oak,7\n"
    + "".join(
        f"{n},9/{n % 28 + 1}/2025,{n % 9 + 8}:15,Room {n % 5},Defiance,Ungraded,Oak,size {n} of many\n"
        for n in range(40)
    )
    + "42,13/13/2025,soon,Gym,Fighting,4,Oak,7\n"
    + "43,,8:15,Gym,Fighting,4,Oak,7\n"
    + ",,,,,,,\n"
    + "Total,41,,,,,,\n"
    + "44,9/3/2029,8:15,Gym,Fighting,4,Oak,7\n"
    + "45,9/3/2025,8:15,Gym,Fighting,4,Oak,7,8,9\n"
    + HEAD
)
# Words of the file itself, of its headers, and of the page around it.
OWN = {"Defiance", "Fighting", "Classroom", "Grade", "Commonroot", "Español", "English"}

REFUSED = {
    "empty.csv": b"",
    "plan.csv": b"%PDF-1.7 no table",
    "packed.csv": gzip.compress(b"Incident Date,Location\n"),
    "book.xlsx": b"PK\x03\x04 cut short",
    "broken.json": b'{"incidents": [{"Incident Date": ',
    "other.json": b'{"page": [1, 2]}',
    "page.xls": b"<html><body><p>Sign in</p></body></html>",
    "broken.xml": b"<Interchange><Incident></Interchange>",
    "other.xml": b"<Interchange><Student/></Interchange>",
    "binary.csv": b"Incident Date,\x00\x01,Location\n",
    "letter.csv": b"1/5/2026,44\n1/6/2026,45\n",
    "shoes.csv": b"Shoe,Size\nred,44\n",
    "nowhere.csv": b"Incident Date,Shoe Size\n9/3/2025,44\n",
    "twice.csv": b"Incident ID,Offense ID,Incident Date,Location\n1,2,9/3/2025,Gym\n",
    "mixed.csv": b"Incident Date,Location\n9/3/2025,Gym\n2025-09-04,Gym\n45000,Gym\n",
    "swapped.csv": b"Incident Date,Location\n9/13/2025,Gym\n13/9/2025,Gym\n",
    "nothing.csv": b"Incident Date,Location\nsoon,Gym\n,Gym\n",
    "bare.csv": b"Incident Date,Location\n",
    "ids.csv": b"Incident ID,Incident Date,Location\n1,9/3/2025,Gym\n1,9/4/2025,Gym\n"
    b"2,9/3/2025,Gym\n2,9/4/2025,Gym\n",
    "wide.csv": ",".join(f"Incident Date {n}" for n in range(600)).encode(),
    "quote.csv": b'Incident Date,Location\n9/3/2025,"' + b"x" * 10_000_001,
}
ROSTERS = {
    "shoes.csv": b"Shoe,Size\nred,44\n",
    "students.csv": b"Name,Email,Grade\nAnn West,ann@oak.example,4\n",
    "cut.zip": b"PK\x03\x04 cut short",
    "none.zip": b"no archive at all",
}


def give(client, path, name, content, language, **more):
    return client.post(
        path,
        {"file": SimpleUploadedFile(name, content), **more},
        headers={"accept-language": language},
    )


def list_texts(page):
    """List what a page says, without its header and footer."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    texts = (html.unescape(each).strip() for each in TAG.split(main.partition(">")[2]))
    return [each for each in texts if WORD.search(each)]


def show_both(client, address):
    return [
        set(list_texts(client.get(address, headers={"accept-language": each})))
        for each in LANGUAGES
    ]


def test_the_page_of_a_file_says_nothing_in_english(cast, browse):
    client = browse(cast.Ana)
    address = reverse("records:list-files", args=[cast.Oak.pk])
    sent = give(client, address, "year.csv", ROWS.encode(), "es")
    english, spanish = show_both(client, sent.headers["Location"])
    report = Import.objects.get().report

    assert len(report["reasons"]) > 5
    assert len(report["guesses"]) > 5
    headers = set(HEAD.strip().split(","))
    assert english & spanish - OWN - headers - {"year.csv", "Oak", "utf-8"} == set()
    assert "La fecha no se puede leer." in " ".join(spanish)
    assert "(etiqueta oculta)" in spanish
    assert [each for each in spanish if "parece texto libre" in each]
    assert {"lugar", "conducta", "separador", "coma"} <= spanish


def test_a_file_that_was_given_in_spanish_is_shown_in_english_all_the_same(
    cast, browse
):
    client = browse(cast.Ana)
    address = reverse("records:list-files", args=[cast.Oak.pk])
    shown = [
        give(client, address, "year.csv", ROWS.encode(), each).headers["Location"]
        for each in LANGUAGES
    ]
    told = [
        list_texts(client.get(each, headers={"accept-language": "en"}))
        for each in shown
    ]

    assert told[0] == told[1]
    reports = [each.report for each in Import.objects.all()]
    assert reports[0] == reports[1]


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_file_is_told_why_in_spanish(cast, browse, name):
    client = browse(cast.Ana)
    address = reverse("records:list-files", args=[cast.Oak.pk])
    english, spanish = (
        list_texts(give(client, address, name, REFUSED[name], each))
        for each in LANGUAGES
    )

    problem = [each for each in english if each not in spanish]
    assert len(english) == len(spanish)
    assert len(problem) > 5
    own = {"Incident ID", "Offense ID", "Incident Date", "Location", "Shoe Size"}
    toml = {"[formats]", 'date = ["iso", "m/d/y"]', 'date = "m/d/y"'}
    assert set(english) & set(spanish) - OWN - own - toml - {"Oak", "Shoe", "Size"} == (
        set()
    )


@pytest.mark.parametrize("name", ROSTERS)
def test_a_refused_roster_is_told_why_in_spanish(cast, browse, name):
    client = browse(cast.Farid)
    address = reverse("network:list-rosters", args=[cast.Region.pk])
    english, spanish = (
        set(list_texts(give(client, address, name, ROSTERS[name], each, strict="no")))
        for each in LANGUAGES
    )

    assert english & spanish - {"Region"} == set()


def test_the_page_of_a_roster_says_what_is_wrong_in_its_readers_language(
    cast, browse, tmp_path
):
    files = make_bundle("1.2")
    files["users.csv"] = files["users.csv"].replace("true", "TRUE").replace("@", " at ")
    path = write_zip(tmp_path / "bundle.zip", files)
    client = browse(cast.Farid)
    address = reverse("network:list-rosters", args=[cast.Region.pk])
    sent = give(client, address, path.name, path.read_bytes(), "es", strict="no")
    english, spanish = show_both(client, sent.headers["Location"])
    report = RosterImport.objects.get().report

    assert report["breaches"]
    assert report["unread"]
    # Names of files, columns and people are the same in both.
    assert {says for says in english & spanish if len(says.split()) > 2} == set()
    assert [says for says in spanish if says.startswith("Una palabra del estándar")]


def test_a_list_of_staff_names_what_it_did_not_read_in_both_languages(cast, browse):
    client = browse(cast.Farid)
    address = reverse("network:list-rosters", args=[cast.Region.pk])
    text = STAFF.replace("District\n", "District,Password\n").replace(
        "North\n", "North,secret\n"
    )
    sent = give(client, address, "staff.csv", text.encode(), "es", strict="no")
    english, spanish = show_both(client, sent.headers["Location"])

    assert "staff.csv: Password (filled in 6 rows)" in english
    assert "staff.csv: Password (con datos en 6 filas)" in spanish


def test_older_reports_show_their_sentences_as_they_are(cast, browse):
    client = browse(cast.Farid)
    address = reverse("network:list-rosters", args=[cast.Region.pk])
    sent = give(client, address, "staff.csv", STAFF.encode(), "es", strict="no")
    RosterImport.objects.update(
        report={
            "breaches": [["users.csv", 3, "row-width", "A row is too wide."]],
            "breaches_in_all": 1,
            "dropped": ["users.csv: phone"],
            "students": 0,
        }
    )
    spanish = show_both(client, sent.headers["Location"])[1]

    assert {"A row is too wide.", "users.csv: phone"} <= spanish
