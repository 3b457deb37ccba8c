"""How entries hang together: each link hashes the one before it and what the entry says.

Plain functions of plain values, so that somebody else can compute a chain from an export too. A
link is SHA-256 over a JSON list in UTF-8, keys sorted, no spaces: the form's name, the hash before,
the number in the chain, the moment of sealing, then the entry's fields in the order of `SEALED`.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

FORM = "ocop-journal-1"
START = "0" * 64
# What an entry says, in the order in which it is hashed.
SEALED = ("id", "kind", "subject_type", "subject_id", "actor_id", "at", "facts")
# When the notices of the entry are to be written: changes after the act and is no part of it.
LEFT_OUT = ("fan_out_due_at", "fan_out_attempts")


def link(previous: str, number: int, sealed_at: datetime, content: Sequence[Any]) -> str:
    """The hash of the entry that stands at this number, behind the link with that hash."""
    said = [FORM, previous, number, sealed_at, *content]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso)
    return hashlib.sha256(text.encode()).hexdigest()


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    raise TypeError(f"{value!r} cannot be sealed")
