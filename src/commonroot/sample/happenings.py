"""Happenings: telling what happens at a school, day by day, before any pattern."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import accumulate, groupby

from commonroot.sample.bells import Period
from commonroot.sample.chance import Chance
from commonroot.sample.educators import find_reporter
from commonroot.sample.incidents import (
    Incident,
    Participant,
    Response,
    SchoolRecord,
)
from commonroot.sample.patterns import share_of_usual
from commonroot.sample.profiles import Profiles
from commonroot.sample.scenes import SceneChooser
from commonroot.sample.students import Pupil
from commonroot.sample.vocabulary import (
    MAJOR,
    MAJOR_RESPONSES,
    MINOR,
    MINOR_RESPONSES,
    OFFENDER,
    TOWARDS_OTHERS,
    VICTIM,
    WITNESS,
)

MONTHS = {9: 0.8, 10: 1.2, 11: 1.2, 12: 0.95, 1: 0.95, 2: 1.2, 3: 1.2, 4: 0.95,
          5: 0.9, 6: 0.7}  # fmt: skip
WEEKDAYS = (1.0, 0.97, 0.95, 1.0, 1.1)
WEEK_SHAPE = 40  # weeks differ by about a sixth beyond chance
BAD_WEEK_SHARE, BAD_WEEK_FACTOR = 0.15, 3.0
SEVERAL_SHARE = 0.12


class Teller:
    """Tells a school's incidents; all of its choices come from one stream."""

    def __init__(self, record: SchoolRecord) -> None:
        self.record = record
        self.chance = Chance(record.seed, "happenings", record.school.name)
        self.profiles = Profiles(record.seed, list(record.rolls))
        self.scenes = SceneChooser(self.chance, self.profiles)

    def tell_year(self, year: int) -> list[Incident]:
        """Tell all incidents of one school year."""
        days = self.record.days[year]
        weights = [MONTHS[day.month] * WEEKDAYS[day.weekday()] for day in days]
        usual = len(self.record.rolls[year]) / 100 * len(days) / sum(weights)
        usual *= 0.95 + 0.1 * self.chance.share()
        means = {
            day: usual * weight * share_of_usual(self.record.school, day)
            for day, weight in zip(days, weights, strict=True)
        }
        incidents = []
        for _, week in groupby(days, key=lambda day: day.isocalendar()[:2]):
            incidents += self._tell_week(year, list(week), means)
        return incidents

    def _tell_week(
        self, year: int, days: list[date], means: dict[date, float]
    ) -> list[Incident]:
        roll = self.record.rolls[year]
        weights = (self.profiles.weigh(pupil, year) * self._spell() for pupil in roll)
        totals = list(accumulate(weights))
        busy = self.chance.gamma(WEEK_SHAPE)
        school = self.record.school
        rates = ((MINOR, school.minor_rate), (MAJOR, school.major_rate))
        incidents = []
        for day in days:
            for severity, rate in rates:
                for _ in range(self.chance.poisson(means[day] * busy * rate)):
                    first = self.chance.weigh_totals(roll, totals)
                    others = self._others(first, roll, totals)
                    incidents.append(
                        self.tell(year, day, severity, first, others=others)
                    )
        return incidents

    def _spell(self) -> float:
        return BAD_WEEK_FACTOR if self.chance.happens(BAD_WEEK_SHARE) else 1.0

    def _others(
        self, first: Pupil, roll: Sequence[Pupil], totals: Sequence[float]
    ) -> list[Pupil]:
        """Sometimes one or two more, mostly of the same grade."""
        if not self.chance.happens(SEVERAL_SHARE):
            return []
        wanted = 2 if self.chance.happens(0.3) else 1
        others: list[Pupil] = []
        for _ in range(40):
            pupil = self.chance.weigh_totals(roll, totals)
            near = pupil.grade == first.grade or self.chance.happens(0.1)
            if near and pupil not in [first, *others]:
                others.append(pupil)
            if len(others) == wanted:
                break
        return others

    def tell(
        self,
        year: int,
        day: date,
        severity: str,
        first: Pupil,
        *,
        others: Sequence[Pupil] = (),
        allowed: Callable[[Period, str], bool] | None = None,
        behaviours: Sequence[str] = (),
    ) -> Incident:
        """Tell one incident; allowed and behaviours narrow where and what."""
        place, minute = self.scenes.choose_slot(first, day, allowed)
        named = self.scenes.choose_behaviours(first, place, severity, behaviours)
        participants = [self._offender(one, severity) for one in (first, *others)]
        if named[0] in TOWARDS_OTHERS:
            participants += self._bystanders(year, [first, *others])
        return Incident(
            autumn=year,
            recorded=day,
            day=day,
            minute=minute,
            place=place,
            behaviours=named,
            severity=severity,
            reporter=find_reporter(place, self.record.staff, self.chance),
            participants=tuple(participants),
        )

    def _offender(self, pupil: Pupil, severity: str) -> Participant:
        usual = MINOR_RESPONSES if severity == MINOR else MAJOR_RESPONSES
        name = self.chance.weigh(list(usual), list(usual.values()))
        responses = [Response(name, self._days(name))]
        again = 0.08 if severity == MINOR else 0.25
        if name != "Family contact" and self.chance.happens(again):
            responses.append(Response("Family contact"))
        return Participant(pupil.student, pupil.grade, OFFENDER, tuple(responses))

    def _days(self, response: str) -> float:
        if response == "Removal from classroom":
            return 0.5 if self.chance.happens(0.3) else 0.0
        if response == "In-school suspension":
            return self.chance.weigh((0.5, 1.0, 2.0), (5, 4, 1))
        if response == "Out-of-school suspension":
            return self.chance.weigh((1.0, 2.0, 3.0, 5.0), (4, 3, 2, 1))
        return 0.0

    def _bystanders(self, year: int, offenders: list[Pupil]) -> list[Participant]:
        """Somebody was hurt more often than not, and sometimes somebody saw it."""
        known = {pupil.student.number for pupil in offenders}
        grade = offenders[0].grade
        peers = [
            pupil
            for pupil in self.record.rolls[year]
            if pupil.grade == grade and pupil.student.number not in known
        ]
        roles = [VICTIM] if self.chance.happens(0.6) else []
        roles += [WITNESS] if self.chance.happens(0.2) else []
        return [
            Participant(pupil.student, pupil.grade, role)
            for pupil, role in zip(
                self.chance.some(peers, len(roles)), roles, strict=False
            )
        ]
