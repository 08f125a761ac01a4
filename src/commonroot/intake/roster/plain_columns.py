"""Which column of a plain list holds what, and whether it is a list of staff at all."""

from collections.abc import Iterable, Mapping

from commonroot.intake.headers import normalise
from commonroot.intake.sources import UnreadableFileError
from commonroot.languages import gettext as _
from commonroot.languages import gettext_noop

HEADERS = {
    "name": "name fullname staffname employeename teachername displayname",
    "given": "firstname givenname first staffgivenname teacherfirstname",
    "family": "lastname familyname surname last staffsurname teacherlastname",
    "email": "email emailaddress mail workemail staffemail teacheremail schoolemail",
    "role": "role title jobtitle position staffrole stafftype jobclass",
    "key": "staffid employeeid employeenumber teacherid sourcedid",
    "school": "school schoolname building buildingname campus campusname site sitename",
    "district": "district districtname lea leaname agencyname",
    "number": "number schoolnumber schoolid schoolcode ncesschoolid ncesid buildingnumber",
}
STUDENT_HEADERS = "grade gradelevel grd dob birthdate dateofbirth birthday homeroom"
STUDENT_ENDINGS = ("student", "id", "number", "key", "name", "first", "last", "email")
PASSWORDS = ("password", "passwd", "pwd", "passcode")
NEITHER = gettext_noop(
    "This file is neither a list of staff (name, e-mail, role, school) nor a list of "
    "schools (name, district, number). Name its columns like this, or send a OneRoster "
    "archive."
)
OF_STUDENTS = gettext_noop(
    "This file looks like a list of students, whom Commonroot does not take from a "
    "roster. If they are staff, add a column that is called role."
)


def count_columns(row: Iterable[str | None]) -> int:
    """Count the cells of a row that could be headers of staff or schools."""
    return len(find_columns(cell for cell in row if cell and len(cell) < 60))


def find_columns(headers: Iterable[str]) -> dict[str, str]:
    """Find which column holds what.

    >>> find_columns(["Last Name", "E-mail", "Shoe size"])
    {'family': 'Last Name', 'email': 'E-mail'}
    """
    columns: dict[str, str] = {}
    for header in headers:
        for name, aliases in HEADERS.items():
            if normalise(header) in aliases.split():
                columns.setdefault(name, header)
    return columns


def tells_staff(columns: Mapping[str, str], headers: Iterable[str]) -> bool:
    """Is this a list of staff, or else one of schools? Refuses what is neither."""
    named = "name" in columns or {"given", "family"} <= columns.keys()
    if named and {"email", "role"} & columns.keys():
        if "role" not in columns and any(map(is_about_students, headers)):
            raise UnreadableFileError(_(OF_STUDENTS))
        return True
    is_person = {"given", "family", "email", "role", "key"} & columns.keys()
    if is_person or any(map(is_about_a_student, headers)):
        raise UnreadableFileError(_(NEITHER))
    if not {"name", "school"} & columns.keys() or len(columns) < 2:
        raise UnreadableFileError(_(NEITHER))
    return False


def is_about_students(header: str) -> bool:
    """Does a header tell that the rows are students?

    >>> [is_about_students(header) for header in ("Grade", "Student ID", "Phone")]
    [True, True, False]
    """
    return normalise(header) in STUDENT_HEADERS.split() or is_about_a_student(header)


def is_about_a_student(header: str) -> bool:
    """Does a header name one student? How many there are is another thing.

    >>> [is_about_a_student(h) for h in ("Student ID", "Students", "Student Teacher Ratio")]
    [True, False, False]
    """
    name = normalise(header)
    return name.startswith("student") and name.endswith(STUDENT_ENDINGS)


def is_password(header: str) -> bool:
    """Does a header name a password?

    >>> is_password("Initial Password"), is_password("Pass rate")
    (True, False)
    """
    return any(word in normalise(header) for word in PASSWORDS)
