"""What the portal is made of, and under which name it answers."""

from typing import Any

from ocop_portal import env
from ocop_portal.settings.paths import BASE_DIR

SECRET_KEY = env.secret("OCOP_SECRET_KEY")
DEBUG = env.flag("OCOP_DEBUG")
ALLOWED_HOSTS = env.text("OCOP_ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")
SITE_URL = env.text("OCOP_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
OFFICIAL_DOMAIN = SITE_URL.partition("://")[2]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Lowest first.
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
    "ocop_portal.accounts.once.ReadOnceMiddleware",
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
