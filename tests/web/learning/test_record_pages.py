"""One's own hours, certificates and badges; and a badge that a stranger's program checks."""

import base64
import csv
import datetime as dt
import io
import json
import re

import pytest
from django.urls import reverse
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier
from pypdf import PdfReader

from commonroot.domain.learning.badges import read_key
from commonroot.domain.learning.path_models import IssuedBadge
from commonroot.domain.network.models import Role
from commonroot.domain.network.sight import today
from domain.learning.test_paths import hold

DID = "did:web:testserver"


def address(name, *keys):
    return reverse(f"learning:{name}", args=keys)


@pytest.fixture
def seat(cast):
    session = hold(cast.North, led=[cast.Elena], co=[cast.Carla], present=[cast.Grace])
    return session.series.seats.get()


def fetch(browse):
    """Give what a program elsewhere fetches: the site's public pages, signed in as nobody."""

    def download(url):
        answer = browse().get(re.sub(r"^https?://testserver", "", url))
        assert answer.status_code == 200, url
        return answer.content

    return download


def get_badge(browse, cast, seat):
    return browse(cast.Grace).post(address("give-badge", seat.pk)).content.decode()


def check(browse, token):
    verifier = OB3Verifier.for_issuer_did(DID, download=fetch(browse))
    return verifier.verify(
        token,
        expected_recipient="grace@example.org",
        check_status=True,
        download=fetch(browse),
    )


def test_a_public_validator_finds_a_badge_to_be_real(cast, browse, seat):
    found = check(browse, get_badge(browse, cast, seat))

    assert found.name == "Roots"
    assert found.issuer.id == DID
    assert found.credits_earned == 1.5


def test_a_badge_that_was_changed_is_found_out(cast, browse, seat):
    head, body, mark = get_badge(browse, cast, seat).split(".")
    changed = body[:-8] + ("AAAAAAAA" if body[-8:] != "AAAAAAAA" else "BBBBBBBB")
    with pytest.raises(OB3VerificationError):
        check(browse, f"{head}.{changed}.{mark}")


def test_a_badge_that_was_taken_back_no_longer_counts(cast, browse, seat):
    other = hold(cast.North, led=[cast.Elena], present=[cast.Grace]).series.seats.get()
    kept, token = get_badge(browse, cast, other), get_badge(browse, cast, seat)
    browse(cast.Grace).post(address("take-back-badge", seat.pk))

    with pytest.raises(OB3VerificationError, match="revocation"):
        check(browse, token)
    assert check(browse, kept).name == "Roots"


def test_a_badge_of_another_key_is_not_ours(cast, browse, seat, own_state_folder):
    token = get_badge(browse, cast, seat)
    (own_state_folder / "badge-key.pem").unlink()
    read_key()

    with pytest.raises(OB3VerificationError):
        check(browse, token)


def test_asking_twice_gives_one_badge(cast, browse, seat):
    for _ in range(2):
        get_badge(browse, cast, seat)

    assert IssuedBadge.objects.count() == 1


def test_what_is_public_holds_nothing_of_anybody(cast, browse, seat):
    get_badge(browse, cast, seat)
    pages = [
        browse().get(each).content.decode()
        for each in (
            address("show-achievement", seat.series.workshop_id),
            address("give-badge-list"),
            address("give-issuer"),
        )
    ]

    assert not any("Grace" in page or "grace@" in page for page in pages)
    assert '"d"' not in json.dumps(json.loads(pages[2]))
    missing = browse().get(address("show-achievement", seat.pk))
    assert missing.status_code == 404


def test_a_certificate_tells_hours_and_who_taught(cast, browse, seat):
    pdf = browse(cast.Grace).get(address("print-certificate", seat.pk))
    text = PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()

    for words in ("Grace", "Roots", "1.5 participant hours", "Carla, Elena"):
        assert words in text


def test_ones_own_hours_are_told_apart_and_given_as_a_table(cast, browse, seat):
    hold(cast.North, led=[cast.Grace])
    client = browse(cast.Grace)
    page = client.get(address("show-record")).content.decode()
    table = client.get(address("export-record")).content.decode()
    rows = list(csv.DictReader(io.StringIO(table)))

    assert "<b>1.5</b> participant hours" in page
    assert "You taught <b>2.0</b> hours" in page
    assert sorted((row["minutes"], row["kind_of_hours"]) for row in rows) == [
        ("120", "taught"),
        ("90", "participant"),
    ]


def test_nobody_gets_what_another_attended(cast, browse, seat):
    for name in ("Ana", "Ben", "Carla", "Elena", "Farid", "Lee", "Olga"):
        client = browse(cast.people[name])
        for page in ("print-certificate", "give-badge"):
            assert client.get(address(page, seat.pk)).status_code == 404
        assert "Roots" not in client.get(address("export-record")).content.decode() or (
            name in ("Carla", "Elena")
        )


def test_the_record_speaks_spanish(cast, browse, seat):
    client = browse(cast.Grace)
    client.cookies["django_language"] = "es"

    assert "Mi aprendizaje" in client.get(address("show-record")).content.decode()


def read_claims(token):
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def test_whoever_asks_does_not_choose_where_a_badge_is_looked_up(
    cast, browse, seat, settings
):
    settings.ALLOWED_HOSTS = ["roots.example.org", "localhost"]
    settings.SECURE_SSL_REDIRECT = True
    grace, way = browse(cast.Grace), {"headers": {"host": "localhost:1"}}
    answer = grace.post(address("give-badge", seat.pk), secure=True, **way)
    claims = read_claims(answer.content.decode())

    assert claims["iss"] == "did:web:roots.example.org"
    assert claims["credentialStatus"]["statusListCredential"].startswith(
        "https://roots.example.org/"
    )


def test_a_badge_that_was_taken_back_is_not_given_again(cast, browse, seat):
    get_badge(browse, cast, seat)
    browse(cast.Grace).post(address("take-back-badge", seat.pk))
    again = browse(cast.Grace).post(address("give-badge", seat.pk), follow=True)

    assert "You took this badge back" in again.content.decode()


def test_whoever_left_still_takes_their_badge_back(cast, browse, seat):
    get_badge(browse, cast, seat)
    Role.objects.filter(person=cast.Grace).update(last=today() - dt.timedelta(days=1))
    other = browse(cast.Ana).post(address("take-back-badge", seat.pk))
    browse(cast.Grace).post(address("take-back-badge", seat.pk))

    assert other.status_code == 404
    assert IssuedBadge.objects.get().revoked is not None
