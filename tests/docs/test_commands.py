"""Every command that the pages tell can be typed."""

import csv
import re
import shlex

import click
import pytest
from click.testing import CliRunner

from commonroot.cli import main
from docs.pages import ROOT, find_blocks, list_pages, name_page, read_page


def list_commands() -> list[tuple[str, str]]:
    """List the lines of every block of shell commands, with their page."""
    return [
        (name_page(page), line.strip())
        for page in list_pages()
        for block in find_blocks(page.read_text(encoding="utf-8"), "sh")
        for line in block.replace("\\\n", " ").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def list_tasks() -> set[str]:
    """List the tasks that ./run knows, by its own last lines."""
    text = (ROOT / "run").read_text(encoding="utf-8")
    cases = re.findall(r"^    ([a-z| ]+)\)", text[text.rindex("case $task") :], re.M)
    return {task.strip() for case in cases for task in case.split("|")}


def is_ours(line: str) -> bool:
    """Is this line a call of commonroot itself?"""
    return shlex.split(line)[0] in ("commonroot", ".venv/bin/commonroot")


def needs_a_site(line: str) -> bool:
    """Is a command about a running site? Those are tried in tests/cli."""
    return shlex.split(line)[1] in SITE


SITE = {"audit", "backup", "begin", "restore", "serve", "work"}
COMMANDS = list_commands()
OURS = sorted({line for _, line in COMMANDS if is_ours(line)})


def test_the_pages_tell_commands():
    assert {"setup", "demo", "test", "check"} <= list_tasks()
    assert any(line == "./run demo" for _, line in COMMANDS)
    assert len(OURS) >= 3


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_every_command_is_known(page, line):
    words = shlex.split(line)
    if words[0] == "./run":
        assert words[1] in list_tasks()
        return
    assert is_ours(line), f"{page}: neither ./run nor commonroot: {line}"
    command = main.get_command(click.Context(main), words[1])
    if isinstance(command, click.Group):
        command = command.commands.get(words[2]) or command.commands["make"]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words[2:] if word.startswith("--")} <= known


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with the files that the pages speak of, made from their own examples."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "incidents.csv").write_text(make_incidents())
    (tmp_path / "enrolment.csv").write_text(
        find_blocks(read_page("enrolment.md"), "csv")[0]
    )
    (tmp_path / "calendar.csv").write_text(
        find_blocks(read_page("calendar.md"), "csv")[0]
    )
    guide = read_page("guides/release-counts.md")
    (tmp_path / "counts.csv").write_text(find_blocks(guide, "csv")[0])
    (tmp_path / "design.toml").write_text(find_blocks(guide, "toml")[0])
    return tmp_path


def make_incidents() -> str:
    """Make an export with headers that need no question."""
    table = list(
        csv.reader(find_blocks(read_page("mapping.md"), "csv")[0].splitlines())
    )
    known = dict(
        zip(
            table[0],
            ("Incident ID", "School", "Incident Date", "Incident Time", "Location", "Behavior",
             "", "Severity", "Student ID", "Grade", "Race", "Action Taken", "Days Removed"),
            strict=True,
        )
    )  # fmt: skip
    kept = [position for position, header in enumerate(table[0]) if known[header]]
    lines = [[known[header] for header in table[0] if known[header]]]
    lines += [[row[position] for position in kept] for row in table[1:]]
    return "\n".join(",".join(line) for line in lines) + "\n"


@pytest.mark.django_db
@pytest.mark.parametrize("line", [line for line in OURS if not needs_a_site(line)])
def test_commands_work_on_a_made_up_file(desk, line):
    typed, _, target = line.partition(">")
    words = shlex.split(typed)[1:]
    if "my.toml" in words:
        written = CliRunner().invoke(main, ["mapping", "incidents.csv"])
        (desk / "my.toml").write_text(written.stdout)
    if words[:2] == ["release", "check"]:
        made = "release counts.csv --design design.toml --out released"
        CliRunner().invoke(main, shlex.split(made))
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    if words[0] == "brief":
        assert {path.name for path in (desk / "brief").iterdir()} >= {
            "brief.html",
            "brief.pdf",
            "brief.json",
            "intake.json",
            "left-behind.csv",
        }
    if target:
        assert done.stdout.startswith("#")
