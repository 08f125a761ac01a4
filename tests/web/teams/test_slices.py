"""What a check says on the site, with and without other schools to compare with."""

import datetime as dt

from django.core.cache import caches

from briefs.small_school import make_rows, write_rows
from commonroot.analysis.check import Verdict
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group
from commonroot.domain.network.sight import today
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.teams.models import Change, Cycle
from commonroot.web.teams.check_words import describe
from commonroot.web.teams.slices import look
from domain.records.test_comparison import make_school

# The rows of small_school end on 27 March 2026; here they end in the last whole week.
SHIFT = dt.timedelta(weeks=(today() - dt.date(2026, 4, 1)).days // 7)
TURN = dt.date(2026, 1, 12) + SHIFT
ALONE = "from the weeks before and from the rest of the school."


def rows_whose_bus_fell(seed):
    rows = []
    for number, row in enumerate(make_rows(1_200, students=300, seed=seed)):
        day = dt.datetime.strptime(row["Incident Date"], "%m/%d/%Y").date() + SHIFT
        if row["Location"] == "Bus" and day >= TURN and number % 3:
            continue
        rows.append({**row, "Incident Date": day.strftime("%m/%d/%Y")})
    return rows


def begin_change(cast, tmp_path):
    """Let Oak begin a change on its bus, on a day on which it fell."""
    path = write_rows(tmp_path / "oak.csv", rows_whose_bus_fell(77))
    given = give_file(by=cast.Ana, school=cast.Oak, path=path, name="f")
    take_in(by=cast.Ana, given=given)
    team = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    cycle = Cycle.objects.create(
        team=team,
        opened=TURN,
        what="Noise",
        where="Bus",
        when="after school",
        conditions={"location": "Bus"},
        picked=1.0,
    )
    return Change.objects.create(
        cycle=cycle,
        what="Seats",
        where="Bus",
        when="after school",
        owner=cast.Ben,
        start=TURN,
        done_when="Seats have names",
        goal="0.75",
        review=today(),
        planned_weeks=10,
    )


def test_a_fall_here_alone_helped_and_one_that_all_schools_had_is_not_the_changes(
    cast, tmp_path
):
    change = begin_change(cast, tmp_path)

    alone = look(cast.Ana, change)
    for number in range(4):
        make_school(cast, tmp_path, number, rows_whose_bus_fell(number))
    caches["kept"].clear()
    beside = look(cast.Ana, change)

    assert (alone.verdict, alone.schools) == (Verdict.HELPED, 0)
    assert (beside.verdict, beside.schools) == (Verdict.TOO_EARLY, 4)
    assert describe(alone)[-1].endswith(ALONE)
    assert "how 4 other schools moved" in describe(beside)[-1]
