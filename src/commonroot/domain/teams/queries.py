"""Reading teams, always for somebody."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_queries import current_memberships, show_members
from commonroot.domain.network.models import Group, Person, Place
from commonroot.domain.network.sight import Rule, find_reason, places_where, today
from commonroot.domain.teams.choices import Ending, Factor, MeetingState
from commonroot.domain.teams.due import checks_due
from commonroot.domain.teams.models import (
    Agreement,
    Change,
    CheckResult,
    Cycle,
    Meeting,
    Note,
    Story,
    SystemFactor,
)
from commonroot.domain.teams.rules import (
    ADVISE_TEAM,
    RUN_TEAM,
    SEE_STORIES,
    SEE_TEAM,
    SEE_TEAM_COUNTS,
)
from commonroot.domain.teams.team_actions import digest

MOST_SIMILAR = 5


def teams_where(viewer: Person, rule: Rule = SEE_TEAM) -> QuerySet[Group]:
    """List the data teams for which a rule holds for somebody."""
    return Group.objects.filter(
        kind=GroupKind.DATA_TEAM, place__in=places_where(viewer, rule)
    ).select_related("place")


def find_team(viewer: Person, key: uuid.UUID, rule: Rule = SEE_TEAM) -> Group | None:
    """Find a data team that somebody may see, with its members of today."""
    return show_members(teams_where(viewer, rule)).filter(pk=key).first()


def teams_of(viewer: Person, place: Place, rule: Rule = SEE_TEAM) -> QuerySet[Group]:
    """List the data teams of one place."""
    return teams_where(viewer, rule).filter(place=place)


def find_meeting(
    viewer: Person, key: uuid.UUID, rule: Rule = SEE_TEAM
) -> Meeting | None:
    """Find a meeting of a team that somebody may see."""
    teams = teams_where(viewer, rule)
    found = Meeting.objects.filter(pk=key, team__in=teams)
    return found.select_related("team__place").first()


def find_note(viewer: Person, key: uuid.UUID) -> Note | None:
    """Find a line of the minutes of a team that somebody works in."""
    found = Note.objects.filter(pk=key, meeting__team__in=teams_where(viewer, RUN_TEAM))
    return found.select_related("meeting__team__place").first()


def find_agreement(viewer: Person, key: uuid.UUID) -> Agreement | None:
    """Find an agreement of a team that somebody works in."""
    found = Agreement.objects.filter(pk=key, team__in=teams_where(viewer, RUN_TEAM))
    return found.select_related("team__place").first()


def find_cycle(viewer: Person, key: uuid.UUID, rule: Rule = SEE_TEAM) -> Cycle | None:
    """Find a cycle of a team that somebody may see."""
    found = Cycle.objects.filter(pk=key, team__in=teams_where(viewer, rule))
    return found.select_related("team__place", "change__owner", "follows").first()


def find_change(viewer: Person, key: uuid.UUID, rule: Rule = SEE_TEAM) -> Change | None:
    """Find a change of a team that somebody may see."""
    found = Change.objects.filter(pk=key, cycle__team__in=teams_where(viewer, rule))
    return found.select_related("cycle__team__place", "owner").first()


def list_cycles(team: Group) -> QuerySet[Cycle]:
    """List a team's cycles with their changes and checks, the newest first."""
    return (
        Cycle.objects.filter(team=team)
        .select_related("change__owner", "follows", "change__story")
        .prefetch_related("change__done_reports", "change__checks", "voices")
    )


def find_feed(token: str) -> Group | None:
    """Find the team whose dates a token opens."""
    found = Group.objects.filter(feed__token_digest=digest(token))
    return found.select_related("place").first()


@dataclass(frozen=True)
class Counts:
    """How much a team met, decided and checked. Meetings never stand without checks."""

    meetings: int
    without_decision: int
    changes: int
    checks: int
    unchecked: int
    due: int


def count_team(team: Group) -> Counts:
    """Count what a team held and checked."""
    held = Meeting.objects.filter(team=team, state=MeetingState.ENDED)
    changes = Change.objects.filter(cycle__team=team)
    return Counts(
        held.count(),
        held.filter(decided=False).count(),
        changes.count(),
        changes.filter(checks__isnull=False).distinct().count(),
        Cycle.objects.filter(team=team, ending=Ending.UNCHECKED).count(),
        checks_due().filter(cycle__team=team).count(),
    )


@dataclass(frozen=True)
class Glance:
    """One team at a glance, for whoever works across schools."""

    team: Group
    counts: Counts
    next_meeting: Meeting | None
    last_changed: object


def glance_at_teams(viewer: Person, rule: Rule = ADVISE_TEAM) -> list[Glance]:
    """List one's teams with what is due, those with the longest overdue check first."""
    teams = list(teams_where(viewer, rule).order_by("place__name", "name"))
    met = Q(meetings__state=MeetingState.ENDED)
    rows = {
        each.pk: each
        for each in Group.objects.filter(pk__in=[team.pk for team in teams]).annotate(
            held=Count("meetings", filter=met, distinct=True),
            undecided=Count(
                "meetings", filter=met & Q(meetings__decided=False), distinct=True
            ),
            changed=Count("cycles__change", distinct=True),
            checked=Count(
                "cycles__change",
                filter=Q(cycles__change__checks__isnull=False),
                distinct=True,
            ),
            unchecked=Count(
                "cycles", filter=Q(cycles__ending=Ending.UNCHECKED), distinct=True
            ),
            newest=Max("meetings__ended"),
        )
    }
    due = list(
        checks_due().filter(cycle__team__in=teams).values_list("cycle__team", flat=True)
    )
    coming: dict[object, Meeting] = {}
    for meeting in Meeting.objects.filter(
        team__in=teams, state=MeetingState.PLANNED, day__gte=today()
    ).order_by("-day"):
        coming[meeting.team_id] = meeting
    found = [
        Glance(
            team,
            Counts(
                rows[team.pk].held,
                rows[team.pk].undecided,
                rows[team.pk].changed,
                rows[team.pk].checked,
                rows[team.pk].unchecked,
                due.count(team.pk),
            ),
            coming.get(team.pk),
            rows[team.pk].newest,
        )
        for team in teams
    ]
    return sorted(found, key=lambda each: -each.counts.due)


def list_counts(viewer: Person) -> list[Glance]:
    """List the teams whose counts somebody may see, without any detail."""
    return glance_at_teams(viewer, SEE_TEAM_COUNTS)


def stories_seen_by(viewer: Person) -> QuerySet[Story]:
    """List the stories that teams share within a network in which somebody has a role.

    A network is all that lies beneath one place that lies in no other: a region, or a
    partner organization with its regions. Another's stories are not there.
    """
    own = places_where(viewer, SEE_STORIES)
    tops = Place.objects.filter(above=None, contents__place__in=own)
    return Story.objects.filter(
        withdrawn=None, change__cycle__team__place__surroundings__around__in=tops
    ).select_related("change__cycle__team__place")


def search_stories(viewer: Person, sought: str) -> QuerySet[Story]:
    """Find stories by words of their pattern and of what was tried: each word somewhere."""
    found = stories_seen_by(viewer)
    for word in sought.split()[:8]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(place__icontains=word)
            | Q(time__icontains=word)
            | Q(grades__icontains=word)
            | Q(tried__icontains=word)
        )
    return found


def find_similar(
    viewer: Person, wheres: Iterable[str], whens: Iterable[str] = ()
) -> list[Story]:
    """Find stories of patterns like these: of one of the places, or of one of the times."""
    similar = Q()
    for field, values in (("place", wheres), ("time", whens)):
        for value in values:
            if value.strip():
                similar |= Q(**{f"{field}__icontains": value.split("/")[0].strip()})
    return (
        list(stories_seen_by(viewer).filter(similar)[:MOST_SIMILAR]) if similar else []
    )


def list_factors(place: Place) -> list[tuple[str, str]]:
    """List what a school's system may contribute, as it is kept and as it is read.

    First the usual lines, in the reader's language; then the network's own, as written.
    """
    around = place.surroundings.values("around")
    own = SystemFactor.objects.filter(region__in=around).values_list("text", flat=True)
    return [
        *((factor.value, str(factor.label)) for factor in Factor),
        *((text, text) for text in own),
    ]


def members_who(team: Group, rule: Rule) -> list[Person]:
    """List the members of today whom a rule lets do something with the team.

    Being in the group lets nobody see more: whoever writes to members asks this.
    """
    members = current_memberships().filter(group=team, person__is_active=True)
    return [
        each.person for each in members if find_reason(each.person, rule, team.place)
    ]


def list_checks_of(team: Group) -> QuerySet[CheckResult]:
    """List the checks that a team made, the newest first."""
    return CheckResult.objects.filter(change__cycle__team=team).select_related("change")


def show_notes(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Read the lines of the minutes that stand with the meetings."""
    return meetings.prefetch_related(
        Prefetch(
            "notes",
            Note.objects.filter(taken_back=None).select_related("by"),
            to_attr="lines",
        )
    )
