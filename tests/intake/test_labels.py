"""Labels stay the school's own; what they mean is read from the vocabulary."""

import pytest

from commonroot.intake.labels import (
    clean_label,
    find_grade,
    find_role,
    find_severity,
    is_missing,
    is_removal,
    is_subjective,
    may_be_shown,
    merge_spellings,
    name_place,
)
from commonroot.intake.names import looks_like_a_person, looks_like_a_story

from .conftest import Read

HEADER = "Incident ID,Incident Date,Location,Behavior,Action,Role,Student ID"


def lines(*cells: str) -> list[str]:
    return [HEADER, *[f"{n},9/{n}/2025,{cell}" for n, cell in enumerate(cells, 1)]]


@pytest.mark.parametrize(
    "text", ["", " ", "NULL", "null", "N/A", "n/a", "-", "--", "(blank)", "nan", "\\N"]
)
def test_many_texts_mean_that_nothing_was_written(text: str) -> None:
    assert is_missing(text)


@pytest.mark.parametrize("text", ["None", "Unknown", "Other", "0", "No"])
def test_some_texts_mean_something_although_they_look_empty(text: str) -> None:
    assert not is_missing(text)


def test_a_descriptor_loses_its_address() -> None:
    assert clean_label("uri://ed-fi.org/BehaviorDescriptor#Theft") == "Theft"


def test_spellings_that_mean_the_same_become_the_most_frequent() -> None:
    counts = {"PAC - Admin": 2, "Pac Admin": 5, "PAC-ADMIN": 1, "Gym": 1}

    assert merge_spellings(counts) == {
        "PAC - Admin": "Pac Admin",
        "Pac Admin": "Pac Admin",
        "PAC-ADMIN": "Pac Admin",
        "Gym": "Gym",
    }


def test_a_dash_or_a_space_makes_no_other_place(read: Read) -> None:
    intake = read(lines("Bus - Stop,,,,1", "Bus – Stop,,,,2", "BUS STOP,,,,3"))

    assert intake.rows["location"].n_unique() == 1


def test_a_place_in_another_script_could_be_a_name_and_is_not_shown(read: Read) -> None:
    intake = read(lines(*[f"体育館,,,,{n}" for n in range(6)], "Gym,,,,9"))

    assert intake.rows["location"].to_list() == ["(label not shown)"] * 6 + ["Gym"]


def test_a_label_not_in_the_map_is_told_and_kept(read: Read) -> None:
    intake = read(lines("Zorn,Theft,,,1", "Lower Garden Hall,Theft,,,2"))

    assert intake.rows["location"].to_list()[1] == "Lower Garden Hall"
    assert intake.report["unmapped_labels"] == {
        "location": {"(label not shown)": 1, "Lower Garden Hall": 1}
    }


def test_other_is_a_label_of_the_school_and_not_a_heap(read: Read) -> None:
    intake = read(lines("Other,Theft,,,1", "East Garden Hall,Theft,,,2"))

    assert intake.rows["location"].to_list() == ["Other", "East Garden Hall"]


def test_the_mapping_renames_a_place(read: Read) -> None:
    mapping = """
        [columns]
        date = "Incident Date"
        location = "Location"
        [labels.location]
        "BPIT" = "Ball pit"
    """

    intake = read(lines("bpit,,,,1", "Gym,,,,2"), mapping=mapping)

    assert intake.rows["location"].to_list() == ["Ball pit", "Gym"]
    assert intake.report["unmapped_labels"] == {}


def test_the_mapping_says_what_a_removal_is(read: Read) -> None:
    mapping = """
        removals = ["Reset"]
        [columns]
        date = "Incident Date"
        response = "Action"
    """

    intake = read(lines(",,RESET,,1", ",,Suspension,,2"), mapping=mapping)

    assert intake.rows["removal"].to_list() == [True, False]


@pytest.mark.parametrize(
    "response",
    [
        "ISS", "OSS", "iss 1 day", "In-School Suspension", "Suspension - Out of School",
        "SUS - In School Suspension", "Expulsion", "Removal from Class", "Sent Home",
        "Time Out", "Buddy Room", "Out of School Suspension (OSS)", "Expelled",
    ],
)  # fmt: skip
def test_a_removal_takes_a_student_out_of_class(response: str) -> None:
    assert is_removal(response)


@pytest.mark.parametrize(
    "response",
    [
        "Bus Suspension", "Detention", "Conference", "Dismissed", "Missed recess",
        "Loss of privilege", "Tissue", "In lieu of suspension", "Gloss", "Mission",
    ],
)  # fmt: skip
def test_what_keeps_a_student_in_class_is_no_removal(response: str) -> None:
    assert not is_removal(response)


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Offender", "offender"), ("perpetrator", "offender"), ("Victim", "victim"),
        ("Bystander/Witness", "witness"), ("Reporter", "reporter"),
        ("Participant", "participant"), ("Uncle", None),
    ],
)  # fmt: skip
def test_roles_have_many_names(label: str, role: str | None) -> None:
    assert find_role(label) == role


@pytest.mark.parametrize(
    ("label", "severity"),
    [
        ("Staff-managed", "minor"), ("Administrator-managed", "major"), ("ODR", "major"),
        ("Minor - Defiance", "minor"), ("Teacher Referral", "minor"), ("Level 3", "major"),
        ("Tier 1 - Classroom", "minor"), ("Tier 2 - Office", "major"), ("Blue", None),
    ],
)  # fmt: skip
def test_severities_have_many_names(label: str, severity: str | None) -> None:
    assert find_severity(label) == severity


@pytest.mark.parametrize(
    ("label", "grade"),
    [
        ("03", "3"), ("3rd Grade", "3"), ("Grade 10", "10"), ("KG", "K"), ("0", "K"),
        ("PK", "PK"), ("-1", "PK"), ("12", "12"), ("13", None), ("Third grade", "3"),
        ("9.0", "9"), ("Gr. 7", "7"), ("Ann", None),
    ],
)  # fmt: skip
def test_grades_have_many_names(label: str, grade: str | None) -> None:
    assert find_grade(label) == grade


def test_a_subjective_behaviour_rests_on_judgement() -> None:
    assert [
        is_subjective(b) for b in ("D01 - Defiance", "Non-Compliance", "Theft")
    ] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Zorn, Ann", "Ann Zorn", "ANN ZORN", "Ms. Zorn", "Dr Zorn's office", "ann zorn",
        "Lê Thị Hồng", "O'Quexada, Líam", "Zorn-Quexada, Ann-Lise", "a.zorn@x.org",
        "(555) 123-4567", "Coach Zorn's gym",
    ],
)  # fmt: skip
def test_a_person_is_seen(label: str) -> None:
    assert looks_like_a_person(label)


@pytest.mark.parametrize(
    "label", ["South Gym", "The Pit", "Bus 12", "PX-12", "D01 - Defiance", "2nd floor"]
)
def test_a_place_or_code_is_no_person(label: str) -> None:
    assert not looks_like_a_person(label)


def test_a_long_text_is_a_story() -> None:
    assert looks_like_a_story("He " + "ran and " * 12)
    assert not looks_like_a_story("Off-campus at a school sponsored activity")


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("Room 12", "Classroom"), ("Rm. 12B", "Classroom"), ("12B", "12B"),
        ("Zorn's Classroom", "Classroom"), ("Band Room", "Band Room"),
        ("Portable 3", "Classroom"), ("Classroom", "Classroom"), ("Gym", "Gym"),
    ],
)  # fmt: skip
def test_the_room_of_one_class_is_just_a_classroom(label: str, place: str) -> None:
    assert name_place(label) == place


def test_periods_are_shown_by_their_numbers(read: Read) -> None:
    header = "Incident ID,Incident Date,Class Period,Location"
    rows = [f"{n},9/{n}/2025,Period {n % 4 + 1},Gym" for n in range(1, 9)]

    intake = read([header, *rows])

    assert intake.rows["period"].unique().sort().to_list() == [
        "Period 1",
        "Period 2",
        "Period 3",
        "Period 4",
    ]


@pytest.mark.parametrize("label", ["Zorn", "Zorn Hall", "Li Wu", "J. Ng", "王伟", "Lê"])
def test_a_label_with_a_word_of_its_own_may_be_a_name(label: str) -> None:
    assert not may_be_shown("location", label)


def test_a_mapping_can_name_a_label_that_would_not_be_shown(read: Read) -> None:
    mapping = '[columns]\ndate = "Date"\nlocation = "Place"\n[labels.location]\nZorn = "Zorn"\n'
    intake = read(b"Date,Place\n9/3/2025,Zorn\n9/4/2025,Bus\n", mapping=mapping)

    assert intake.rows["location"].to_list() == ["Zorn", "Bus"]


def test_a_label_of_the_mapping_that_stands_nowhere_is_told(read: Read) -> None:
    mapping = (
        'removals = ["ISS", "Expelld"]\n[columns]\ndate = "Date"\nlocation = "Place"\n'
        'response = "Action"\n[labels.location]\nCmmns = "Commons"\nGym = "Gymnasium"\n'
    )
    intake = read(b"Date,Place,Action\n9/3/2025,Gym,ISS\n", mapping=mapping)

    told = intake.report["guesses"]["mapping_labels_not_found"]
    assert told == ["Cmmns", "Expelld"]
