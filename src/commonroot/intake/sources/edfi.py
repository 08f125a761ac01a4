"""Ed-Fi's StudentDiscipline interchange, any namespace version.

The interchange keeps incidents, the students in them and what followed in separate
lists. A row here is one student in one incident with one response, so an incident
stands on several rows; its key is school and identifier together.

Source: Ed-Fi Data Standard, Interchange-StudentDiscipline.xsd (3.3 to 5.2).
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from commonroot.intake.sources.table import Source, UnreadableFileError, make_source
from commonroot.languages import gettext as _

Element = Any  # lxml ships no types
Key = tuple[str, str]
Values = dict[str, str | None]

OFFENDERS = (
    "StudentDisciplineIncidentBehaviorAssociation",
    "StudentDisciplineIncidentAssociation",
)
OTHERS = ("StudentDisciplineIncidentNonOffenderAssociation",)
HEADER = (
    "IncidentIdentifier",
    "IncidentDate",
    "IncidentTime",
    "SchoolId",
    "IncidentLocation",
    "Behavior",
    "DisciplineIncidentParticipationCode",
    "StudentUniqueId",
    "Discipline",
    "ActualDisciplineActionLength",
    "ReporterDescription",
    "IncidentDescription",
    "ReporterName",
    "CaseNumber",
    "BehaviorDetailedDescription",
)
INCIDENT_VALUES = (
    "IncidentIdentifier",
    "IncidentDate",
    "IncidentTime",
    "IncidentLocation",
    "ReporterDescription",
    "IncidentDescription",
    "ReporterName",
    "CaseNumber",
)


@dataclass
class Incident:
    """One incident as the interchange gives it, with the students in it."""

    line: int
    values: Values
    behaviours: list[str | None]
    participants: list[tuple[int, Values]] = field(default_factory=list)


@dataclass
class Interchange:
    """The lists of one file, linked."""

    incidents: dict[Key, Incident] = field(default_factory=dict)
    keys_by_reference: dict[str, Key] = field(default_factory=dict)
    responses: dict[tuple[Key, str | None], list[Values]] = field(
        default_factory=lambda: defaultdict(list)
    )
    students_by_incident: dict[Key, list[str | None]] = field(
        default_factory=lambda: defaultdict(list)
    )
    unlinked: list[tuple[int, Values]] = field(default_factory=list)
    repeated: list[tuple[Key, int, Values]] = field(default_factory=list)


def read_edfi(raw: bytes) -> Source:
    """Read the interchange. Entities and outside references are never resolved."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(raw.lstrip(), parser=parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(
            _("The XML file is damaged at line {line}. Export it again.").format(
                line=error.lineno
            )
        ) from None
    interchange = link(root)
    if not interchange.incidents:
        raise UnreadableFileError(
            _(
                "The XML file ({root}) holds no DisciplineIncident. Commonroot reads Ed-Fi's "
                "StudentDiscipline interchange; ask for that one."
            ).format(root=name(root))
        )
    guesses = {"format": "Ed-Fi XML", "namespace": etree.QName(root).namespace}
    numbered = (
        (line, [values.get(column) for column in HEADER])
        for line, values in make_rows(interchange)
    )
    return make_source(HEADER, numbered, guesses)


def name(element: Element) -> str:
    """Give an element's name without its namespace, which changes each version."""
    return str(etree.QName(element).localname)


def children(element: Element, wanted: str) -> Iterator[Element]:
    """Give the direct children of one name."""
    for child in element.iterchildren(tag=etree.Element):
        if name(child) == wanted:
            yield child


def text(element: Element, wanted: str) -> str | None:
    """Give the text of the first direct child of one name."""
    return next(
        ((child.text or "").strip() or None for child in children(element, wanted)),
        None,
    )


def deep_text(element: Element, wanted: str) -> str | None:
    """Give the text of the first descendant of one name."""
    found = next(element.iter(f"{{*}}{wanted}"), None)
    return None if found is None else (found.text or "").strip() or None


def link(root: Element) -> Interchange:
    """Read the lists in the order in which they need each other.

    A record's number is its place among the records of the file.
    """
    interchange = Interchange()
    records = list(enumerate(root.iterchildren(tag=etree.Element), start=1))
    for number, record in records:
        if name(record) == "DisciplineIncident":
            add_incident(interchange, number, record)
    for number, record in records:
        if name(record) in OFFENDERS:
            add_participant(interchange, number, record, default_role="Perpetrator")
        elif name(record) in OTHERS:
            add_participant(interchange, number, record, default_role=None)
        elif name(record) == "DisciplineAction":
            add_response(interchange, number, record)
    return interchange


def add_incident(interchange: Interchange, number: int, record: Element) -> None:
    """Keep an incident under its key, and under the file's own short name for it."""
    values = {column: text(record, column) for column in INCIDENT_VALUES}
    values["SchoolId"] = deep_text(record, "SchoolId")
    key = (values["SchoolId"] or "", values["IncidentIdentifier"] or "")
    behaviours = [
        text(behaviour, "Behavior") for behaviour in children(record, "Behavior")
    ]
    if key in interchange.incidents:
        interchange.repeated.append((key, number, values))
        return
    interchange.incidents[key] = Incident(number, values, behaviours)
    if record.get("id"):
        interchange.keys_by_reference[record.get("id", "")] = key


def find_key(interchange: Interchange, record: Element) -> Key | None:
    """Find the incident that a record speaks of, by reference or by its identity."""
    for reference in record.iter("{*}DisciplineIncidentReference"):
        if reference.get("ref") in interchange.keys_by_reference:
            return interchange.keys_by_reference[reference.get("ref", "")]
        key = (
            deep_text(reference, "SchoolId") or "",
            deep_text(reference, "IncidentIdentifier") or "",
        )
        if key in interchange.incidents:
            return key
    return None


def add_participant(
    interchange: Interchange,
    number: int,
    record: Element,
    *,
    default_role: str | None,
) -> None:
    """Add a student to an incident; one whose incident is missing is kept apart."""
    role = text(record, "DisciplineIncidentParticipationCode") or text(
        record, "StudentParticipationCode"
    )
    values = {
        "StudentUniqueId": deep_text(record, "StudentUniqueId"),
        "Behavior": text(record, "Behavior") or inner_behaviour(record),
        "BehaviorDetailedDescription": text(record, "BehaviorDetailedDescription"),
        "DisciplineIncidentParticipationCode": role or default_role,
    }
    key = find_key(interchange, record)
    if key is None:
        interchange.unlinked.append((number, values))
    else:
        interchange.incidents[key].participants.append((number, values))


def inner_behaviour(record: Element) -> str | None:
    """Older versions put the behaviour one level down."""
    inner = next(children(record, "Behavior"), None)
    return None if inner is None else text(inner, "Behavior")


def add_response(interchange: Interchange, number: int, record: Element) -> None:
    """Add what followed to every student and incident that the action names."""
    student = deep_text(record, "StudentUniqueId")
    length = text(record, "ActualDisciplineActionLength") or text(
        record, "DisciplineActionLength"
    )
    responses: list[Values] = [
        {
            "Discipline": (each.text or "").strip(),
            "ActualDisciplineActionLength": length,
        }
        for each in children(record, "Discipline")
    ]
    keys = {
        key
        for reference in record.iterchildren(tag=etree.Element)
        if (key := find_key(interchange, reference)) is not None
    }
    for key in sorted(keys):
        interchange.responses[key, student].extend(responses)
        if student not in interchange.students_by_incident[key]:
            interchange.students_by_incident[key].append(student)
    if not keys:
        interchange.unlinked.append(
            (number, {"StudentUniqueId": student, **responses[0]})
            if responses
            else (number, {"StudentUniqueId": student})
        )


def make_rows(interchange: Interchange) -> Iterator[tuple[int, Values]]:
    """Give one row a student, incident and response; then what hangs in the air.

    An incident that the file gives twice comes as a copy of its first row, or, when
    the two differ, as a row of its own that contradicts it.
    """
    firsts: dict[Key, Values] = {}
    for key, line, values in make_incident_rows(interchange):
        firsts.setdefault(key, values)
        yield line, values
    for key, line, values in interchange.repeated:
        same = values == interchange.incidents[key].values
        yield line, firsts[key] if same else {**firsts[key], **values}
    yield from interchange.unlinked


def make_incident_rows(interchange: Interchange) -> Iterator[tuple[Key, int, Values]]:
    """Give one row a student, incident and response."""
    for key, incident in interchange.incidents.items():
        for line, values in incident.participants:
            given = interchange.responses.get((key, values["StudentUniqueId"]))
            offender = (values["DisciplineIncidentParticipationCode"] or "").endswith(
                "Perpetrator"
            )
            for response in given if given and offender else [{}]:
                filled = {
                    **values,
                    "Behavior": values["Behavior"] or first(incident.behaviours),
                }
                yield key, line, {**incident.values, **filled, **response}
        for values in list_uninvited(interchange, key, incident):
            yield key, incident.line, {**incident.values, **values}
        if not incident.participants and not interchange.students_by_incident[key]:
            for behaviour in incident.behaviours or [None]:
                yield key, incident.line, {**incident.values, "Behavior": behaviour}


def list_uninvited(
    interchange: Interchange, key: Key, incident: Incident
) -> Iterator[Values]:
    """List the responses to students whom no association names as having taken part.

    Who was given a response is taken to have taken part.
    """
    named = {
        values["StudentUniqueId"]
        for _, values in incident.participants
        if (values["DisciplineIncidentParticipationCode"] or "").endswith("Perpetrator")
    }
    for student in interchange.students_by_incident[key]:
        if student in named:
            continue
        for response in interchange.responses[key, student]:
            yield {
                "StudentUniqueId": student,
                "Behavior": first(incident.behaviours),
                "DisciplineIncidentParticipationCode": "Perpetrator",
                **response,
            }


def first(values: list[str | None]) -> str | None:
    """Give the first value, if there is one."""
    return values[0] if values else None
