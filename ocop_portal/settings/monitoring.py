"""What is measured and logged."""

from ocop_portal import env

# Who brings it reads /metrics; without one the page is not there.
METRICS_TOKEN = env.text("OCOP_METRICS_TOKEN")

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
