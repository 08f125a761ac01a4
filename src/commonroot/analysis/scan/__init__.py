"""The scan: patterns that survive an honest test (docs/methods/scan.md)."""

from commonroot.analysis.scan.baseline import assume_independence, look_back
from commonroot.analysis.scan.events import Column, Events, make_events
from commonroot.analysis.scan.exposure import Exposures, assume_exposure
from commonroot.analysis.scan.scanning import Found, Options, Pattern, Visible, search

__all__ = [
    "Column",
    "Events",
    "Exposures",
    "Found",
    "Options",
    "Pattern",
    "Visible",
    "assume_exposure",
    "assume_independence",
    "look_back",
    "make_events",
    "search",
]
