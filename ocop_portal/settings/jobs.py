"""How jobs reach the worker."""

from typing import Any

from ocop_portal import env
from ocop_portal.settings.caches import REDIS_URL
from ocop_portal.settings.languages import TIME_ZONE
from ocop_portal.settings.paths import DATA_DIR

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
