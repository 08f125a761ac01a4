"""By keyboard alone: a file is given, an entry made, a sheet read."""

import pytest
from playwright.sync_api import Error

from briefs.small_school import make_rows, write_rows
from commonroot.domain.records.models import Entry, Import
from journeys.sizes import DESK
from people import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
PASSWORD = "four plain words here"
MOST_STEPS, PRESSES = 120, 4


@pytest.fixture
def cast(live_server):
    made = Cast()
    for person in (made.Ana, made.Grace):
        person.set_password(PASSWORD)
        person.save()
    return made


@pytest.fixture
def sign_in(browser, live_server):
    contexts = []

    def go(person):
        contexts.append(browser.new_context(viewport=DESK))
        page = contexts[-1].new_page()
        page.goto(live_server.url)
        reach(page, "input[type=email]")
        page.keyboard.type(person.email)
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        press(page)
        page.get_by_text("Hello").wait_for()
        return page

    yield go
    for context in contexts:
        context.close()


def reach(page, selector, text=""):
    """Press the tab key until this is focused, and can be seen to be."""
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """([selector, text]) => {
                const focused = document.activeElement;
                return focused.matches(selector) && focused.textContent.includes(text)
                    && (focused.matches(':focus-visible') || focused.type === 'file');
            }""",
            [selector, text],
        )
        if found:
            return
    raise AssertionError(f"{text or selector} is not reached by keyboard")


def press(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page, file):
    """Open the chooser of the focused field; a busy browser loses a press now and then."""
    for turn in range(PRESSES):
        try:
            with page.expect_file_chooser(timeout=8_000) as chosen:
                page.keyboard.press("Enter")
        except Error:
            if turn == PRESSES - 1:
                raise
        else:
            chosen.value.set_files(file)
            return


def follow(page, *names):
    for name in names:
        reach(page, "a", name)
        press(page)


def test_a_file_is_taken_in_and_the_sheet_is_read(sign_in, cast, tmp_path):
    file = write_rows(tmp_path / "a.csv", make_rows(300, students=120))
    page = sign_in(cast.Ana)
    follow(page, "Oak", "Files of incidents")
    reach(page, "input[type=file]")
    choose(page, file)
    reach(page, "button", "Look at what it would do")
    press(page)
    reach(page, "input[name=sure]")
    page.keyboard.press("Space")
    reach(page, "button", "Take it in")
    press(page)
    follow(page, "Open the meeting sheet")

    assert Import.objects.get().state == "taken_in"
    assert page.get_by_role("heading", level=1).count() == 1
    reach(page, "summary")


def test_an_entry_is_made(sign_in, cast):
    page = sign_in(cast.Grace)
    follow(page, "Enter what happened")
    for name in ("location", "behaviour", "band", "response"):
        reach(page, f"input[name={name}]")
        page.keyboard.press("Space")
    reach(page, "button", "Keep this entry")
    page.keyboard.press("Enter")
    page.get_by_text("It is kept.").wait_for()

    assert Entry.objects.count() == 1
