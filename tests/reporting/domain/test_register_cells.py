"""Cells of a register, one by one."""

from datetime import date

import pytest

from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from reporting.domain import register_cells as cells


@pytest.mark.parametrize(
    "written", ["12/11/2024", "12-11-2024", "12.11.2024", "2024-11-12", "2024-11-12 00:00", "45608"]
)
def test_day_in_every_form(written: str) -> None:
    assert cells.day(written) == date(2024, 11, 12)


@pytest.mark.parametrize(
    "written", ["", "31/02/2024", "11/13/2024", "12/11/24", "tháng 11", "2024"]
)
def test_no_day(written: str) -> None:
    with pytest.raises(RuleBroken, match=r"register\.date"):
        cells.day(written)


@pytest.mark.parametrize(
    ("written", "stars"), [("3", 3), ("4 sao", 4), ("5*", 5), ("★★★", 3), ("****", 4), ("★★★☆☆", 3)]
)
def test_stars(written: str, stars: int) -> None:
    assert cells.stars(written) == stars


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("6", "stars_range"),
        ("2 sao", "stars_range"),
        ("******", "stars_range"),
        ("ba sao", "stars"),
        ("", "stars"),
        ("3,5", "stars"),
    ],
)
def test_no_stars(written: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        cells.stars(written)

    assert refused.value.code == f"register.{code}"


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("HTX", SubjectKind.COOPERATIVE),
        ("Hợp tác xã", SubjectKind.COOPERATIVE),
        ("Liên hiệp hợp tác xã", SubjectKind.COOPERATIVE),
        ("THT", SubjectKind.COOPERATIVE_GROUP),
        ("Công ty TNHH", SubjectKind.SME),
        ("DNTN", SubjectKind.SME),
        ("Hộ KD", SubjectKind.HOUSEHOLD),
        ("Cơ sở", SubjectKind.HOUSEHOLD),
        ("Trang trại", SubjectKind.FARM),
        ("Hội nông dân", SubjectKind.ASSOCIATION),
        ("Ban quản lý làng nghề", SubjectKind.OPERATING_CENTRE),
    ],
)
def test_kind(written: str, kind: SubjectKind) -> None:
    assert cells.kind(written) is kind


@pytest.mark.parametrize("written", ["", "Khác", "123"])
def test_no_kind(written: str) -> None:
    with pytest.raises(RuleBroken, match=r"register\.kind"):
        cells.kind(written)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("4894/QĐ-UBND", "4894/QĐ-UBND"),
        ("Quyết định số 4894/QĐ-UBND", "4894/QĐ-UBND"),
        ("QĐ số: 12", "12"),
        ("Số 7/QĐ", "7/QĐ"),
    ],
)
def test_decision_number(written: str, number: str) -> None:
    assert cells.decision_number(written) == number


def test_no_decision_number() -> None:
    with pytest.raises(RuleBroken, match=r"register\.decision"):
        cells.decision_number("QĐ số")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("=HYPERLINK(1)", "formula"),
        ("@SUM(A1)", "formula"),
        ("+cmd", "no_name"),
        ("-", "no_name"),
        ("123", "no_name"),
        ("", "empty"),
        ("a" * 201, "too_long"),
    ],
)
def test_no_name(written: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        cells.name(written, most=200)

    assert refused.value.code == f"register.{code}"


def test_name_is_composed_with_single_spaces() -> None:
    assert cells.name("  Che\u0300   xanh\n", most=200) == "Chè xanh"


@pytest.mark.parametrize(
    ("written", "level"),
    [
        ("UBND tỉnh Thái Nguyên", Level.PROVINCE),
        ("UBND huyện Đại Từ", Level.DISTRICT),
        ("UBND thị xã Phổ Yên", Level.DISTRICT),
        ("Bộ NN&PTNT", Level.CENTRAL),
        ("UBND", None),
        ("", None),
    ],
)
def test_authority(written: str, level: Level | None) -> None:
    assert cells.authority_level(written) is level


@pytest.mark.parametrize("written", ["năm 2024", "24", ""])
def test_no_year(written: str) -> None:
    with pytest.raises(RuleBroken, match=r"register\.year"):
        cells.year(written)


@pytest.mark.parametrize(
    "written",
    [
        "Hîp t¸c x· chÌ T©n C­¬ng",
        "ChÌ xanh ®Æc s¶n",
    ],
)
def test_text_of_an_old_typeface_is_refused(written: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        cells.name(written, most=200)

    assert refusal.value.code == "register.old_typeface"


@pytest.mark.parametrize(
    "written",
    ["Chè Tân Cương®", "Trà © 2024", "HTX Bê Tô Mê", "Rượu ½ lít", "Café De l'Île", "Chè móc câu"],
)
def test_text_in_unicode_passes(written: str) -> None:
    assert cells.name(written, most=200) == written
