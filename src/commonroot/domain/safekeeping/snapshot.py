"""One moment of a database, for a reader that keeps nobody waiting."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

BEGIN = {
    "sqlite": "BEGIN DEFERRED",
    "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
}


@contextmanager
def hold_moment() -> Iterator[None]:
    """Read as if nothing were written meanwhile; writers go on."""
    if connection.in_atomic_block:
        # Whoever is in a transaction sees one moment already.
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
