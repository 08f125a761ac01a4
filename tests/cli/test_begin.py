"""A new network begins with one person, and the site says what is unsafe about itself."""

import pytest

from running_site import Site

pytestmark = pytest.mark.slow
PASSWORD = "four plain words here"


@pytest.fixture
def site(tmp_path):
    made = Site(tmp_path / "site")
    yield made
    if made.process and made.process.poll() is None:
        made.kill()


def begin(site, **more):
    told = {
        "region": "South Hills",
        "name": "Vera Lind",
        "email": "vera@example.org",
        "password": PASSWORD,
        **more,
    }
    return site.run("begin", *(f"--{name}={value}" for name, value in told.items()))


WHO = """
import django; django.setup()
from commonroot.domain.network.models import Person, Place
print([(p.name, p.email, p.check_password("four plain words here"), str(p.roles.get())) for p in Person.objects.all()])
print([(p.kind, p.name) for p in Place.objects.all()])
"""


def test_the_first_person_is_a_partnership_director_with_a_region(site):
    done = begin(site)

    assert done.returncode == 0, done.stderr
    people, places = site.do(WHO).splitlines()
    assert people == str(
        [
            (
                "Vera Lind",
                "vera@example.org",
                True,
                "Partnership director, South Hills",
            )
        ]
    )
    assert places == str([("region", "South Hills")])
    assert "hold together" in site.run("audit", "verify").stdout


def test_a_second_first_person_is_refused(site):
    begin(site)
    done = begin(site, email="other@example.org")

    assert done.returncode == 2
    assert "can invite others" in done.stderr
    assert "other@example.org" not in site.do(WHO)


@pytest.mark.parametrize(
    "wrong", [{"password": "short"}, {"email": "vera"}, {"region": " "}], ids=str
)
def test_what_cannot_be_is_told_and_nothing_is_made(site, wrong):
    done = begin(site, **wrong)

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert site.do(WHO).splitlines() == ["[]", "[]"]


def test_what_is_unsafe_is_listed_with_status_1(site):
    begin(site)
    done = site.run("serve", "--check")

    assert done.returncode == 1
    assert [line[:30] for line in done.stdout.splitlines()] == [
        "- Letters are printed on the t",
        "- Backups are written for a ke",
        f"- There is no backup in {site.folder}"[:30],
        "- These see more than one scho",
    ]


def test_a_demo_that_others_reach_is_unsafe(site):
    begin(site)
    site.environment |= {
        "COMMONROOT_HOSTS": "roots.example.org",
        "COMMONROOT_DEMO": "1",
    }
    told = site.run("serve", "--check").stdout

    assert "anybody who reaches it signs in as anybody" in told
    assert "without HTTPS" in told


def test_a_folder_that_others_can_read_is_unsafe(site):
    begin(site)
    site.folder.chmod(0o755)

    assert "chmod 700" in site.run("serve", "--check").stdout


def test_a_site_with_everything_in_order_is_told_so(site, tmp_path):
    begin(site)
    key = tmp_path / "kept.key"
    made = site.run("backup", tmp_path / "first.age", "--make-key", key)
    public = made.stdout.partition("key of ")[2].split()[0]
    site.environment |= {
        "COMMONROOT_HOSTS": "roots.example.org",
        "COMMONROOT_HTTPS": "1",
        "COMMONROOT_MAIL": "smtp://mail.example.org",
        "COMMONROOT_BACKUP_TO": public,
        "COMMONROOT_BACKUP_FOLDER": str(tmp_path / "backups"),
    }
    (tmp_path / "backups").mkdir()
    site.run("backup", tmp_path / "backups" / "commonroot-2026-01-01.age")
    site.do(
        "import django; django.setup()\n"
        "from allauth.mfa.models import Authenticator\n"
        "from commonroot.domain.network.models import Person\n"
        "Authenticator.objects.create(user=Person.objects.get(), type='totp', data={})\n"
    )

    done = site.run("serve", "--check")

    assert (done.stdout, done.returncode) == ("Nothing unsafe was found.\n", 0)


def test_a_mail_server_that_cannot_be_is_told(site):
    site.environment["COMMONROOT_MAIL"] = "mail.example.org"
    done = site.run("serve", "--check")

    assert done.returncode == 2
    assert "smtp://user:password@mail.example.org:587" in done.stderr
