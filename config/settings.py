"""Django's settings; what an office can change stands in config/env.py."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config import env, exchange
from live.serving.connections import connect

exchange.finish(env.data_folder())
env.read_office_file()
env.refuse_unknown()

BASE_DIR = env.ROOT
DATA_DIR: Path = env.made_data_folder()
FILES_DIR = DATA_DIR / "files"

MODE = env.choice("DIEMCAU_MODE", ("demo", "office"))
DEMO_MODE = MODE == "demo"
HOST = env.host("HOST")
PORT = env.port("PORT")
PUBLIC_URL = env.url("DIEMCAU_PUBLIC_URL", ("http", "https")) or f"http://{env.in_address(HOST)}:{PORT}"
DEBUG = env.flag("DIEMCAU_DEBUG")
SECRET_KEY = env.secret_key(DATA_DIR)
ALLOWED_HOSTS = [
    *("127.0.0.1", "localhost", "[::1]", env.in_address(HOST), env.host_of(PUBLIC_URL)),
    *env.hosts("DIEMCAU_ALLOWED_HOSTS"),
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "channels",
    "csp",
    "config.apps.ConfigConfig",
    "demo.apps.DemoConfig",
    "live.apps.LiveConfig",
    "minutes.apps.MinutesConfig",
    "voting.apps.VotingConfig",
    "packets.apps.PacketsConfig",
    "agenda.apps.AgendaConfig",
    "attendance.apps.AttendanceConfig",
    "control.apps.ControlConfig",
    "issuing.apps.IssuingConfig",
    "meetings.apps.MeetingsConfig",
    "mailing.apps.MailingConfig",
    "jobs.apps.JobsConfig",
    "people.apps.PeopleConfig",
    "printing.apps.PrintingConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.middleware.PrivatePagesMiddleware",
    "config.middleware.PlainTextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "people.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "people.middleware.FirstPasswordMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "jobs.marking.JobsMiddleware",
    "meetings.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "meetings.context.installation",
                "jobs.marking.running",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ]
            if not DEBUG
            else ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
        },
    }
]

DATABASE = env.database(DATA_DIR)
if DATABASE["ENGINE"] == "django.db.backends.sqlite3":
    _pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;"
    _options: dict[str, Any] = {**DATABASE.get("OPTIONS", {}), "timeout": 20, "init_command": _pragmas, "factory": connect}
    _write: dict[str, Any] = {**_options, "transaction_mode": "IMMEDIATE"}
    _read: dict[str, Any] = {**_options, "transaction_mode": "DEFERRED"}
    _test = {"NAME": str(DATA_DIR / "test.sqlite3")}
else:
    from psycopg import IsolationLevel

    _options = DATABASE.get("OPTIONS", {})  # such as sslmode, from the address
    _write = {**_options, "pool": {"min_size": 1, "max_size": 20, "timeout": 20}}
    _read = {
        **_options,
        "pool": {"min_size": 1, "max_size": 5, "timeout": 20},
        "isolation_level": IsolationLevel.REPEATABLE_READ,
    }
    _test = {}
DATABASES: dict[str, dict[str, Any]] = {
    "default": {**DATABASE, "OPTIONS": _write, "CONN_MAX_AGE": 0, "TEST": _test},
    # The same database, read in one snapshot: what the hub shows under a number holds nothing newer (live/snapshot.py).
    "snapshot": {**DATABASE, "OPTIONS": _read, "CONN_MAX_AGE": 0, "TEST": {"MIRROR": "default"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.url("REDIS_URL", ("redis", "rediss", "unix"))
if REDIS_URL:
    CHANNEL_LAYERS: dict[str, dict[str, Any]] = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "meetings:index"
LOGOUT_REDIRECT_URL = "people:sign_in"
PASSWORD_HASHERS = ["people.hashing.PatientArgon2", "people.hashing.OneTime"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FILES_DIR)}},
    "staticfiles": {"BACKEND": "config.assets.HashedStaticFiles"},
}
WHITENOISE_USE_FINDERS = DEBUG

WORKERS = env.whole("DIEMCAU_WORKERS", 0, 8)
SMTP_HOST = env.mail_server("DIEMCAU_SMTP_HOST")
SMTP_PORT = env.port("DIEMCAU_SMTP_PORT")
SMTP_TLS = env.choice("DIEMCAU_SMTP_TLS", ("starttls", "tls", "none"))
SMTP_USER, SMTP_PASSWORD = env.text("DIEMCAU_SMTP_USER"), env.text("DIEMCAU_SMTP_PASSWORD")
MAIL_FROM = env.sender("DIEMCAU_MAIL_FROM", SMTP_HOST)
MAIL_PER_MINUTE = env.whole("DIEMCAU_MAIL_PER_MINUTE", 1, 6000)

_https = PUBLIC_URL.startswith("https://")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if _https else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True  # scripts find the token in the page
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_ENGINE = "people.session_store"
PROXIES = env.addresses("DIEMCAU_PROXIES")
ONE_TIME_DAYS = env.whole("DIEMCAU_ONE_TIME_DAYS", 1, 90)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6_000
# Other hosts of the office's domain are not ours to bind (W005, W021); what ends TLS redirects, not we (W008).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.logs.DiscreetFormatter", "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.choice("DIEMCAU_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"))},
    "loggers": {
        # A refusal is an answer, not an incident: it is neither logged nor mailed.
        "django.request": {"level": "ERROR"},
        # At DEBUG it would write every query with its values: names of people, hashes of passwords.
        "django.db.backends": {"level": "INFO"},
        "daphne": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}

if env.is_testing():
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", "people.hashing.OneTime"]
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
