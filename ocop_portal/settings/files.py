"""Files: what is served, what people bring, and keys."""

from pathlib import Path

from ocop_portal import env
from ocop_portal.settings.application import DEBUG
from ocop_portal.settings.paths import BASE_DIR, DATA_DIR

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

DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "ocop_portal.web.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
MAX_UPLOAD_BYTES = env.number("OCOP_MAX_UPLOAD_MB", 20) * 1024 * 1024
# A virus scanner: unix:/path/of/clamd.ctl or tcp:host:3310; empty: nothing is scanned.
CLAMD = env.text("OCOP_CLAMD")

# Private halves of the keys that sign credentials; only the worker reads them.
KEYS_DIR = Path(env.text("OCOP_KEYS_DIR") or DATA_DIR / "keys")
