"""The settings of the site, all from the environment; the defaults suit one desk.

Importing this module touches nothing on disk. What makes a setting unsafe in public is
said in `plebiscite.web.safety`, which every way of starting the site asks first.
"""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from plebiscite.web.database import database

HERE = Path(__file__).parent


def _said(name: str, otherwise: str = "") -> str:
    return os.environ.get(f"PLEBISCITE_{name}", otherwise).strip()


def _secret() -> str:
    """Return the environment's secret, else the one kept at home, else a passing one.

    A passing secret signs everyone out at the next start; `serve` keeps one instead.
    """
    kept = HOME / "secret"
    if given := _said("SECRET"):
        return given
    try:
        return kept.read_text(encoding="utf-8").strip()
    except OSError:
        return token_urlsafe(64)


# --- Where and who ---------------------------------------------------------------
HOME = Path(
    _said("HOME")
    or Path(os.environ.get("XDG_DATA_HOME", "~/.local/share")) / "plebiscite"
).expanduser()
"""Measure folders, uploads, the database if it is SQLite: all that is to be kept."""
PUBLIC_URL = _said("URL").rstrip("/")
"""The address the public knows, such as https://petitions.example.gov; "" locally."""
DEMO = _said("DEMO") == "1"
"""Whether this is a demonstration: marked so on every page."""
DEBUG = _said("DEBUG") == "1"
SECRET_KEY = _secret()
SECOND_FACTOR = _said("SECOND_FACTOR", "0" if DEMO else "1") == "1"
"""Whether the desks of offices ask for a second factor."""
ALLOWED_HOSTS = [
    *filter(None, [urlsplit(PUBLIC_URL).hostname]),
    *_said("HOSTS", "localhost 127.0.0.1 [::1]").split(),
]

# --- The parts -------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "plebiscite.web.accounts",
    "plebiscite.web.jobs",
    "plebiscite.web.measures",
    "plebiscite.web.county",
    "plebiscite.web.campaign",
    "plebiscite.web.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "plebiscite.web.frame.headers.headers",
    "plebiscite.web.frame.uploads.nothing_half",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "plebiscite.web.accounts.middleware.deny_by_default",
]
ROOT_URLCONF = "plebiscite.web.urls"
WSGI_APPLICATION = "plebiscite.web.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["plebiscite.web.refusals.spoken"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "plebiscite.web.frame.headers.page_context",
            ],
        },
    }
]

# --- What is kept ----------------------------------------------------------------
DATABASES = {"default": database(_said("DATABASE"), HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
    }
}
"""In the database, so that a lockout outlives a restart and holds in every worker."""
MEDIA_ROOT = HOME / "uploads"  # no route serves it
FILE_UPLOAD_TEMP_DIR = str(HOME / "uploads") if (HOME / "uploads").is_dir() else None
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# --- Words -----------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = _said("TIME_ZONE", "UTC")

# --- Who comes in ----------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_CHECK = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": _CHECK + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _CHECK + "CommonPasswordValidator"},
    {
        "NAME": _CHECK + "UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:home"
ACCOUNT_ADAPTER = "plebiscite.web.accounts.pages.adapter.ByInvitation"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # by invitation: the office knows its people
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",  # an office signs in at eight, from one address
    "login_failed": "5/10m/key,100/10m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "plebiscite"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PUBLIC_URL.startswith("https://")
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing leaves

# --- Sessions and headers --------------------------------------------------------
_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if _HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _HTTPS else "csrf"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
IDLE_SECONDS = int(_said("IDLE_SECONDS", "3600"))
"""A desk left alone for so long is signed out."""
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
CSRF_FAILURE_VIEW = "plebiscite.web.frame.faults.form_too_old"
SECURE_SSL_REDIRECT = False  # the proxy in front does; see docs/how-to/serve.md
_BEHIND = _said("BEHIND_PROXY") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _BEHIND else 0
"""How many servers before this one say truly, in X-Forwarded-For, who asks."""
SECURE_HSTS_SECONDS = 31_536_000 if _HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"plain": {"()": "plebiscite.web.frame.faults.NoPersonalValues"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}
    },
    "handlers": {
        "err": {
            "class": "logging.StreamHandler",
            "filters": ["plain"],
            "formatter": "line",
        }
    },
    "root": {"handlers": ["err"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}},  # addresses are not noted
}
