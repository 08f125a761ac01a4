"""Work on records that is done beside the pages."""

from django.core.cache import caches
from django.db import transaction
from django_tasks import task

from commonroot.domain.network.models import Person
from commonroot.domain.records import actions
from commonroot.domain.records.expiry_actions import overwrite_free_space
from commonroot.domain.records.models import Import


def progress_key(given: object) -> str:
    """Name where it stands how far an import is."""
    return f"import-{given}"


@transaction.atomic
def hand_over(*, by: Person, given: Import) -> None:
    """Hand a file over that somebody says yes to: the yes and the work stand or fall together."""
    if actions.say_yes(by=by, given=given):
        take_in_file.enqueue(str(given.pk), str(by.pk))


@task()
def clean_free_space() -> None:
    """Leave nothing on the disk of what was just deleted."""
    overwrite_free_space()


@task()
def take_in_file(given: str, by: str) -> str:
    """Take a file in that somebody has said yes to; what fails waits for a yes again."""
    found = Import.objects.defer("draft").get(pk=given)
    try:
        done = actions.take_in(
            by=Person.objects.get(pk=by),
            given=found,
            progress=lambda share: caches["kept"].set(progress_key(given), share, 600),
        )
    except BaseException:
        actions.let_wait(found)
        raise
    return done.state
