"""What the schema says of every address alike: refusals, headers, and what each word means."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
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
    """Adds the refusal to every operation, the headers of writes, and the meaning of words."""
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
    for schema, name, described in fields(result):
        _explain(described, _meaning(schema, name))
    return result


def fields(result: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every field of every shape and every parameter: where it stands, its name, what is said."""
    for schema, shape in result["components"]["schemas"].items():
        for name, described in shape.get("properties", {}).items():
            yield schema, name, described
    for item in result["paths"].values():
        for operation in item.values():
            for parameter in operation.get("parameters", []):
                yield "", parameter["name"], parameter


def _explain(described: dict[str, Any], meaning: list[Any] | None) -> None:
    if meaning is None or "$ref" in described:
        return
    described.setdefault("description", meaning[0])
    of_value = described.get("schema", described)
    if not {"example", "examples", "enum", "$ref", "allOf", "oneOf"} & (
        described.keys() | of_value.keys()
    ):
        described["example"] = meaning[1]


def _meaning(schema: str, name: str) -> list[Any] | None:
    known = _words()
    whole = "Paginated" if schema.startswith("Paginated") else schema
    return known.get(f"{whole}.{name}") or known.get(name)


@cache
def _words() -> dict[str, list[Any]]:
    text = Path(__file__).with_name("openapi_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
