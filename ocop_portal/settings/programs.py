"""How programs are answered: REST, its schema, webhooks."""

from typing import Any

from ocop_portal import env
from ocop_portal.settings.security import TRUSTED_PROXIES

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

# Whether webhooks may lead to plain HTTP and into the portal's own network.
WEBHOOKS_INSIDE = env.flag("OCOP_WEBHOOKS_INSIDE")
