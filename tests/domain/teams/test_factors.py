"""What a system contributes is kept by key, and read in the reader's language."""

import importlib

import pytest
from django.apps import apps
from django.utils.translation import override

from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group
from commonroot.domain.network.sight import today
from commonroot.domain.teams.choices import Factor, write_factor
from commonroot.domain.teams.models import Cycle

MIGRATION = "commonroot.domain.teams.migrations.0004_factor_keys"


def test_a_usual_line_is_read_in_the_readers_language():
    with override("en"):
        english = write_factor(Factor.ROUTINE.value)
    with override("es"):
        spanish = write_factor(Factor.ROUTINE.value)

    assert english == "The routine was never taught, or long ago"
    assert spanish != english


def test_a_line_of_ones_own_stays_as_it_was_written():
    assert write_factor("The bell cannot be heard") == "The bell cannot be heard"


@pytest.mark.django_db
def test_lines_that_were_ticked_in_any_language_become_keys(cast):
    team = add_group(
        by=cast.Ana, place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    with override("es"):
        spanish = str(Factor.SPACE.label)
    cycle = Cycle.objects.create(
        team=team, opened=today(), what="a", where="b", when="c",
        factors=["How adults respond when it begins", spanish, "our own"],
    )  # fmt: skip
    importlib.import_module(MIGRATION).turn_into_keys(apps, None)
    cycle.refresh_from_db()

    assert cycle.factors == ["usual:response", "usual:space", "our own"]


def test_the_migration_knows_every_usual_line():
    usual = importlib.import_module(MIGRATION).USUAL

    with override("en"):
        assert usual == {str(each.label): each.value for each in Factor}
