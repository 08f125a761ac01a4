"""The site as people meet it: on a phone and a desk, by day and by night, by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from briefs.small_school import make_rows, write_rows
from domain.network.rosters import write_staff
from domain.network.school_files import write_counts, write_days
from journeys.sizes import DESK, PHONE
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
    for person in (made.Ben, made.Mara):
        person.set_password(PASSWORD)
        person.save()
    return made


@pytest.fixture
def open_page(browser, live_server):
    """Open a page of the site on a screen; gives it with what it asked for."""
    contexts = []

    def open_one(size=DESK, scheme="light"):
        context = browser.new_context(viewport=size, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(live_server.url)
        return page, asked

    yield open_one
    for context in contexts:
        context.close()


def sign_in(page, person, password=PASSWORD):
    page.get_by_label("E-mail").fill(person.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def visit_all(page, cast, address, folder):
    """Go through the pages that a principal has; each is given by its name."""
    file = write_rows(folder / "incidents.csv", make_rows(300, students=120))
    yield "sign in"
    sign_in(page, cast.Ben)
    yield "home"
    for name, path in {
        "places": "/places/",
        "nothing found": "/places/?q=zz",
        "place": f"/places/{cast.Oak.pk}/",
        "invite": f"/places/{cast.Oak.pk}/invite/",
        "people": "/people/",
        "end a role": f"/roles/{cast.Grace.roles.get().pk}/end/",
        "account": "/you/",
        "password": "/account/password/change/",
        "second step": "/account/2fa/",
        "sessions": "/account/sessions/",
        "missing": "/nothing/",
        "demo": "/demo/",
    }.items():
        page.goto(address + path)
        yield name
    page.goto(f"{address}/places/{cast.Oak.pk}/files/")
    yield "files"
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Look at what it would do").click()
    yield "a file looked at"
    page.get_by_label("It is of Oak, by another name.").check()
    page.get_by_role("button", name="Take it in").click()
    yield "a file taken in"
    page.get_by_role("link", name="Open the meeting sheet").click()
    yield "sheet"


def visit_rosters(page, cast, address, folder):
    """Go through the pages of staff and schools that a district leader has."""
    sign_in(page, cast.Mara)
    page.goto(f"{address}/places/{cast.North.pk}/")
    yield "district"
    page.get_by_role("link", name="Staff and schools from a file").click()
    yield "rosters"
    page.get_by_role("button", name="Look at what it would do").click()
    yield "no roster"
    page.get_by_label("File").set_input_files(write_staff(folder))
    page.get_by_role("button", name="Look at what it would do").click()
    open_all(page)
    yield "a roster looked at"
    page.get_by_role("button", name="Take it in").click()
    yield "a roster taken in"
    page.goto(f"{address}/places/{cast.North.pk}/add/")
    page.get_by_label("Name").fill("Oak")
    page.get_by_role("button", name="Add this place").click()
    yield "a place that is there"
    page.get_by_label("Name").fill("Ash School")
    page.get_by_role("button", name="Add this place").click()
    yield "a place added"


def visit_calendars(page, cast, address, folder):
    """Go through the pages of a school's days, bells and numbers of students."""
    sign_in(page, cast.Ben)
    page.goto(f"{address}/places/{cast.Oak.pk}/")
    yield "school"
    page.get_by_role("link", name="School days and terms").click()
    yield "no calendar"
    page.get_by_label("File").set_input_files(write_days(folder))
    page.get_by_role("button", name="Look at what it would do").click()
    yield "a calendar looked at"
    page.get_by_role("button", name="Take it in").click()
    page.get_by_text("Add a term").click()
    page.get_by_role("button", name="Add this term").click()
    yield "no term"
    page.get_by_label("Name").fill("Fall")
    page.get_by_label("First day", exact=False).last.fill("2025-09-01")
    page.get_by_label("Last day", exact=False).last.fill("2025-12-19")
    page.get_by_role("button", name="Add this term").click()
    yield "a calendar with a term"
    page.goto(f"{address}/places/{cast.Oak.pk}/bells/")
    yield "no bells"
    page.get_by_label("Periods").fill("Period 1 08:00-08:50\nlunch")
    page.get_by_role("button", name="Add these periods").click()
    yield "a bad line"
    page.get_by_label("Periods").fill("Period 1 08:00-08:50\nLunch 11:30-12:10")
    page.get_by_role("button", name="Add these periods").click()
    yield "bells"
    page.goto(f"{address}/places/{cast.Oak.pk}/enrolment/")
    yield "no enrolment"
    page.get_by_label("File").set_input_files(write_counts(folder))
    page.get_by_role("button", name="Look at what it would do").click()
    yield "an enrolment looked at"
    page.get_by_role("button", name="Take it in").click()
    yield "enrolment"


def visit_groups(page, cast, address, folder):
    """Go through the pages of groups that a principal has."""
    sign_in(page, cast.Ben)
    page.goto(f"{address}/places/{cast.Oak.pk}/")
    page.get_by_role("link", name="Groups").click()
    yield "no groups"
    page.get_by_role("link", name="Make a group").click()
    page.get_by_role("button", name="Make this group").click()
    yield "no group"
    page.get_by_label("Name").fill("Data team of Oak")
    page.get_by_role("button", name="Make this group").click()
    yield "a group without members"
    page.get_by_label("Person").select_option(label="Ana")
    page.get_by_label("What they do").fill("facilitator")
    page.get_by_role("button", name="Add to the group").click()
    yield "a group"
    page.goto(f"{address}/places/{cast.Oak.pk}/groups/")
    yield "groups"


def open_all(page):
    """Open every list that is folded away."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    "visit", [visit_all, visit_rosters, visit_calendars, visit_groups]
)
def test_no_page_has_a_fault_runs_off_or_asks_elsewhere(
    open_page, live_server, cast, tmp_path, size, scheme, visit
):
    page, asked = open_page(size, scheme)
    broken = []
    page.on(
        "response",
        lambda answer: broken.append(answer.url) if answer.status >= 500 else None,
    )
    faults = {}
    for name in visit(page, cast, live_server.url, tmp_path):
        found = [fault["id"] for fault in Axe().run(page).response["violations"]]
        width = page.evaluate("document.documentElement.scrollWidth")
        if found or width > size["width"]:
            faults[name] = (found, width)

    assert faults == {}
    assert broken == []
    assert [url for url in asked if not url.startswith(live_server.url)] == []


def test_signing_in_and_inviting_by_keyboard_alone(open_page, cast):
    page, _ = open_page()
    page.get_by_label("E-mail").focus()
    page.keyboard.type(cast.Ben.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    for name in ("Oak", "Invite somebody"):
        press_until(page, name)
    page.get_by_label("Name").focus()
    page.keyboard.type("Nia Park")
    page.keyboard.press("Tab")
    page.keyboard.type("nia@example.org")
    page.keyboard.press("Tab")
    page.keyboard.type("Educator")
    press_until(page, "Send the invitation")

    page.get_by_role("status").wait_for()
    assert "on its way to nia@example.org" in page.get_by_role("status").inner_text()


def press_until(page, name):
    """Press the tab key until a link of this name is reached, and follow it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").strip() == name:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} is not reached by keyboard")


def test_a_wrong_password_is_told_and_nobody_is_let_in(open_page, cast):
    page, _ = open_page()
    sign_in(page, cast.Ben, "not the right words")

    assert page.get_by_role("alert").count() == 1
    page.goto(page.url.split("/account")[0] + "/people/")
    assert "/account/login/" in page.url


def test_the_first_tab_leads_past_the_navigation(open_page, cast):
    page, _ = open_page()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.innerText") == "Skip to the page"
