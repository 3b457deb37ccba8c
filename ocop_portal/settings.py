"""All settings, from the environment through env.py; README lists every variable."""

from pathlib import Path
from typing import Any

from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from ocop_portal import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("OCOP_DATA_DIR") or BASE_DIR / "var").resolve()

SECRET_KEY = env.secret("OCOP_SECRET_KEY")
DEBUG = env.flag("OCOP_DEBUG")
ALLOWED_HOSTS = env.text("OCOP_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
SITE_URL = env.text("OCOP_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
OFFICIAL_DOMAIN = SITE_URL.partition("://")[2]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Applications, lowest first -----------------------------------------------------------------
INSTALLED_APPS = [
    "ocop_portal.accounts",
    "ocop_portal.journal",
    "ocop_portal.clients",
    "ocop_portal.upkeep",
    "ocop_portal.privacy",
    "ocop_portal.web",
    "registry",
    "cycle",
    "scoring",
    "promotion",
    "reporting",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "ocop_portal.web.tracing.TracingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ocop_portal.web.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "ocop_portal.web.middleware.IdleSessionMiddleware",
    "promotion.views.browser_list.FavouritesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ocop_portal.refusals.RefusalMiddleware",
    "ocop_portal.web.limits.RateLimitMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "ocop_portal.urls"
WSGI_APPLICATION = "ocop_portal.wsgi.application"
FORM_RENDERER = "ocop_portal.web.renderer.PortalRenderer"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "ocop_portal.web.context_processors.portal",
            ],
        },
    },
]

# --- Database -----------------------------------------------------------------------------------
DB_HOST = env.text("OCOP_DB_HOST")


def _database() -> dict[str, Any]:
    """PostgreSQL where a host is named, else SQLite under the data directory."""
    if DB_HOST:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": DB_HOST,
            "PORT": env.text("OCOP_DB_PORT"),
            "NAME": env.text("OCOP_DB_NAME", "ocop"),
            "USER": env.text("OCOP_DB_USER", "ocop"),
            "PASSWORD": env.text("OCOP_DB_PASSWORD"),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "portal.sqlite3",
        # IMMEDIATE: a read-then-write transaction waits its turn instead of failing as locked.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("OCOP_REDIS_URL")
CACHES: dict[str, dict[str, Any]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
        }
    ),
    # Counts of one process, in an installation without Redis.
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "memory",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}
LIMITS_CACHE = "default" if REDIS_URL else "memory"

# Pages that all strangers share stay so long in the cache; with the 30 s that browsers and proxies
# keep them, a revocation shows within a minute.
FACES_KEPT_SECONDS = 25

# How often certificates are looked up is gathered in each process and written together.
CHECKS_WRITTEN_AFTER_SECONDS = 5.0

# --- People and sessions ------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "full_name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "accounts:login"
SESSION_ENGINE = "ocop_portal.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
IDLE_LIMIT_SECONDS = env.number("OCOP_IDLE_SECONDS", 30 * 60)
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "ocop_portal.accounts.lockout.name_of_attempt"
AXES_CLIENT_IP_CALLABLE = "ocop_portal.web.addresses.client_address"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_RESET_ON_SUCCESS = True
# The page says how long to wait; trying meanwhile does not make it longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_VERBOSE = False
AXES_DISABLE_ACCESS_LOG = True
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- Security -----------------------------------------------------------------------------------
# Loopback installations have no TLS; everything else is served behind a proxy that has.
SECURE = env.flag("OCOP_SECURE", default=True)
# How many proxies of ours stand in front and append to X-Forwarded-For.
TRUSTED_PROXIES = env.number("OCOP_TRUSTED_PROXIES", 1 if SECURE else 0)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "ocop_portal.web.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# More rows than this are told as CSV alone: a workbook is made whole before it is sent.
EXPORT_BOOK_ROWS = env.number("OCOP_EXPORT_BOOK_ROWS", 30_000)
# How many rows one act on many may have.
BULK_ROWS = env.number("OCOP_BULK_ROWS", 200)
MAX_UPLOAD_BYTES = env.number("OCOP_MAX_UPLOAD_MB", 20) * 1024 * 1024
# A virus scanner: unix:/path/of/clamd.ctl or tcp:host:3310; empty: nothing is scanned.
CLAMD = env.text("OCOP_CLAMD")

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FILTERS_EMPTY_CHOICE_LABEL = _("Tất cả")
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
NUMBER_GROUPING = 3  # where a template asks for groups: 1.798

# --- Files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "ocop_portal.web.staticfiles.OneStylesheetFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = Path(env.text("OCOP_MEDIA_DIR") or DATA_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "ocop_portal.web.staticfiles.PortalStaticFilesStorage"
    },
}

# Private halves of the keys that sign credentials; only the worker reads them.
KEYS_DIR = Path(env.text("OCOP_KEYS_DIR") or DATA_DIR / "keys")

# --- Mail ---------------------------------------------------------------------------------------
EMAIL_HOST = env.text("OCOP_MAIL_HOST")
EMAIL_PORT = env.number("OCOP_MAIL_PORT", 25)
EMAIL_HOST_USER = env.text("OCOP_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("OCOP_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("OCOP_MAIL_TLS")
# Without a mail host, messages are kept as files: seen, not sent.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = str(DATA_DIR / "outbox")
EMAIL_TIMEOUT = 10
# A new account is confirmed by a link in a mail, where mail can be sent at all.
CONFIRM_MAIL = env.flag("OCOP_CONFIRM_MAIL", default=bool(EMAIL_HOST))
DEFAULT_FROM_EMAIL = env.text("OCOP_MAIL_FROM", "Cổng OCOP <khong-tra-loi@ocop.example>")

# --- Jobs ---------------------------------------------------------------------------------------
BROKER_URL = env.text("OCOP_BROKER_URL") or REDIS_URL
CELERY_BROKER_URL = BROKER_URL or "folder://localhost//"
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = (
    # A broker that is away must be noticed soon: a person is waiting for the page.
    {"socket_connect_timeout": 2, "socket_timeout": 5}
    if BROKER_URL
    else {
        "data_folder_in": str(DATA_DIR / "broker"),
        "data_folder_out": str(DATA_DIR / "broker"),
        "control_folder": str(DATA_DIR / "broker-control"),
        "polling_interval": 0.2,
    }
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "ring again for notices that are due": {
        "task": "ocop_portal.journal.tasks.sweep",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "seal what was written into the journal": {
        "task": "ocop_portal.journal.tasks.seal",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
    "sign the journal of the day": {
        "task": "scoring.tasks.sign_journal",
        "schedule": 60.0,
        "options": {"expires": 55.0},
    },
    "tell programs of changes": {
        "task": "ocop_portal.clients.tasks.send_changes",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "forget answers kept for repeated writes": {
        "task": "ocop_portal.clients.tasks.forget_answers",
        "schedule": crontab(hour=3, minute=20),
    },
    "forget what is past its time": {
        "task": "ocop_portal.privacy.tasks.anonymise",
        "schedule": crontab(hour=1, minute=30),
    },
    "write files of personal data that are missing": {
        "task": "ocop_portal.privacy.tasks.make_waiting_exports",
        "schedule": 60.0,
        "options": {"expires": 55.0},
    },
    "worker heartbeat": {
        "task": "ocop_portal.web.tasks.beat_heart",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "carry out changes of administrative units": {
        "task": "registry.tasks.apply_unit_changes",
        "schedule": crontab(hour=0, minute=5),
    },
    "recompute every published rating": {
        "task": "scoring.tasks.recheck_ratings",
        "schedule": crontab(hour=2, minute=10),
    },
    "check what must always be true": {
        "task": "ocop_portal.upkeep.tasks.check_invariants",
        "schedule": crontab(hour=3, minute=0),
    },
    "publish the open data": {
        "task": "reporting.tasks.publish_open_data",
        "schedule": crontab(hour=2, minute=40),
    },
    "remind of certificates that expire": {
        "task": "scoring.tasks.remind_of_expiry",
        "schedule": crontab(hour=6, minute=0),
    },
    "remind of sheets that are late": {
        "task": "scoring.tasks.remind_of_sheets",
        "schedule": crontab(hour=6, minute=15),
    },
    "sign what became of certificates": {
        "task": "scoring.tasks.sign_status_lists",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "make documents that are missing": {
        "task": "scoring.tasks.make_missing_documents",
        "schedule": 60.0,
        "options": {"expires": 55.0},
    },
    "remind of evidence that runs out": {
        "task": "registry.tasks.remind_of_evidence",
        "schedule": crontab(hour=6, minute=45),
    },
    "tell everybody what waits": {
        "task": "ocop_portal.journal.tasks.send_digests",
        "schedule": crontab(day_of_week=1, hour=7, minute=0),
    },
    "remind of answers that are late": {
        "task": "cycle.tasks.remind_of_late_answers",
        "schedule": crontab(hour=6, minute=50),
    },
    "remind of buyers' questions that wait too long": {
        "task": "promotion.tasks.remind_of_enquiries",
        "schedule": crontab(hour=6, minute=25),
    },
    "remind of reports that wait too long": {
        "task": "promotion.tasks.remind_of_reports",
        "schedule": crontab(hour=6, minute=20),
    },
    "count stars that are out of step": {
        "task": "reporting.tasks.count_stars",
        "schedule": 30.0,
        "options": {"expires": 25.0},
    },
    "hold the counted stars against a recount": {
        "task": "reporting.tasks.check_star_tallies",
        "schedule": crontab(hour=2, minute=30),
    },
    "go on with acts on many rows that were left": {
        "task": "reporting.tasks.work_left_bulk",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "go on with registers that were left": {
        "task": "reporting.tasks.work_left_registers",
        "schedule": 15.0,
        "options": {"expires": 15.0},
    },
    "remind provinces of their reports": {
        "task": "reporting.tasks.remind_of_province_reports",
        "schedule": crontab(hour=6, minute=55),
    },
    "remind of dossiers that are due": {
        "task": "cycle.tasks.remind_of_due_dossiers",
        "schedule": crontab(hour=6, minute=30),
    },
}

# --- Programs -----------------------------------------------------------------------------------
# Whether webhooks may lead to plain HTTP and into the portal's own network.
WEBHOOKS_INSIDE = env.flag("OCOP_WEBHOOKS_INSIDE")

# --- REST ---------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "ocop_portal.clients.access.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.IsAuthenticated",
        "ocop_portal.clients.access.HasScope",
    ],
    "NUM_PROXIES": TRUSTED_PROXIES,
    "DEFAULT_PAGINATION_CLASS": "ocop_portal.web.rest.Pages",
    "PAGE_SIZE": 50,
    "DEFAULT_FILTER_BACKENDS": ["ocop_portal.web.filters.StrictFilters"],
    "DEFAULT_RENDERER_CLASSES": ["ocop_portal.web.rest.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["ocop_portal.web.rest.FastJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "ocop_portal.web.limits.AnonThrottle",
        "ocop_portal.web.limits.UserThrottle",
        "ocop_portal.web.limits.ScopedThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "6000/min", "user": "6000/min", "engine": "6000/min"},
    "EXCEPTION_HANDLER": "ocop_portal.problems.answer_refusal",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Cổng OCOP",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "OAS_VERSION": "3.1.0",
    # Without the usual one: an enumeration stands where it is used, under no invented name.
    "POSTPROCESSING_HOOKS": ["ocop_portal.openapi.complete"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
}

# --- Monitoring ---------------------------------------------------------------------------------
# Who brings it reads /metrics; without one the page is not there.
METRICS_TOKEN = env.text("OCOP_METRICS_TOKEN")

# --- Logging ------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "ocop_portal.web.logs.RequestIdFilter"}},
    "formatters": {
        "line": {
            "()": "ocop_portal.web.logs.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
        },
        "json": {"()": "ocop_portal.web.logs.JsonFormatter"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": env.choice("OCOP_LOG_FORMAT", ("line", "json")),
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("OCOP_LOG_LEVEL", "WARNING")},
    # What was not found or refused stands in the line about the request, without its address.
    "loggers": {"django.request": {"level": "ERROR"}},
}
