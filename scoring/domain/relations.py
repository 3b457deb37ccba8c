"""What may stand between a member and a subject: proposals for the member's own word, no finding.

A shared tax code, telephone or commune, the name of the subject's representative, work for the
subject now or before: each is a reason to look twice before declaring. Whether there is a conflict
of interest is for the member to say (QĐ 26/2026, Điều 7.3: the council's regulation).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.likeness import is_alike
from registry.domain.text import slug, term

UNIT_WORDS = ("xa", "phuong", "thi-tran", "dac-khu")
TAX_CODE_LENGTH = 10  # what follows is the number of a branch of the same enterprise


class RelationKind(StrEnum):
    """Why the portal proposes to look twice."""

    POSTING = "posting"
    TAX_CODE = "tax_code"
    PHONE = "phone"
    NAME = "name"
    EMPLOYER = "employer"
    COMMUNE = "commune"

    @property
    def label(self) -> str:
        return _LABELS[self]


@dataclass(frozen=True)
class PersonFacts:
    """What is known of a member: from the account, the seat, and the member's own statement."""

    name: str
    phones: tuple[str, ...] = ()
    tax_codes: tuple[str, ...] = ()
    communes: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    subjects: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SubjectFacts:
    """What is known of a subject."""

    id: int
    name: str
    representative: str
    phone: str
    tax_code: str
    commune: str


def relations(person: PersonFacts, subject: SubjectFacts) -> tuple[RelationKind, ...]:
    """The kinds that hold, the weightiest first; empty values are equal to nothing."""
    held = {
        RelationKind.POSTING: subject.id in person.subjects,
        RelationKind.TAX_CODE: _meets(person.tax_codes, subject.tax_code, _tax_code),
        RelationKind.PHONE: _meets(person.phones, subject.phone, _phone),
        RelationKind.NAME: _meets((person.name,), subject.representative, slug),
        RelationKind.EMPLOYER: any(
            is_alike(employer, subject.name) for employer in person.employers if employer.strip()
        ),
        RelationKind.COMMUNE: _meets(person.communes, subject.commune, commune_key),
    }
    return tuple(kind for kind, holds in held.items() if holds)


def _meets(stated: tuple[str, ...], value: str, fold: Callable[[str], str]) -> bool:
    wanted = fold(value)
    return bool(wanted) and wanted in {fold(each) for each in stated}


def _phone(text: str) -> str:
    """The digits that follow the trunk: +84 912… and 0912… are one telephone."""
    digits = re.sub(r"\D", "", text)
    return digits.removeprefix("84").removeprefix("0")


def _tax_code(text: str) -> str:
    return re.sub(r"\D", "", text)[:TAX_CODE_LENGTH]


def commune_key(text: str) -> str:
    """The bare name before any comma: “Xã La Bằng, Thái Nguyên” is “la-bang”."""
    folded = slug(text.partition(",")[0])
    for word in UNIT_WORDS:
        folded = folded.removeprefix(f"{word}-")
    return folded


_LABELS = {
    RelationKind.POSTING: term("đang hoặc từng có vai trò tại chủ thể"),
    RelationKind.TAX_CODE: term("trùng mã số thuế"),
    RelationKind.PHONE: term("trùng số điện thoại"),
    RelationKind.NAME: term("trùng họ tên người đại diện"),
    RelationKind.EMPLOYER: term("từng làm việc tại nơi có tên giống chủ thể"),
    RelationKind.COMMUNE: term("cùng xã, phường"),
}
