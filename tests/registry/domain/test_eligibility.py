"""Who may be a subject, by regime and set."""

import pytest

from registry.domain import eligibility
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from tests.registry.domain.tables import regime

EVERYWHERE = {
    SubjectKind.COOPERATIVE,
    SubjectKind.COOPERATIVE_GROUP,
    SubjectKind.SME,
    SubjectKind.HOUSEHOLD,
}
FROM_919 = EVERYWHERE | {SubjectKind.FARM}
TOURISM_FROM_919 = FROM_919 | {SubjectKind.ASSOCIATION, SubjectKind.OPERATING_CENTRE}


@pytest.mark.parametrize(
    ("code", "tourism", "accepted"),
    [
        ("2019", False, EVERYWHERE),
        ("2019", True, EVERYWHERE),
        ("2023", False, FROM_919),
        ("2023", True, TOURISM_FROM_919),
        ("2025", False, FROM_919),
        ("2025", True, TOURISM_FROM_919),
        ("2026", False, FROM_919),
        ("2026", True, TOURISM_FROM_919),
    ],
)
@pytest.mark.parametrize("kind", list(SubjectKind))
def test_kind_of_subject_under_a_regime(
    code: str, accepted: set[SubjectKind], kind: SubjectKind, *, tourism: bool
) -> None:
    finding = eligibility.find(kind, regime(code), tourism=tourism)

    assert finding.eligible == (kind in accepted)
    assert set(finding.accepted) == accepted
    assert finding.clause


def test_refusal_names_the_clause_and_who_may() -> None:
    with pytest.raises(RuleBroken) as refusal:
        eligibility.check(SubjectKind.FARM, regime("2019"), tourism=False, field="set_2019")

    assert refusal.value.field == "set_2019"
    assert refusal.value.text == (
        "Trang trại không thuộc đối tượng của Bộ tiêu chí 2019 (Quyết định 490/QĐ-TTg (2018), "
        "mục đối tượng thực hiện). Được tham gia: doanh nghiệp nhỏ và vừa, hợp tác xã, "
        "tổ hợp tác, hộ sản xuất có đăng ký kinh doanh."
    )


def test_accepted_kind_is_not_refused() -> None:
    eligibility.check(SubjectKind.FARM, regime("2026"), tourism=False)
