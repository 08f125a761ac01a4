"""The tables of a site, and their rows as texts that any database reads back."""

import datetime as dt
import decimal
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models

PIECE = 500
# Made anew by a site when it starts, or of no use elsewhere: who is signed in now, and
# what waits to be done.
LEFT_OUT = frozenset(
    {
        "auth.permission",
        "contenttypes.contenttype",
        "django_tasks_database.dbtaskresult",
        "sessions.session",
        "usersessions.usersession",
    }
)
Model = type[models.Model]


def list_tables(apps: Any) -> list[Model]:
    """List the tables that a backup holds, of today's apps or of those at a migration."""
    return sorted(
        (
            model
            for model in apps.get_models(include_auto_created=True)
            if model._meta.label_lower not in LEFT_OUT
            and model._meta.managed
            and not model._meta.proxy
        ),
        key=lambda model: model._meta.label_lower,
    )


def tell_rows(model: Model) -> Iterator[dict[str, Any]]:
    """Tell every row of a table, in the order of keys."""
    fields = model._meta.concrete_fields
    rows = model._base_manager.order_by("pk").iterator(chunk_size=PIECE)
    for row in rows:
        yield {field.attname: tell_value(field, row) for field in fields}


def tell_value(field: Any, row: models.Model) -> Any:
    """Tell one value so that JSON holds it whole; moments keep their microseconds."""
    value = field.value_from_object(row)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, decimal.Decimal):
        return str(value)
    return field.value_to_string(row)


def read_row(model: Model, told: dict[str, Any]) -> models.Model:
    """Read a row back."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return model(
        **{
            name: None if value is None else fields[name].to_python(value)
            for name, value in told.items()
        }
    )


def stop_clocks(model: Model) -> None:
    """Let a table of a past migration keep the moments that it is given."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False


def write_rows(model: Model, rows: Iterable[models.Model]) -> None:
    """Write rows into an empty table, with the keys that they had."""
    model._base_manager.bulk_create(rows, batch_size=PIECE)
