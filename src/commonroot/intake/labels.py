"""Labels as the school writes them: cleaned, never renamed without being asked.

A label keeps the school's own words. Differences of spelling that mean nothing (case,
spaces, kinds of dash) are merged under the most frequent spelling. What a label is
(a removal, a subjective behaviour, an offender) is read from the vocabulary.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache

from commonroot.intake.headers import normalise
from commonroot.intake.names import (
    CONTACT,
    holds_a_stranger,
    known_labels,
    looks_like_a_story,
    read_vocabulary,
)

WITHHELD = "(label not shown)"
ONE_ROOM = re.compile(
    r"(?:class\s*room|room|rm|class|portable|homeroom)\W*[a-z]?\d+[a-z]?|[a-z]?\d+[a-z]?\W*(?:class\s*room|room)",
    re.I,
)
ROOM_WORDS = {"class", "classroom", "room", "homeroom", "classes", "rooms"}
SEVERITY_WORDS = (
    (
        "minor",
        re.compile(
            r"\bminor\b|^(?:tier|level) 1\b|\b(?:staff|class(?:room)?|teacher)[- ]?managed",
            re.I,
        ),
    ),
    (
        "major",
        re.compile(
            r"\bmajor\b|^(?:tier|level) [2-9]\b|\b(?:office|admin\w*)[- ]?managed", re.I
        ),
    ),
)
DASHES = str.maketrans("‐‑‒–—―", "------")


@cache
def missing_labels() -> frozenset[str]:
    """Give the texts that mean that nothing was written."""
    return frozenset(text.casefold() for text in read_vocabulary()["missing"]["labels"])


def is_missing(text: str) -> bool:
    """Does this text mean that nothing was written?

    >>> is_missing("NULL"), is_missing(" n/a "), is_missing("None")
    (True, True, False)
    """
    return text.strip().casefold() in missing_labels()


def clean_label(text: str) -> str | None:
    """Tidy one label; None when it says that nothing was written.

    >>> clean_label("uri://ed-fi.org/IncidentLocationDescriptor#School bus")
    'School bus'
    >>> clean_label("PAC –  Admin")
    'PAC - Admin'
    """
    bare = (
        text.rpartition("#")[2] if text.startswith("uri://") and "#" in text else text
    )
    tidy = " ".join(bare.translate(DASHES).split())
    return None if is_missing(tidy) else tidy


@cache
def label_key(label: str) -> str:
    """Reduce a label to what two spellings of it share, in any script.

    >>> label_key("PAC - Admin") == label_key("Pac Admin")
    True
    """
    return re.sub(r"[\W_]", "", label.casefold()) or label.casefold()


def merge_spellings(counts: Mapping[str, int]) -> dict[str, str]:
    """Give each label the most frequent of the spellings that mean the same.

    >>> merge_spellings({"Gym": 5, "GYM": 2, "Bus": 1})
    {'Gym': 'Gym', 'GYM': 'Gym', 'Bus': 'Bus'}
    """
    spellings: dict[str, Counter[str]] = {}
    for label, rows in counts.items():
        spellings.setdefault(label_key(label), Counter())[label] += rows
    best = {
        key: min(found, key=lambda label: (-found[label], label))
        for key, found in spellings.items()
    }
    return {label: best[label_key(label)] for label in counts}


def is_known_label(field: str, label: str) -> bool:
    """Does the vocabulary hold this label, or what follows a code before it?

    >>> is_known_label("behaviour", "D01 - Defiance"), is_known_label("location", "Café")
    (True, True)
    """
    plain = "".join(
        c for c in unicodedata.normalize("NFKD", label) if not unicodedata.combining(c)
    )
    parts = re.split(r"\s+-\s+|:\s*", plain)
    return any(normalise(part) in known_labels(field) for part in (plain, *parts[1:]))


def name_place(label: str) -> str:
    """Give a place as it may be shown: one class's room becomes "Classroom".

    >>> name_place("Room 12"), name_place("Quexada's classroom"), name_place("Band Room")
    ('Classroom', 'Classroom', 'Band Room')
    """
    if ONE_ROOM.fullmatch(label.strip()):
        return "Classroom"
    words = {word.casefold() for word in re.findall(r"[^\W\d_]+", label)}
    return "Classroom" if ROOM_WORDS & words and holds_a_stranger(label) else label


def may_be_shown(field: str, label: str) -> bool:
    """May this label be printed as it is?

    A label of the vocabulary may, and one of words that labels share and codes. Any
    other word could be a name, however often it stands there.

    >>> may_be_shown("location", "South Gym"), may_be_shown("location", "Zorn's corner")
    (True, False)
    """
    if is_known_label(field, label):
        return True
    return not (
        holds_a_stranger(label) or looks_like_a_story(label) or CONTACT.search(label)
    )


@cache
def section_texts(field: str, key: str) -> tuple[str, ...]:
    """Give one list of the vocabulary."""
    return tuple(read_vocabulary()[field][key])


def is_subjective(behaviour: str) -> bool:
    """Does naming this behaviour rest on an adult's judgement?

    >>> is_subjective("Minor - Defiance"), is_subjective("Theft")
    (True, False)
    """
    folded = behaviour.casefold()
    return any(part in folded for part in section_texts("behaviour", "subjective"))


def is_removal(response: str) -> bool:
    """Does this response take a student out of class or community?

    >>> [is_removal(r) for r in ("ISS", "Out-of-School Suspension", "Bus suspension", "Call home")]
    [True, True, False, False]
    """
    folded = " ".join(re.split(r"[\W_]+", response.casefold()))
    padded = f" {folded} "

    def said(key: str) -> bool:
        return any(
            (f" {part} " if len(part) <= 3 else f" {part}").replace("-", " ") in padded
            for part in section_texts("response", key)
        )

    return said("removal") and not said("not_removal")


def find_role(label: str) -> str | None:
    """Name the role: offender, victim, witness, reporter or participant.

    >>> find_role("Perpetrator"), find_role("Bystander/Witness"), find_role("Uncle")
    ('offender', 'witness', None)
    """
    for role, labels in read_vocabulary()["role"].items():
        if normalise(label) in {normalise(known) for known in labels}:
            return str(role)
    return None


def find_severity(label: str) -> str | None:
    """Name the severity, major (administrator-managed) or minor (staff-managed).

    >>> find_severity("Minor - Defiance"), find_severity("ODR"), find_severity("blue")
    ('minor', 'major', None)
    """
    for severity, labels in read_vocabulary()["severity"].items():
        if normalise(label) in {normalise(known) for known in labels}:
            return str(severity)
    for severity, words in SEVERITY_WORDS:
        if words.search(label):
            return severity
    return None


GRADE_WORDS = {
    word: str(number)
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=1,
    )
}
EARLY_GRADES = {
    "k": "K", "kg": "K", "kn": "K", "kf": "K", "kindergarten": "K", "0": "K", "00": "K", "tk": "TK",
    "pk": "PK", "prek": "PK", "prekindergarten": "PK", "preschool": "PK", "preschoolprekindergarten": "PK",
    "ps": "PK", "pk3": "PK", "pk4": "PK", "earlyeducation": "PK", "transitionalkindergarten": "TK",
    "infanttoddler": "PK", "1": "1", "p3": "PK", "p4": "PK", "-1": "PK", "ungraded": "Ungraded", "ug": "Ungraded",
}  # fmt: skip


def find_grade(label: str) -> str | None:
    """Name the grade: PK, TK, K, 1 to 12, or Ungraded.

    >>> [find_grade(g) for g in ("03", "3rd Grade", "Third grade", "Grade 10", "KG", "Ann")]
    ['3', '3', '3', '10', 'K', None]
    """
    folded = re.sub(r"\.0$", "", label.casefold().strip())
    if folded in EARLY_GRADES:
        return EARLY_GRADES[folded]
    bare = re.sub(r"[\W_]|grade|gr\b", "", folded)
    if bare in EARLY_GRADES:
        return EARLY_GRADES[bare]
    found = re.fullmatch(r"0*(\d{1,2})(?:st|nd|rd|th)?", bare)
    if found and 1 <= int(found[1]) <= 12:
        return str(int(found[1]))
    return GRADE_WORDS.get(bare)
