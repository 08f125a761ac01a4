"""Releases as files: counts and a design in; a table, a page and a proof out."""

from commonroot.briefs.releases.check_files import check_folder
from commonroot.briefs.releases.ledger_folder import read_ledger
from commonroot.briefs.releases.make_files import ReleaseRequest, make_release
from commonroot.briefs.releases.read_files import read_counts, read_design

__all__ = [
    "ReleaseRequest",
    "check_folder",
    "make_release",
    "read_counts",
    "read_design",
    "read_ledger",
]
