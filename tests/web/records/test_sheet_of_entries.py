"""A school year that holds entries by hand only has a sheet too."""

import uuid

from django.urls import reverse
from django.utils import timezone

from commonroot.domain.records.entry_actions import Happened, enter


def test_a_sheet_of_entries_without_students_is_drawn(cast, browse):
    for _ in range(12):
        told = Happened(uuid.uuid4(), timezone.now(), "Bus", "Other")
        enter(by=cast.Grace, school=cast.Oak, told=told)

    page = browse(cast.Ana).get(reverse("records:show-sheet", args=[cast.Oak.pk]))

    assert page.status_code == 200
    assert "Oak" in page.content.decode()
