"""The receipt of a sheet: a hash of what was stored, so that a member can check it later."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID


def receipt_hash(
    *, edition: str, item: int, member: int, ballot: int, choices: Mapping[str, str | None]
) -> str:
    """Names one member's choices on one dossier in one ballot, by one edition of the rubric."""
    return _hash(
        {
            "edition": edition,
            "item": item,
            "member": member,
            "ballot": ballot,
            "choices": dict(choices),
        }
    )


@dataclass(frozen=True)
class Sending:
    """What a browser asked for in one go, under a key of its own choice (None: under no key)."""

    key: UUID | None
    act: str
    choices: Mapping[str, str | None]
    comment: str

    @property
    def digest(self) -> str:
        """Names what was asked for, so that a key cannot stand for something else."""
        return _hash(
            {"act": self.act, "choices": dict(self.choices), "comment": self.comment},
        )


def _hash(value: Mapping[str, object]) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
