"""Addresses at which dates can be followed: those of a series, and one's own."""

import secrets

from django.db import transaction

from commonroot.domain.learning.models import DateFeed, Series
from commonroot.domain.learning.preparing import need_to_prepare
from commonroot.domain.learning.tasks import digest
from commonroot.domain.network.deeds import note_deed
from commonroot.domain.network.models import Person


@transaction.atomic
def renew_series_feed(*, by: Person, series: Series) -> str:
    """Make the address of a series' dates anew; gives its token."""
    reason = need_to_prepare(by, series)
    token = secrets.token_urlsafe(24)
    feed, _made = DateFeed.objects.update_or_create(
        series=series, defaults={"token_digest": digest(token)}
    )
    note_deed(by, "renew", "feed", feed.pk, series.place, reason)
    return token


@transaction.atomic
def renew_own_feed(*, by: Person) -> str:
    """Make the address of one's own dates anew; gives its token."""
    token = secrets.token_urlsafe(24)
    feed, _made = DateFeed.objects.update_or_create(
        person=by, defaults={"token_digest": digest(token)}
    )
    note_deed(by, "renew", "feed", feed.pk, None)
    return token


def find_feed(token: str) -> DateFeed | None:
    """Find whose dates a token opens: nobody's who may not sign in."""
    found = DateFeed.objects.select_related("person", "series__workshop")
    feed = found.filter(token_digest=digest(token)).first()
    if feed is not None and feed.person is not None and not feed.person.is_active:
        return None
    return feed
