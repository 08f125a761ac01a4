"""The time of a meeting: how long it lasts, and how long each part of it took."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from commonroot.domain.teams.choices import MINUTES, Section
from commonroot.domain.teams.models import Meeting

WHOLE = sum(MINUTES.values())


@dataclass(frozen=True)
class PartTime:
    """Minutes of one part: those planned, and those used so far."""

    planned: int
    used: int
    is_now: bool

    @property
    def over(self) -> int:
        """Give the minutes beyond the plan."""
        return max(0, self.used - self.planned)


def plan_minutes(section: Section, whole: int) -> int:
    """Plan the minutes of a part out of those of the whole meeting.

    >>> plan_minutes(Section.PATTERN, 45), plan_minutes(Section.PATTERN, 90)
    (10, 20)
    """
    return max(1, round(MINUTES[section] * whole / WHOLE))


def add_running(meeting: Meeting, at: dt.datetime) -> dict[str, int]:
    """Give the seconds of every part, with those of the part that is going on."""
    spent = {str(name): int(seconds) for name, seconds in meeting.spent.items()}
    if meeting.section and meeting.section_began is not None:
        running = max(0, int((at - meeting.section_began).total_seconds()))
        spent[meeting.section] = spent.get(meeting.section, 0) + running
    return spent


def read_clock(meeting: Meeting) -> dict[Section, PartTime]:
    """Read the minutes of every part as of now, by the server's clock."""
    spent = add_running(meeting, timezone.now())
    return {
        section: PartTime(
            plan_minutes(section, meeting.minutes),
            spent.get(section.value, 0) // 60,
            meeting.section == section,
        )
        for section in Section
    }


def read_whole(meeting: Meeting) -> PartTime:
    """Read the minutes since the meeting began."""
    gone = timezone.now() - (meeting.began or timezone.now())
    used = max(0, int(gone.total_seconds() // 60))
    return PartTime(meeting.minutes, used, is_now=True)
