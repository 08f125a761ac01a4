"""The settings of a site, from its environment. Without any, a site for one laptop.

COMMONROOT_DATA       folder for the database and the secret (default: a user's data folder)
COMMONROOT_SECRET     the key that sessions are signed with (default: made once, kept in the folder)
COMMONROOT_HOSTS      names the site answers to, with commas (default: this machine only)
COMMONROOT_MAIL       smtp://user:password@host:port (default: letters are printed)
COMMONROOT_MAIL_FROM  who letters come from
COMMONROOT_LOG_LEVEL  debug, info (default), warning, error
COMMONROOT_WORKER     outside: work beside the pages is done by `commonroot work` (SQLite too)
COMMONROOT_BACKUP_TO  the public key that nightly backups are written for (default: one in the folder)
COMMONROOT_BACKUP_FOLDER  where they go (default: backups/ in the folder)
COMMONROOT_DEMO       1: one-click sign-in for each person of the made-up region
DATABASE_URL          postgres://user:password@host:port/name (default: SQLite in the folder)
COMMONROOT_OIDC       who else may say who somebody is: see sign_in.py (default: nobody)
"""

import os
from pathlib import Path

from commonroot.config.environment import (
    find_data_folder,
    is_on,
    list_names,
    read_database,
    read_mail,
    read_secret,
)
from commonroot.config.logs import describe_logs
from commonroot.config.providers import describe_providers, list_sign_in_origins
from commonroot.config.sign_in import read_issuers

DATA = find_data_folder(os.environ)
# The secret that turns students' numbers into keys belongs to the site.
os.environ.setdefault("COMMONROOT_STATE", str(DATA))
SECRET_KEY = read_secret(os.environ, DATA)
DEMO = is_on(os.environ, "COMMONROOT_DEMO")
HTTPS = is_on(os.environ, "COMMONROOT_HTTPS")
DEBUG = False
ALLOWED_HOSTS = list_names(os.environ, "COMMONROOT_HOSTS") or ["127.0.0.1", "localhost"]
ISSUERS = read_issuers(os.environ)
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    # Before the others: their pages wear our frame.
    "commonroot.web.shell",
    "commonroot.web.network",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    # The list of sessions says how long ago.
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # Always there, so that turning an issuer on or off changes no table.
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "commonroot.domain.audit",
    "commonroot.domain.network",
    "commonroot.domain.records",
    "commonroot.domain.teams",
    "commonroot.domain.partnerships",
    "commonroot.domain.learning",
    "commonroot.domain.coaching",
    "commonroot.domain.connections",
    "commonroot.domain.convenings",
    "commonroot.domain.preparing",
    "commonroot.domain.week",
    "commonroot.domain.highlights",
    "commonroot.domain.safekeeping",
    "commonroot.web.records",
    "commonroot.web.teams",
    "commonroot.web.partnerships",
    "commonroot.web.learning",
    "commonroot.web.coaching",
    "commonroot.web.connections",
    "commonroot.web.convenings",
    "commonroot.web.week",
    "commonroot.web.highlights",
]
MIDDLEWARE = [
    "commonroot.web.shell.middleware.log_request",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "commonroot.web.shell.middleware.limit_size",
    "django.middleware.locale.LocaleMiddleware",
    "commonroot.web.shell.middleware.speak",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "commonroot.web.shell.middleware.keep_private",
    "commonroot.web.shell.unreachable.TellUnreachable",
]
ROOT_URLCONF = "commonroot.config.urls"
WSGI_APPLICATION = "commonroot.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "commonroot.web.shell.context.describe_site",
            ],
        },
    }
]

DATABASES = {"default": read_database(os.environ, DATA)}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Sheets that are drawn, released numbers only, and digests of what stands.
    "kept": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "kept",
        "TIMEOUT": 8 * 24 * 60 * 60,
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# On SQLite one process does everything; others have `commonroot work`.
WORKER_INSIDE = os.environ.get("COMMONROOT_WORKER", "inside") == "inside" and (
    "sqlite" in DATABASES["default"]["ENGINE"]
)
BACKUP_FOLDER = os.environ.get("COMMONROOT_BACKUP_FOLDER", str(DATA / "backups"))
BACKUP_TO = os.environ.get("COMMONROOT_BACKUP_TO", "")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "network.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["commonroot.config.hashing.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
    },
    {"NAME": "commonroot.web.shell.passwords.NotGuessable"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "shell:home"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "commonroot.web.shell.names.display_person"
ACCOUNT_ADAPTER = "commonroot.web.shell.accounts.InvitedOnly"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION = "none"
# Whoever changes how somebody signs in is heard of by that person, by letter.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
# Nobody is written to whom nobody invited.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A person's e-mail is the one they were invited by: whoever could take another's here
# would wait for its owner to sign in with an account elsewhere.
ACCOUNT_MAX_EMAIL_ADDRESSES = 1
SOCIALACCOUNT_PROVIDERS = describe_providers(ISSUERS)
SOCIALACCOUNT_ADAPTER = "commonroot.web.shell.outside_accounts.KnownOnly"
SOCIALACCOUNT_LOGIN_ON_GET = False
# Whom a proxy speaks for is who counts against the limits of signing in.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
USERSESSIONS_TRACK_ACTIVITY = True
USERSESSIONS_ADAPTER = "commonroot.web.shell.account_log.EndingWrittenDown"
globals().update(read_mail(os.environ))
DEFAULT_FROM_EMAIL = os.environ.get("COMMONROOT_MAIL_FROM", "commonroot@localhost")

LANGUAGE_CODE = "en-us"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "languages" / "locale"]
FORMAT_MODULE_PATH = "commonroot.languages.formats"
TIME_ZONE = os.environ.get("COMMONROOT_TIME_ZONE", "America/Los_Angeles")
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATIC_ROOT.mkdir(exist_ok=True)
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

LOGGING = describe_logs(os.environ.get("COMMONROOT_LOG_LEVEL", "INFO").upper())

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 60 * 60
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        # A button that begins a sign-in elsewhere is a form of ours whose answer sends
        # the browser to the issuer, and Chromium holds every step of that to this list.
        "form-action": ["'self'", *list_sign_in_origins(ISSUERS)],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
