"""The path of a coach: evidence from the records, and what both sign."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import override

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.learning import path_actions
from commonroot.domain.learning.choices import Part, Side
from commonroot.domain.learning.models import (
    Attendance,
    Facilitation,
    Seat,
    Series,
    Session,
    Workshop,
)
from commonroot.domain.learning.path_evidence import gather_evidence
from commonroot.domain.learning.path_models import PathStage
from commonroot.domain.learning.path_queries import (
    districts_on_one,
    find_attended_seat,
    find_path,
    find_planned,
    list_void_numbers,
    paths_agreed_for,
    reflections_seen_by,
    seats_of,
    sessions_without_lead,
    workshops_without_lead,
)
from commonroot.domain.learning.path_rules import SEE_PATHS
from commonroot.domain.learning.path_standing import list_standing, tell_ready
from commonroot.domain.learning.reasons import LearningError
from commonroot.domain.learning.seat_actions import remove_seat
from commonroot.domain.network.actions import give_role
from commonroot.domain.network.choices import RoleKind
from commonroot.domain.network.sight import places_where, today


def hold(place, *, led=(), co=(), observed=(), present=(), days_ago=10, held=True):
    workshop, _made = Workshop.objects.get_or_create(place=place, name="Roots")
    series = Series.objects.create(workshop=workshop, place=place)
    session = Session.objects.create(
        series=series,
        day=today() - dt.timedelta(days=days_ago),
        starts=dt.time(9),
        minutes=120,
        held=timezone.now() if held else None,
    )
    for people, part in (
        (led, Part.LEAD),
        (co, Part.CO_FACILITATOR),
        (observed, Part.OBSERVER),
    ):
        for person in people:
            Facilitation.objects.create(
                session=session, person=person, part=part, side=Side.OWN
            )
    for person in present:
        seat = Seat.objects.create(series=series, person=person, state="coming")
        Attendance.objects.create(session=session, seat=seat, minutes=90, way="list")
    return session


@pytest.fixture
def path(cast):
    return path_actions.begin_path(
        by=cast.Farid, region=cast.Region, person=cast.Carla, mentor=cast.Elena
    )


@pytest.fixture
def ready(cast, path):
    """Carla attended twice and wrote a reflection."""
    for _ in range(2):
        hold(cast.North, led=[cast.Elena], present=[cast.Carla])
    path_actions.reflect(by=cast.Carla, path=path, text="I listen better now")
    return path


def stage(number):
    return PathStage.objects.get(number=number)


def sign(cast, path, number, *people):
    for person in people or (cast.Carla, cast.Elena):
        path_actions.sign_stage(by=person, path=path, stage=stage(number))


def reached(path):
    return [
        each.stage.name
        for each in list_standing(path, gather_evidence(path.person))
        if each.is_reached
    ]


def test_evidence_is_what_was_held_with_part_and_company(cast):
    hold(cast.North, led=[cast.Carla], co=[cast.Dev])
    hold(cast.North, led=[cast.Carla], observed=[cast.Dev])
    hold(cast.North, led=[cast.Elena], co=[cast.Carla])
    hold(cast.North, led=[cast.Carla], held=False)
    hold(cast.North, led=[cast.Elena], present=[cast.Carla])
    found = gather_evidence(cast.Carla)

    assert found.counts == {
        "attended": 1,
        "co_facilitated": 1,
        "led_with_others": 1,
        "led_alone": 1,
        "mentored": 0,
    }
    assert found.attended_minutes == 90
    assert {(each.part, each.beside) for each in found.taught} == {
        (Part.LEAD, ("Dev",)),
        (Part.LEAD, ()),
        (Part.CO_FACILITATOR, ("Elena",)),
    }


def test_a_stage_is_reached_when_both_have_signed(cast, ready):
    sign(cast, ready, 1, cast.Carla)
    assert reached(ready) == []
    sign(cast, ready, 1, cast.Elena)
    assert reached(ready) == ["Attend"]


def test_a_signature_that_is_taken_back_no_longer_counts_and_stays_written(cast, ready):
    sign(cast, ready, 1)
    path_actions.take_back_signature(by=cast.Elena, path=ready, stage=stage(1))

    assert reached(ready) == []
    assert ready.signatures.exclude(taken_back=None).get().by == cast.Elena


def test_nothing_is_signed_without_evidence_reflection_or_the_stage_before(cast, path):
    with pytest.raises(LearningError, match="writes a reflection"):
        sign(cast, path, 1)
    path_actions.reflect(by=cast.Carla, path=path, text="Here I am")
    with pytest.raises(LearningError, match="do not hold yet"):
        sign(cast, path, 1)
    with pytest.raises(LearningError, match="come first"):
        sign(cast, path, 2)


def test_a_mentors_reflection_is_not_that_of_whoever_walks(cast, path):
    path_actions.reflect(by=cast.Elena, path=path, text="She is ready")
    with pytest.raises(LearningError, match="writes a reflection"):
        sign(cast, path, 1)


def test_a_path_is_there_for_the_two_and_the_director(cast, ready):
    two = {name for name, each in cast.people.items() if find_path(each, ready.pk)}
    planned = {
        name for name, each in cast.people.items() if find_planned(each, ready.pk)
    }

    assert (two, planned) == ({"Carla", "Elena"}, {"Farid"})


def test_an_employer_sees_it_when_whoever_walks_agrees_and_for_as_long(cast, ready):
    def seen():
        return {
            name
            for name, each in cast.people.items()
            if paths_agreed_for(each).exists()
        }

    assert seen() == set()
    with pytest.raises(PermissionDenied):
        path_actions.let_employer_see(by=cast.Elena, path=ready, may=True)
    path_actions.let_employer_see(by=cast.Carla, path=ready, may=True)
    assert seen() == {"Mara"}
    path_actions.let_employer_see(by=cast.Carla, path=ready, may=False)
    assert seen() == set()


@pytest.mark.parametrize(
    "name", ["Ben", "Dev", "Farid", "Grace", "Lee", "Mara", "Olga"]
)
def test_nobody_else_signs_or_writes(cast, ready, name):
    for act in (
        lambda: path_actions.reflect(by=cast.people[name], path=ready, text="x"),
        lambda: path_actions.sign_stage(
            by=cast.people[name], path=ready, stage=stage(1)
        ),
        lambda: path_actions.take_back_signature(
            by=cast.people[name], path=ready, stage=stage(1)
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_director_sees_who_is_ready_for_what(cast, ready):
    found = tell_ready(ready)
    assert (found.reached, found.following.name, found.is_ready) == (
        None,
        "Attend",
        True,
    )
    sign(cast, ready, 1)
    found = tell_ready(ready)
    assert (found.reached.name, found.following.name, found.is_ready) == (
        "Attend",
        "Co-facilitate",
        False,
    )


def test_sessions_without_a_lead_and_districts_on_one_person_are_found(cast):
    hold(cast.North, led=[cast.Carla])
    hold(cast.North, led=[cast.Carla], co=[cast.Dev])
    hold(cast.South, led=[cast.Carla])
    hold(cast.South, led=[cast.Dev])
    lacking = hold(cast.North, co=[cast.Dev], held=False, days_ago=-7)
    hold(cast.North, led=[cast.Dev], held=False, days_ago=-7)
    places = places_where(cast.Farid, SEE_PATHS)

    assert list(sessions_without_lead(places, today())) == [lacking]
    assert districts_on_one(places, today()) == [(cast.North, cast.Carla)]
    assert districts_on_one(places, today() + dt.timedelta(days=400)) == []


def test_the_stages_are_the_networks_own(cast, ready):
    path_actions.keep_stage(
        by=cast.Elena,
        region=cast.Region,
        name="Sit beside",
        needs={"attended": 1},
        stage=stage(1),
    )
    added = path_actions.keep_stage(
        by=cast.Elena, region=cast.Region, name="Rest", needs={}
    )
    assert [each.name for each in PathStage.objects.all()][::5] == [
        "Sit beside",
        "Rest",
    ]
    path_actions.remove_stage(by=cast.Elena, stage=added)
    sign(cast, ready, 1)
    with pytest.raises(LearningError, match="has signed this stage"):
        path_actions.remove_stage(by=cast.Elena, stage=stage(1))
    with pytest.raises(PermissionDenied):
        path_actions.keep_stage(by=cast.Dev, region=cast.Region, name="x", needs={})


def test_nobody_mentors_themselves(cast):
    with pytest.raises(LearningError, match="mentors themselves"):
        path_actions.begin_path(
            by=cast.Farid, region=cast.Region, person=cast.Dev, mentor=cast.Dev
        )


def test_what_a_mentor_signed_stands_when_another_goes_along(cast, ready):
    sign(cast, ready, 1)
    path_actions.begin_path(
        by=cast.Farid, region=cast.Region, person=cast.Carla, mentor=cast.Dev
    )
    ready.refresh_from_db()

    assert reached(ready) == ["Attend"]
    standing = list_standing(ready, gather_evidence(cast.Carla))
    assert standing[0].mentor_signed.by == cast.Elena


def test_each_stage_asks_for_a_new_reflection(cast, ready):
    sign(cast, ready, 1)
    for _ in range(2):
        hold(cast.North, led=[cast.Elena], co=[cast.Carla])
    with pytest.raises(LearningError, match="writes a reflection"):
        sign(cast, ready, 2)
    path_actions.reflect(by=cast.Carla, path=ready, text="Beside her I learned more")
    sign(cast, ready, 2)

    assert reached(ready) == ["Attend", "Co-facilitate"]


def test_what_was_not_held_is_no_evidence_and_no_certificate(cast):
    hold(cast.North, led=[cast.Elena], present=[cast.Carla], held=False)
    found = gather_evidence(cast.Carla)

    assert (found.counts["attended"], found.attended_minutes) == (0, 0)
    assert seats_of(cast.Carla) == []
    assert find_attended_seat(cast.Carla, Seat.objects.get().pk) is None


def test_whoever_is_named_as_mentor_has_mentored_when_both_signed_a_stage(cast, ready):
    counts = []
    for people in ((), (cast.Elena,), (cast.Carla,)):
        sign(cast, ready, 1, *people) if people else None
        counts.append(gather_evidence(cast.Elena).counts["mentored"])

    assert counts == [0, 0, 1]


def test_a_stage_moves_up_until_somebody_has_signed_it(cast, ready):
    path_actions.move_stage(by=cast.Elena, stage=stage(3))
    assert [str(each) for each in PathStage.objects.all()] == [
        "Attend",
        "Lead with support",
        "Co-facilitate",
        "Lead alone",
        "Mentor others",
    ]
    path_actions.move_stage(by=cast.Elena, stage=stage(1))
    sign(cast, ready, 1)
    with pytest.raises(LearningError, match="order stays"):
        path_actions.move_stage(by=cast.Elena, stage=stage(2))


def test_the_usual_stages_are_read_in_spanish_and_own_names_as_written(cast, ready):
    path_actions.keep_stage(
        by=cast.Elena, region=cast.Region, name="Sit beside", needs={}, stage=stage(2)
    )
    with override("es"):
        names = [str(each) for each in PathStage.objects.all()[:2]]

    assert names == ["Asistir", "Sit beside"]


def test_a_workshop_that_nobody_leads_is_found(cast):
    hold(cast.North, led=[cast.Carla])
    lonely = Workshop.objects.create(place=cast.Region, name="Circles")
    long_ago = hold(cast.South, led=[cast.Dev], days_ago=800).series.workshop
    places = places_where(cast.Farid, SEE_PATHS)

    assert set(workshops_without_lead(places, today())) == {lonely, long_ago}
    hold(cast.South, led=[cast.Dev], held=False, days_ago=-7)
    assert list(workshops_without_lead(places, today())) == [lonely]


def test_a_district_depends_on_whoever_alone_teaches_its_people(cast):
    session = hold(cast.Region, led=[cast.Elena], present=[cast.Grace, cast.Noor])
    for seat in session.series.seats.all():
        seat.school = cast.Oak if seat.person == cast.Grace else cast.Elm
        seat.save()
    hold(cast.South, led=[cast.Dev])
    places = places_where(cast.Farid, SEE_PATHS)

    assert districts_on_one(places, today()) == [(cast.North, cast.Elena)]


def test_a_badge_that_says_more_than_the_records_no_longer_counts(cast):
    session = hold(cast.North, led=[cast.Elena], present=[cast.Carla])
    seat = session.series.seats.get()
    badge = path_actions.issue_badge(by=cast.Carla, seat=seat.pk)
    assert (badge.minutes, list_void_numbers()) == (90, [])
    Attendance.objects.update(minutes=60)
    assert list_void_numbers() == [badge.number]
    Attendance.objects.update(minutes=120)
    again = path_actions.issue_badge(by=cast.Carla, seat=seat.pk)

    assert (again.pk, again.minutes, list_void_numbers()) == (badge.pk, 120, [])


def test_a_new_mentor_reads_what_is_written_from_then_on(cast, ready):
    path_actions.begin_path(
        by=cast.Farid, region=cast.Region, person=cast.Carla, mentor=cast.Dev
    )
    ready.refresh_from_db()
    path_actions.reflect(by=cast.Carla, path=ready, text="For Dev")

    def read(person):
        return [each.text for each in reflections_seen_by(person, ready)]

    assert read(cast.Dev) == ["For Dev"]
    assert read(cast.Carla) == read(cast.Farid) == ["I listen better now", "For Dev"]


def test_an_agreement_is_for_the_employer_of_then_and_taken_back_by_whoever_left(
    cast, ready
):
    path_actions.let_employer_see(by=cast.Carla, path=ready, may=True)
    yesterday = today() - dt.timedelta(days=1)
    type(ready).objects.update(employer_agreed=yesterday)
    cast.Carla.roles.update(place=cast.South, first=today())
    give_role(
        by=SYSTEM,
        person=cast.Olga,
        kind=RoleKind.DISTRICT_LEADER,
        place=cast.South,
        first=yesterday,
    )
    assert not paths_agreed_for(cast.Olga).exists()
    assert not paths_agreed_for(cast.Mara).exists()
    cast.Carla.roles.update(first=yesterday - dt.timedelta(days=9), last=yesterday)
    path_actions.let_employer_see(by=cast.Carla, path=ready, may=False)
    ready.refresh_from_db()

    assert not ready.employer_may_see


def test_the_number_of_a_badge_is_never_given_again(cast):
    first, second = (
        hold(cast.North, led=[cast.Elena], present=[person])
        for person in (cast.Carla, cast.Dev)
    )
    badge = path_actions.issue_badge(by=cast.Carla, seat=first.series.seats.get().pk)
    Attendance.objects.filter(session=first).delete()
    remove_seat(by=cast.Farid, seat=first.series.seats.get())
    other = path_actions.issue_badge(by=cast.Dev, seat=second.series.seats.get().pk)

    assert (badge.number, other.number, list_void_numbers()) == (0, 1, [0])
