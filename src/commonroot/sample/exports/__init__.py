"""Exports: each school's incidents in the shape of the system that it uses."""

from collections.abc import Callable

from commonroot.sample.exports import (
    aeries,
    aspen,
    deanslist,
    edfi,
    educlimber,
    infinite_campus,
    powerschool_incidents,
    powerschool_logs,
    skyward,
    swis,
    synergy,
)
from commonroot.sample.exports.shape import Export, Labels
from commonroot.sample.incidents import SchoolRecord

EXPORTERS: dict[str, Callable[[SchoolRecord], Export]] = {
    "SWIS": swis.export,
    "PowerSchool Incident Management": powerschool_incidents.export,
    "PowerSchool log entries": powerschool_logs.export,
    "Infinite Campus": infinite_campus.export,
    "Synergy": synergy.export,
    "Skyward": skyward.export,
    "Aeries": aeries.export,
    "DeansList": deanslist.export,
    "Aspen": aspen.export,
    "eduCLIMBER": educlimber.export,
    "Ed-Fi": edfi.export,
}

LABELS: dict[str, Labels] = {
    "SWIS": swis.LABELS,
    "PowerSchool Incident Management": powerschool_incidents.LABELS,
    "PowerSchool log entries": powerschool_logs.LABELS,
    "Infinite Campus": infinite_campus.LABELS,
    "Synergy": synergy.LABELS,
    "Skyward": skyward.LABELS,
    "Aeries": aeries.LABELS,
    "DeansList": deanslist.LABELS,
    "Aspen": aspen.LABELS,
    "eduCLIMBER": educlimber.LABELS,
    "Ed-Fi": edfi.LABELS,
}


def export_school(record: SchoolRecord) -> Export:
    """Write the school's incidents as its own system would."""
    return EXPORTERS[record.school.system](record)


__all__ = ["LABELS", "Export", "Labels", "export_school"]
