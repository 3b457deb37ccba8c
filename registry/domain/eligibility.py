"""Who may be a subject (chủ thể) of a product, under which decree and for which set.

Quyết định 490/QĐ-TTg (2018) names small and medium enterprises, cooperatives, cooperative groups
and households with a business registration; Quyết định 919/QĐ-TTg (2022) adds farms, and for the
tourism sets associations, operating centres and the like. The lists stand in the regime's data.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.regime import Regime
from registry.domain.text import term


class SubjectKind(StrEnum):
    """The legal form of a subject."""

    COOPERATIVE = "cooperative"
    COOPERATIVE_GROUP = "cooperative_group"
    SME = "sme"
    FARM = "farm"
    HOUSEHOLD = "household"
    ASSOCIATION = "association"
    OPERATING_CENTRE = "operating_centre"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def needs_tax_code(self) -> bool:
        """A cooperative group and an association may have none of their own."""
        return self in _WITH_TAX_CODE

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


@dataclass(frozen=True)
class Finding:
    """Whether a kind of subject may register, with the clause that says so."""

    eligible: bool
    clause: str
    accepted: tuple[SubjectKind, ...]


def accepted_kinds(regime: Regime, *, tourism: bool) -> tuple[SubjectKind, ...]:
    """The kinds of subject that a regime accepts, for goods or for tourism sets."""
    names = regime.subject_kinds_tourism if tourism else regime.subject_kinds
    return tuple(SubjectKind(name) for name in names)


def find(kind: SubjectKind, regime: Regime, *, tourism: bool) -> Finding:
    """The answer to “may this kind of subject take part?”."""
    accepted = accepted_kinds(regime, tourism=tourism)
    return Finding(kind in accepted, regime.subject_clause, accepted)


def check(kind: SubjectKind, regime: Regime, *, tourism: bool, field: str = "") -> None:
    """Refuses a kind of subject that the regime does not name, and says which it names."""
    finding = find(kind, regime, tourism=tourism)
    if finding.eligible:
        return
    raise RuleBroken(
        "eligibility.kind_not_named",
        term(
            "%(kind)s không thuộc đối tượng của %(regime)s (%(clause)s). Được tham gia: %(kinds)s."
        ),
        field=field,
        kind=kind.label,
        regime=regime.name,
        clause=finding.clause,
        kinds=", ".join(each.label.lower() for each in finding.accepted),
    )


_WITH_TAX_CODE = frozenset(
    {SubjectKind.COOPERATIVE, SubjectKind.SME, SubjectKind.FARM, SubjectKind.HOUSEHOLD}
)
_LABELS = {
    SubjectKind.COOPERATIVE: term("Hợp tác xã"),
    SubjectKind.COOPERATIVE_GROUP: term("Tổ hợp tác"),
    SubjectKind.SME: term("Doanh nghiệp nhỏ và vừa"),
    SubjectKind.FARM: term("Trang trại"),
    SubjectKind.HOUSEHOLD: term("Hộ sản xuất có đăng ký kinh doanh"),
    SubjectKind.ASSOCIATION: term("Hội, hiệp hội"),
    SubjectKind.OPERATING_CENTRE: term("Trung tâm điều hành"),
}
