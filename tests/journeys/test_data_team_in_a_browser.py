"""A cycle played by three people at once: a facilitator, a member on a phone, a coach."""

import datetime as dt
import io
import random

import pytest
from axe_playwright_python.sync_playwright import Axe
from pypdf import PdfReader

from briefs.small_school import list_days, make_rows, write_rows
from commonroot.domain.network.choices import GroupKind
from commonroot.domain.network.group_actions import add_group, add_member
from commonroot.domain.network.models import SchoolDay
from commonroot.domain.network.sight import today
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.teams.models import Change, Cycle, Meeting, Note
from journeys.sizes import DESK, PHONE
from people import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
SIDES = ("top", "bottom", "left", "right")
PASSWORD = "four plain words here"


@pytest.fixture
def cast(live_server, tmp_path):
    made = Cast()
    for person in (made.Ana, made.Ben, made.Carla):
        person.set_password(PASSWORD)
        person.save()
    chance, days = random.Random(3), list_days()
    SchoolDay.objects.bulk_create(SchoolDay(school=made.Oak, day=day) for day in days)
    rows = make_rows(500, students=150)
    for number, row in enumerate(make_rows(90, seed=9)):
        rows.append(
            {
                **row,
                "Incident ID": 9_000 + number,
                "Incident Date": chance.choice(days).strftime("%m/%d/%Y"),
                "Student ID": chance.randrange(3000, 3060),
                "Location": "Bus",
                "Incident Time": "14:40",
            }
        )
    path = write_rows(tmp_path / "a.csv", rows)
    given = give_file(by=made.Ana, school=made.Oak, path=path, name="a.csv")
    take_in(by=made.Ana, given=given)
    team = add_group(
        by=made.Ana, place=made.Oak, kind=GroupKind.DATA_TEAM, name="Data team"
    )
    for person in (made.Ana, made.Ben):
        add_member(by=made.Ana, group=team, person=person)
    made.team = team
    return made


@pytest.fixture
def sit_down(browser, live_server):
    contexts = []

    def come(person, size):
        context = browser.new_context(viewport=size, has_touch=size is PHONE)
        contexts.append(context)
        page = context.new_page()
        page.told = []
        page.on("console", lambda line: page.told.append(line.text))
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.goto(f"{live_server.url}/account/login/")
        page.get_by_label("E-mail").fill(person.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_text("Hello").wait_for()
        return page

    yield come
    for context in contexts:
        context.close()


def look(page, faults, name):
    """Look at a page for faults, and whether it runs off the side."""
    found = [fault["id"] for fault in Axe().run(page).response["violations"]]
    width = page.evaluate("document.documentElement.scrollWidth")
    if found or width > page.viewport_size["width"]:
        faults[name, page.viewport_size["width"]] = (found, width)


def add_line(page, section, text):
    part = page.locator(f"#{section}")
    part.locator("textarea").fill(text)
    part.get_by_role("button", name="Add").click()


def test_three_people_play_a_cycle_from_the_pattern_to_the_check(
    cast, sit_down, live_server
):
    faults = {}
    ana, ben, carla = (
        sit_down(cast.Ana, DESK),
        sit_down(cast.Ben, PHONE),
        sit_down(cast.Carla, DESK),
    )

    ana.goto(f"{live_server.url}/teams/{cast.team.pk}/")
    look(ana, faults, "team")
    ana.get_by_text("Plan a meeting").click()
    ana.get_by_label("Day").fill(today().isoformat())
    ana.get_by_role("button", name="Plan it").click()
    ana.get_by_text("The meeting is planned.").wait_for()
    meeting = Meeting.objects.get()
    address = f"{live_server.url}/meetings/{meeting.pk}/"
    look(ana, faults, "before")
    # The preparation is one page of paper.
    printed = ana.pdf(format="Letter", margin=dict.fromkeys(SIDES, "15mm"))
    assert len(PdfReader(io.BytesIO(printed)).pages) == 1

    carla.goto(address)
    carla.get_by_label("A note to the facilitator").fill("Begin with the bus.")
    carla.get_by_role("button", name="Leave this note").click()
    carla.get_by_text("The facilitator will see it.").wait_for()

    ana.get_by_role("button", name="Begin the meeting").click()
    ana.get_by_text("Begin with the bus.").wait_for()
    ben.goto(address)
    carla.goto(address)
    add_line(ana, "doing", "Much as before.")
    ana.locator("#doing textarea:focus").wait_for()
    ben.locator("#lines-doing").get_by_text("Much as before.").wait_for()
    # What is new moves nobody's focus, nor the place where they write.
    ben.locator("#lines-doing button").focus()
    add_line(ana, "doing", "The week before was short.")
    ben.locator("#lines-doing").get_by_text("The week before was short.").wait_for()
    assert ben.evaluate("document.activeElement.id").startswith("take-back-")
    ben.locator("#pattern textarea").fill("half written")
    ben.locator("#pattern textarea").evaluate("box => box.setSelectionRange(4, 4)")
    add_line(ana, "voices", "The drivers were asked.")
    ben.locator("#lines-voices").get_by_text("The drivers were asked.").wait_for()
    assert ben.locator("#pattern textarea").input_value() == "half written"
    told = "[document.activeElement.id, document.activeElement.selectionStart]"
    assert ben.evaluate(told) == ["pattern_text", 4]
    ana.get_by_role("button", name="We are at this now (One pattern)").click()
    carla.locator("#clock-pattern").get_by_text("We are here.").wait_for()
    assert ben.locator("#pattern textarea").input_value() == "half written"
    add_line(ben, "pattern", "It is the bus.")
    carla.locator("#lines-pattern").get_by_text("It is the bus.").wait_for()
    assert ben.locator("#pattern textarea").input_value() == ""
    assert carla.get_by_role("button", name="Add").count() == 0
    assert Note.objects.count() == 4
    for page in (ana, ben, carla):
        look(page, faults, "now")

    ana.get_by_role("link", name="Choose this pattern").first.click()
    look(ana, faults, "a pattern chosen")
    ana.get_by_role("button", name="Open the cycle").click()
    cycle = Cycle.objects.get()
    assert cycle.conditions["location"] == "Bus"
    for whom in ("Students", "Families"):
        part = ana.locator(f"details:has(summary:has-text('({whom})'))")
        part.locator("summary").click()
        part.get_by_label("About how many were asked").select_option("some")
        part.get_by_label("What we heard").fill("it is too loud")
        part.get_by_role("button", name="Keep it").click()
        ana.get_by_text("It is kept.").wait_for()
    ana.get_by_label("What we will do").fill("Seats by the driver’s list")
    ana.get_by_label("Who sees to it").select_option(label="Ben")
    ana.get_by_label("How we will know that it was done").fill("every seat is taken")
    look(ana, faults, "a change")
    ana.get_by_role("button", name="We try this").click()
    ana.get_by_text("The change is agreed.").wait_for()

    # Months pass.
    Change.objects.update(start=dt.date(2026, 1, 7), review=today())
    ben.goto(f"{live_server.url}/cycles/{cycle.pk}/")
    look(ben, faults, "a check")
    ben.get_by_role("radio", name="As planned").tap()
    ben.get_by_role("button", name="Say so").tap()
    ben.get_by_text("It is kept.").wait_for()
    ben.get_by_role("button", name="We looked at it: keep this check").tap()
    ben.get_by_text("The check is kept.").wait_for()
    ben.get_by_role("radio", name="We drop it").tap()
    ben.get_by_label("What we learned, in a sentence").fill("Seats alone do little.")
    ben.get_by_role("button", name="End this cycle").tap()
    ben.get_by_text("What we learned:").wait_for()
    look(ben, faults, "a cycle that ended")
    carla.goto(f"{live_server.url}/teams/")
    look(carla, faults, "a coach's teams")
    assert "1 of 1 changes checked" in carla.locator("main").inner_text()

    ana.goto(address)
    ana.locator("summary", has_text="End the meeting").click()
    for answer in ana.locator("fieldset.choices").all():
        answer.get_by_role("radio", name="Yes").check()
    ana.get_by_role("button", name="End the meeting").click()
    ana.get_by_role("heading", name="Decided").wait_for()
    look(ana, faults, "minutes")
    assert "Seats alone do little." in ana.locator("main").inner_text()

    assert faults == {}
    assert [line for page in (ana, ben, carla) for line in page.told] == []
