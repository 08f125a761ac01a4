"""The site as a process: it starts, answers, keeps what was written, and dies well."""

import re

import pytest

from running_site import PATIENCE, Site

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

    assert done.returncode == 2
    assert "broken at line 5" in done.stderr


def test_an_address_of_a_database_that_cannot_be_is_told_in_a_sentence(site):
    site.environment["DATABASE_URL"] = "mysql://somewhere/net"
    done = site.run("serve")

    assert done.returncode == 2
    assert "postgres://user:password@host:5432/name" in done.stderr
    assert "Traceback" not in done.stderr
