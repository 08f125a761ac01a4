"""Entering on a phone: with taps, without a network, sent later and never twice."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from commonroot.domain.records.models import Entry
from journeys.sizes import PHONE
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
    for person in (made.Grace, made.Ana):
        person.set_password(PASSWORD)
        person.save()
    return made


@pytest.fixture
def phone(browser):
    context = browser.new_context(viewport=PHONE, has_touch=True)
    yield context
    context.close()


def sign_in(page, address, person):
    page.goto(f"{address}/account/login/")
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_text("Hello").wait_for()


def open_entry(page, address, school, name="enter/"):
    page.goto(f"{address}/places/{school.pk}/{name}")
    page.locator("[data-kept=yes]").wait_for()


def tap_entry(page):
    """Make an entry; gives the number of taps that it took."""
    choices = ("Playground", "Running", "3-5", "Reteach")
    for name in choices:
        page.get_by_role("radio", name=name, exact=True).tap()
    page.get_by_role("button", name="Keep this entry").tap()
    return len(choices) + 1


def wait_for_entries(page, number):
    for _ in range(100):
        if Entry.objects.count() == number:
            return number
        page.wait_for_timeout(50)
    return Entry.objects.count()


def test_an_entry_takes_five_taps(phone, live_server, cast):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Grace)
    open_entry(page, live_server.url, cast.Oak)

    assert tap_entry(page) == 5
    assert wait_for_entries(page, 1) == 1
    page.get_by_text("It is kept.").wait_for()
    row = Entry.objects.get().incident.current.rows
    assert '"location": "Playground"' in row
    assert '"grade": "3-5"' in row


def test_what_is_entered_without_a_network_is_sent_later_and_once(
    phone, live_server, cast
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Grace)
    open_entry(page, live_server.url, cast.Oak)
    phone.set_offline(True)
    page.reload()
    for number in (1, 2):
        tap_entry(page)
        page.get_by_text(f"waiting for a network: {number}").wait_for()
    assert Entry.objects.count() == 0

    phone.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    assert wait_for_entries(page, 2) == 2
    page.get_by_text("It is kept.").wait_for()
    page.reload()
    assert page.get_by_role("button", name="Take it back").count() == 2
    assert Entry.objects.count() == 2


def test_an_answer_that_is_lost_on_the_way_does_not_double(phone, live_server, cast):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Grace)
    open_entry(page, live_server.url, cast.Oak)
    lost = []

    def lose_the_first(route):
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/enter/", lose_the_first)
    tap_entry(page)
    assert wait_for_entries(page, 1) == 1
    page.wait_for_timeout(300)
    page.get_by_text("waiting for a network: 1").wait_for()
    assert lost == [200]
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("It is kept.").wait_for()

    assert Entry.objects.count() == 1


def test_what_one_person_entered_is_not_sent_as_another(phone, live_server, cast):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Grace)
    open_entry(page, live_server.url, cast.Oak)
    phone.set_offline(True)
    tap_entry(page)
    page.get_by_text("waiting for a network: 1").wait_for()
    phone.clear_cookies()
    phone.set_offline(False)
    page.goto("about:blank")
    sign_in(page, live_server.url, cast.Ana)
    open_entry(page, live_server.url, cast.Oak)

    page.get_by_text("of somebody else: 1").wait_for()
    assert Entry.objects.count() == 0


def test_a_session_that_ended_keeps_what_waits(phone, live_server, cast):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Grace)
    open_entry(page, live_server.url, cast.Oak)
    phone.clear_cookies()
    tap_entry(page)
    page.get_by_text("Sign in again").wait_for()

    sign_in(page, live_server.url, cast.Grace)
    open_entry(page, live_server.url, cast.Oak)
    assert wait_for_entries(page, 1) == 1


def test_a_tally_counts_each_tap_without_a_network(phone, live_server, cast):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Grace)
    open_entry(page, live_server.url, cast.Oak, "tally/?at=Bus")
    phone.set_offline(True)
    for _ in range(3):
        page.get_by_role("button", name="Running").tap()
    page.get_by_text("waiting for a network: 3").wait_for()
    assert page.get_by_role("button", name="Running").inner_text().split() == [
        "Running",
        "3",
    ]
    phone.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    assert wait_for_entries(page, 3) == 3


def test_entering_works_without_scripts(browser, live_server, cast):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_server.url, cast.Grace)
    page.goto(f"{live_server.url}/places/{cast.Oak.pk}/enter/")
    for name in ("Playground", "Running"):
        page.get_by_role("radio", name=name, exact=True).click()
    page.get_by_role("button", name="Keep this entry").click()
    page.get_by_text("It is kept.").wait_for()
    context.close()

    assert Entry.objects.count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["enter/", "tally/", "tally/?at=Bus"])
def test_the_pages_of_entry_have_no_fault_on_a_phone(
    browser, live_server, cast, scheme, name
):
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server.url, cast.Grace)
    page.goto(f"{live_server.url}/places/{cast.Oak.pk}/{name}")
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert (found, width <= PHONE["width"]) == ([], True)
