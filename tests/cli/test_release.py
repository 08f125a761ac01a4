"""`commonroot release` and `commonroot release check`, as a person types them."""

import csv
import datetime as dt
import json
import signal
import subprocess
import sys

import pytest
from click.testing import CliRunner

from commonroot.analysis.disclosure.design import Design, DesignError
from commonroot.analysis.disclosure.seal import UnreleasedError
from commonroot.briefs.releases.ledger_folder import add_entry, read_ledger
from commonroot.briefs.releases.make_files import write_csv, write_files
from commonroot.briefs.releases.make_page import render_release
from commonroot.cli import main

COUNTS = """school,group,incidents,students,largest_student,enrolled
Alder,A,40,25,5,200
Alder,B,6,4,2,30
Birch,A,22,15,4,150
Birch,B,14,11,3,40
Cedar,A,31,20,6,180
Cedar,B,0,0,0,9
"""
DESIGN = """threshold = 10
tables = [["place", "group"]]
[dimensions]
place = ["school"]
group = ["group"]
"""


def run(folder, *arguments, counts=COUNTS, design=DESIGN):
    (folder / "counts.csv").write_text(counts, encoding="utf-8")
    (folder / "design.toml").write_text(design, encoding="utf-8")
    return CliRunner().invoke(
        main,
        [
            "release",
            str(folder / "counts.csv"),
            "--design",
            str(folder / "design.toml"),
            "--out",
            str(folder / "out"),
            *arguments,
        ],
    )


def read_rows(folder):
    with (folder / "out" / "released.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_release_has_a_row_for_every_cell_a_page_and_a_proof(tmp_path):
    done = run(tmp_path)

    rows = read_rows(tmp_path)
    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "certificate.json",
        "released.csv",
        "released.html",
    ]
    assert len(rows) == 12
    assert list(rows[0]) == ["school", "group", "incidents", "status"]
    assert {(row["status"], bool(row["incidents"])) for row in rows} == {
        ("shown", True),
        ("hidden", False),
    }
    assert (
        next(row for row in rows if row["school"] == "Alder" and row["group"] == "B")[
            "status"
        ]
        == "hidden"
    )


def test_the_proof_is_checked_without_a_solver(tmp_path):
    run(tmp_path)

    done = CliRunner().invoke(main, ["release", "check", str(tmp_path / "out")])

    assert done.exit_code == 0
    assert done.output.startswith("The proof holds: ")


def test_a_changed_number_fails_the_check(tmp_path):
    run(tmp_path)
    file = tmp_path / "out" / "released.csv"
    file.write_text(
        file.read_text().replace(",40,shown", ",41,shown").replace("*,*,113", "*,*,114")
    )

    done = CliRunner().invoke(main, ["release", "check", str(tmp_path / "out")])

    assert done.exit_code == 2
    assert "does not prove" in done.output


def test_a_damaged_certificate_is_told_in_a_sentence(tmp_path):
    run(tmp_path)
    (tmp_path / "out" / "certificate.json").write_text('{"version": 1}')

    done = CliRunner().invoke(main, ["release", "check", str(tmp_path / "out")])

    assert done.exit_code == 2
    assert "damaged" in done.output


def test_no_hidden_number_stands_in_any_file_that_is_published(tmp_path):
    marked = COUNTS.replace("Alder,B,6,4,2,30", "Alder,B,7,4,2,30")
    run(tmp_path, counts=marked)
    page = (tmp_path / "out" / "released.html").read_text()
    certificate = json.loads((tmp_path / "out" / "certificate.json").read_text())

    assert "<td>7</td>" not in page
    assert '<span class="spoken">hidden</span>' in page
    assert sorted(certificate) == [
        "design",
        "fingerprint",
        "hidden_at_least",
        "hidden_cells",
        "page",
        "proven_cells",
        "released_on",
        "seed",
        "tables",
        "tables_if_zeros_were_hidden",
        "version",
    ]


def test_the_page_ranks_no_school(tmp_path):
    # Cedar has the most and Alder the fewest; they stand as the counts have them.
    counts = COUNTS.replace("Cedar,A,31", "Cedar,A,110").replace(
        "Alder,A,40", "Alder,A,25"
    )
    run(tmp_path, counts=counts)
    page = (tmp_path / "out" / "released.html").read_text()

    places = [page.rindex(f">{school}<") for school in ("Alder", "Birch", "Cedar")]
    assert places == sorted(places)
    assert page.count(">Cedar<") == 1  # in its row, and nowhere else


def test_the_ledger_is_written_and_read_again(tmp_path):
    ledger = str(tmp_path / "ledger")
    run(tmp_path, "--ledger", ledger, "--on", "2026-09-30")
    first = read_rows(tmp_path)
    more = COUNTS.replace("Birch,A,22,15", "Birch,A,23,16")

    done = run(tmp_path, "--ledger", ledger, "--on", "2026-10-31", counts=more)

    hidden = [row["status"] == "hidden" for row in first]
    again = [row["status"] == "hidden" for row in read_rows(tmp_path)]
    assert done.exit_code == 0
    assert all(now for before, now in zip(hidden, again, strict=True) if before)
    assert len(list((tmp_path / "ledger").iterdir())) == 2


def test_a_damaged_ledger_stops_the_release(tmp_path):
    (tmp_path / "ledger").mkdir()
    (tmp_path / "ledger" / "release-00001.json").write_text("{}")

    done = run(tmp_path, "--ledger", str(tmp_path / "ledger"))

    assert done.exit_code == 2
    assert "Nothing was released" in done.output
    assert not (tmp_path / "out").exists()


def test_a_release_that_has_not_seen_another_is_not_added(tmp_path):
    ledger = tmp_path / "ledger"
    run(tmp_path, "--ledger", str(ledger))
    entry = read_ledger(ledger, dt.date.today())[0]
    before = sorted(path.name for path in ledger.iterdir())

    with pytest.raises(DesignError, match="Another release was added"):
        add_entry(ledger, entry, newest=0)

    assert sorted(path.name for path in ledger.iterdir()) == before


def test_a_release_that_is_killed_after_the_ledger_can_be_made_again(tmp_path):
    run(tmp_path)
    arguments = [
        *["release", "counts.csv", "--design", "design.toml", "--out", "killed"],
        *["--ledger", "ledger"],
    ]
    code = (
        "import os, signal, sys\n"
        "from commonroot.briefs.releases import make_files\n"
        "make_files.write_files = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "from commonroot.cli import main\n"
        f"main({arguments!r})\n"
    )

    killed = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False)
    left = [path.name for path in (tmp_path / "killed").iterdir()]
    again = run(tmp_path, "--ledger", str(tmp_path / "ledger"))
    checked = CliRunner().invoke(main, ["release", "check", str(tmp_path / "out")])

    assert killed.returncode == -signal.SIGKILL
    assert left == []
    assert len(list((tmp_path / "ledger").iterdir())) == 2
    assert again.exit_code == checked.exit_code == 0


def test_no_time_is_told_and_is_no_failure(tmp_path):
    done = run(tmp_path, "--time-limit", "0")

    assert done.exit_code == 0
    assert "no number is published" in done.output


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (COUNTS.replace("40,25", "40,41"), "41 students cannot have 40"),
        (COUNTS.replace("40,25", "-4,2"), "no count is negative"),
        (COUNTS.replace("40,25", "many,25"), "not a whole number"),
        (COUNTS + "Alder,A,12,11,2,200\n", "was counted before"),
        (COUNTS.replace("students", "pupils"), "no column students"),
        (COUNTS.replace("Alder,A,", ",A,"), "school is empty"),
        (COUNTS + "*,*,999,80,500,600\n", "add up to 113"),
        (COUNTS.replace("40,25", "1" + "0" * 30 + ",25"), "not a whole number"),
        (COUNTS.replace("40,25,5", "400,25,5"), "see largest_student"),
        (COUNTS + "Elm,A,1,1,1,30,7\n", "more fields"),
        (COUNTS.replace("school", "status"), "no column school"),
        (COUNTS.replace("enrolled", "status"), "cannot be called status"),
        ("", "no column"),
        (COUNTS.replace("Birch", '"=HYPERLINK(""x"")"'), "a spreadsheet would run"),
        (COUNTS.replace("Birch", "+cmd|' /C calc'!A0"), "a spreadsheet would run"),
    ],
)
def test_counts_that_cannot_be_released_end_with_a_sentence(tmp_path, counts, said):
    done = run(tmp_path, counts=counts)

    assert done.exit_code == 2
    assert said in done.output
    assert "Traceback" not in done.output


@pytest.mark.parametrize(
    ("design", "said"),
    [
        (DESIGN.replace("10", "4"), "at least 5"),
        (DESIGN.replace("10", "1" + "0" * 30), "at least 5"),
        (DESIGN.replace('"place", "group"', '"place", "year"'), "known: place, group"),
        (DESIGN.replace("tables", "table"), "not known: table"),
        (DESIGN + "[", "not a TOML file"),
        ("threshold = 10\n", "needs \\[dimensions\\]"),
    ],
)
def test_designs_that_cannot_be_used_end_with_a_sentence(tmp_path, design, said):
    done = run(tmp_path, design=design)

    assert done.exit_code == 2
    assert said.replace("\\", "") in done.output


@pytest.mark.parametrize("write", [write_csv, lambda found: write_files(found, None)])
def test_what_was_not_released_is_refused_by_every_writer(write):
    with pytest.raises(UnreleasedError):
        write({("Alder", "B"): 6})


def test_and_by_the_page():
    with pytest.raises(UnreleasedError):
        render_release({("Alder", "B"): 6}, Design({"p": ("p",)}, (("p",),)))


def test_a_file_where_a_folder_is_needed_is_told_before_anything_is_written(tmp_path):
    (tmp_path / "out").write_text("a file")

    done = run(tmp_path, "--ledger", str(tmp_path / "ledger"))

    assert done.exit_code == 2
    assert "Nothing was released" in done.output
    assert not (tmp_path / "ledger").exists()


def test_a_row_that_is_there_twice_fails_the_check(tmp_path):
    run(tmp_path)
    file = tmp_path / "out" / "released.csv"
    lines = file.read_text().splitlines()
    file.write_text("\n".join([*lines, lines[1]]) + "\n")

    done = CliRunner().invoke(main, ["release", "check", str(tmp_path / "out")])

    assert done.exit_code == 2
    assert "twice" in done.output


@pytest.mark.parametrize("text", ["[]", "5", "null", "{"])
def test_a_certificate_that_is_none_is_told_in_a_sentence(tmp_path, text):
    run(tmp_path)
    (tmp_path / "out" / "certificate.json").write_text(text)

    done = CliRunner().invoke(main, ["release", "check", str(tmp_path / "out")])

    assert done.exit_code == 2
    assert "Traceback" not in done.output


def check_folder(folder):
    return CliRunner().invoke(main, ["release", "check", str(folder / "out")])


FEW = "".join(
    f"{school},{group},{incidents},{incidents - 1},2,{enrolled}\n"
    for school in ("Alder", "Birch", "Cedar")
    for group, incidents, enrolled in (("A", 40, 200), ("B", 4, 30), ("C", 3, 20))
)
POOLING = DESIGN.replace("[dimensions]", 'pool = ["group"]\n[dimensions]')


def test_a_release_that_pools_proves_itself_too(tmp_path):
    run(tmp_path, counts=COUNTS.splitlines()[0] + "\n" + FEW, design=POOLING)

    assert "pooled" in {row["status"] for row in read_rows(tmp_path)}
    assert check_folder(tmp_path).exit_code == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Alder,*,46,47,5,230", "47 students cannot have 46"),
        ("Alder,*,46,31,5,230", "25 at least and 29 at most"),
        ("Alder,*,46,24,5,230", "25 at least and 29 at most"),
        ("Alder,*,46,28,4,230", "one of its rows has 5"),
    ],
)
def test_students_of_a_total_that_cannot_be_are_refused(tmp_path, row, said):
    done = run(tmp_path, counts=f"{COUNTS}{row}\n")

    assert done.exit_code == 2
    assert said in done.output
    assert not (tmp_path / "out").exists()


def test_a_ledger_where_the_release_goes_is_refused(tmp_path):
    for ledger in (tmp_path / "out", tmp_path / "out" / "ledger"):
        done = run(tmp_path, "--ledger", str(ledger))

        assert done.exit_code == 2
        assert "must not go out" in done.output
        assert not (tmp_path / "out").exists()


def test_what_could_not_be_published_at_all_binds_nobody_later(tmp_path):
    ledger = str(tmp_path / "ledger")
    run(tmp_path, "--ledger", ledger, "--time-limit", "0")
    hidden = {row["status"] for row in read_rows(tmp_path) if row["incidents"] != "0"}

    run(tmp_path, "--ledger", ledger)
    beside = read_rows(tmp_path)
    run(tmp_path)

    assert hidden == {"hidden"}
    assert beside == read_rows(tmp_path)


@pytest.mark.parametrize("spoil", ["take", "change"])
def test_a_ledger_that_lacks_a_release_or_was_changed_by_hand_is_refused(
    tmp_path, spoil
):
    ledger = tmp_path / "ledger"
    for _ in range(2):
        run(tmp_path, "--ledger", str(ledger))
    first = ledger / "release-00001.json"
    if spoil == "take":
        first.unlink()
    else:
        first.write_text(first.read_text().replace("40", "41", 1))

    done = run(tmp_path, "--ledger", str(ledger))

    assert done.exit_code == 2
    assert "release-00001.json" in done.output
    assert "Nothing was released" in done.output


@pytest.mark.parametrize("spoil", ["take", "change"])
def test_a_page_that_was_changed_or_taken_away_fails_the_check(tmp_path, spoil):
    run(tmp_path)
    page = tmp_path / "out" / "released.html"
    if spoil == "take":
        page.unlink()
    else:
        page.write_text(page.read_text().replace(">113<", ">131<"))

    done = check_folder(tmp_path)

    assert done.exit_code == 2
    assert "released.html" in done.output


def test_another_period_in_the_place_of_the_last_is_noticed(tmp_path):
    def make(more):
        rows = [f"School {n},A,{20 + n + more},15,9,200" for n in range(12)]
        return "\n".join([COUNTS.splitlines()[0], *rows]) + "\n"

    ledger = str(tmp_path / "ledger")
    first = run(tmp_path, "--ledger", ledger, counts=make(0))
    again = run(tmp_path, "--ledger", ledger, counts=make(0))
    later = run(tmp_path, "--ledger", ledger, counts=make(7))

    assert "differ" not in first.output + again.output
    assert "12 of 12 numbers differ from the last release" in later.output


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (COUNTS.replace(",", ";"), "separated by ';'"),
        (COUNTS.replace("Birch,B", "birch,B"), "'Birch' in one row and 'birch'"),
        (COUNTS.replace("40,25", "40.5,25"), "'40.5', not a whole number"),
    ],
)
def test_more_counts_that_cannot_be_used_end_with_a_sentence(tmp_path, counts, said):
    done = run(tmp_path, counts=counts)

    assert done.exit_code == 2
    assert said in done.output


def test_what_a_spreadsheet_adds_is_taken_as_it_is_meant(tmp_path):
    plain = run(tmp_path)
    rows = read_rows(tmp_path)
    messy = COUNTS.replace("school,group", "\ufeffschool, group ").replace(
        "A,40,25", "A,40.0,25"
    )
    done = run(tmp_path, counts=messy + ",,,,,\n")

    assert (plain.exit_code, done.exit_code) == (0, 0)
    assert read_rows(tmp_path) == rows


def test_a_dimension_from_fine_to_coarse_is_asked_about(tmp_path):
    counts = "district,school,incidents,students\n" + "".join(
        f"{'North' if n < 3 else 'South'},School {n},30,20\n" for n in range(6)
    )
    design = 'tables = [["place"]]\n[dimensions]\nplace = ["school", "district"]\n'

    done = run(tmp_path, counts=counts, design=design)

    assert done.exit_code == 2
    assert '["district", "school"]' in done.output


def test_the_page_is_called_what_the_design_says(tmp_path):
    run(tmp_path, design='title = "Our <first> year"\nperiod = "2025-26"\n' + DESIGN)
    page = (tmp_path / "out" / "released.html").read_text()

    assert "<h1>Our &lt;first&gt; year</h1>" in page
    assert "<p>2025-26</p>" in page
    assert 'font: 1rem/1.55 system-ui, -apple-system, "Segoe UI"' in page
