"""A page of the year, told once: for the screen, the printer, a picture and a newsletter."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.queries import Told, tell_numbers, tell_quotes
from commonroot.domain.highlights.quotes import Said
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.network.models import Person
from commonroot.web.highlights.pictures import Picture, draw_pictures


@dataclass(frozen=True)
class YearTold:
    """What a page of the year says, in the reader's language."""

    title: str
    year: str
    lead: str
    numbers: list[Told]
    pictures: list[Picture]
    quotes: list[Said]
    shifts: list[str]
    did_not_work: list[str]
    state: str
    words: dict[str, str] = field(default_factory=dict)


def tell_page(viewer: Person, page: YearPage) -> YearTold:
    """Tell a page as it stands for somebody."""
    span = span_of(page.place, page.school_year)
    return YearTold(
        page.place.name,
        page.school_year,
        page.lead,
        tell_numbers(page),
        draw_pictures(span),
        tell_quotes(viewer, page),
        read_lines(page.shifts),
        read_lines(page.did_not_work),
        tell_state(page),
        {
            "year": _("The school year %(year)s") % {"year": page.school_year},
            "before": _("the year before"),
            "otherwise": _("counted differently then"),
            "shifts": _("What shifted"),
            "did_not_work": _("What did not work"),
            "said": _("In their own words"),
            "made": _(
                "Each number can be opened: how it is counted, and from which records."
            ),
        },
    )


def read_lines(text: str) -> list[str]:
    """Read words as lines, a point each."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def tell_state(page: YearPage) -> str:
    """Say where a page stands."""
    if page.published is None:
        return _("This is a draft. Only those who make it see it.")
    return _("Published on %(day)s.") % {"day": date_format(page.published)}


def tell_before(told: Told) -> str:
    """Tell last year's number beside this one; nothing where there is none."""
    if not told.before:
        return ""
    if not told.is_counted_alike:
        return _("The year before it was counted differently: %(value)s.") % {
            "value": told.before
        }
    return _("The year before: %(value)s.") % {"value": told.before}


def write_newsletter(told: YearTold) -> str:
    """Write a page as plain text for a newsletter."""
    lines = [f"{told.title}, {told.words['year']}", ""]
    lines += [told.lead, ""] if told.lead else []
    for each in told.numbers:
        before = f" ({tell_before(each)})" if each.before else ""
        lines.append(f"- {each.value} {each.label}{before}")
    for heading, points in (
        (told.words["shifts"], told.shifts),
        (told.words["did_not_work"], told.did_not_work),
        (
            told.words["said"],
            [
                f"“{each.words}”" + (f" ({each.whose})" if each.whose else "")
                for each in told.quotes
            ],
        ),
    ):
        if points:
            lines += ["", heading, *(f"- {point}" for point in points)]
    return "\n".join([*lines, "", told.state, ""])


def count_waiting(numbers: list[Told]) -> str:
    """Say how many numbers wait for a second person."""
    waiting = sum(
        each.highlight.checked is None or each.waiting is not None for each in numbers
    )
    return ngettext(
        "%(n)s number waits for a second person.",
        "%(n)s numbers wait for a second person.",
        waiting,
    ) % {"n": waiting}
