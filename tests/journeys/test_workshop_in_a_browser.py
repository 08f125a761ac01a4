"""A workshop's day in a browser: a new teacher, the door without a network, the circle."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from commonroot.domain.learning.models import (
    Attendance,
    CircleWord,
    Facilitation,
    Seat,
    Series,
    Session,
    Workshop,
)
from commonroot.domain.network.sight import today
from journeys.signing_in import PASSWORD, sign_in
from journeys.sizes import PHONE
from people import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def cast(live_server):
    made = Cast()
    for person in (made.Carla, made.Grace):
        person.set_password(PASSWORD)
        person.save()
    return made


@pytest.fixture
def session(cast):
    workshop = Workshop.objects.create(place=cast.North, name="Roots")
    series = Series.objects.create(workshop=workshop, place=cast.North, state="open")
    made = Session.objects.create(
        series=series, day=today(), starts=dt.time(9), minutes=120
    )
    Facilitation.objects.create(
        session=made, person=cast.Carla, part="lead", side="own"
    )
    for person in (cast.Ana, cast.Ben):
        Seat.objects.create(
            series=series, person=person, school=cast.Oak, state="coming"
        )
    return made


def wait_until(page, is_so):
    # A row that could not be sent is tried again after half a minute.
    for _ in range(900):
        if is_so():
            return True
        page.wait_for_timeout(50)
    return is_so()


def test_a_door_without_a_network_loses_nobody_and_doubles_nobody(
    phone, live_server, cast, session
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    page.goto(f"{live_server.url}/workshop-sessions/{session.pk}/check-in/")
    page.locator("[data-kept=yes]").wait_for()
    phone.set_offline(True)
    page.reload()
    page.get_by_label("Ana").check()
    line = page.locator("li", has_text="Ana")
    line.locator(".short").fill("45")
    line.locator(".short").blur()
    page.get_by_label("Name").fill("Lu Park")
    page.get_by_role("button", name="Keep the list").click()
    page.locator("li", has_text="Lu Park").wait_for()
    page.get_by_text("Kept on this device. It is sent").wait_for()
    assert Attendance.objects.count() == 0
    phone.set_offline(False)

    assert wait_until(page, lambda: Attendance.objects.count() == 2)
    page.reload()
    page.wait_for_timeout(300)
    assert {
        str(each.seat): each.minutes
        for each in Attendance.objects.select_related("seat__person")
    } == {"Ana": 45, "Lu Park": 120}


def test_what_waits_on_a_device_stands_on_its_page_when_it_is_opened_again(
    phone, live_server, cast, session
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    page.goto(f"{live_server.url}/workshop-sessions/{session.pk}/check-in/")
    page.locator("[data-kept=yes]").wait_for()
    phone.set_offline(True)
    page.get_by_label("Ana").check()
    page.get_by_label("Name").fill("Lu Park")
    page.get_by_role("button", name="Keep the list").click()
    page.locator("li", has_text="Lu Park").wait_for()
    page.reload()
    page.locator("li", has_text="Lu Park").wait_for()

    assert page.get_by_label("Ana").is_checked()
    assert not page.get_by_label("Ben").is_checked()


def test_somebody_who_walks_in_is_kept_where_a_device_only_thinks_it_has_a_network(
    phone, live_server, cast, session
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    page.goto(f"{live_server.url}/workshop-sessions/{session.pk}/check-in/")
    page.locator("[data-kept=yes]").wait_for()
    phone.route("**/tick/", lambda route: route.abort())
    page.get_by_label("Name").fill("Lu Park")
    page.get_by_role("button", name="Keep the list").click()
    page.get_by_text("Kept on this device. It is sent").wait_for()
    assert page.evaluate("navigator.onLine")
    phone.unroute("**/tick/")
    page.get_by_role("button", name="Keep the list").click()
    page.get_by_text("The list is kept.").wait_for()

    assert [str(each.seat) for each in Attendance.objects.all()] == ["Lu Park"]
    assert page.get_by_label("Lu Park").is_checked()


def test_a_tick_that_is_refused_says_why_and_keeps_no_other_waiting(
    phone, live_server, cast, session
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    page.goto(f"{live_server.url}/workshop-sessions/{session.pk}/check-in/")
    page.locator("[data-kept=yes]").wait_for()
    phone.set_offline(True)
    line = page.locator("li", has_text="Ana")
    line.locator(".short").fill("long")
    page.get_by_label("Ana").check()
    page.get_by_label("Ben").check()
    phone.set_offline(False)
    page.get_by_text("This was not kept: Ana.").wait_for()

    assert wait_until(page, lambda: Attendance.objects.count() == 1)
    page.get_by_role("button", name="Let it go").click()
    page.get_by_text("This was not kept").wait_for(state="detached")
    assert page.evaluate("localStorage.getItem('commonroot-ticks')") == "[]"


def test_a_new_teacher_signs_up_comes_in_and_takes_a_quote_back(
    phone, live_server, cast, session
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Grace)
    page.goto(f"{live_server.url}/workshops/")
    page.get_by_role("link", name="Roots").first.tap()
    page.get_by_role("heading", name="Roots").wait_for()
    page.goto(f"{live_server.url}/series/{session.series_id}/")
    page.get_by_label("Food").fill("vegetarian")
    page.get_by_role("button", name="I would like a seat").tap()
    page.get_by_role("button", name="I cannot come").wait_for()
    page.goto(f"{live_server.url}/here/{session.code}/")
    page.get_by_role("button", name="Grace").tap()
    page.get_by_text("Welcome").first.wait_for()
    page.goto(f"{live_server.url}/series/{session.series_id}/circle/")
    page.get_by_label("In your words").fill("Greet first")
    page.get_by_label("It may be quoted outside of the room").check()
    page.get_by_role("button", name="Say it").tap()
    page.get_by_text("It is kept as you chose.").wait_for()
    assert CircleWord.objects.get().audience == "outside"
    page.get_by_role("link", name="What I said, to choose anew").tap()
    page.get_by_role("link", name="Choose anew, or take it back").tap()
    page.get_by_role("button", name="Take it back").tap()
    page.get_by_text("It is gone, wherever it was shown.").wait_for()

    assert CircleWord.objects.count() == 0
    assert Seat.objects.get(person=cast.Grace).food == "vegetarian"
    Session.objects.update(held=timezone.now())
    page.goto(f"{live_server.url}/my-learning/")
    page.get_by_role("link", name="Certificate (PDF)").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_at_the_workshop(browser, live_server, cast, session, scheme):
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server.url, cast.Carla)
    series = session.series_id
    found = {}
    for path in (
        f"/workshop-sessions/{session.pk}/check-in/",
        f"/workshop-sessions/{session.pk}/code/",
        f"/workshop-sessions/{session.pk}/",
        f"/series/{series}/",
        f"/series/{series}/prepare/",
        f"/series/{series}/roster/",
        f"/series/{series}/agreements/",
        f"/series/{series}/circle/",
        f"/here/{session.code}/",
    ):
        answer = page.goto(f"{live_server.url}{path}")
        violations = Axe().run(page).response["violations"]
        found[path] = [
            (each["id"], each["nodes"][0]["html"][:200]) for each in violations
        ]
        assert (path, answer.status) == (path, 200)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()

    assert {path: each for path, each in found.items() if each} == {}
