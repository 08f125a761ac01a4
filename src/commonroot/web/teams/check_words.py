"""What a check says, in sentences that somebody reads who has never seen an interval."""

from collections.abc import Sequence

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from commonroot.analysis.check import Answer, Verdict
from commonroot.domain.teams.models import CheckResult
from commonroot.web.teams.slices import Foreseen

STEP = 5
SAME, TWICE, ALMOST_NONE, FAR = 0.025, 1.95, 0.05, 3.0


def write_percent(ratio: float) -> str:
    """Write how much fewer or more a ratio is, in steps of five."""
    if ratio <= ALMOST_NONE:
        return _("almost none")
    percent = max(STEP, STEP * round(abs(1 - ratio) * 100 / STEP))
    if abs(1 - ratio) < SAME:
        return _("about the same")
    if ratio >= TWICE:
        return _("about %(times)s times as many") % {"times": number_format(ratio, 1)}
    if ratio < 1:
        return _("about %(percent)s%% fewer") % {"percent": percent}
    return _("about %(percent)s%% more") % {"percent": percent}


def write_interval(low: float | None, high: float | None) -> str:
    """Write between what and what the truth lies."""
    if (low or 0.0) <= 1 / FAR and (high is None or high >= FAR):
        return _("So far anything is possible, from far fewer to far more.")
    told = {
        "low": write_percent(low or 0.0),
        "high": _("many times as many") if high is None else write_percent(high),
    }
    return _("It may be anything from %(low)s to %(high)s.") % told


def describe(found: Answer | CheckResult | None) -> list[str]:
    """Say what a check answers, the answer first."""
    if found is None:
        return [_("There are no records of this pattern yet, so nothing can be said.")]
    answer = found.verdict.value if isinstance(found, Answer) else found.helped
    told = [describe_answer(answer, found.reason)]
    if found.ratio is not None:
        told.append(describe_ratio(found.ratio))
        told.append(write_interval(found.low, found.high))
        if isinstance(found, Answer):
            told.append(describe_comparison(found.schools))
    return told


def describe_ratio(ratio: float) -> str:
    """Say how many incidents there were beside the expected ones."""
    if abs(1 - ratio) < SAME:
        return _("There were about as many incidents here as we would have expected.")
    return _("Incidents here, beside what we would have expected: %(ratio)s.") % {
        "ratio": write_percent(ratio)
    }


def describe_comparison(schools: int) -> str:
    """Say what the incidents were compared with."""
    if schools:
        return _(
            "What we would have expected comes from the weeks before, from the rest of the "
            "school, and from how %(schools)s other schools moved that did not change this."
        ) % {"schools": schools}
    return _(
        "What we would have expected comes from the weeks before and from the rest of the "
        "school."
    )


def describe_answer(answer: str, reason: str) -> str:
    """Say the answer."""
    if answer == Verdict.CANNOT_TELL:
        return {
            "no_slice": _(
                "It cannot be told: the team named this pattern itself, so its incidents "
                "cannot be counted. Talk about what you saw."
            ),
            "days": _(
                "It cannot be told: people recorded on many fewer, or many more, days "
                "since the change."
            ),
        }.get(
            reason,
            _(
                "It cannot be told: in the rest of the school, where nothing was changed, "
                "much more or much less was recorded since the change."
            ),
        )
    if answer == Verdict.TOO_EARLY:
        return {
            "few_before": _(
                "Too early to tell: too little was recorded before the change."
            ),
            "few_after": _(
                "Too early to tell: too little time has passed since the change."
            ),
        }.get(reason, _("Too early to tell."))
    return {
        Verdict.HELPED.value: _("It helped."),
        Verdict.DID_NOT_HELP.value: _("It did not help as much as was hoped."),
        Verdict.GOT_WORSE.value: _("It got worse."),
    }[answer]


def describe_sight(sights: Sequence[Foreseen]) -> list[str]:
    """Say before when an effect would hardly show: wandering and breaks make it later."""
    words = {0.5: _("A halving"), 0.75: _("A quarter less")}
    told = []
    for each in sights:
        what = words.get(each.effect, str(each.effect))
        if each.day is None:
            told.append(_("%(what)s would not show this school year.") % {"what": what})
        else:
            told.append(
                _("%(what)s would hardly show before %(day)s.")
                % {"what": what, "day": date_format(each.day)}
            )
    return told
