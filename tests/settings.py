"""Settings of the tests: the portal's own, with quick passwords and mail kept in memory.

Where the lane names no server in the environment, the tests run on SQLite and in memory, so
`.venv/bin/pytest tests/registry` works by itself.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "OCOP_DATA_DIR" not in os.environ:
    _folder = tempfile.mkdtemp(prefix="ocop-tests-")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    os.environ["OCOP_DATA_DIR"] = _folder
os.environ.setdefault("OCOP_SECRET_KEY", "only-for-tests-" * 5)
os.environ["OCOP_SECURE"] = "0"  # the test client and the live server speak plain HTTP
if _redis := os.environ.get("OCOP_TEST_REDIS_URL"):
    # Processes that test side by side do not read each other's keys and messages.
    _process = os.environ.get("PYTEST_XDIST_WORKER", "gw-1").removeprefix("gw")
    os.environ["OCOP_REDIS_URL"] = f"{_redis}/{int(_process) + 1}"

from ocop_portal.settings import *  # noqa: F403 - after the environment; Django's own idiom
from ocop_portal.settings import (
    CACHES,
    CELERY_BROKER_TRANSPORT_OPTIONS,
    DATA_DIR,
    DATABASES,
    MEDIA_ROOT,
    REDIS_URL,
    STATIC_ROOT,
    STORAGES,
)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
FACES_KEPT_SECONDS = 0  # a test reads what it has just changed
CHECKS_WRITTEN_AFTER_SECONDS = 0  # no thread writes beside a test; a test writes by itself
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_POOL_LIMIT = 1
if not REDIS_URL:
    CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    CELERY_BROKER_URL = "memory://"
    CELERY_BROKER_TRANSPORT_OPTIONS.clear()

# A worker that is a process of its own keeps its mail where the test can read it.
if OUTBOX := os.environ.get("OCOP_TEST_OUTBOX", ""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = OUTBOX
else:
    EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

for _path in (DATA_DIR, MEDIA_ROOT, STATIC_ROOT):
    Path(_path).mkdir(parents=True, exist_ok=True)

# A thread of the live server gives its connection back, or the test database could not be dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0
