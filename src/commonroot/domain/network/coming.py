"""What comes up for one person: told by every area, gathered for their week."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from commonroot.domain.network.models import Place


class ComingKind(models.TextChoices):
    """Why something stands in somebody's week."""

    DUE = "due", _("Due")
    PROMISED = "promised", _("What I promised")
    MEETING = "meeting", _("Whom I meet")


@dataclass(frozen=True)
class Coming:
    """One line of somebody's week.

    `page` is the name of an address and `key` what it is about (none for a page about
    nothing in particular). `day` is when it is due, or was; `bring` says what to take
    along, and `bring_page` with `bring_key` the paper to print, which every area may give.
    Only what its reader may see anyway goes into `words`.
    """

    kind: ComingKind
    words: str
    day: dt.date
    page: str
    key: uuid.UUID | None = None
    place: Place | None = None
    starts: dt.time | None = None
    minutes: int = 0
    bring: str = ""
    bring_page: str = ""
    bring_key: uuid.UUID | None = None
