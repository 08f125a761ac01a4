"""The page of a release as people meet it: on a desk, on a phone, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.disclosure.made_tables import count_children
from commonroot.analysis.disclosure.design import Design
from commonroot.analysis.disclosure.releasing import release
from commonroot.briefs.releases.make_files import write_files
from journeys.sizes import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DESIGN = Design(
    {
        "place": ("school",),
        "group": ("group",),
        "behavior": ("class", "behaviour"),
    },
    (("place", "behavior"), ("place", "group", "behavior")),
    pool=("group",),
)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("released")
    counts = count_children(3, schools=5, groups=4, classes=(3, 4), children=60)
    page = write_files(release(counts, DESIGN), DESIGN)["released.html"]
    (folder / "released.html").write_text(page, encoding="utf-8")
    return (folder / "released.html").as_uri()


def open_page(browser, address, size):
    page = browser.new_page(viewport=size)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    return page, asked


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_a_release(browser, address, size):
    page, _ = open_page(browser, address, size)

    found = Axe().run(page).response["violations"]

    assert [(fault["id"], len(fault["nodes"])) for fault in found] == []


def test_the_page_of_a_release_does_not_run_off_a_phone(browser, address):
    page, _ = open_page(browser, address, PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_the_page_of_a_release_asks_for_no_other_file(browser, address):
    page, asked = open_page(browser, address, DESK)

    assert asked == [page.url]


def test_a_hidden_number_is_spoken_as_hidden_and_a_total_comes_first(browser, address):
    page, _ = open_page(browser, address, DESK)
    rows = page.locator("table.released").nth(0).locator("tbody tr")

    spoken = page.locator("table.released td .spoken").all_inner_texts()
    assert set(spoken) <= {"hidden", "in smaller groups together"}
    assert "hidden" in spoken
    assert rows.nth(0).locator("th").all_inner_texts() == ["All"]
    assert page.locator("div[lang=es] h3").inner_text() == "Cómo leer esta página"
