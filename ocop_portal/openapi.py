"""What the schema says of every address alike: how a refusal looks, and which there may be."""

from typing import Any

PROBLEM = {
    "type": "object",
    "description": "The one shape of every refusal (problem+json, RFC 9457).",
    "required": ["type", "title", "status", "code", "message", "detail", "field"],
    "properties": {
        "type": {"type": "string", "example": "about:blank"},
        "title": {"type": "string", "example": "Unprocessable Entity"},
        "status": {"type": "integer", "example": 422},
        "code": {"type": "string", "example": "invalid", "description": "Stable; for programs."},
        "message": {"type": "string", "description": "For people: why, and what to do."},
        "detail": {"type": "string", "description": "The same as message."},
        "field": {"type": "string", "description": "What was wrong of what was sent, or empty."},
        "version": {"type": "integer", "description": "With 412: the current version."},
    },
}
REFUSAL = {
    "description": (
        "Refused: 400 unreadable, 401 who are you, 403 you may not, 404 not there for you, "
        "405 not like this, 409 the state forbids it, 412 your version is old, 413 too large, "
        "415 not JSON, 422 what was sent is wrong, 428 If-Match is missing, 429 too often."
    ),
    "content": {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
    },
}
WRITES = ("post", "put", "patch", "delete")
KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 100},
    "description": "A key of your own: the same key again gets the first answer, kept two days.",
}
VERSION = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "example": '"3"'},
    "description": "The ETag that you read; 412 where somebody changed it since.",
}


def complete(result: dict[str, Any], **_asked: Any) -> dict[str, Any]:
    """Adds the refusal to every operation, and the headers of writes."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path, item in result["paths"].items():
        for method, operation in item.items():
            answers = operation["responses"]
            for status in [status for status in answers if status >= "400"]:
                del answers[status]
            answers["default"] = REFUSAL
            if method in WRITES and not path.endswith("/evaluate/"):
                headers = [KEY] if method == "post" else [KEY, VERSION]
                operation.setdefault("parameters", []).extend(headers)
    return result
