"""Who else may say who somebody is: the issuers that the environment names.

COMMONROOT_OIDC                       their names, with commas: google,microsoft,district
COMMONROOT_OIDC_<NAME>_ISSUER         its address (known for google, classlink, clever)
COMMONROOT_OIDC_MICROSOFT_TENANT      the tenant's key, instead of an address
COMMONROOT_OIDC_<NAME>_CLIENT         what the issuer calls this site
COMMONROOT_OIDC_<NAME>_SECRET         what this site proves it with
COMMONROOT_OIDC_<NAME>_LABEL          what the button says (known for the four above)
COMMONROOT_OIDC_<NAME>_VERIFIED       what says that the e-mail is theirs (email_verified)
COMMONROOT_OIDC_<NAME>_AUTHORISE_HOST hosts that its sign-in goes through, if others
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from commonroot.config.environment import list_names

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d+)?")
CLAIM = re.compile(r"\w+")
DIRECTORY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Nobody listens in on a machine talking to itself.
LOOPBACK = ("127.0.0.1", "localhost")
ISSUERS = {
    "google": "https://accounts.google.com",
    "classlink": "https://launchpad.classlink.com",
    "clever": "https://clever.com",
}
LABELS = {
    "google": "Google",
    "microsoft": "Microsoft",
    "classlink": "ClassLink",
    "clever": "Clever",
}
# Microsoft never says email_verified. This one says that the tenant owns the domain.
VERIFIED = {"microsoft": "xms_edov"}


@dataclass(frozen=True)
class Issuer:
    """Somebody whose word about who a person is counts here."""

    name: str
    label: str
    address: str
    client: str
    secret: str
    verified: str
    hosts: tuple[str, ...] = ()


def read_issuers(environment: Mapping[str, str]) -> tuple[Issuer, ...]:
    """Read the issuers that are named; raises ImproperlyConfigured with a sentence.

    >>> read_issuers({})
    ()
    >>> found = read_issuers({
    ...     "COMMONROOT_OIDC": "google",
    ...     "COMMONROOT_OIDC_GOOGLE_CLIENT": "us",
    ...     "COMMONROOT_OIDC_GOOGLE_SECRET": "s",
    ... })
    >>> found[0].label, found[0].address, found[0].verified
    ('Google', 'https://accounts.google.com', 'email_verified')
    """
    names = [each.lower() for each in list_names(environment, "COMMONROOT_OIDC")]
    for name in names:
        if not NAME.fullmatch(name) or names.count(name) > 1:
            raise ImproperlyConfigured(
                f"COMMONROOT_OIDC names {name!r}: each name once, letters and digits only"
            )
    return tuple(read_issuer(environment, name) for name in names)


def read_issuer(environment: Mapping[str, str], name: str) -> Issuer:
    """Read one issuer."""
    return Issuer(
        name=name,
        label=read(environment, name, "LABEL", LABELS.get(name)),
        address=read_address(environment, name),
        client=read(environment, name, "CLIENT"),
        secret=read(environment, name, "SECRET"),
        verified=read_claim(environment, name),
        hosts=read_hosts(environment, name),
    )


def say(name: str, what: str) -> str:
    """Give the name of a variable.

    >>> say("district-north", "CLIENT")
    'COMMONROOT_OIDC_DISTRICT_NORTH_CLIENT'
    """
    return f"COMMONROOT_OIDC_{name.upper().replace('-', '_')}_{what}"


def read(
    environment: Mapping[str, str], name: str, what: str, known: str | None = None
) -> str:
    """Read one value, or what is known without it."""
    value = environment.get(say(name, what), "").strip() or known
    if not value:
        raise ImproperlyConfigured(
            f"COMMONROOT_OIDC names {name!r}, so {say(name, what)} must be set"
        )
    return value


def read_address(environment: Mapping[str, str], name: str) -> str:
    """Read the address of an issuer, as it stands in what the issuer signs."""
    if name == "microsoft" and not environment.get(say(name, "ISSUER")):
        directory = read(environment, name, "TENANT").lower()
        # "common" would let in whoever has made a tenant of their own.
        if not DIRECTORY.fullmatch(directory):
            raise ImproperlyConfigured(
                f"{say(name, 'TENANT')} must be the tenant's key, like"
                " 12345678-90ab-cdef-1234-567890abcdef"
            )
        return f"https://login.microsoftonline.com/{directory}/v2.0"
    address = read(environment, name, "ISSUER", ISSUERS.get(name))
    if not is_address(address):
        raise ImproperlyConfigured(
            f"{say(name, 'ISSUER')} must look like https://accounts.example.org"
        )
    return address


def is_address(address: str) -> bool:
    """Can this be an issuer? What it says is believed because of its certificate.

    >>> is_address("https://a.org/north"), is_address("http://a.org"), is_address("a.org")
    (True, False, False)
    """
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    secure = parts.scheme == "https" or (parts.scheme == "http" and host in LOOPBACK)
    bare = not (parts.query or parts.fragment or parts.username)
    return secure and bare and bool(HOST.fullmatch(parts.netloc.lower()))


def read_claim(environment: Mapping[str, str], name: str) -> str:
    """Read what an issuer calls its word that an e-mail belongs to somebody."""
    known = VERIFIED.get(name, "email_verified")
    claim = read(environment, name, "VERIFIED", known)
    if not CLAIM.fullmatch(claim):
        raise ImproperlyConfigured(
            f"{say(name, 'VERIFIED')} must be one word, like {known}"
        )
    return claim


def read_hosts(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Read the hosts that signing in at an issuer goes through."""
    hosts = [
        each.lower() for each in list_names(environment, say(name, "AUTHORISE_HOST"))
    ]
    for host in hosts:
        if not HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"{say(name, 'AUTHORISE_HOST')} must be names of hosts, like"
                " accounts.example.org"
            )
    return tuple(hosts)
