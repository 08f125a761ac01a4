"""`commonroot audit verify` tells a changed log from one whose key is not there."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow
BEGIN = ["begin", "--region", "Alder", "--name", "Ida", "--email", "ida@example.org"]
PASSWORD = "four plain words here"  # of a test
# The log as a version before the key left it, and a backup that version made.
WITHOUT_KEY = """
import django; django.setup()
from pathlib import Path
from django.core.management import call_command
call_command("migrate", "audit", "0002", verbosity=0)
from django.db import connection
run = connection.cursor().execute
from commonroot.domain.audit.models import Line
from commonroot.domain.audit.chain import START, seal_plainly
before = START
for line in Line.objects.order_by("number"):
    line.before = before
    line.digest = before = seal_plainly(line)
    line.save()
run("UPDATE audit_head SET digest = %s", [before])
"""
# A backup takes the tables as they are now: what version 2 had no column for is left out.
BACK_UP = """
from commonroot.domain.audit.models import Head
from commonroot.domain.safekeeping import actions, keys
from commonroot.domain.safekeeping.archive import write_lines
from django.db.migrations.executor import MigrationExecutor
state = MigrationExecutor(connection).loader.project_state(
    [key for key in MigrationExecutor(connection).loader.applied_migrations]
).apps
actions.apps, actions.Head = state, state.get_model("audit", "Head")
folder = Path({folder!r})
actions.back_up(folder / "old.age", keys.make_key(folder / "old.key"), folder)
"""


class Site:
    """A site in a folder."""

    def __init__(self, folder):
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.environment = {
            **{k: v for k, v in os.environ.items() if k != "DATABASE_URL"},
            "COMMONROOT_DATA": str(folder),
            "COMMONROOT_STATE": str(folder),
            "DJANGO_SETTINGS_MODULE": "commonroot.config.settings",
        }

    def run(self, *words):
        return self.start(["-m", "commonroot", *map(str, words)])

    def do(self, program):
        done = self.start(["-c", program])
        assert done.returncode == 0, done.stderr

    def start(self, words):
        return subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def verify(self, *words):
        done = self.run("audit", "verify", *words)
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout + done.stderr


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path / "data")
    done = made.run(*BEGIN, "--password", PASSWORD)
    assert done.returncode == 0, done.stderr
    return made


def test_what_is_wrong_has_its_own_status_and_sentence(site):
    status, told = site.verify()
    assert (status, "lines hold together" in told) == (0, True)
    status, told = site.verify("--head", "0" * 64)
    assert (status, "its end was cut off" in told) == (1, True)

    secret = site.folder / "student-key.secret"
    kept = secret.read_bytes()
    secret.unlink()
    status, told = site.verify()
    assert (status, "Put it back from a backup of this site" in told) == (2, True)
    secret.write_bytes(kept)
    secret.chmod(0o600)

    site.do(
        "import django; django.setup()\n"
        "from commonroot.domain.audit.models import Line\n"
        "Line.objects.filter(number=1).update(actor='Ben')\n"
    )
    status, told = site.verify()
    assert (status, "The log is broken at line 1: was changed." in told) == (1, True)


def test_a_site_does_not_start_with_another_key_than_its_log_has(site):
    for name in ("student-key.secret", "student-key.fingerprint"):
        (site.folder / name).unlink()

    done = site.run("serve", "--port", 8765)

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "Put it back from a backup of this site" in done.stderr


def test_a_log_from_before_the_key_is_sealed_when_the_site_starts(site):
    before = site.verify()[1]
    site.do(WITHOUT_KEY)
    status, told = site.verify()
    assert (status, "not of this version" in told) == (2, True)

    site.do(
        "import django; django.setup()\n"
        + "from commonroot.cli.serve import make_database as m; m()"
    )

    status, told = site.verify()
    assert (status, "lines hold together" in told) == (0, True)
    assert int(told.split()[0]) == int(before.split()[0]) + 1


def test_a_backup_from_before_the_key_comes_back_and_is_sealed(site, tmp_path):
    site.do(WITHOUT_KEY + BACK_UP.format(folder=str(site.folder)))
    other = Site(tmp_path / "other")

    done = other.run(
        "restore", site.folder / "old.age", "--key", site.folder / "old.key"
    )

    assert done.returncode == 0, done.stderr
    status, told = other.verify()
    assert (status, "lines hold together" in told) == (0, True)
