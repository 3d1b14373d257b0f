"""The one file of settings, read from the environment (the variables stand in `variables.py`)."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.variables import ROOT, read, reviewed

VARIABLES = read()


def _value(name: str) -> str:
    return VARIABLES[name].value


def _list(name: str) -> list[str]:
    return [part.strip() for part in _value(name).split(",") if part.strip()]


BASE_DIR = ROOT
DATA_DIR = Path(_value("DATA_DIR"))
SAMPLE = _value("SAMPLE") == "1"
BASE_URL = _value("BASE_URL").rstrip("/")
TILE_URL = _value("TILE_URL")
METRICS_TOKEN = _value("METRICS_TOKEN")
TRUSTED_PROXIES = _list("TRUSTED_PROXIES")
PORT = _value("PORT")
WEB_CONCURRENCY = _value("WEB_CONCURRENCY")

# Checking the configuration must work when the configuration is wrong.
CHECKING = sys.argv[1:2] == ["config"]
SECRET_KEY = _value("SECRET_KEY")
if not SECRET_KEY and CHECKING:
    SECRET_KEY = "only for checking the configuration; nothing is signed with it"
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Make one with: openssl rand -base64 48. "
        "To look at the sample town instead, set SAMPLE=1."
    )

# The sample has no secrets of anybody's; outside it nothing is sealed without keys of its own.
IDENTITY_KEYS = _list("IDENTITY_KEYS") or ([SECRET_KEY] if SAMPLE else [])
LIMIT_LOGIN = int(_value("LIMIT_LOGIN")) if _value("LIMIT_LOGIN").isdecimal() else 60

DEBUG = False
ALLOWED_HOSTS = _list("ALLOWED_HOSTS") or [urlsplit(BASE_URL).hostname or "localhost"]
if SAMPLE:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
_SECURE = BASE_URL.startswith("https:")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "handtag.jobs",
    "handtag.once",
    "handtag.history",
    "handtag.municipalities",
    "handtag.people",
    "handtag.notices",
    "handtag.groups",
    "handtag.mandates",
    "handtag.login",
    "handtag.permits",
    "handtag.helpers",
    "handtag.errands",
    "handtag.outreach",
    "handtag.cases",
    "handtag.ambassadors",
    "handtag.desk",
    "handtag.insight",
    "handtag.privacy",
    "handtag.operations",
    "handtag.front",
]

MIDDLEWARE = [
    "handtag.operations.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "handtag.operations.middleware.body_limit",
    "handtag.operations.middleware.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "handtag.municipalities.middleware.municipality",
    "handtag.login.middleware.actor",
    "handtag.login.middleware.steps",
    "handtag.login.middleware.language",
    "handtag.login.middleware.reading",
    "handtag.mandates.middleware.InNameOf",
    "django_htmx.middleware.HtmxMiddleware",
    "handtag.front.middleware.nav",
    "handtag.operations.middleware.refusals",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

_LOADERS: list[Any] = [
    (
        "django.template.loaders.cached.Loader",
        [
            "django_cotton.cotton_loader.Loader",
            "django.template.loaders.filesystem.Loader",
            "django.template.loaders.app_directories.Loader",
        ],
    )
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": _LOADERS,
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.cache",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "handtag.municipalities.templatetags.house",
                "handtag.once.templatetags.once",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
COTTON_DIR = "components"
FORM_RENDERER = "django.forms.renderers.Jinja2"

# Database: on SQLite a writer takes its lock when its transaction begins, and an answered write is on disk.
_environ = environ.Env()
DATABASES: dict[str, Any] = {
    "default": _environ.db_url_config(_value("DATABASE_URL") or f"sqlite:///{DATA_DIR / 'handtag.sqlite3'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Opening a database anew for each request costs more than most of what is asked of it.
DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "login.User"
AUTHENTICATION_BACKENDS = ["handtag.login.middleware.sessions.Backend"]
if SAMPLE:
    # The sample's passwords are printed for scripts; nobody else has one at all.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/vidare/"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "handtag.login.gateways.allauth.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code itself shows whose the address is
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_LOGIN_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_RATE_LIMITS = {"request_login_code": f"{LIMIT_LOGIN}/m/ip,5/15m/key"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "handtag.login.gateways.allauth.KeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Handtag"
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SAMPLE

_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 2000}}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
    # In each process: pieces of pages, kept by all that they show, and figures that everybody sees.
    "template_fragments": {**_MEMORY, "LOCATION": "fragments"},
    "memory": {**_MEMORY, "LOCATION": "memory"},
}
SESSION_ENGINE = "handtag.login.middleware.sessions"

USE_TZ = True
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
LANGUAGE_CODE = "sv"
LANGUAGES = [
    ("sv", "Svenska"),
    ("sv-easy", "Lätt svenska"),
    ("en", "English"),
    ("ar", "العربية"),
    ("uk", "Українська"),
    ("fi", "Suomi"),
    ("so", "Soomaali"),
]
# The product is written in the first; of the others a date says when a speaker has read them all through.
LANGUAGES_WRITTEN = ("sv", "en")
LANGUAGES_REVIEWED = reviewed(_value("LANGUAGES_REVIEWED"))
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "sprak"

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA_DIR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
LARGEST_BODY = 32 * 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *([urlsplit(TILE_URL).netloc] if TILE_URL else [])],
        "script-src": [SELF],
        "style-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

MAIL_URL = _value("MAIL_URL")
DEFAULT_FROM_EMAIL = _value("MAIL_FROM")
if MAIL_URL:
    _mail = _environ.email_url_config(MAIL_URL)
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"] or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
    EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 8  # seconds; a worker waiting longer for a mail server would not be down in time
SMS_URL = _value("SMS_URL")
PUSH_URL = _value("PUSH_URL").rstrip("/")
VAPID_PRIVATE_KEY = _value("VAPID_PRIVATE_KEY")
EGRESS_ALLOW = _list("EGRESS_ALLOW")
SMS_SOURCES = _list("SMS_SOURCES")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "handtag.operations.middleware.RequestIdFilter"}},
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s %(request_id)s",
        }
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "json",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stdout"], "level": _value("LOG_LEVEL")},
    "loggers": {"django.request": {"level": "ERROR"}},
}
