"""A day's head of the journal as it is signed, published and read back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain.jws import read, verify

TYPE = "ocop-journal-head+jwt"
NOT_A_HEAD = term("Đây không phải mốc nhật ký của cổng, hoặc tệp bị cắt mất một phần.")


@dataclass(frozen=True)
class Head:
    """Where the chain stood at the end of a legal day, or at a moment of it."""

    day: date
    number: int
    hash: str


def payload(head: Head, *, site: str) -> dict[str, Any]:
    """What is signed: whose journal, which day, how many entries, the last hash."""
    return {"iss": site, "day": head.day.isoformat(), "number": head.number, "hash": head.hash}


def head_in(token: str, keys: Sequence[Mapping[str, Any]] | None = None) -> Head:
    """The head in a signed text; with keys, only after its signature was found to be of one."""
    signed = read(token) if keys is None else verify(token, keys)
    if signed.header.get("typ") != TYPE:
        raise RuleBroken("journal_head.malformed", NOT_A_HEAD)
    return _head(signed.payload)


def heads_in(text: str) -> Iterator[Head]:
    """The heads of a file as it was saved: one signed text, or the published list."""
    if not text.lstrip().startswith("{"):
        yield head_in(text)
        return
    try:
        listed = json.loads(text)
        yield from [_head(each) for each in [*listed["heads"], *listed.get("hours", ())]]
    except (KeyError, TypeError, ValueError) as error:
        raise RuleBroken("journal_head.malformed", NOT_A_HEAD) from error


def _head(told: Mapping[str, Any]) -> Head:
    try:
        return Head(date.fromisoformat(told["day"]), int(told["number"]), str(told["hash"]))
    except (KeyError, TypeError, ValueError) as error:
        raise RuleBroken("journal_head.malformed", NOT_A_HEAD) from error
