"""Letters about visits. They say that there is one, and hold no word of it."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from commonroot.domain.coaching.models import Visit
from commonroot.domain.coaching.queries import find_visit
from commonroot.domain.network.letters import send_or_wait, write_address
from commonroot.domain.network.models import Person


@task()
def tell_other(visit: str, person: str, tried: int = 0) -> bool:
    """Tell one of the two that something about a visit waits for them or has changed."""
    found = Visit.objects.filter(pk=visit).first()
    reader = Person.objects.filter(pk=person, is_active=True).first()
    if found is None or reader is None or find_visit(reader, found.pk) is None:
        return False
    with override(reader.language or settings.LANGUAGE_CODE):
        subject = _("About a visit")
        text = _(
            "There is something new about a visit of yours at Commonroot. Sign in to read "
            "it. This letter says nothing of it, because a visit's words belong to the two "
            "of you."
        )
        address = write_address(reverse("coaching:show-visit", args=[visit]))
    letter = EmailMessage(
        subject,
        f"{text}\n\n{address}".strip() + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [reader.email],
    )
    return send_or_wait(
        letter,
        tried,
        lambda later: tell_other.using(run_after=later).enqueue(
            visit, person, tried + 1
        ),
    )
