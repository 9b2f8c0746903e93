"""Django's settings; what an operator can change stands in ``environment.py``."""

from __future__ import annotations

import os
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

from fenhu.web import secret
from fenhu.web.environment import read
from fenhu.web.watching.logs import logging_settings
from fenhu.wording import LOCALE_DIR, text

# The demo city's first year is done by then, and its second is being filed.
DEMO_DAY = date(2011, 4, 11)
PACKAGE_DIR = Path(__file__).resolve().parent
DOCS_DIR = PACKAGE_DIR.parent / "docs"
DATA_DIR: Path = read("FENHU_DATA_DIR").absolute()
DEBUG: bool = read("FENHU_DEBUG")
DEMO: bool = read("FENHU_DEMO")
TODAY: date | None = read("FENHU_TODAY") or (DEMO_DAY if DEMO else None)
POLICY: str = read("FENHU_POLICY")
HELPDESK: str = read("FENHU_HELPDESK")
HOTLINE: str = read("FENHU_HOTLINE")
DATA_LICENCE: str = read("FENHU_DATA_LICENCE")
TILES_URL: str = read("FENHU_TILES_URL")
TILES_ATTRIBUTION: str = read("FENHU_TILES_ATTRIBUTION")
WEBHOOK_HOSTS: list[str] = read("FENHU_WEBHOOK_HOSTS")
API_PER_MINUTE: int = read("FENHU_API_PER_MINUTE")
RETENTION: Path | None = read("FENHU_RETENTION")
MAX_UPLOAD_BYTES: int = read("FENHU_MAX_UPLOAD_MB") * 1024 * 1024

SECRET_KEY = read("FENHU_SECRET_KEY") or secret.kept_in(DATA_DIR / "secret_key")
SECRET_KEY_FALLBACKS: list[str] = read("FENHU_SECRET_KEY_FALLBACKS")
BIND: str = read("FENHU_BIND")
WORKERS: int = read("FENHU_WORKERS")
METRICS_TOKEN: str = read("FENHU_METRICS_TOKEN")
DISK_MIN_BYTES: int = read("FENHU_DISK_MIN_MB") * 1024 * 1024
# Probes on the machine itself ask by its own address, whatever the public name is.
ALLOWED_HOSTS: list[str] = [*read("FENHU_HOSTS"), "127.0.0.1"]
CSRF_TRUSTED_ORIGINS: list[str] = read("FENHU_ORIGINS")
PROXIES: list[str] = read("FENHU_PROXIES")

INSTALLED_APPS = [
    "fenhu.web.access",
    "fenhu.web.door",
    "fenhu.web.journal",
    "fenhu.web.registry",
    "fenhu.web.works",
    "fenhu.web.ledger",
    "fenhu.web.metering",
    "fenhu.web.household",
    "fenhu.web.prices",
    "fenhu.web.documents",
    "fenhu.web.exchange",
    "fenhu.web.persons",
    "fenhu.web.jobs",
    "fenhu.web.api",
    "fenhu.web.portal",
    "fenhu.web.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]
MIDDLEWARE = [
    "fenhu.web.proxies.ClientAddress",
    "fenhu.web.watching.middleware.Watched",
    "django.middleware.security.SecurityMiddleware",
    "fenhu.web.middleware.SafetyHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "fenhu.web.middleware.CompressedText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "fenhu.web.asking.OnlyWhatPagesKnow",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "fenhu.web.middleware.SpokenLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fenhu.web.door.middleware.FirstThingsFirst",
    "fenhu.web.middleware.FaultPages",
    "axes.middleware.AxesMiddleware",
]
if DEMO:
    MIDDLEWARE.append("fenhu.web.ui.touring.Footsteps")
ROOT_URLCONF = "fenhu.web.urls"
WSGI_APPLICATION = "fenhu.web.wsgi.application"
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
                "fenhu.web.context.product",
            ],
        },
    },
]

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
}
# Many small questions at once: one asked on several cores, or compiled first, makes the others wait.
POSTGRES_OPTIONS = {"options": "-c max_parallel_workers_per_gather=0 -c jit=off", "connect_timeout": 10}


# More would wait for the database, each with the memory of one.
MOST_SERVERS = 4


def _database() -> dict[str, object]:
    url: str = read("DATABASE_URL")
    if not url:
        url = f"sqlite:///{DATA_DIR / 'fenhu.sqlite3'}"
    try:
        database: dict[str, object] = dict(Env().dj_db_url("", default=url))
    except EnvError as fault:
        raise EnvError(text("DATABASE_URL is no address like postgres://user:password@host/name")) from fault
    if not database["NAME"] and "service=" not in url:
        raise EnvError(text("DATABASE_URL names no database: postgres://user:password@host/name"))
    if "sqlite" in str(database["ENGINE"]):
        return database | {"OPTIONS": SQLITE_OPTIONS}
    options = POSTGRES_OPTIONS | dict(database.get("OPTIONS", {}))  # type: ignore[call-overload]
    # A connection is asked whether it still lives before a request uses it again.
    return database | {"OPTIONS": options, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}


DATABASES = {"default": _database()}


def _servers() -> int:
    """Return how many processes answer pages: SQLite has one writer at a time anyway."""
    chosen: int = read("FENHU_SERVERS")
    if chosen > 0:
        return chosen
    return 1 if "sqlite" in str(DATABASES["default"]["ENGINE"]) else min(os.cpu_count() or 1, MOST_SERVERS)


SERVERS = _servers()
# Sums of a register that pages may show again; of each process, read by recent.py alone.
RECENT_S: int = read("FENHU_RECENT_S")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "recent": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "recent",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}  # fmt: skip
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "fenhu.web.door.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SECOND_FACTOR: str = read("FENHU_SECOND_FACTOR")
SSO_ISSUER: str = read("FENHU_SSO_ISSUER").rstrip("/")
SSO_NAME: str = read("FENHU_SSO_NAME")
if SSO_ISSUER:
    try:
        import allauth  # noqa: F401
    except ImportError as missing:
        raise ImproperlyConfigured(text("FENHU_SSO_ISSUER is set: pip install fenhu[sso]")) from missing
    INSTALLED_APPS += [
        "allauth", "allauth.account", "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
    ]  # fmt: skip
    MIDDLEWARE.append("allauth.account.middleware.AccountMiddleware")
    # A subject means somebody only together with who issued it.
    SSO_PROVIDER = f"sso-{sha256(SSO_ISSUER.encode()).hexdigest()[:16]}"
    SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{
        "provider_id": SSO_PROVIDER, "name": SSO_NAME, "client_id": read("FENHU_SSO_CLIENT"),
        "secret": read("FENHU_SSO_SECRET"),
        "settings": {"server_url": SSO_ISSUER, "oauth_pkce_enabled": True},
    }]}}  # fmt: skip
    SOCIALACCOUNT_ADAPTER, ACCOUNT_ADAPTER = (
        "fenhu.web.door.sso.KnownPeople",
        "fenhu.web.door.sso.ClosedAccounts",
    )
    SOCIALACCOUNT_LOGIN_ON_GET = True
    SOCIALACCOUNT_STORE_TOKENS = SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
    ACCOUNT_EMAIL_VERIFICATION = "none"
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if read("FENHU_HTTPS") else "http"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "front"
LOGOUT_REDIRECT_URL = "login"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
# Who came stands in the journal, wrong tries until their rest is over: no log is kept beside them for ever.
AXES_DISABLE_ACCESS_LOG, AXES_ENABLE_ACCESS_FAILURE_LOG = True, False
AXES_LOCKOUT_TEMPLATE = "429.html"
# Whatever package is installed beside, only ``proxies`` decides which address a request came from.
AXES_CLIENT_IP_CALLABLE = "fenhu.web.proxies.address_of"
# What is typed on the pages that ask for a password again is not kept with the failure.
AXES_SENSITIVE_PARAMETERS = ["username", "old", "new", "again", "code"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [LOCALE_DIR]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [("docs", DOCS_DIR / "images")]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = DATA_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
STORAGES = {
    "default": {"BACKEND": "fenhu.web.storing.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

ADDRESS: str = read("FENHU_ADDRESS").rstrip("/")
DEFAULT_FROM_EMAIL: str = read("FENHU_EMAIL_FROM")
globals().update(Env().dj_email_url("", default=read("FENHU_EMAIL_URL") or "console://"))

HTTPS: bool = read("FENHU_HTTPS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz(/ready)?$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
if HTTPS:
    # A browser takes a cookie of such a name only from this very host, over HTTPS, for all of it.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-fenhu-session", "__Host-fenhu-csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOG: str = read("FENHU_LOG")
LOGGING = logging_settings(LOG)
