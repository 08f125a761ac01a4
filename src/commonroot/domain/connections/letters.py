"""Letters about connections: short, in the reader's language, with no words of others."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django_tasks import task

from commonroot.domain.network.letters import send_or_wait, write_address
from commonroot.domain.network.models import Person


class News(TextChoices):
    """What somebody is written about."""

    LISTED = "listed", gettext_lazy("Your list is ready")
    MATCHED = "matched", gettext_lazy("We found somebody for you to meet")
    UNMATCHED = "unmatched", gettext_lazy("No match yet; you go first next time")
    NOT_COME_ABOUT = "not_come_about", gettext_lazy("A match did not come about")
    CONFIRMED = "confirmed", gettext_lazy("You both said yes")
    QUESTION = "question", gettext_lazy("Somebody has a question for you")
    ANSWER = "answer", gettext_lazy("Your question has an answer")
    FOLLOW_UP = "follow_up", gettext_lazy("Have you met? What helps?")


def write_text(news: News) -> str:
    """Write what a letter says, in the language that is spoken now."""
    return {
        News.LISTED: _(
            "Here are the people you may be matched with. You can take names off your list. Nobody is told."
        ),
        News.MATCHED: _(
            "See why you fit, ask a short question if you like, and say yes or no. Nobody is at fault for a no."
        ),
        News.UNMATCHED: _(
            "There was nobody free who fits. We keep looking through this round, and you go first in the next one."
        ),
        News.NOT_COME_ABOUT: _(
            "One of your matches did not come about. Nobody is at fault. We look for somebody else right away."
        ),
        News.CONFIRMED: _(
            "You can now see how to reach one another. Choose a first day to meet."
        ),
        News.QUESTION: _(
            "Before saying yes, somebody would like to know something. Open the page to read it and to answer."
        ),
        News.ANSWER: _("Open the page to read it."),
        News.FOLLOW_UP: _(
            "It is two taps: have you met, and what helps? Only you see what you say. If it is hard to meet, we find somebody else."
        ),
    }[news]


@task()
def send_news(person: str, news: str, page: str, key: str = "", tried: int = 0) -> bool:
    """Write to one person that something is new; what it is stands on the page alone."""
    to = Person.objects.filter(pk=person, is_active=True).first()
    if to is None:
        return False
    told = News(news)
    address = write_address(reverse(page, args=[key] if key else []))
    with override(to.language or settings.LANGUAGE_CODE):
        where = address or _("Open Connections on your site.")
        letter = EmailMessage(
            str(told.label),
            f"{write_text(told)}\n\n{where}\n",
            settings.DEFAULT_FROM_EMAIL,
            [to.email],
        )
    return send_or_wait(
        letter,
        tried,
        lambda later: send_news.using(run_after=later).enqueue(
            person, news, page, key, tried + 1
        ),
    )


def tell(person: object, news: News, page: str, key: object = "") -> None:
    """Let somebody be written to, beside the page."""
    send_news.enqueue(str(getattr(person, "pk", person)), news.value, page, str(key))
