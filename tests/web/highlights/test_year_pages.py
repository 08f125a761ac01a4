"""The page of a year, as people make and read it."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from commonroot.domain.audit.actions import SYSTEM
from commonroot.domain.convenings.actions import begin_convening
from commonroot.domain.convenings.word_actions import write_words
from commonroot.domain.highlights import actions
from commonroot.domain.highlights.models import YearPage
from commonroot.domain.highlights.quotes import quotes_seen_by
from commonroot.domain.highlights.reasons import YearError
from commonroot.domain.highlights.spans import span_of
from commonroot.domain.network.actions import add_person, add_place, give_role
from commonroot.domain.network.choices import GroupKind, PlaceKind, RoleKind
from commonroot.domain.network.models import Group
from commonroot.domain.teams.models import Meeting

YEAR = "2025-26"


@pytest.fixture
def page(cast):
    team = Group.objects.create(place=cast.Oak, kind=GroupKind.DATA_TEAM, name="Team")
    for month in (9, 10, 11):
        Meeting.objects.create(team=team, day=dt.date(2025, month, 5), state="ended")
    return actions.begin_page(by=cast.Elena, place=cast.Region, school_year=YEAR)


@pytest.fixture
def published(cast, page):
    actions.write_page(
        by=cast.Elena, page=page, lead="", shifts="", did_not_work="The bell"
    )
    for each in page.highlights.filter(ended=None):
        actions.check_highlight(by=cast.Farid, highlight=each)
    return actions.publish_page(by=cast.Farid, page=page)


def address(name, *keys):
    return reverse(f"highlights:{name}", args=keys)


def test_a_year_is_begun_checked_by_another_and_published(cast, browse):
    elena, farid = browse(cast.Elena), browse(cast.Farid)
    begun = elena.post(address("begin-year", cast.Region.pk), {"year": YEAR})
    page = YearPage.objects.get()
    assert begun.headers["Location"] == address("make-year", page.pk)
    own, other = (
        client.get(address("open-number", page.pk, "schools")).content.decode()
        for client in (elena, farid)
    )
    assert ("I opened it" in own, "I opened it" in other) == (False, False)
    page.highlights.create(
        definition="schools", version=1, value=0, digest="", drawn=timezone.now(),
        drawn_by=cast.Elena,
    )  # fmt: skip
    own, other = (
        client.get(address("open-number", page.pk, "schools")).content.decode()
        for client in (elena, farid)
    )
    assert ("I opened it" in own, "I opened it" in other) == (False, True)
    page.highlights.filter(definition="schools").delete()
    elena.post(address("write-year", page.pk), {"lead": "", "did_not_work": "The bell"})

    for each in page.highlights.all():
        farid.post(address("check-number", each.pk))
    farid.post(address("publish-year", page.pk))
    page.refresh_from_db()
    assert page.published is not None
    assert browse(cast.Grace).get(address("show-year", page.pk)).status_code == 200


def test_what_cannot_be_is_said_and_changes_nothing(cast, browse, page):
    elena = browse(cast.Elena)
    said = [
        elena.post(address(name, *keys), given, follow=True).content.decode()
        for name, keys, given in (
            ("publish-year", [page.pk], {}),
            ("draw-number", [page.pk], {"number": "friends"}),
            ("leave-out", [page.pk], {"number": "checks"}),
            ("check-number", [page.highlights.first().pk], {}),
            ("begin-year", [cast.Region.pk], {"year": "next"}),
        )
    ]

    for text, sentence in zip(
        said,
        (
            "Not every number was checked",
            "There is no such number",
            "never stands without",
            "A second person checks it",
            "Write a school year like 2025-26",
        ),
        strict=True,
    ):
        assert sentence in text
    page.refresh_from_db()
    assert page.published is None


def test_words_that_are_too_long_are_kept_in_the_form(cast, browse, page):
    told = {"lead": "word " * 200, "shifts": "one\ntwo", "did_not_work": ""}
    answer = browse(cast.Elena).post(address("write-year", page.pk), told)

    assert answer.status_code == 422
    assert "one\ntwo" in answer.content.decode()
    page.refresh_from_db()
    assert page.shifts == ""


def test_words_and_quotes_are_kept_together_and_nothing_typed_is_lost(
    cast, browse, page
):
    spring = begin_convening(
        by=cast.Elena, place=cast.Region, name="Spring", day=dt.date(2026, 5, 16)
    )
    said = write_words(
        by=cast.Ana,
        convening=spring,
        kind="shift",
        text="We ask first",
        audience="network",
        quotable=True,
    )
    elena = browse(cast.Elena)
    told = {
        "lead": "A year",
        "shifts": "One",
        "did_not_work": "The bell",
        "quote": f"convening:{said.pk}",
    }
    wrong = elena.post(
        address("write-year", page.pk), {**told, "lead": "word " * 200}
    ).content.decode()
    assert ("The bell" in wrong, f'{said.pk}" checked' in wrong) == (True, True)
    elena.post(address("write-year", page.pk), told)
    page.refresh_from_db()

    assert (page.lead, page.did_not_work) == ("A year", "The bell")
    assert [each.words for each in page.quotes.all()] == [said.pk]


def test_a_number_opens_and_says_how_it_is_counted(cast, browse, published):
    opened = address("open-number", published.pk, "meetings")
    farid = browse(cast.Farid).get(opened).content.decode()
    grace = browse(cast.Grace).get(opened).content.decode()

    assert "Meetings of data teams that were held and ended, each once." in grace
    assert ("Oak" in farid, "Oak" in grace) == (True, False)
    assert "Elena" in grace
    assert (
        browse(cast.Grace)
        .get(address("open-number", published.pk, "friends"))
        .status_code
        == 404
    )


def test_the_page_is_given_as_sheet_picture_and_text(cast, browse, published):
    grace = browse(cast.Grace)
    sheet, picture, text = (
        grace.get(address(name, published.pk))
        for name in ("print-year", "picture-year", "tell-year")
    )
    read = PdfReader(io.BytesIO(sheet.content))

    assert len(read.pages) == 1
    assert "data team meetings" in read.pages[0].extract_text().replace("\n", " ")
    assert picture.content.startswith(b"\x89PNG")
    assert "- 3 data team meetings" in text.content.decode()
    assert "- 0 changes checked" in text.content.decode()


def test_what_the_records_no_longer_say_is_flagged_on_every_paper(
    cast, browse, published
):
    Meeting.objects.first().delete()
    grace = browse(cast.Grace)
    shown, sheet, text = (
        grace.get(address(name, published.pk))
        for name in ("show-year", "print-year", "tell-year")
    )
    read = PdfReader(io.BytesIO(sheet.content)).pages[0].extract_text()

    assert "The records say 2 now." in shown.content.decode()
    assert "The records have changed since." in shown.content.decode()
    assert "Teams met 3 times" in shown.content.decode()
    assert "The records say 2 now." in read.replace("\n", " ")
    assert "The records say 2 now." in text.content.decode()


def test_a_page_full_of_words_still_stands_on_one_sheet(cast, browse, page):
    spring = begin_convening(
        by=cast.Elena, place=cast.Region, name="Spring", day=dt.date(2026, 5, 16)
    )
    for number in range(6):
        write_words(
            by=cast.Ana,
            convening=spring,
            kind="shift",
            text=f"{number} " + "We ask first. " * 14,
            audience="network",
            quotable=True,
            whose="a classroom teacher",
        )
    span = span_of(cast.Region, YEAR)
    actions.choose_quotes(
        by=cast.Elena,
        page=page,
        chosen=[(each.said, each.key) for each in quotes_seen_by(cast.Elena, span)],
    )
    lines = "\n".join(["What we did not think of before this year"] * 28)[:1200]
    actions.write_page(
        by=cast.Elena, page=page, lead="word " * 120, shifts=lines, did_not_work=lines
    )
    sheet = browse(cast.Elena).get(address("print-year", page.pk))
    read = PdfReader(io.BytesIO(sheet.content))

    assert len(read.pages) == 1
    assert "5 We ask first." in read.pages[0].extract_text().replace("\n", " ")


def test_quotes_that_are_too_long_together_are_refused(cast, page):
    spring = begin_convening(
        by=cast.Elena, place=cast.Region, name="Spring", day=dt.date(2026, 5, 16)
    )
    for _number in range(2):
        write_words(
            by=cast.Ana,
            convening=spring,
            kind="shift",
            text="a" * 700,
            audience="network",
            quotable=True,
        )
    found = quotes_seen_by(cast.Elena, span_of(cast.Region, YEAR))

    with pytest.raises(YearError, match="too long for one sheet"):
        actions.choose_quotes(
            by=cast.Elena, page=page, chosen=[(each.said, each.key) for each in found]
        )


def test_the_page_speaks_spanish(cast, browse, published):
    grace = browse(cast.Grace)
    grace.cookies["django_language"] = "es"
    text = grace.get(address("tell-year", published.pk)).content.decode()
    shown = grace.get(address("show-year", published.pk)).content.decode()

    assert "- 3 reuniones de equipos de datos" in text
    assert "Los equipos se reunieron 3 veces" in shown
    assert "data team meetings" not in shown


def test_a_draft_is_not_there_for_others_in_any_form(cast, browse, page):
    answers = {
        name: browse(cast.Grace).get(address(name, page.pk)).status_code
        for name in (
            "show-year",
            "print-year",
            "picture-year",
            "tell-year",
            "make-year",
        )
    }

    assert set(answers.values()) == {404}
    assert (
        str(page.pk)
        not in browse(cast.Grace).get(address("list-years")).content.decode()
    )


def test_only_numbers_that_stand_on_the_page_open_for_its_readers(
    cast, browse, published
):
    def open_as(person, number):
        return browse(person).get(address("open-number", published.pk, number))

    assert open_as(cast.Grace, "meetings").status_code == 200
    assert open_as(cast.Grace, "visits").status_code == 404
    assert open_as(cast.Farid, "visits").status_code == 200
    actions.draw_highlight(by=cast.Farid, page=published, key="meetings")
    shows_the_draft = {
        person.name: "not yet" in open_as(person, "meetings").content.decode()
        for person in (cast.Elena, cast.Grace)
    }

    assert shows_the_draft == {"Elena": True, "Grace": False}


def test_a_published_page_is_read_in_its_own_network_alone(cast, browse, published):
    other = add_place(by=SYSTEM, kind=PlaceKind.REGION, name="Elsewhere")
    zed = add_person(by=SYSTEM, email="zed@example.org", name="Zed")
    give_role(
        by=SYSTEM,
        person=zed,
        kind=RoleKind.NETWORK_FACILITATOR,
        place=other,
        first=dt.date(2024, 8, 1),
    )
    statuses = {
        name: browse(zed).get(address(name, published.pk)).status_code
        for name in ("show-year", "print-year", "picture-year", "tell-year")
    }

    assert set(statuses.values()) == {404}


@pytest.mark.parametrize("year", ["2000-01", "2099-00"])
def test_a_year_that_is_too_far_away_is_refused(cast, browse, year):
    answer = browse(cast.Elena).post(
        address("begin-year", cast.Region.pk), {"year": year}, follow=True
    )

    assert "Write a school year like 2025-26" in answer.content.decode()
    assert not YearPage.objects.exists()


def test_a_number_that_nobody_checked_is_not_read_on_a_published_page(
    cast, browse, published
):
    actions.draw_highlight(by=cast.Elena, page=published, key="visits")
    texts = [
        browse(person).get(address(name, published.pk)).content.decode()
        for person in (cast.Hugo, cast.Elena)
        for name in ("show-year", "tell-year")
    ]
    assert [("classroom visit" in each) for each in texts] == [False] * 4
    made = browse(cast.Elena).get(address("make-year", published.pk))
    assert "classroom visit" in made.content.decode()
    actions.check_highlight(
        by=cast.Farid, highlight=published.highlights.get(definition="visits")
    )
    read = browse(cast.Hugo).get(address("show-year", published.pk))
    assert "classroom visit" in read.content.decode()


def test_words_that_two_write_at_once_are_both_kept(cast, browse, page):
    blank = {"initial-lead": "", "initial-shifts": "", "initial-did_not_work": ""}
    for person, words in (
        (cast.Elena, {"lead": "A good year", "did_not_work": "The bell"}),
        (cast.Farid, {"shifts": "More voices"}),
    ):
        browse(person).post(
            address("write-year", page.pk),
            {"lead": "", "shifts": "", "did_not_work": "", **blank, **words},
        )
    page.refresh_from_db()

    assert (page.lead, page.shifts, page.did_not_work) == (
        "A good year",
        "More voices",
        "The bell",
    )


SAID = {
    "lead": "A good year",
    "shifts": "More voices\nFewer letters",
    "did_not_work": "",
}
DICHO = {
    "lead": "Un buen año",
    "shifts": "Más voces\nMenos cartas",
    "did_not_work": "",
}


def in_spanish(words):
    return {f"es-{name}": text for name, text in words.items()}


def test_a_page_has_its_words_in_both_languages_and_says_where_it_has_not(
    cast, browse, page
):
    elena = browse(cast.Elena)
    elena.post(address("write-year", page.pk), {**SAID, "language": "en"})

    def read(language):
        text = elena.get(f"{address('tell-year', page.pk)}?in={language}")
        return text.content.decode()

    assert ("A good year" in read("es"), "Inglés" in read("es")) == (True, True)
    translate = address("translate-year", page.pk, "es")
    short = {**DICHO, "shifts": "Más voces"}
    assert elena.post(translate, in_spanish(short)).status_code == 422
    assert page.translations.count() == 0
    assert elena.post(translate, in_spanish(DICHO)).status_code == 302
    spanish, english = read("es"), read("en")
    assert ["Un buen año" in spanish, "Menos cartas" in spanish] == [True, True]
    assert ["A good year" in english, "Inglés" in spanish] == [True, False]
    elena.post(
        address("write-year", page.pk), {**SAID, "lead": "A year", "language": "en"}
    )
    assert ("Un buen año" in read("es"), "A year" in read("es")) == (False, True)
    making = elena.get(address("make-year", page.pk)).content.decode()
    assert "own words have changed since" in making


def test_the_words_of_a_published_page_are_not_put_into_another_language_unseen(
    cast, browse, published
):
    answer = browse(cast.Elena).post(
        address("translate-year", published.pk, "es"),
        in_spanish({"lead": "", "shifts": "", "did_not_work": "La campana"}),
    )
    assert answer.status_code == 422
    assert published.translations.count() == 0


def test_a_page_is_put_into_no_language_that_the_site_does_not_speak(
    cast, browse, page
):
    for language in ("en", "fr"):
        path = address("translate-year", page.pk, language)
        assert browse(cast.Elena).post(path, {}).status_code == 404
