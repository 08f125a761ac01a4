"""A partnership from its beginning to its renewal, and who may do what."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.audit.models import Line
from commonroot.domain.audit.queries import verify_log
from commonroot.domain.network.actions import add_place, give_role
from commonroot.domain.network.choices import PlaceKind, RoleKind
from commonroot.domain.network.sight import today
from commonroot.domain.partnerships.choices import (
    PartnerSide,
    RenewalEnd,
    StepState,
    Turn,
)
from commonroot.domain.partnerships.coming import find_coming
from commonroot.domain.partnerships.models import (
    Partnership,
    Renewal,
    Stage,
    StageReached,
    Step,
)
from commonroot.domain.partnerships.partnership_actions import (
    begin_partnership,
    change_years,
)
from commonroot.domain.partnerships.payer_actions import add_pay_line, remove_pay_line
from commonroot.domain.partnerships.plan_actions import (
    add_step,
    note_readiness,
    settle_step,
    take_back_note,
)
from commonroot.domain.partnerships.queries import (
    find_partnership,
    find_pay_line,
    find_stage_on,
    list_partnerships,
    list_stages,
)
from commonroot.domain.partnerships.reasons import PartnershipError
from commonroot.domain.partnerships.renewal_actions import plan_renewal, settle_renewal
from commonroot.domain.partnerships.rules import KEEP_PARTNERSHIP
from commonroot.domain.partnerships.stage_actions import (
    add_stage,
    move_stage_up,
    reach_stage,
    rename_stage,
    retire_stage,
    take_back_stage,
)
from commonroot.domain.partnerships.years import find_autumn

NOW = find_autumn(today())
EVERYBODY = (
    *("Ana", "Ben", "Grace", "Hugo", "Noor", "Carla", "Mara", "Ines", "Dev"),
    *("Elena", "Farid", "Jonas", "Kit", "Lee", "Olga"),
)


@pytest.fixture
def partner(db):
    return add_place(by=SYSTEM, kind=PlaceKind.PARTNER, name="Rooted")


@pytest.fixture
def kept(cast, partner):
    """A partnership of three school years with the northern district."""
    return begin_partnership(
        by=cast.Farid, partner=partner, district=cast.North,
        first_year=NOW - 1, last_year=NOW + 1,
    )  # fmt: skip


def plan(cast, kept, **more):
    told = {"what": "Call the board", "side": PartnerSide.DISTRICT,
            "owner": cast.Carla, "by_when": today()}  # fmt: skip
    return add_step(by=cast.Mara, partnership=kept, **{**told, **more})


def test_the_network_begins_a_partnership_and_nobody_else_does(cast, partner):
    began = []
    for number, name in enumerate(EVERYBODY):
        try:
            begin_partnership(
                by=cast.people[name], partner=partner, district=cast.North,
                first_year=2000 + number, last_year=2000 + number,
            )  # fmt: skip
        except PermissionDenied:
            continue
        began.append(name)

    assert began == ["Elena", "Farid"]


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (NOW, NOW - 1, "does not come before"),
        (NOW, NOW + 20, "nearer school years"),
        (1900, 1901, "nearer school years"),
        (NOW + 1, NOW + 3, "some of these years already"),
    ],
)
def test_years_that_cannot_be_are_refused_with_a_sentence(
    cast, kept, first, last, says
):
    with pytest.raises(PartnershipError, match=says):
        begin_partnership(
            by=cast.Farid, partner=kept.partner, district=cast.North,
            first_year=first, last_year=last,
        )  # fmt: skip
    assert Partnership.objects.count() == 1


def test_a_partnership_is_with_a_district_and_a_partner(cast, partner):
    years = {"first_year": NOW, "last_year": NOW}
    with pytest.raises(PartnershipError, match="with a district"):
        begin_partnership(by=cast.Farid, partner=partner, district=cast.Oak, **years)
    with pytest.raises(PartnershipError, match="partner organization"):
        begin_partnership(
            by=cast.Farid, partner=cast.South, district=cast.North, **years
        )


def test_five_roles_see_a_partnership_and_nobody_else(cast, kept):
    seeing = [
        name
        for name in EVERYBODY
        if find_partnership(cast.people[name], kept.pk) is not None
    ]

    assert seeing == ["Carla", "Mara", "Dev", "Elena", "Farid"]
    assert [
        name for name in EVERYBODY if list(list_partnerships(cast.people[name]))
    ] == seeing


def test_who_works_at_the_partner_sees_its_partnerships_and_no_others(
    cast, kept, partner
):
    other = begin_partnership(
        by=cast.Farid, partner=cast.Region, district=cast.South,
        first_year=NOW, last_year=NOW,
    )  # fmt: skip
    zoe = cast.add("Zoe")
    give_role(by=SYSTEM, person=zoe, kind=RoleKind.PARTNERSHIP_DIRECTOR, place=partner)

    assert [each.pk for each in list_partnerships(zoe)] == [kept.pk]
    assert find_partnership(zoe, kept.pk, KEEP_PARTNERSHIP) == kept
    assert find_partnership(zoe, other.pk) is None
    with pytest.raises(PermissionDenied):
        begin_partnership(
            by=zoe, partner=partner, district=cast.South,
            first_year=NOW, last_year=NOW,
        )  # fmt: skip


def test_a_network_begins_with_the_eight_usual_stages_and_changes_them(cast, kept):
    stages = list_stages(cast.Region)
    assert [str(stages[0]), str(stages[7]), len(stages)] == [
        "Meet the leadership team",
        "Whole district",
        8,
    ]
    rename_stage(by=cast.Elena, stage=stages[0], words="Coffee with  leaders")
    added = add_stage(by=cast.Elena, network=cast.Region, words="Beyond the district")
    move_stage_up(by=cast.Elena, stage=added)
    retire_stage(by=cast.Elena, stage=stages[4], retired=True)

    assert [str(each) for each in list_stages(cast.Region) if not each.retired] == [
        "Coffee with leaders",
        "Make a plan together",
        "Plant seeds: workshops that help the next day",
        "Small steps: set up how discipline data is kept",
        "Start with one to three schools",
        "Add schools as they are ready",
        "Beyond the district",
        "Whole district",
    ]
    with pytest.raises(PartnershipError, match="already"):
        add_stage(by=cast.Elena, network=cast.Region, words="whole DISTRICT")
    with pytest.raises(PartnershipError, match="Write something"):
        add_stage(by=cast.Elena, network=cast.Region, words=" ")
    with pytest.raises(PermissionDenied):
        add_stage(by=cast.Mara, network=cast.Region, words="Ours")


def test_a_list_that_nobody_changed_is_shown_and_not_kept(cast):
    assert len(list_stages(cast.Region)) == 8
    assert Stage.objects.count() == 0


def test_a_stage_is_reached_on_a_day_with_evidence_and_corrected_and_taken_back(
    cast, kept
):
    first, second = list_stages(cast.Region)[:2]
    told = {"partnership": kept, "evidence": "An evening with all"}
    early, late = today() - dt.timedelta(days=90), today() - dt.timedelta(days=10)
    reach_stage(by=cast.Farid, stage=second, day=late, **told)
    reach_stage(by=cast.Farid, stage=first, day=late, **told)
    reach_stage(by=cast.Farid, stage=first, day=early, **told)

    assert list(kept.stages_reached.values_list("day", flat=True)) == [early, late]
    assert find_stage_on(kept, early).stage == first
    assert find_stage_on(kept, today()).stage == second
    assert find_stage_on(kept, early - dt.timedelta(days=1)) is None
    take_back_stage(by=cast.Farid, reached=kept.stages_reached.last())
    assert StageReached.objects.count() == 1
    for day, evidence, says in (
        (today() + dt.timedelta(days=1), "x", "before it"),
        (today(), "  ", "Write something"),
        (dt.date(1400, 1, 1), "x", "nearer year"),
    ):
        with pytest.raises(PartnershipError, match=says):
            reach_stage(
                by=cast.Farid, partnership=kept, stage=first, day=day, evidence=evidence
            )
    with pytest.raises(PermissionDenied):
        reach_stage(by=cast.Mara, stage=first, day=early, **told)


def test_a_stage_that_is_off_the_list_stays_where_it_was_reached(cast, kept):
    stage = list_stages(cast.Region)[0]
    told = {"partnership": kept, "stage": stage, "day": today(), "evidence": "x"}
    reach_stage(by=cast.Farid, **told)
    retire_stage(by=cast.Farid, stage=stage, retired=True)

    assert find_stage_on(kept, today()).stage == stage
    with pytest.raises(PartnershipError, match="of the list"):
        reach_stage(by=cast.Farid, **{**told, "stage": Stage.objects.get(pk=stage.pk)})


def test_a_step_is_moved_done_and_taken_up_again_with_a_line_each_time(cast, kept):
    step = plan(cast, kept)
    later = today() + dt.timedelta(days=9)
    settle_step(by=cast.Carla, step=step, turn=Turn.MOVED, line="ill", by_when=later)
    settle_step(by=cast.Carla, step=step, turn=Turn.DONE, line="they  agreed")
    with pytest.raises(PartnershipError, match="already"):
        settle_step(by=cast.Mara, step=step, turn=Turn.DROPPED, line="no")
    settle_step(
        by=cast.Mara, step=step, turn=Turn.TAKEN_UP, line="not yet", by_when=later
    )
    settle_step(by=cast.Mara, step=step, turn=Turn.DROPPED, line="enough")

    step.refresh_from_db()
    assert (step.state, step.by_when) == (StepState.DROPPED, later)
    assert [(each.turn, each.line, each.before) for each in step.turns.all()] == [
        ("moved", "ill", today()),
        ("done", "they agreed", later),
        ("taken_up", "not yet", later),
        ("dropped", "enough", later),
    ]


def test_nothing_becomes_of_a_step_without_a_line_or_the_new_day(cast, kept):
    step = plan(cast, kept)
    for told, says in (
        ({"turn": Turn.DONE, "line": " "}, "Write something"),
        ({"turn": Turn.MOVED, "line": "x"}, "day to come"),
        ({"turn": Turn.TAKEN_UP, "line": "x", "by_when": today()}, "already"),
        (
            {"turn": Turn.MOVED, "line": "x", "by_when": today() - dt.timedelta(1)},
            "day to come",
        ),
    ):
        with pytest.raises(PartnershipError, match=says):
            settle_step(by=cast.Carla, step=step, **told)

    step.refresh_from_db()
    assert (step.state, step.turns.count()) == (StepState.OPEN, 0)


def test_a_step_needs_somebody_who_can_see_it_or_a_name(cast, kept):
    assert plan(cast, kept, owner=None, who=" The three  principals ").whose == (
        "The three principals"
    )
    for more, says in (
        ({"owner": None}, "who sees to it"),
        ({"owner": cast.Ana}, "works with this partnership"),
        ({"owner": cast.Noor}, "works with this partnership"),
        ({"what": " "}, "Write something"),
        ({"by_when": dt.date(1200, 1, 1)}, "nearer year"),
    ):
        with pytest.raises(PartnershipError, match=says):
            plan(cast, kept, **more)
    for name in ("Ana", "Ben", "Ines", "Jonas", "Lee"):
        with pytest.raises(PermissionDenied):
            add_step(
                by=cast.people[name], partnership=kept, what="x",
                side=PartnerSide.PARTNER, owner=cast.Carla, by_when=today(),
            )  # fmt: skip


def test_readiness_notes_are_written_and_taken_back_and_never_by_a_school(cast, kept):
    told = {"partnership": kept, "text": "An hour is missing"}
    note = note_readiness(by=cast.Dev, school=cast.Oak, **told)
    with pytest.raises(PartnershipError, match="school of the district"):
        note_readiness(by=cast.Dev, school=cast.Elm, **told)
    with pytest.raises(PermissionDenied):
        note_readiness(by=cast.Ben, school=cast.Oak, **told)
    assert "hour" not in str(note)
    assert "hour" not in " ".join(str(vars(line)) for line in Line.objects.all())
    take_back_note(by=cast.Carla, note=note)

    assert kept.readiness_notes.count() == 0


def test_money_is_for_the_network_and_the_leader_of_the_district(cast, kept):
    line = add_pay_line(
        by=cast.Mara, partnership=kept, year=NOW, what="Two days", payer="The district"
    )
    seeing = [
        name
        for name in EVERYBODY
        if find_pay_line(cast.people[name], line.pk) is not None
    ]

    assert seeing == ["Mara", "Elena", "Farid"]
    with pytest.raises(PermissionDenied):
        remove_pay_line(by=cast.Carla, pay_line=line)
    with pytest.raises(PartnershipError, match="school year of the partnership"):
        add_pay_line(by=cast.Mara, partnership=kept, year=NOW + 9, what="x", payer="y")
    remove_pay_line(by=cast.Elena, pay_line=line)
    assert kept.pay_lines.count() == 0


def test_a_renewal_lets_a_partnership_go_on(cast, kept):
    soon = today() + dt.timedelta(days=30)
    renewal = plan_renewal(
        by=cast.Farid, partnership=kept, day=soon, owner=cast.Farid, about="All"
    )
    with pytest.raises(PartnershipError, match="for that day already"):
        plan_renewal(by=cast.Elena, partnership=kept, day=soon)
    with pytest.raises(PartnershipError, match="later than now"):
        settle_renewal(
            by=cast.Farid, renewal=renewal, ending=RenewalEnd.RENEWED, line="yes"
        )
    assert Renewal.objects.get().ending == ""
    settle_renewal(
        by=cast.Farid, renewal=renewal, ending=RenewalEnd.MOVED, line="snow",
        day=soon + dt.timedelta(days=7),
    )  # fmt: skip
    again = Renewal.objects.get(ending="")
    assert (again.owner, again.about) == (cast.Farid, "All")
    settle_renewal(
        by=cast.Elena, renewal=again, ending=RenewalEnd.RENEWED, line="three more",
        last_year=NOW + 4,
    )  # fmt: skip
    kept.refresh_from_db()

    assert (kept.first_year, kept.last_year) == (NOW - 1, NOW + 4)
    with pytest.raises(PartnershipError, match="already"):
        settle_renewal(
            by=cast.Farid, renewal=again, ending=RenewalEnd.NOT_RENEWED, line="no"
        )
    assert verify_log().broken_at is None


def test_years_that_leave_a_school_outside_are_refused(cast, kept):
    kept.parts.create(school=cast.Oak, first=dt.date(NOW, 9, 1))
    with pytest.raises(PartnershipError, match="Oak takes part from a day outside"):
        change_years(
            by=cast.Farid, partnership=kept, first_year=NOW + 1, last_year=NOW + 2
        )
    change_years(by=cast.Farid, partnership=kept, first_year=NOW, last_year=NOW)

    kept.refresh_from_db()
    assert kept.span == f"{NOW}-{(NOW + 1) % 100:02d}"


def test_a_week_has_the_steps_that_one_owns_and_the_talks_that_one_holds(cast, kept):
    first, last = today(), today() + dt.timedelta(days=6)
    plan(cast, kept, by_when=today() - dt.timedelta(days=3), what="late")
    plan(cast, kept, by_when=last, what="soon")
    plan(cast, kept, by_when=last + dt.timedelta(days=1), what="later")
    plan(cast, kept, by_when=last, what="somebody else’s", owner=cast.Mara)
    settled = plan(cast, kept, what="settled")
    settle_step(by=cast.Carla, step=settled, turn=Turn.DONE, line="x")
    plan_renewal(by=cast.Farid, partnership=kept, day=last, owner=cast.Farid)

    def tell(person):
        return [
            (each.kind, each.words, each.day, each.page)
            for each in find_coming(person, first, last)
        ]

    assert tell(cast.Carla) == [
        ("promised", "late", today() - dt.timedelta(days=3), "partnerships:show-plan"),
        ("promised", "soon", last, "partnerships:show-plan"),
    ]
    assert tell(cast.Farid) == [
        ("meeting", "Renewal talk: North", last, "partnerships:show-renewals")
    ]
    assert tell(cast.Ben) == []


def test_who_left_has_nothing_of_it_in_their_week(cast, kept):
    Step.objects.create(
        partnership=kept, what="x", side="partner", owner=cast.Olga, by_when=today()
    )

    assert find_coming(cast.Olga, today(), today()) == []
