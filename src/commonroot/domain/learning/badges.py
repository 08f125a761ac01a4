"""Open Badges 3.0: what somebody attended, as a credential that anybody can check.

A credential is a W3C Verifiable Credential (VC data model 2.0) signed as a JWT, as
section 8.2 of Open Badges 3.0 says, by the site's own Ed25519 key. The issuer is
did:web of the site; credentials that were taken back are in a Bitstring Status List.
https://www.imsglobal.org/spec/ob/v3p0/ and https://www.w3.org/TR/vc-bitstring-status-list/
"""

import base64
import datetime as dt
import gzip
import json
import os
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from commonroot.intake.secret import find_folder

BADGE_KEY, FRAGMENT = "badge-key.pem", "key-1"
LIST_BITS = 131_072
LIST_DAYS = 7
Claims = dict[str, Any]


def read_key() -> Ed25519PrivateKey:
    """Read the site's key for badges; one that is not there yet is made."""
    path = find_folder() / BADGE_KEY
    if not path.exists():
        make_key(path)
    key = serialization.load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds another kind of key")
    return key


def make_key(path: Path) -> None:
    """Make the key, readable by its owner alone; two at once end up with one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    writing = path.with_name(f".{path.name}.{uuid.uuid4()}.writing")
    descriptor = os.open(writing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(writing, path)
    except FileExistsError:
        return
    finally:
        writing.unlink()


def name_issuer(host: str) -> str:
    """Name the issuer by the site's address, as did:web says.

    >>> name_issuer("school.example"), name_issuer("localhost:8000")
    ('did:web:school.example', 'did:web:localhost%3A8000')
    """
    return f"did:web:{host.replace(':', '%3A')}"


def describe_issuer(host: str) -> Claims:
    """Describe the issuer: the DID document with the public half of the key."""
    issuer = name_issuer(host)
    public = json.loads(OKPAlgorithm.to_jwk(read_key().public_key()))
    method = {
        "id": f"{issuer}#{FRAGMENT}",
        "type": "JsonWebKey2020",
        "controller": issuer,
        "publicKeyJwk": public,
    }
    return {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/suites/jws-2020/v1",
        ],
        "id": issuer,
        "verificationMethod": [method],
        "assertionMethod": [method["id"]],
    }


def sign(claims: Claims, host: str) -> str:
    """Sign a credential as a compact JWT, with its own members as claims."""
    issuer = name_issuer(host)
    subject = claims["credentialSubject"].get("id")
    began = dt.datetime.fromisoformat(claims["validFrom"])
    registered = {
        "iss": issuer,
        "jti": claims["id"],
        "nbf": int(began.timestamp()),
        **({"sub": subject} if subject else {}),
    }
    header = {"kid": f"{issuer}#{FRAGMENT}"}
    return jwt.encode(
        {**claims, **registered}, read_key(), algorithm="EdDSA", headers=header
    )


def tell_badge(
    *,
    host: str,
    key: str,
    holder: str,
    issuer_name: str,
    achievement: str,
    name: str,
    about: str,
    criteria: str,
    issued: dt.datetime,
    hours: float,
    list_address: str,
    number: int,
) -> Claims:
    """Tell a badge as an OpenBadgeCredential; `holder` is a mailto: address."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": f"urn:uuid:{key}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": {
            "id": name_issuer(host),
            "type": ["Profile"],
            "name": issuer_name,
        },
        "validFrom": write_moment(issued),
        "credentialSubject": {
            "id": holder,
            "type": ["AchievementSubject"],
            "creditsEarned": hours,
            "achievement": {
                "id": achievement,
                "type": ["Achievement"],
                "name": name,
                "description": about,
                "criteria": {"narrative": criteria},
            },
        },
        "credentialStatus": {
            "id": f"{list_address}#{number}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(number),
            "statusListCredential": list_address,
        },
    }


def tell_list(
    host: str, address: str, revoked: Iterable[int], now: dt.datetime
) -> Claims:
    """Tell which badges were taken back, as a BitstringStatusListCredential."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": name_issuer(host),
        "validFrom": write_moment(now),
        "validUntil": write_moment(now + dt.timedelta(days=LIST_DAYS)),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_list(revoked),
        },
    }


def encode_list(revoked: Iterable[int]) -> str:
    """Encode which places of the list are set: bits from the left, packed, base64url.

    >>> encode_list([]).startswith("u")
    True
    """
    bits = bytearray(LIST_BITS // 8)
    for number in revoked:
        bits[number // 8] |= 128 >> number % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def write_moment(moment: dt.datetime) -> str:
    """Write a moment in UTC, to the second.

    >>> write_moment(dt.datetime(2026, 8, 20, 9, 0, 0, 5, dt.UTC))
    '2026-08-20T09:00:00+00:00'
    """
    return moment.astimezone(dt.UTC).replace(microsecond=0).isoformat()
