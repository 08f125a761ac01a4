"""OneRoster's files as `standard.toml` tells them, for one version."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

VERSIONS = ("1.1", "1.2")
# Roles come before users, so that a student's name need never be held. What points
# at a file that comes later is asked again at the end.
READ_FILES = (
    "orgs",
    "academicSessions",
    "courses",
    "classes",
    "roles",
    "users",
    "enrollments",
)
EXTENSION = "ext:"


@dataclass(frozen=True)
class FileStandard:
    """What one file must look like, in one version."""

    file: str
    columns: tuple[str, ...]
    required: frozenset[str]
    keeps: frozenset[str]
    tolerated: frozenset[str]
    dates: tuple[str, ...]
    choices: Mapping[str, frozenset[str]]
    extensible: frozenset[str]
    references: Mapping[str, str]

    @property
    def read(self) -> frozenset[str]:
        """The columns that are read; every other is dropped."""
        lists = (self.required, self.keeps, self.dates, self.choices, self.references)
        always = ("status", "dateLastModified")
        return frozenset(column for each in (always, *lists) for column in each)

    def may_hold(self, column: str, word: str) -> bool:
        """May a column with a choice of words hold this one?"""
        if column in self.extensible and word.startswith(EXTENSION):
            return len(word) > len(EXTENSION)
        return word in self.choices[column]


@cache
def read_document() -> dict[str, Any]:
    """Read `standard.toml` once."""
    file = resources.files("commonroot.intake.roster").joinpath("standard.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def list_names(version: str) -> tuple[str, ...]:
    """List the data files of a version, without their ending.

    >>> "roles" in list_names("1.1"), "roles" in list_names("1.2")
    (False, True)
    """
    return tuple(read_document()["names"][version].split())


@cache
def read_standard(version: str) -> dict[str, FileStandard]:
    """Give the files that are read of a version, in the order of reading."""
    document = read_document()
    told = {**document["both"], **document[version]}
    return {
        name: make_standard(name, told[name], version)
        for name in READ_FILES
        if name in told
    }


def make_standard(name: str, told: Mapping[str, Any], version: str) -> FileStandard:
    """Make one file's standard from its table."""

    def words(key: str) -> list[str]:
        return str(told.get(key, "")).split()

    choices = told.get("choices", {})
    return FileStandard(
        file=f"{name}.csv",
        columns=tuple(words("columns")),
        required=frozenset(words("required")),
        keeps=frozenset(words("keeps")),
        tolerated=frozenset(words("tolerated")),
        dates=tuple(words("dates")),
        choices={column: frozenset(choices[column].split()) for column in choices},
        extensible=frozenset(words("open") if version == "1.2" else ()),
        references=dict(told.get("references", {})),
    )
