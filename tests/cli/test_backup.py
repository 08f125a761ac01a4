"""A site is backed up while it runs, and comes back in another place as it was."""

import json
import os
import subprocess
import sys
import uuid
from urllib.parse import urlsplit, urlunsplit

import pytest

from briefs.small_school import make_rows, write_rows
from commonroot.domain.safekeeping.keys import make_key

pytestmark = pytest.mark.slow
FILL = """
import django; django.setup()
from pathlib import Path
from django.core.management import call_command
call_command("migrate", verbosity=0)
import sys; sys.path.insert(0, {tests!r})
from people import Cast
from commonroot.domain.safekeeping.keys import make_key
from commonroot.domain.records.actions import give_file, take_in
from commonroot.domain.records.entry_actions import Happened, enter
from commonroot.domain.coaching import actions as visits
from commonroot.domain.network.sight import today
from django.utils import timezone
import uuid
cast = Cast()
visit = visits.ask_visit(
    by=cast.Grace, coach=cast.Carla, teacher=cast.Grace, school=cast.Oak, day=today(),
    focus="The turtle corner",
)
cast.Ben.set_password("four plain words here"); cast.Ben.save()
path = Path({file!r})
take_in(by=cast.Ana, given=give_file(by=cast.Ana, school=cast.Oak, path=path, name="a"))
give_file(by=cast.Ana, school=cast.Oak, path=path, name="waiting")
enter(by=cast.Grace, school=cast.Oak, told=Happened(uuid.uuid4(), timezone.now(), "Bus", "Running"))
"""
# Reads through the database itself, not through what backs it up.
DUMP = """
import django; django.setup()
import hashlib, json
from django.apps import apps
from django.db import connection
def plain(value):
    if isinstance(value, (dict, list)):
        return json.dumps(value, sort_keys=True)
    return bytes(value) if isinstance(value, memoryview) else value
found = {{}}
for model in apps.get_models(include_auto_created=True):
    rows = sorted(repr(list(map(plain, row))) for row in model._base_manager.values_list())
    found[model._meta.label_lower] = [len(rows), hashlib.sha256("\\n".join(rows).encode()).hexdigest()]
print(json.dumps(found))
"""
NOT_BACKED_UP = {
    "auth.permission",
    "contenttypes.contenttype",
    "django_tasks_database.dbtaskresult",
    "sessions.session",
    "usersessions.usersession",
}


class Place:
    """A folder and a database that a site could be in."""

    def __init__(self, folder, database=None):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.environment = {
            **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
            "COMMONROOT_DATA": str(folder),
            "COMMONROOT_STATE": str(folder),
            "DJANGO_SETTINGS_MODULE": "commonroot.config.settings",
            **({"DATABASE_URL": database} if database else {}),
        }

    def run(self, *words):
        return subprocess.run(
            [sys.executable, "-m", "commonroot", *map(str, words)],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def do(self, program):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def dump(self):
        return json.loads(self.do(DUMP.format()))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site with people, a file, an entry and their log."""
    folder = tmp_path_factory.mktemp("site")
    file = write_rows(folder / "incidents.csv", make_rows(60, students=30))
    made = Place(folder / "data")
    tests = os.path.dirname(os.path.dirname(__file__))
    made.do(FILL.format(tests=tests, file=str(file)))
    return made


@pytest.fixture(scope="module")
def backup(site, tmp_path_factory):
    """A backup of that site, with its key."""
    folder = tmp_path_factory.mktemp("backup")
    file, key = folder / "site.age", folder / "site.key"
    done = site.run("backup", file, "--make-key", key)
    assert done.returncode == 0, done.stderr
    return file, key


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request, tmp_path):
    """An empty place: another folder, or a new database of the server at hand."""
    if request.param == "sqlite":
        return Place(tmp_path / "elsewhere")
    server = os.environ.get("DATABASE_URL")
    if not server:
        pytest.skip("no PostgreSQL at hand: CI runs this file with one")
    import psycopg  # noqa: PLC0415  # only who has a server needs it

    name = f"restored_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    there = urlsplit(server)._replace(path=f"/{name}")
    return Place(tmp_path / "elsewhere", urlunsplit(there))


def test_every_table_comes_back_as_it_was(site, backup, elsewhere):
    file, key = backup
    done = elsewhere.run("restore", file, "--key", key)

    assert done.returncode == 0, done.stderr
    before, after = site.dump(), elsewhere.dump()
    assert {t: v for t, v in before.items() if t not in NOT_BACKED_UP} == {
        t: v for t, v in after.items() if t not in NOT_BACKED_UP
    }
    assert before["records.version"][0] == 61
    assert sum(rows for rows, _ in before.values()) > 300


def test_the_log_holds_together_and_ends_where_it_did(site, backup, elsewhere):
    file, key = backup
    elsewhere.run("restore", file, "--key", key)

    assert elsewhere.run("audit", "verify").stdout == site.run("audit", "verify").stdout
    assert "lines hold together" in elsewhere.run("audit", "verify").stdout


def test_the_restored_site_goes_on_writing(site, backup, elsewhere):
    file, key = backup
    elsewhere.run("restore", file, "--key", key)
    tests = os.path.dirname(os.path.dirname(__file__))
    elsewhere.do(
        "import django; django.setup()\n"
        "from commonroot.domain.audit.actions import SYSTEM\n"
        "from commonroot.domain.network.actions import add_person\n"
        "from commonroot.domain.records.models import RecordingBreak, SchoolRule\n"
        "add_person(by=SYSTEM, email='new@example.org', name='New')\n"
    )

    assert tests
    done = elsewhere.run("audit", "verify")
    assert done.returncode == 0, done.stderr


def test_students_have_the_same_keys_after_it(site, backup, tmp_path):
    file, key = backup
    place = Place(tmp_path / "elsewhere")
    place.run("restore", file, "--key", key)
    names = ("secret", "student-key.secret", "student-key.fingerprint")

    for name in names:
        kept = place.folder / name
        assert kept.read_bytes() == (site.folder / name).read_bytes()
        assert kept.stat().st_mode & 0o077 == 0


READ_VISIT = """
import django; django.setup()
from commonroot.domain.coaching.models import Visit
from commonroot.domain.coaching.words import open_notes
print([each.words for each in open_notes(Visit.objects.get())])
"""


def test_the_words_of_a_visit_come_back_for_the_two_and_for_no_copy_of_the_database(
    site, backup, elsewhere, tmp_path
):
    """The raw files of the database hold no word; without the folder's keys nothing opens."""
    file, key = backup
    elsewhere.run("restore", file, "--key", key)
    raw = b"".join(path.read_bytes() for path in site.folder.glob("*.sqlite3*"))

    assert b"Oak" in raw
    assert b"turtle" not in raw + file.read_bytes()
    assert elsewhere.do(READ_VISIT) == "['The turtle corner']\n"
    for path in (elsewhere.folder / "visit-keys").iterdir():
        assert path.stat().st_mode & 0o077 == 0
        path.unlink()
    assert elsewhere.do(READ_VISIT) == "[None]\n"


def test_nothing_can_be_read_without_the_key(backup, tmp_path):
    file, _ = backup
    assert b"ana@example.org" not in file.read_bytes()
    place = Place(tmp_path / "elsewhere")
    other = tmp_path / "other.key"
    make_key(other)

    done = place.run("restore", file, "--key", other)

    assert done.returncode == 2
    assert "not the key" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_backup_that_was_cut_off_restores_nothing(backup, tmp_path, share):
    file, key = backup
    cut = tmp_path / "cut.age"
    cut.write_bytes(file.read_bytes()[: int(share * file.stat().st_size)])
    place = Place(tmp_path / "elsewhere")

    done = place.run("restore", cut, "--key", key)

    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert place.run("restore", file, "--key", key).returncode == 0


def test_a_backup_with_one_changed_byte_restores_nothing(backup, tmp_path):
    file, key = backup
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    changed = tmp_path / "changed.age"
    changed.write_bytes(content)
    place = Place(tmp_path / "elsewhere")

    done = place.run("restore", changed, "--key", key)

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "damaged" in done.stderr


def test_a_place_that_is_not_empty_is_left_as_it_is(site, backup):
    file, key = backup
    before = site.dump()

    done = site.run("restore", file, "--key", key)

    assert done.returncode == 2
    assert "something in this database already" in done.stderr
    assert site.dump() == before


def test_a_key_is_never_written_over(site, backup, tmp_path):
    _, key = backup
    before = key.read_bytes()

    done = site.run("backup", tmp_path / "again.age", "--make-key", key)

    assert done.returncode == 2
    assert key.read_bytes() == before


def test_without_a_named_key_one_in_the_folder_is_used_again(site, tmp_path):
    first = site.run("backup", tmp_path / "one.age")
    second = site.run("backup", tmp_path / "two.age")

    assert (first.returncode, second.returncode) == (0, 0)
    assert "Keep a copy of it somewhere else" in first.stdout
    key = site.folder / "backup.key"
    assert key.stat().st_mode & 0o077 == 0
    place = Place(tmp_path / "elsewhere")
    assert place.run("restore", tmp_path / "one.age", "--key", key).returncode == 0


def test_a_key_that_cannot_be_read_is_told(site, tmp_path):
    done = site.run("backup", tmp_path / "x.age", "--to", "age1nonsense")

    assert done.returncode == 2
    assert "begins with age1" in done.stderr
    assert not (tmp_path / "x.age").exists()


def test_a_folder_that_is_not_there_is_told(site, tmp_path):
    done = site.run("backup", tmp_path / "no" / "x.age")

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_where_there_is_no_site_a_sentence_says_so_and_nothing_is_made(tmp_path):
    place = Place(tmp_path / "nowhere")

    for words in (
        ["backup", tmp_path / "x.age"],
        ["audit", "verify"],
        ["serve", "--check"],
    ):
        done = place.run(*words)
        assert (done.returncode, "There is no site in" in done.stderr) == (2, True)
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "x.age").exists()
