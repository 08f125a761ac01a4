"""A page of the year, told once: for the screen, the printer, a picture and a newsletter."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_info, ngettext
from django.utils.translation import gettext as _

from commonroot.domain.highlights.facts import gather_facts, read_facts
from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.queries import Told, numbers_to_read, tell_quotes
from commonroot.domain.highlights.quotes import Said
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.highlights.translating import Wording, word_page
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
    pictures_differ: bool = False
    language: str = "en"
    written_in: str = ""
    words: dict[str, str] = field(default_factory=dict)


def tell_page(viewer: Person, page: YearPage) -> YearTold:
    """Tell a page as it stands for somebody."""
    now = gather_facts(span_of(page.place, page.school_year))
    facts = read_facts(page.facts) if page.published and page.facts else now
    reads = (get_language() or "en")[:2]
    wording = word_page(page, reads)
    return YearTold(
        page.place.name,
        page.school_year,
        wording.lead,
        numbers_to_read(page),
        draw_pictures(facts),
        tell_quotes(viewer, page),
        read_lines(wording.shifts),
        read_lines(wording.did_not_work),
        tell_state(page),
        facts != now,
        wording.language,
        tell_language(wording) if wording.language != reads else "",
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


def tell_language(wording: Wording) -> str:
    """Tell in which language the words of a page are, for whoever reads in another."""
    if not (wording.lead or wording.shifts or wording.did_not_work):
        return ""
    name = get_language_info(wording.language)["name_translated"]
    return _("The words are as they were written: %(language)s.") % {"language": name}


def read_lines(text: str) -> list[str]:
    """Read words as lines, a point each."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def tell_state(page: YearPage) -> str:
    """Say where a page stands."""
    if page.published is None:
        return _("This is a draft. Only those who make it see it.")
    return _("Published on %(day)s.") % {
        "day": date_format(timezone.localtime(page.published))
    }


def tell_before(told: Told) -> str:
    """Tell last year's number beside this one; nothing where there is none."""
    if not told.before:
        return ""
    values = {"value": told.before, "n": told.schools_before}
    if not told.is_counted_alike:
        said = _("The year before it was counted differently: %(value)s.") % values
    elif told.is_before_published:
        said = _("The year before: %(value)s.") % values
    else:
        said = _("The records of the year before say: %(value)s.") % values
    if told.schools_before is None:
        return said
    told_then = ngettext(
        "%(n)s school told it then.",
        "%(n)s schools told it then.",
        told.schools_before,
    )
    return f"{said} {told_then % values}"


def tell_told_by(told: Told) -> str:
    """Tell how many schools told their own number; nothing of what no school tells."""
    if told.schools_told is None:
        return ""
    return ngettext(
        "As %(n)s school tells it.", "As %(n)s schools tell it.", told.schools_told
    ) % {"n": told.schools_told}


def tell_change(told: Told) -> str:
    """Tell what the records say now, where they no longer say what the page does."""
    return _("The records say %(now)s now.") % {"now": told.now} if told.now else ""


def tell_beside(told: Told) -> str:
    """Tell all that stands beside a number, on paper and in a newsletter."""
    parts = (tell_told_by(told), tell_before(told), tell_change(told))
    return " ".join(part for part in parts if part)


def write_newsletter(told: YearTold) -> str:
    """Write a page as plain text for a newsletter."""
    lines = [f"{told.title}, {told.words['year']}", ""]
    lines += [told.lead, ""] if told.lead else []
    for each in told.numbers:
        beside = tell_beside(each)
        lines.append(
            f"- {each.value} {each.label}" + (f" ({beside})" if beside else "")
        )
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
    lines += ["", told.written_in] if told.written_in else []
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
