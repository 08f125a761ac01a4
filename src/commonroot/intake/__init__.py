"""Files in, canonical rows out, a reason for every row left behind."""

from commonroot.intake.enrolment import Enrolment, read_enrolment
from commonroot.intake.headers import is_known
from commonroot.intake.incidents import Intake, LeftRow, choose_mapping, read_incidents
from commonroot.intake.mapping import (
    ColumnMap,
    MappingError,
    choose_columns,
    propose,
    show_header,
    write_mapping,
)
from commonroot.intake.school_days import SchoolDays, read_school_days
from commonroot.intake.secret import SecretError
from commonroot.intake.sources import Source, UnreadableFileError, read_source

__all__ = [
    "ColumnMap",
    "Enrolment",
    "Intake",
    "LeftRow",
    "MappingError",
    "SchoolDays",
    "SecretError",
    "Source",
    "UnreadableFileError",
    "choose_columns",
    "choose_mapping",
    "is_known",
    "propose",
    "read_enrolment",
    "read_incidents",
    "read_school_days",
    "read_source",
    "show_header",
    "write_mapping",
]
