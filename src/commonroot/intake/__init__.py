"""Files in, canonical rows out, a reason for every row left behind."""

from commonroot.intake.enrolment import Enrolment, read_enrolment
from commonroot.intake.incidents import Intake, LeftRow, choose_mapping, read_incidents
from commonroot.intake.mapping import ColumnMap, MappingError, propose, write_mapping
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
    "choose_mapping",
    "propose",
    "read_enrolment",
    "read_incidents",
    "read_school_days",
    "read_source",
    "write_mapping",
]
