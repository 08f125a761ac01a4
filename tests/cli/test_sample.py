from click.testing import CliRunner

from commonroot.cli import main


def test_a_sample_of_one_year_is_written_where_it_is_asked_for(tmp_path):
    done = CliRunner().invoke(
        main, ["sample", "--out", str(tmp_path / "region"), "--years", "1"]
    )

    assert done.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "region").iterdir()) == [
        "README.txt",
        "calendar.csv",
        "calendar.ics",
        "enrolment.csv",
        "incidents",
        "region.csv",
        "staff.csv",
        "truth.json",
    ]


def test_a_place_that_cannot_be_written_ends_with_status_two(tmp_path):
    (tmp_path / "taken").write_text("a file")

    done = CliRunner().invoke(main, ["sample", "--out", str(tmp_path / "taken")])

    assert done.exit_code == 2
    assert "could not be written" in done.output
