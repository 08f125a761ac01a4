"""The site as a process: it starts, answers, keeps what was written, and dies well."""

import re
import time
import urllib.parse

import pytest

from briefs.small_school import make_rows, write_rows
from running_site import FORM, PATIENCE, Browser, Site

pytestmark = pytest.mark.slow


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path / "site")
    yield made
    if made.process and made.process.poll() is None:
        made.kill()


def test_the_demo_answers_and_is_whole_after_being_killed(site):
    assert site.start() == {"status": "ok"}
    cast = re.findall(r"<b>([^<]+)</b>", site.get("/demo/"))
    site.kill()
    log = site.run("audit", "verify")
    site.start()

    assert len(cast) == 14
    assert log.returncode == 0
    assert "lines hold together" in log.stdout
    assert re.findall(r"<b>([^<]+)</b>", site.get("/demo/")) == cast


def test_signing_in_with_one_click_shows_what_one_does(site):
    site.start()
    _, home = site.sign_in("Ben")

    assert "Hello, Ben Okafor" in home
    assert "Juniper Flat Elementary" in home


def test_the_sheet_of_a_region_that_was_just_taken_in_is_drawn(site, region):
    # The server's workers are forked from a process that must not have counted yet.
    site.start("--region", str(region))
    browse, home = site.sign_in("Ana")
    sheet = re.search(r'href="(/places/[^"]+/sheet/)"', home)[1]

    address = f"http://127.0.0.1:{site.port}{sheet}"
    drawn = browse.open(address, timeout=PATIENCE).read().decode()

    assert "Juniper Flat Elementary" in drawn
    assert "incidents per 100 students per school day" in drawn


def test_secrets_are_readable_by_their_owner_alone(site):
    site.start()

    assert (site.folder / "secret").stat().st_mode & 0o077 == 0


def test_a_log_that_was_changed_is_told_with_its_line(site):
    import sqlite3  # noqa: PLC0415  # one test goes behind the site's back

    site.start()
    site.kill()
    with sqlite3.connect(site.folder / "commonroot.sqlite3") as database:
        database.execute("UPDATE audit_line SET verb = 'remove' WHERE number = 5")

    done = site.run("audit", "verify")

    assert done.returncode == 1
    assert "broken at line 5" in done.stderr


def test_an_address_of_a_database_that_cannot_be_is_told_in_a_sentence(site):
    site.environment["DATABASE_URL"] = "mysql://somewhere/net"
    done = site.run("serve")

    assert done.returncode == 2
    assert "postgres://user:password@host:5432/name" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_is_taken_in_beside_the_pages(site, tmp_path):
    site.start()
    ana = Browser(site, "Ana")
    page = ana.give(write_rows(tmp_path / "f.csv", make_rows(300, students=100)))
    _, told = ana.take_in(page)

    assert "The file was taken in" in told
    assert "Taken in." in told


HAND_OVER = """
import django; django.setup()
from pathlib import Path
from django.core.management import call_command
from django.utils import timezone
call_command("migrate", verbosity=0)
from commonroot.domain.network.made_region import make_region
make_region()
from commonroot.domain.network.models import Person
from commonroot.domain.records.actions import give_file
from commonroot.domain.records.tasks import hand_over
from django_tasks_db.models import DBTaskResult
ana = Person.objects.get(name="Ana Ruiz")
school = ana.roles.get().place
path = Path({file!r})
hand_over(by=ana, given=give_file(by=ana, school=school, path=path, name="f.csv"))
DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now())
"""
STATES = """
import django; django.setup()
from commonroot.domain.records.models import Import, Version
print(Import.objects.get().state, Version.objects.count())
"""


def test_a_file_that_was_on_its_way_when_the_site_was_killed_is_taken_in_later(
    site, tmp_path
):
    file = write_rows(tmp_path / "f.csv", make_rows(60, students=30))
    site.do(HAND_OVER.format(file=str(file)))
    assert site.do(STATES).split() == ["on_its_way", "0"]

    site.start()
    end = time.monotonic() + PATIENCE
    while site.do(STATES).split()[0] != "taken_in" and time.monotonic() < end:
        time.sleep(0.5)

    assert site.do(STATES).split() == ["taken_in", "60"]


def test_erasing_a_student_leaves_nothing_on_the_disk(site, tmp_path):
    file = write_rows(tmp_path / "f.csv", make_rows(300, students=40))
    site.do(HAND_OVER.format(file=str(file)))
    site.start()
    ben = Browser(site, "Ben")
    keys = site.do(
        "import django; django.setup()\n"
        "from commonroot.domain.records.erasure_actions import find_key\n"
        "print(find_key('1003'), find_key('1004'))"
    ).split()

    def count(key):
        names = ("commonroot.sqlite3", "commonroot.sqlite3-wal")
        paths = [site.folder / name for name in names]
        return sum(p.read_bytes().count(key.encode()) for p in paths if p.exists())

    end = time.monotonic() + PATIENCE
    while count(keys[0]) == 0 and time.monotonic() < end:
        time.sleep(0.5)
    assert count(keys[0]) > 0
    token = ben.find_token(f"{ben.school}keeping/")
    fields = {
        "csrfmiddlewaretoken": token,
        "number": "1003",
        "reason": "asked",
        "sure": "yes",
    }
    body = urllib.parse.urlencode(fields).encode()
    page = ben.send(f"{ben.school}erase-student/", body, FORM)
    assert "The student is erased" in page
    while count(keys[0]) > 0 and time.monotonic() < end:
        time.sleep(0.5)

    assert count(keys[0]) == 0
    assert count(keys[1]) > 0
