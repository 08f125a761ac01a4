"""What the environment says about a site, read once and checked."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import platformdirs
from django.core.exceptions import ImproperlyConfigured

# One connection a thread; see trust.md of the design for the measurements behind these.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "cell_size_check=ON",
)
BUSY_SECONDS = 20
MAIL_SECONDS = 30
LOCAL_NAMES = ("127.0.0.1", "localhost")


def is_on(environment: Mapping[str, str], name: str) -> bool:
    """Is a switch on?

    >>> is_on({"COMMONROOT_DEMO": "1"}, "COMMONROOT_DEMO"), is_on({}, "COMMONROOT_DEMO")
    (True, False)
    """
    return environment.get(name, "").lower() in ("1", "true", "yes", "on")


def list_names(environment: Mapping[str, str], name: str) -> list[str]:
    """List the names in a variable.

    >>> list_names({"COMMONROOT_HOSTS": "a.org, b.org"}, "COMMONROOT_HOSTS")
    ['a.org', 'b.org']
    """
    return [
        each.strip() for each in environment.get(name, "").split(",") if each.strip()
    ]


def find_data_folder(environment: Mapping[str, str]) -> Path:
    """Find the folder of the site, and make it for its owner alone."""
    named = environment.get("COMMONROOT_DATA")
    folder = Path(named) if named else Path(platformdirs.user_data_dir("commonroot"))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def read_secret(environment: Mapping[str, str], folder: Path) -> str:
    """Read the site's secret; the first time it is made, readable by its owner alone."""
    if secret := environment.get("COMMONROOT_SECRET"):
        return secret
    path = folder / "secret"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii")


def read_database(environment: Mapping[str, str], folder: Path) -> dict[str, Any]:
    """Read where the database is: PostgreSQL by its address, or SQLite in the folder.

    >>> read_database({"DATABASE_URL": "postgres://ana:p%40ss@db:5433/net"}, Path("."))["PASSWORD"]
    'p@ss'
    """
    address = environment.get("DATABASE_URL")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "commonroot.sqlite3",
            "ATOMIC_REQUESTS": False,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": BUSY_SECONDS,
                "init_command": ";".join(f"PRAGMA {each}" for each in PRAGMAS),
            },
        }
    parts = urlsplit(address)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgres://user:password@host:5432/name"
        )
    asked = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # A folder of sockets stands where it does for PostgreSQL itself: ?host=/run/...
        "HOST": asked["host"][0] if "host" in asked else unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def read_mail(environment: Mapping[str, str]) -> dict[str, Any]:
    """Read how letters are sent: by a mail server, or printed on the terminal.

    >>> found = read_mail({"COMMONROOT_MAIL": "smtp://ana:p%40ss@mail.example.org"})
    >>> found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]
    ('mail.example.org', 587, True)
    """
    address = environment.get("COMMONROOT_MAIL", "")
    backends = "django.core.mail.backends"
    if not address:
        return {"EMAIL_BACKEND": f"{backends}.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            "COMMONROOT_MAIL must look like smtp://user:password@mail.example.org:587"
        )
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": f"{backends}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        # A server on this machine may have no certificate.
        "EMAIL_USE_TLS": not secure and parts.hostname not in LOCAL_NAMES,
        "EMAIL_TIMEOUT": MAIL_SECONDS,
    }
