"""A mapping: which column holds what, and what the school's own words mean.

A mapping is proposed from the headers (`propose`), read from a file that a person
edited (`read_mapping`), and written as one (`write_mapping`).
"""

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from commonroot.intake.dates import DECLARED
from commonroot.intake.headers import (
    FIELDS,
    alternatives,
    find_candidates,
    is_dropped,
    is_group,
    is_known,
    normalise,
    read_aliases,
    read_ready_maps,
)
from commonroot.intake.names import (
    holds_a_stranger,
    looks_like_a_person,
    looks_like_a_story,
)
from commonroot.intake.words import call_field, say_header
from commonroot.languages import gettext as _

SEVERAL = ("behaviour", "response")
# A table without one of these is no table of incidents.
TELLING = ("incident_id", "location", "behaviour", "student", "response")
MOST_NAMED = 25
# Fields whose labels stand on the sheet: a column of names may not hold them.
SHOWN = ("school", "location", "period", "severity", "grade", "role", "kind")
NOT_LABELS = ("incident_id", "student", "date", "time", "days_removed")
LABELLED = (
    "location",
    "behaviour",
    "motivation",
    "response",
    "severity",
    "role",
    "period",
    "grade",
)
SECTIONS = {
    "version",
    "system",
    "columns",
    "groups",
    "formats",
    "leave_out",
    "labels",
    "removals",
    "bells",
}


class MappingError(Exception):
    """A mapping cannot be made or used. The text says what to choose or mend.

    `said` is that without `advice`, which is for whoever types commands.
    """

    def __init__(self, said: str, advice: str = "") -> None:
        super().__init__(f"{said}\n{advice}" if advice else said)
        self.said = said


@dataclass(frozen=True)
class Question:
    """A choice that Commonroot leaves to a person: what it is of, and between what."""

    about: str
    choices: tuple[str, ...]

    def __str__(self) -> str:
        """Ask it.

        >>> str(Question("school", ("'Site'", "'Campus'")))
        "school: 'Site' or 'Campus'?"
        """
        return _("{about}: {choices}?").format(
            about=call_field(self.about),
            choices=_(" or ").join(call_field(each) for each in self.choices),
        )


@dataclass(frozen=True)
class ColumnMap:
    """Which headers hold which field, and how this school writes things.

    `columns` gives each field its headers: one, except for behaviour and response,
    which some systems spread over several columns. `labels` renames a field's
    labels; `leave_out` names labels whose rows are not incidents; `removals` overrules
    what the vocabulary says of a response. `notes` has fields that were taken from one
    of two headers, with that header.
    """

    columns: Mapping[str, tuple[str, ...]]
    groups: tuple[str, ...] = ()
    system: str | None = None
    formats: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    leave_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    removals: tuple[str, ...] | None = None
    bells: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[Question, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def questions(self) -> tuple[str, ...]:
        """Ask what is left open, in the language that is spoken."""
        return tuple(map(str, self.asked))

    def header(self, field_name: str) -> str | None:
        """Give the one header of a field, or None."""
        return next(iter(self.columns.get(field_name, ())), None)


def propose(headers: Iterable[str]) -> ColumnMap:
    """Propose a mapping from the headers alone.

    A ready-made map is taken when its headers are there; what it leaves open is
    filled from the aliases. What two headers could mean is asked, one question each,
    and stays unmapped.

    >>> propose(["Incident ID", "Offense ID", "Date", "Place"]).questions
    ("incident_id: 'Incident ID' or 'Offense ID'?",)
    """
    headers = list(headers)
    ready = choose_ready_map(headers)
    columns = fill_ready_map(ready, headers) if ready else {}
    used = {header for found in columns.values() for header in found}
    questions: list[Question] = []
    for field_name, candidates in find_candidates(headers).items():
        free = [header for header in candidates if header not in used]
        if field_name in columns or not free:
            continue
        if len(free) > 1:
            choices = tuple(repr(header) for header in sorted(free))
            questions.append(Question(field_name, choices))
        else:
            columns[field_name] = (free[0],)
    questions += ask_about_ambiguous(headers, columns, used)
    return ColumnMap(
        columns={name: columns[name] for name in FIELDS if name in columns},
        groups=tuple(header for header in headers if is_group(header)),
        system=ready["system"] if ready else None,
        asked=tuple(questions),
    )


def ask_about_ambiguous(
    headers: list[str], columns: Mapping[str, tuple[str, ...]], used: set[str]
) -> list[Question]:
    """Ask about a header that means different things in different systems."""
    doubtful = {
        normalise(header): fields
        for header, fields in read_aliases()["ambiguous"].items()
    }
    questions = []
    for header in headers:
        fields = [
            name for name in doubtful.get(normalise(header), ()) if name not in columns
        ]
        if fields and header not in used:
            questions.append(Question(repr(header), tuple(fields)))
    return questions


def choose_ready_map(headers: Iterable[str]) -> dict[str, Any] | None:
    """Choose the ready-made map that recognises most of these headers."""
    present = {normalise(header) for header in headers}
    fits = [
        ready
        for ready in read_ready_maps()
        if all(
            any(normalise(header) in present for header in alternatives(wanted))
            for wanted in ready["recognise"]
        )
    ]

    def found(ready: dict[str, Any]) -> int:
        return len(fill_ready_map(ready, list(headers)))

    return max(fits, key=found, default=None)


def fill_ready_map(
    ready: dict[str, Any], headers: list[str]
) -> dict[str, tuple[str, ...]]:
    """Fill a ready-made map with the headers that this file has."""
    present = {normalise(header): header for header in reversed(headers)}

    def first(wanted: str) -> list[str]:
        names = [normalise(header) for header in alternatives(wanted)]
        return [present[name] for name in names if name in present][:1]

    filled = {}
    for field_name, wanted in ready["columns"].items():
        parts = wanted if isinstance(wanted, list) else [wanted]
        found = tuple(header for part in parts for header in first(part))
        if found:
            filled[field_name] = found
    return filled


def read_mapping(path: Path, headers: Iterable[str]) -> ColumnMap:
    """Read a mapping that a person wrote or edited, and check it against the file."""
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise MappingError(
            _("The mapping {path} cannot be read: {why}.").format(
                path=path, why=error.strerror
            )
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MappingError(
            _("The mapping {path} is not valid TOML: {why}.").format(
                path=path, why=error
            )
        ) from None
    return check_mapping(loaded, list(headers))


def check_mapping(loaded: dict[str, Any], headers: list[str]) -> ColumnMap:
    """Check every name in a mapping; the first that is wrong is told."""
    unknown = sorted(set(loaded) - SECTIONS)
    if unknown:
        raise MappingError(
            _(
                "The mapping has a section that Commonroot does not know: {section!r}. It knows "
                "{sections}."
            ).format(section=unknown[0], sections=", ".join(sorted(SECTIONS)))
        )
    if loaded.get("version", 1) != 1:
        raise MappingError(
            _("The mapping is of a version that this program cannot read.")
        )
    present = {normalise(header): header for header in reversed(headers)}
    groups = as_list(loaded.get("groups", []), "groups")
    system = loaded.get("system")
    if system is not None and not isinstance(system, str):
        raise MappingError(
            _("system in the mapping must be text: the name of the system.")
        )
    return ColumnMap(
        columns=check_columns(loaded, present),
        groups=tuple(need_header(text, "groups", present) for text in groups),
        system=system,
        formats=check_formats(loaded),
        labels={
            name: {str(old): str(new) for old, new in as_table(tables, name).items()}
            for tables in [check_fields(loaded, "labels")]
            for name in tables
        },
        leave_out={
            name: tuple(as_list(value, name))
            for name, value in check_left_out(loaded).items()
        },
        removals=tuple(as_list(loaded["removals"], "removals"))
        if "removals" in loaded
        else None,
        bells={str(k): str(v) for k, v in as_table(loaded, "bells").items()},
    )


def check_columns(
    loaded: dict[str, Any], present: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Check which headers a mapping names for which field."""
    columns = {}
    for name, wanted in check_fields(loaded, "columns").items():
        found = tuple(
            need_header(text, name, present) for text in as_list(wanted, name)
        )
        if len(found) > 1 and name not in SEVERAL:
            raise MappingError(
                _(
                    "{name} can have one column only; the mapping names {number}."
                ).format(name=name, number=len(found))
            )
        if name in SHOWN and any(is_dropped(header) for header in found):
            raise MappingError(
                _(
                    "The mapping says that {name} is in {header!r}, a column that may hold people's "
                    "names or stories. Name another column."
                ).format(name=call_field(name), header=found[0])
            )
        if found:
            columns[name] = found
    return columns


def check_fields(loaded: dict[str, Any], section: str) -> dict[str, Any]:
    """Take a section whose names must be fields."""
    table = as_table(loaded, section)
    for name in table:
        if name not in FIELDS:
            raise MappingError(
                _(
                    "[{section}] in the mapping names a field that does not exist: {name!r}. The fields "
                    "are {fields}."
                ).format(section=section, name=name, fields=", ".join(FIELDS))
            )
    return table


def check_left_out(loaded: dict[str, Any]) -> dict[str, Any]:
    """Take the labels whose rows are not incidents; only labels can be left out."""
    table = check_fields(loaded, "leave_out")
    for name in table:
        if name in NOT_LABELS:
            raise MappingError(
                _(
                    "[leave_out] in the mapping names {name}, which holds no labels. It can name "
                    "{fields}."
                ).format(
                    name=name,
                    fields=", ".join(
                        field for field in FIELDS if field not in NOT_LABELS
                    ),
                )
            )
    return table


def check_formats(loaded: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Check the declared ways of writing dates."""
    table = as_table(loaded, "formats")
    formats = {name: tuple(as_list(value, name)) for name, value in table.items()}
    for name, ways in formats.items():
        unknown = [way for way in ways if way not in DECLARED]
        if name != "date" or unknown:
            raise MappingError(
                _(
                    "[formats] in the mapping says {name} = {ways}. It can say how dates are written: "
                    "date = one or more of {known}."
                ).format(name=name, ways=list(ways), known=", ".join(DECLARED))
            )
    return formats


def as_table(loaded: dict[str, Any], section: str) -> dict[str, Any]:
    """Take a section that must be a table."""
    value = loaded.get(section, {})
    if not isinstance(value, dict):
        raise MappingError(
            _("[{section}] in the mapping must be a table of names.").format(
                section=section
            )
        )
    return value


def as_list(value: Any, where: str) -> list[str]:
    """Take one text or a list of texts."""
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise MappingError(
            _("{where} in the mapping must be text, or a list of texts.").format(
                where=where
            )
        )
    return [text for text in texts if text]


def need_header(wanted: str, field_name: str, present: Mapping[str, str]) -> str:
    """Find the header that a mapping names, or say which there are."""
    if normalise(wanted) not in present:
        raise MappingError(
            _(
                "The mapping says that {field} is in {header!r}, and this file has no such column. "
                "It has: {headers}."
            ).format(
                field=field_name, header=wanted, headers=", ".join(present.values())
            )
        )
    return present[normalise(wanted)]


def choose_columns(proposed: ColumnMap, chosen: Mapping[str, str]) -> ColumnMap:
    """Take the headers that somebody chose for fields, beside what is proposed for others.

    >>> choose_columns(propose(["When", "Place"]), {"date": "When"}).columns
    {'date': ('When',), 'location': ('Place',)}
    """
    taken = set(chosen.values())
    kept = {
        name: tuple(header for header in headers if header not in taken)
        for name, headers in proposed.columns.items()
        if name not in chosen
    }
    columns = {**kept, **{name: (header,) for name, header in chosen.items()}}
    return replace(
        proposed,
        columns={name: columns[name] for name in FIELDS if columns.get(name)},
        asked=tuple(each for each in proposed.asked if each.about not in chosen),
    )


def need_answers(mapping: ColumnMap, headers: Iterable[str]) -> ColumnMap:
    """Refuse a mapping with open questions, or without a date."""
    if mapping.asked:
        raise MappingError(
            _(
                "Some columns could mean more than one thing, and Commonroot does not guess:\n"
                "  {questions}"
            ).format(questions="\n  ".join(mapping.questions)),
            _(
                "Write the proposal to a file (commonroot mapping FILE > my.toml), choose there, and "
                "run again with --mapping my.toml."
            ),
        )
    named = name_headers(headers)
    if "date" not in mapping.columns:
        raise MappingError(
            _(
                "No column could be read as the date of the incident. The columns are: {columns}."
            ).format(columns=named),
            _(
                "If one of them is the date, write a mapping (commonroot mapping FILE > my.toml), "
                'add  date = "…"  under [columns], and run again with --mapping my.toml.'
            ),
        )
    if not any(name in mapping.columns for name in TELLING):
        raise MappingError(
            _(
                "The file has dates, but no column says what happened, where, to whom, or what "
                "followed, so it does not look like incidents. The columns are: {columns}."
            ).format(columns=named),
            _(
                "If it does hold incidents, name those columns in a mapping (commonroot mapping FILE "
                "> my.toml) and run again with --mapping my.toml."
            ),
        )
    return mapping


def name_headers(headers: Iterable[str]) -> str:
    """Name the columns of a file for its holder.

    A file without a header has data where the names should be: then, and wherever a
    header could be a person's name, the column's number stands for it.
    """
    headers = list(headers)
    known = any(is_known(header) for header in headers)
    shown = [
        show_header(header, at, strictly=not known)
        for at, header in enumerate(headers, start=1)
        if not is_dropped(header)
    ]
    told = ", ".join(map(say_header, shown[:MOST_NAMED]))
    return f"{told} …" if len(shown) > MOST_NAMED else told


def show_header(header: str, at: int, *, strictly: bool = False) -> str:
    """Show a header, unless it could be a person's name or a story.

    >>> show_header("Shoe Size", 3), show_header("Marisol Quexada", 4)
    ('Shoe Size', '(column 4)')
    """
    if is_known(header):
        return header
    if strictly and holds_a_stranger(header):
        return f"(column {at})"
    if looks_like_a_person(header) or looks_like_a_story(header):
        return f"(column {at})"
    return "".join(c if c.isprintable() else " " for c in header)


def settle_pairs(mapping: ColumnMap, same: Mapping[str, str]) -> ColumnMap:
    """Answer questions whose headers say the same thing row by row (a name, a code)."""
    columns = {**mapping.columns, **{name: (header,) for name, header in same.items()}}
    return replace(
        mapping,
        columns={name: columns[name] for name in FIELDS if name in columns},
        asked=tuple(each for each in mapping.asked if each.about not in same),
        notes=mapping.notes + tuple(same.items()),
    )


def write_mapping(mapping: ColumnMap, headers: Iterable[str]) -> str:
    """Write a mapping as TOML that a person can edit, at most 30 lines.

    >>> print(write_mapping(propose(["Incident Date", "Place", "Shoe Size"]),
    ...                     ["Incident Date", "Place", "Shoe Size"]))
    # What each column of this export holds. Edit, then: commonroot brief FILE --mapping THIS
    version = 1
    <BLANKLINE>
    [columns]
    date = "Incident Date"
    location = "Place"
    <BLANKLINE>
    # Not used: Shoe Size
    """
    headers = list(headers)
    used = {header for found in mapping.columns.values() for header in found}
    used |= set(mapping.groups)
    unused = [header for header in headers if header not in used]
    lines = [
        "# What each column of this export holds. Edit, then: "
        "commonroot brief FILE --mapping THIS",
        "version = 1",
        *([f"system = {quote(mapping.system)}"] if mapping.system else []),
        *([f"groups = {quote_list(mapping.groups)}"] if mapping.groups else []),
        "",
        "[columns]",
    ]
    for field_name, found in mapping.columns.items():
        value = quote(found[0]) if len(found) == 1 else quote_list(found)
        lines.append(f"{field_name} = {value}")
    if "date" not in mapping.columns:
        lines.append('# date = "..."  is needed: write here which column holds it')
    lines += [f"# choose one: {question}" for question in mapping.questions]
    places = {header: at for at, header in enumerate(headers, start=1)}
    strictly = not any(is_known(header) for header in headers)
    kept_out = [header for header in unused if is_dropped(header)]
    others = [
        show_header(h, places[h], strictly=strictly)
        for h in unused
        if not is_dropped(h)
    ]
    if others:
        lines += ["", f"# Not used: {', '.join(others)}"]
    if kept_out:
        lines += ["", f"# Dropped at the door: {', '.join(kept_out)}"]
    return "\n".join(lines)


def quote(text: str) -> str:
    """Write a TOML string, which is escaped as JSON is."""
    return json.dumps(text, ensure_ascii=False)


def quote_list(texts: Iterable[str]) -> str:
    """Write a TOML list of strings."""
    return f"[{', '.join(quote(text) for text in texts)}]"
