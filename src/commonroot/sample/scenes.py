"""Scenes: where, when and what, given who."""

from collections.abc import Callable, Sequence
from datetime import date

from commonroot.sample.bells import Period, find_schedule
from commonroot.sample.chance import Chance
from commonroot.sample.places import GRADES
from commonroot.sample.profiles import Profiles
from commonroot.sample.students import Pupil
from commonroot.sample.vocabulary import (
    LEANINGS,
    MAJOR,
    MAJOR_BEHAVIOURS,
    MINOR,
    MINOR_BEHAVIOURS,
    OLDER_BEHAVIOURS,
)

SECOND_BEHAVIOUR_SHARE = 0.08
ROUNDED_SHARE = 0.5  # of times that people write down to the nearest five minutes


class SceneChooser:
    """Chooses scenes, and remembers them so that no two are the same."""

    def __init__(self, chance: Chance, profiles: Profiles) -> None:
        self.chance = chance
        self.profiles = profiles
        self._taken: set[tuple[date, int, str]] = set()

    def choose_slot(
        self,
        pupil: Pupil,
        day: date,
        allowed: Callable[[Period, str], bool] | None,
    ) -> tuple[str, int]:
        """Choose a place and minute that the pupil's bell schedule allows."""
        own = self.profiles.find(pupil.student).places
        slots = []
        for period in find_schedule(pupil.grade):
            whole = sum(period.places.values())
            for place, share in period.places.items():
                if allowed is None or allowed(period, place):
                    weight = period.weight * share / whole * own[place]
                    slots.append((period, place, weight))
        period, place, _ = self.chance.weigh(slots, [weight for *_, weight in slots])
        return place, self._choose_minute(period, day, place)

    def _choose_minute(self, period: Period, day: date, place: str) -> int:
        """Choose a minute, often rounded to five.

        No two incidents share day, minute and place, so that an export without
        incident numbers can still be put together again.
        """
        minute = self.chance.between(period.start, period.end - 1)
        if self.chance.happens(ROUNDED_SHARE):
            minute = max(minute - minute % 5, period.start)
        span = period.end - period.start
        for step in range(span):
            free = period.start + (minute - period.start + step) % span
            if (day, free, place) not in self._taken:
                minute = free
                break
        self._taken.add((day, minute, place))
        return minute

    def choose_behaviours(
        self, pupil: Pupil, place: str, severity: str, among: Sequence[str]
    ) -> tuple[str, ...]:
        """Choose what was written up, the main behaviour first."""
        usual = dict(MINOR_BEHAVIOURS if severity == MINOR else MAJOR_BEHAVIOURS)
        if severity == MAJOR and GRADES.index(pupil.grade) >= 7:
            usual |= OLDER_BEHAVIOURS
        if among:
            usual = {name: usual.get(name, 5.0) for name in among}
        own = self.profiles.find(pupil.student).behaviours
        leaning = LEANINGS.get(place, {})
        weights = [
            weight * own[name] * leaning.get(name, 1.0)
            for name, weight in usual.items()
        ]
        first = self.chance.weigh(list(usual), weights)
        rest = [name for name in usual if name != first]
        if not rest or not self.chance.happens(SECOND_BEHAVIOUR_SHARE):
            return (first,)
        return (first, self.chance.pick(rest))
