"""A coach's day without a network: the week, a visit, a note that is sent later and once."""

import uuid

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from commonroot.domain.coaching import actions
from commonroot.domain.coaching.models import VisitNote
from commonroot.domain.coaching.words import open_notes
from commonroot.domain.network.sight import today
from journeys.signing_in import PASSWORD, sign_in
from journeys.sizes import PHONE
from people import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
SAID = "The bell, then nine minutes"


@pytest.fixture
def cast(live_server):
    made = Cast()
    for person in (made.Carla, made.Ben):
        person.set_password(PASSWORD)
        person.save()
    return made


@pytest.fixture
def visit(cast):
    asked = actions.ask_visit(
        by=cast.Grace,
        coach=cast.Carla,
        teacher=cast.Grace,
        school=cast.Oak,
        day=today(),
        focus="Coming in from recess",
    )
    return actions.answer_visit(by=cast.Carla, visit=asked, agrees=True)


def wait_for_notes(page, number):
    for _ in range(100):
        if VisitNote.objects.count() == number:
            break
        page.wait_for_timeout(50)
    return VisitNote.objects.count()


def test_a_day_without_a_network_loses_no_word_and_doubles_none(
    phone, live_server, cast, visit
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    page.goto(f"{live_server.url}/week/")
    page.get_by_role("button", name="Keep today on this device").tap()
    page.get_by_text("Kept on this device until midnight.").wait_for()
    phone.set_offline(True)
    page.goto(f"{live_server.url}/week/")
    page.get_by_role("link", name="Visit with Grace").tap()
    page.locator("#words_seen").fill(SAID)
    page.get_by_role("button", name="Keep it (What was seen)").tap()
    page.get_by_text("Kept on this device. It is sent").wait_for()
    assert VisitNote.objects.count() == 1
    phone.set_offline(False)

    assert wait_for_notes(page, 2) == 2
    # The page draws itself anew once the note is sent.
    page.get_by_text(SAID).wait_for()
    for _ in range(2):
        page.goto(f"{live_server.url}/visits/{visit.pk}/")
        page.get_by_text(SAID).wait_for()
    assert [each.words for each in open_notes(visit)][1:] == [SAID]


def test_what_is_taken_off_the_device_is_gone(phone, live_server, cast, visit):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    page.goto(f"{live_server.url}/week/")
    page.get_by_role("button", name="Keep today on this device").tap()
    page.get_by_text("Kept on this device until midnight.").wait_for()
    page.get_by_role("button", name="Take it off this device").tap()
    page.get_by_text("It is no longer on this device.").wait_for()

    assert page.evaluate("async () => (await caches.keys()).length") == 0


def test_what_was_kept_is_gone_when_its_reader_signs_out(
    phone, live_server, cast, visit
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    page.goto(f"{live_server.url}/week/")
    page.get_by_role("button", name="Keep today on this device").tap()
    page.get_by_text("Kept on this device until midnight.").wait_for()
    page.get_by_role("button", name="Sign out").tap()
    page.get_by_label("Password").wait_for()
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    phone.set_offline(True)
    other = phone.new_page()
    with pytest.raises(Error, match="ERR_"):
        other.goto(f"{live_server.url}/visits/{visit.pk}/")


def put_in_row(page, *notes):
    """Put lines in the row of a device, as they wait there without a network."""
    page.evaluate(
        "(row) => localStorage.setItem('commonroot-visit-notes', JSON.stringify(row))",
        list(notes),
    )


def wait_in_row(live_server, person, visit, words, part="seen"):
    return {
        "person": str(person.pk),
        "address": f"{live_server.url}/visits/{visit}/notes/",
        "label": f"Label of {words}",
        "fields": {"part": part, "words": words, "key": str(uuid.uuid4())},
    }


def read_row(page):
    row = "JSON.parse(localStorage.getItem('commonroot-visit-notes') || '[]')"
    return page.evaluate(f"() => {row}.map((each) => each.fields.words)")


def read_unsent(page):
    return page.eval_on_selector_all(
        "[data-unsent] textarea", "(all) => all.map((each) => each.value)"
    )


@pytest.mark.parametrize("path", ["/week/", "/visits/", "/visits/ask/"])
def test_lines_that_are_refused_stay_and_those_behind_them_are_sent_from_any_page(
    phone, live_server, cast, visit, path
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    put_in_row(
        page,
        wait_in_row(live_server, cast.Carla, uuid.uuid4(), "Of no visit"),
        wait_in_row(live_server, cast.Carla, visit.pk, "Not mine", "next_step"),
        wait_in_row(live_server, cast.Grace, visit.pk, "By Grace"),
        wait_in_row(live_server, cast.Carla, visit.pk, SAID),
    )
    page.goto(f"{live_server.url}{path}")
    assert wait_for_notes(page, 2) == 2
    page.get_by_text("Sent and kept.").wait_for()

    assert [each.words for each in open_notes(visit)][1:] == [SAID]
    assert read_unsent(page) == ["Of no visit", "Not mine"]
    assert "This visit is no longer open to you" in page.content()
    assert "This part is the teacher’s own." in page.content()
    assert read_row(page) == ["Of no visit", "Not mine", "By Grace"]
    page.get_by_role("button", name="Throw it away").first.tap()
    assert read_unsent(page) == ["Not mine"]
    page.get_by_label("What you wrote").fill("Not mine, said better")
    page.get_by_role("button", name="Send it again").tap()
    page.get_by_text("This part is the teacher’s own.").wait_for()
    assert read_row(page) == ["Not mine, said better", "By Grace"]
    assert Axe().run(page).response["violations"] == []


def test_who_signs_out_sees_what_was_not_sent_and_nobody_after_them_does(
    phone, live_server, cast, visit
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    put_in_row(page, wait_in_row(live_server, cast.Carla, uuid.uuid4(), SAID))
    page.goto(f"{live_server.url}/week/")
    page.get_by_text("This visit is no longer open to you").wait_for()
    page.get_by_role("button", name="Sign out").tap()
    page.get_by_text("Not everything you wrote was sent.").wait_for()
    page.get_by_role("button", name="Sign out").tap()
    page.get_by_label("Password").wait_for()
    sign_in(page, live_server.url, cast.Ben)
    page.goto(f"{live_server.url}/week/")
    page.get_by_text("My week").first.wait_for()

    assert read_unsent(page) == []
    assert read_row(page) == [SAID]


def test_what_waits_is_sent_before_its_writer_signs_out(
    phone, live_server, cast, visit
):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Carla)
    page.goto(f"{live_server.url}/week/")
    put_in_row(page, wait_in_row(live_server, cast.Carla, visit.pk, SAID))
    page.get_by_role("button", name="Sign out").tap()
    page.get_by_label("Password").wait_for()

    assert [each.words for each in open_notes(visit)][1:] == [SAID]
    assert read_row(page) == []


def test_a_principal_who_has_the_address_finds_no_page(phone, live_server, cast, visit):
    page = phone.new_page()
    sign_in(page, live_server.url, cast.Ben)
    answer = page.goto(f"{live_server.url}/visits/{visit.pk}/")

    assert answer.status == 404
    assert "recess" not in page.content()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_new_pages(browser, live_server, cast, visit, scheme):
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_server.url, cast.Carla)
    found = {}
    for path in (
        "/week/",
        "/visits/",
        "/visits/ask/",
        f"/visits/{visit.pk}/",
        f"/visits/{visit.pk}/paper/",
        "/learning/",
        "/workshops/",
        "/my-learning/",
        "/convenings/",
        "/years/",
        "/partnerships/",
    ):
        page.goto(f"{live_server.url}{path}")
        violations = Axe().run(page).response["violations"]
        found[path] = [
            (each["id"], each["nodes"][0]["html"][:200]) for each in violations
        ]
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    context.close()

    assert {path: each for path, each in found.items() if each} == {}
