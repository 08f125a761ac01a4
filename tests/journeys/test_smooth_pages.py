"""Pages that change in place: the same as without scripts, only smoother."""

import datetime as dt

import pytest

from briefs.small_school import make_rows, write_rows
from commonroot.domain.records import tasks
from commonroot.domain.records.actions import give_file, say_yes
from commonroot.domain.records.models import RecordingBreak
from journeys.sizes import DESK
from people import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "four plain words here"


@pytest.fixture
def cast(live_server):
    made = Cast()
    made.Ben.set_password(PASSWORD)
    made.Ben.save()
    return made


@pytest.fixture
def page(browser, live_server, cast):
    """A page of Ben's, with every breach of the policy and every error it told of."""
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.told = []
    page.on("console", lambda line: page.told.append(line.text))
    page.on("pageerror", lambda error: page.told.append(str(error)))
    page.goto(live_server.url)
    page.get_by_label("E-mail").fill(cast.Ben.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Hello").wait_for()
    yield page
    context.close()


def test_search_finds_while_one_types(page, live_server):
    page.goto(f"{live_server.url}/search/")
    page.get_by_label("Name of a place or person").press_sequentially("oak")
    page.locator("#found").get_by_role("link", name="Oak").first.wait_for()
    page.get_by_label("Name of a place or person").press_sequentially("zz")
    page.get_by_text("Nothing that you can see").wait_for()

    assert page.get_by_label("Name of a place or person").input_value() == "oakzz"
    assert page.told == []


def test_days_are_marked_in_place_and_what_is_wrong_is_told(page, live_server, cast):
    address = f"{live_server.url}/places/{cast.Oak.pk}/logging-days/"
    page.goto(address)
    page.evaluate("window.stayed = true")
    first, last = page.locator("input[type=date]").all()
    first.fill("2025-10-06")
    last.fill("2025-10-01")
    page.get_by_role("button", name="Nobody recorded on these days").click()
    page.locator(".problem, .errorlist, [role=alert]").first.wait_for()
    page.locator("input[type=date]").nth(1).fill("2025-10-10")
    page.get_by_role("button", name="Nobody recorded on these days").click()
    page.get_by_text("Marked. No rate is taken over these days.").wait_for()

    assert RecordingBreak.objects.get().first == dt.date(2025, 10, 6)
    assert page.evaluate("window.stayed")
    assert page.evaluate("document.activeElement.className") == "told"
    assert [line for line in page.told if "422" not in line] == []


def test_an_import_is_followed_until_it_is_done(page, live_server, cast, tmp_path):
    file = write_rows(tmp_path / "a.csv", make_rows(300, students=120))
    given = give_file(by=cast.Ben, school=cast.Oak, path=file, name="a.csv")
    say_yes(by=cast.Ben, given=given)
    page.goto(f"{live_server.url}/files/{given.pk}/")
    page.get_by_text("It is being taken in.").wait_for()
    tasks.take_in_file.call(str(given.pk), str(cast.Ben.pk))

    page.get_by_role("link", name="Open the meeting sheet").wait_for()
    assert page.told == []
