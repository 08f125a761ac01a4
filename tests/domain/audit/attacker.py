"""Somebody who has the whole database and none of the site's folder."""

import hashlib
import json

from django.db import connection

from commonroot.domain.audit.models import Line

COLUMNS = "number, at, actor, verb, kind, key, place, origin, reason"
START = "0" * 64


def run(statement, *told):
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return cursor.fetchall() if cursor.description else []


def recompute():
    """Seal every line anew, as anybody can who has read the code, and set the end."""
    before, number = START, 0
    # Moments come through the models: each database gives its own form of them.
    moments = dict(Line.objects.values_list("number", "at"))
    for row in run(f"SELECT {COLUMNS} FROM audit_line ORDER BY number"):
        number = row[0]
        moment = moments[number].isoformat(timespec="microseconds")
        told = json.dumps(
            [number, moment, *row[2:]], ensure_ascii=False, separators=(",", ":")
        )
        digest = hashlib.sha256(f"{before}\n{told}".encode()).hexdigest()
        run(
            "UPDATE audit_line SET before = %s, digest = %s WHERE number = %s",
            before,
            digest,
            number,
        )
        before = digest
    set_end(number, before)


def set_end(number, digest):
    run("UPDATE audit_head SET number = %s, digest = %s", number, digest)


def alter(number):
    run("UPDATE audit_line SET actor = 'Ben' WHERE number = %s", number)


def remove(number):
    run("DELETE FROM audit_line WHERE number = %s", number)
    later = run("SELECT number FROM audit_line WHERE number > %s ORDER BY 1", number)
    for (each,) in later:
        move(each, each - 1)


def move(number, to):
    run("UPDATE audit_line SET number = %s WHERE number = %s", to, number)


def swap(number):
    move(number, -1)
    move(number + 1, number)
    move(-1, number + 1)


def cut(number):
    """Let the log end with a line, and set the end back, so that nothing shows."""
    run("DELETE FROM audit_line WHERE number > %s", number)
    ((digest,),) = run("SELECT digest FROM audit_line WHERE number = %s", number)
    set_end(number, digest)
