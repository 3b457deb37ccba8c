"""Outgoing mail, by a mail host or into a folder."""

from ocop_portal import env
from ocop_portal.settings.paths import DATA_DIR

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
