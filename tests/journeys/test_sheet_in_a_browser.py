"""The sheet as people meet it: on a desk, on a phone, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from briefs.small_school import (
    make_rows,
    write_calendar,
    write_enrolment,
    write_rows,
)
from commonroot.briefs.brief import Request, make_brief, save
from journeys.sizes import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def sheets(tmp_path_factory, region):
    """A busy school, a small one without a calendar, and eleven schools together."""
    folder = tmp_path_factory.mktemp("sheets")
    small = write_rows(folder / "small.csv", make_rows(14, students=9))
    busy = write_rows(folder / "busy.csv", make_rows())
    requests = {
        "busy": Request(
            busy,
            enrolment=write_enrolment(folder / "enrolment.csv"),
            calendar=write_calendar(folder / "calendar.csv"),
        ),
        "small": Request(small),
        "region": Request(
            region / "region.csv",
            enrolment=region / "enrolment.csv",
            calendar=region / "calendar.csv",
        ),
    }
    for name, request in requests.items():
        save(make_brief(request), folder / name)
    return folder


SHEETS = ["busy", "small", "region"]


def open_sheet(browser, sheets, name, size):
    page = browser.new_page(viewport=size)
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto((sheets / name / "brief.html").as_uri())
    return page, requests


@pytest.mark.parametrize("name", SHEETS)
def test_axe_finds_nothing_on_the_sheet(browser, sheets, name):
    page, _ = open_sheet(browser, sheets, name, DESK)

    found = Axe().run(page).response["violations"]

    assert [(fault["id"], len(fault["nodes"])) for fault in found] == []


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_runs_off_the_side_of_a_phone(browser, sheets, name):
    page, _ = open_sheet(browser, sheets, name, PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_asks_for_no_other_file(browser, sheets, name):
    page, requests = open_sheet(browser, sheets, name, DESK)

    assert requests == [page.url]


@pytest.mark.parametrize("name", SHEETS)
def test_the_sheet_prints_on_one_or_two_pages(browser, sheets, tmp_path, name):
    page, _ = open_sheet(browser, sheets, name, DESK)

    page.pdf(path=tmp_path / "print.pdf", prefer_css_page_size=True)

    assert len(PdfReader(tmp_path / "print.pdf").pages) <= 2
    assert len(PdfReader(sheets / name / "brief.pdf").pages) <= 2


def test_no_column_of_the_printed_sheet_is_cut_off(browser, sheets):
    page, _ = open_sheet(browser, sheets, "region", {"width": 720, "height": 900})
    page.emulate_media(media="print")

    cut = page.evaluate(
        """() => [...document.querySelectorAll('table.slice, table.slice td')]
            .filter(cell => cell.getBoundingClientRect().right >
                            cell.closest('.slices > div').getBoundingClientRect().right + 1)
            .length"""
    )

    assert cut == 0


def test_the_chart_is_one_picture_with_words_for_those_who_cannot_see_it(
    browser, sheets
):
    page, _ = open_sheet(browser, sheets, "busy", DESK)

    assert page.get_by_role("img").count() == 1
    named = page.get_by_role("img", name="Run chart of incidents a week.", exact=True)
    assert named.is_visible()
    finding = page.locator(".finding").inner_text()
    assert named.locator("desc").text_content() == finding


def test_the_weeks_can_be_read_as_a_table(browser, sheets):
    page, _ = open_sheet(browser, sheets, "busy", DESK)

    page.get_by_text("The weeks as a table").click()

    assert page.get_by_role("row", name="2025-09-08").is_visible()


def test_the_pdf_is_tagged_for_readers_and_says_what_it_is(sheets):
    reader = PdfReader(sheets / "busy" / "brief.pdf")

    assert reader.metadata.title.startswith("Larch Hill Elementary: meeting sheet")
    assert "/StructTreeRoot" in reader.trailer["/Root"]
