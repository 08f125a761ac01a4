"""Did a small change help? Not yet known, yes, no, worse, or not to be told."""

from commonroot.analysis.check.answer import Answer, release_answer
from commonroot.analysis.check.checking import Check, Verdict, check_change
from commonroot.analysis.check.drift import NOWHERE, Moves, weigh_moves
from commonroot.analysis.check.planning import Sight, foresee
from commonroot.analysis.check.series import Elsewhere, Series, SeriesError, Week

__all__ = [
    "Answer",
    "Check",
    "NOWHERE",
    "Elsewhere",
    "Moves",
    "Series",
    "SeriesError",
    "Sight",
    "Verdict",
    "Week",
    "check_change",
    "foresee",
    "release_answer",
    "weigh_moves",
]
