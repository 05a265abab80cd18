"""The switchboard. Values come from the installation (`karama.home`), never from a file in the repository."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf.locale import LANG_INFO
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from karama import home
from karama.ui.csp import POLICY

KARAMA_HOME: Path = home.home()
KARAMA_KEYRING: Path = home.keyring_of(KARAMA_HOME)
_installation = home.installation(KARAMA_HOME)
KARAMA_INSTALLATION_ID: str = _installation.id or os.environ.get("KARAMA_INSTALLATION_ID", "")
KARAMA_ORGANISATION: str = _installation.organisation
KARAMA_PROGRAMMES: tuple[str, ...] = _installation.programmes
KARAMA_DEMO: bool = _installation.demo
KARAMA_BACKUPS: Path | None = Path(_installation.backups) if _installation.backups else None
KARAMA_ACCESS_LOG_AT_ONCE: bool = os.environ.get("KARAMA_ACCESS_LOG_AT_ONCE") == "1"
KARAMA_IDLE_LOCK_SECONDS = 15 * 60

DEBUG = False
ALLOWED_HOSTS = [*_installation.hosts, *filter(None, os.environ.get("KARAMA_LAN", "").split(","))]


def _web_secret() -> str:
    """The cookie-signing secret lives in the keyring; before `karama init` a throw-away one serves."""
    path = KARAMA_KEYRING / "web.key"
    return path.read_text(encoding="ascii").strip() if path.exists() else get_random_secret_key()


def _kept_password(name: str) -> str:
    """A password that somebody laid into the keyring; empty when there is none."""
    path = KARAMA_KEYRING / name
    return path.read_text(encoding="utf-8").strip() if path.is_file() else ""


SECRET_KEY = _web_secret()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "karama.security",
    "karama.journal",
    "karama.jobs",
    "karama.ui",
    "karama.sync",
    "karama.programme",
    "karama.accounts",
    "karama.notices",
    "karama.people",
    "karama.safety",
    "karama.reception",
    "karama.care",
    "karama.groups",
    "karama.outreach",
    "karama.referrals",
    "karama.voice",
    "karama.staffcare",
    "karama.analytics",
    "karama.evidence",
    "karama.interop",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "karama.ui.middleware.PrivacyHeaders",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "karama.ui.middleware.ResultInWords",
    "karama.accounts.middleware.ActingAs",
    "karama.ui.middleware.Problems",
]

ROOT_URLCONF = "karama.urls"
WSGI_APPLICATION = "karama.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "accounts" / "templates"],  # before those of the sign-in library
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "karama.ui.context.page",
            ],
        },
    }
]

_SQLITE_MAIN = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
)
"""Of a large database SQLite's own 2 MB hold nothing: with 650,000 people each row of an import read 800 pages anew."""
_SQLITE_KEYS = "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"


def _database(url: str, file: Path, pragmas: str) -> dict[str, object]:
    """A database from its address; an empty address is the SQLite file in the home."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": pragmas,
                "cached_statements": 400,  # more than the pages of every duty ask
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8}} if os.environ.get("KARAMA_POOL") == "1" else {},
        "CONN_MAX_AGE": 0 if os.environ.get("KARAMA_POOL") == "1" else None,
    }


DATABASES = {
    "default": _database(
        os.environ.get("KARAMA_DATABASE", _installation.database),
        KARAMA_HOME / "data" / "karama.db",
        _SQLITE_MAIN,
    ),
    "keys": _database(
        os.environ.get("KARAMA_KEYS_DATABASE", _installation.keys_database),
        KARAMA_HOME / "keys" / "keys.db",
        _SQLITE_KEYS,
    ),
}
DATABASE_ROUTERS = ["karama.security.routers.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_tries"}
}  # failed sign-ins and used one-time codes, counted for all server processes together

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["karama.accounts.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "karama.accounts.adapters.SignIn"
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "karama.accounts.adapters.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = KARAMA_DEMO
MFA_FORMS = {"add_webauthn": "karama.accounts.forms.AddPasskey"}
MFA_TOTP_ISSUER = "Centre"

EMAIL_HOST = os.environ.get("KARAMA_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("KARAMA_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("KARAMA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = _kept_password("mail.key") if EMAIL_HOST_USER else ""
EMAIL_USE_TLS = os.environ.get("KARAMA_MAIL_TLS") == "1"
EMAIL_TIMEOUT = 20

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "centre"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "karama.ui.views.csrf_failure"
_OVER_TLS = os.environ.get("KARAMA_TLS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _OVER_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _OVER_TLS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # with no-referrer, Chromium sends Origin: null and forms are refused
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # what is larger is dropped unread

CONTENT_SECURITY_POLICY = POLICY

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
    ("ckb", _("Sorani")),
    ("sw", _("Swahili")),
    ("ha", _("Hausa")),
    ("ht", _("Haitian Creole")),
]
LANG_INFO.update(
    ha={"bidi": False, "code": "ha", "name": "Hausa", "name_local": "Hausa"},
    ht={"bidi": False, "code": "ht", "name": "Haitian Creole", "name_local": "Kreyòl ayisyen"},
)
LOCALE_PATHS = [Path(__file__).parent / "ui" / "locale"]
LANGUAGE_COOKIE_NAME = "language"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

FORM_RENDERER = "karama.ui.rendering.FormRenderer"

STATIC_URL = "static/"
STATIC_ROOT = KARAMA_HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"redaction": {"()": "karama.security.redaction.RedactionFilter"}},
    "formatters": {"plain": {"()": "karama.security.redaction.PlainFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["redaction"], "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]  # TLS ends at the proxy (SECURITY.md)
