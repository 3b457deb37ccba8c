"""Log lines: with the request's id, as words or as JSON, and without what belongs to people.

Addresses, telephone and identity numbers, tokens and keys are struck out of messages and of
tracebacks: a log is read by more people than the register is.
"""

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

STRUCK = "[…]"
_SECRETS = re.compile(
    r"(?i)(?:"
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"  # mail addresses
    r"|\beyJ[\w-]+(?:\.[\w-]*){0,2}"  # signed texts
    r"|\b(?:bearer|basic|token)\s+[\w.~+/=-]{8,}"  # headers
    r"|(?<=[?&;\s'\"])(?:token|code|key|password|secret|sessionid|csrftoken|ma)=[^&\s'\";,]+"
    r"|\bocop_[\w-]{20,}"  # the portal's own tokens
    r"|(?<![\w.])(?=[\w:=-]*\d)(?=[\w:=-]*[a-z])[\w-]{6,}:[\w:=-]{20,}"  # signed values
    r"|\b(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{24,}\b"  # random words: reset links, session keys
    r"|(?<![\w.])(?:\+84|0)(?:[ .-]?\d){9,11}(?![\w])"  # telephone and identity numbers
    r")"
)
_NOT_SECRET = re.compile(r"[0-9a-f]{64}")  # a checksum names a content, it opens nothing


def scrubbed(text: str) -> str:
    """The text without what opens something or names somebody."""
    return _SECRETS.sub(_struck, text)


def _struck(found: re.Match[str]) -> str:
    return found.group() if _NOT_SECRET.fullmatch(found.group()) else STRUCK


class RequestIdFilter(logging.Filter):
    """Puts the id of the request on the record."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Imported here: settings name this class before Django can load what tracing needs.
        from ocop_portal.web.tracing import current_id  # noqa: PLC0415 - as said

        record.request_id = current_id() or "-"
        return True


class LineFormatter(logging.Formatter):
    """One line of words, then the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return scrubbed(super().format(record))


class JsonFormatter(logging.Formatter):
    """One JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, tz=UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": scrubbed(record.getMessage()),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            said["exception"] = scrubbed(self.formatException(record.exc_info))
        if record.stack_info:
            said["stack"] = scrubbed(self.formatStack(record.stack_info))
        return json.dumps(said, ensure_ascii=False, default=str)
