"""Registers brought in: read, checked, loaded as a whole, loaded twice, undone."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.test import override_settings

from ocop_portal.accounts.models import User
from promotion.models import Recognition
from registry.domain.regime import Division, Level
from registry.domain.roles import Role
from registry.models import Product, Subject, Unit
from registry.services import products
from reporting.domain.register_lines import Place
from reporting.domain.register_states import ImportState, Outcome
from reporting.models import RegisterImport
from reporting.selectors import registers as selectors
from reporting.selectors.register_context import RegisterContext
from reporting.selectors.registers import counts_of
from reporting.services import register_imports, register_pieces
from scoring.models import Certificate, Decision
from scoring.selectors.rechecks import differences
from scoring.services import past_recognitions
from tests.factories import registers as make
from tests.factories import registry
from tests.factories.registers import LATER, line, table, workbook
from tests.factories.registry import NOW
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def _place() -> None:
    registry.commune()
    registry.load_sets()


def faults_of(register: RegisterImport) -> list[tuple[int, str, str]]:
    rows = register.rows.exclude(faults=[])
    return [
        (row.number, field, code.removeprefix("register."))
        for row in rows
        for field, code, *_rest in row.faults
    ]


def numbers() -> tuple[int, int, int, int]:
    return (
        Subject.objects.count(),
        Product.objects.count(),
        Certificate.objects.count(),
        Decision.objects.count(),
    )


def test_register_with_merged_cells_and_two_recognitions_is_kept(provincial_officer: User) -> None:
    below = {"product": "Chè đinh", "group": "", "subject": "", "kind": "", "commune": ""}
    rows = table([line(), line(**below, **{f.value: v for f, v in LATER.items()})])

    register = make.loaded(
        workbook(rows, merged=["C5:C6", "D5:D6", "E5:E6", "F5:F6"]), provincial_officer
    )

    assert (register.status, register.lines, register.done) == (ImportState.LOADED, 2, 0)
    assert numbers() == (1, 2, 3, 2)
    subject = Subject.objects.get()
    assert (subject.name, subject.kind, subject.phone) == (
        "HTX chè Trại Cài", "cooperative", "0208 000 0001",
    )  # fmt: skip
    stars = Recognition.objects.order_by("listing__name", "starts_on")
    assert list(stars.values_list("listing__name", "stars", "starts_on", "ends_on")) == [
        ("Chè nõn tôm", 3, date(2024, 11, 12), date(2027, 11, 12)),
        ("Chè đinh", 3, date(2024, 11, 12), date(2026, 5, 5)),
        ("Chè đinh", 4, date(2026, 5, 6), date(2029, 5, 6)),
    ]
    assert list(differences()) == []


def test_comma_file_carries_the_subject_down(provincial_officer: User) -> None:
    below = dict.fromkeys(("subject", "kind", "commune", "address", "representative", "phone"), "")

    register = make.loaded(
        make.comma_file(table([line(first_date="12/11/2024"), line(product="Chè đinh", **below)])),
        provincial_officer,
    )

    assert register.status is ImportState.LOADED
    assert numbers() == (1, 2, 2, 1)


def test_check_writes_nothing_in_the_portal(provincial_officer: User) -> None:
    register = make.checked(workbook(table([line()])), provincial_officer)

    assert register.status is ImportState.CHECKED
    assert counts_of(register)[Outcome.NEW] == 1
    assert numbers() == (0, 0, 0, 0)


def test_every_fault_is_told_by_row_and_column_and_nothing_is_kept(
    provincial_officer: User,
) -> None:
    rows = table(
        [
            line(),
            line(product="Chè A", stars=6),
            line(product='=HYPERLINK("http://x")'),
            line(product="Chè B", commune="Xã Không Có"),
            line(product="Chè C", first_date="31/02/2024"),
            line(product="Chè D", first_date="2024-11-12"),
            line(product="Chè E", group="Xe máy"),
            line(product="CHÈ NÕN  TÔM"),
        ]
    )

    register = make.checked(workbook(rows), provincial_officer)
    with refusal("register.needs_faultless"):
        register_imports.load(register, by=provincial_officer, at=NOW)

    assert faults_of(register) == [
        (6, "stars", "stars_range"),
        (7, "product", "formula"),
        (8, "commune", "no_commune"),
        (9, "first_date", "date"),
        (11, "group", "no_set"),
        (12, "product", "twice"),
    ]
    assert counts_of(register)[Outcome.FAULTY] == 6
    assert numbers() == (0, 0, 0, 0)


def test_loaded_twice_makes_no_doubles(provincial_officer: User) -> None:
    file = workbook(table([line(), line(product="Chè đinh")]))
    make.loaded(file, provincial_officer)
    before = numbers()

    again = make.loaded(file, provincial_officer)

    assert counts_of(again)[Outcome.KNOWN] == 2
    assert numbers() == before == (1, 2, 2, 1)
    assert not any(any(row.made.values()) for row in again.rows.all())


def test_newer_register_adds_the_later_recognition_and_can_be_undone(
    provincial_officer: User,
) -> None:
    make.loaded(workbook(table([line()])), provincial_officer)
    later = {field.value: value for field, value in LATER.items()}

    newer = make.loaded(workbook(table([line(**later)])), provincial_officer)
    assert numbers() == (1, 1, 2, 2)
    register_imports.undo(newer, by=provincial_officer, at=NOW)
    make.worked(newer)

    assert newer.status is ImportState.UNDONE
    assert numbers() == (1, 1, 1, 1)
    assert Certificate.objects.get().state == "valid"


def test_undo_leaves_nothing_of_the_register(provincial_officer: User) -> None:
    register = make.loaded(workbook(table([line(), line(product="Chè đinh")])), provincial_officer)

    register_imports.undo(register, by=provincial_officer, at=NOW)
    make.worked(register)

    assert register.status is ImportState.UNDONE
    assert numbers() == (0, 0, 0, 0)
    assert not Recognition.objects.exists()


def test_undo_keeps_what_was_used_since_and_says_why(
    provincial_officer: User, producer: User
) -> None:
    register = make.loaded(workbook(table([line(), line(product="Chè đinh")])), provincial_officer)
    used = Product.objects.get(name="Chè đinh")
    registry.posting(producer, Role.OWNER, used.subject)
    chosen = [each.product_set for each in used.classifications.all()]
    products.update(used, version=1, name="Chè đinh ngon", product_sets=chosen, by=producer, at=NOW)

    register_imports.undo(register, by=provincial_officer, at=NOW)
    make.worked(register)

    assert register.status is ImportState.UNDONE
    assert faults_of(register) == [(5, "product", "entry.in_use"), (6, "product", "entry.in_use")]
    assert counts_of(register)[Outcome.KEPT] == 2
    assert Product.objects.filter(pk=used.pk).exists()
    assert Certificate.objects.count() == 2


def test_line_refused_while_loading_unmakes_the_whole_load(provincial_officer: User) -> None:
    rows = table([line(product=f"Chè {name}") for name in ("một", "hai", "ba")])
    register = make.checked(workbook(rows), provincial_officer)
    other = registry.subject(name="HTX khác")
    product = registry.product(other, name="Chè lạ")
    past_recognitions.record(
        product,
        stars=3,
        number="4894/QĐ-UBND",
        decided_on=date(2024, 11, 11),
        level=Level.PROVINCE,
        unit=registry.province(),
        product_set=registry.product_set(),
        by=provincial_officer,
        at=NOW,
    )

    register_imports.load(register, by=provincial_officer, at=NOW)
    make.worked(register)

    assert register.status is ImportState.CHECKED
    assert faults_of(register) == [(5, "product", "past.other_day")]
    assert numbers() == (1, 1, 1, 1)


@pytest.mark.parametrize("piece", [1, 2])
def test_worker_goes_on_where_another_left(
    provincial_officer: User, piece: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_pieces, "PIECE", piece)
    rows = table([line(product=f"Chè {name}") for name in ("một", "hai", "ba")])
    register = make.checked(workbook(rows), provincial_officer)
    register_imports.load(register, by=provincial_officer, at=NOW)

    assert register_imports.go_on(register.pk, at=NOW)
    register.refresh_from_db()
    assert (register.status, register.done) == (ImportState.LOADING, piece)
    assert list(selectors.left(NOW)) == []
    make.worked(register)

    assert register.status is ImportState.LOADED
    assert numbers() == (1, 3, 3, 1)


def test_former_commune_leads_to_today_s(provincial_officer: User) -> None:
    old = registry.former_commune("Xã Phúc Xuân", "05500", successor=registry.commune())

    register = make.loaded(
        workbook(table([line(commune="Phúc Xuân")])),
        provincial_officer,
        division=Division.THREE_TIER,
    )

    assert register.status is ImportState.LOADED
    product = Product.objects.get()
    assert (product.commune, product.former_commune) == (registry.commune(), old)


def told(register: RegisterImport) -> list[tuple[str, str]]:
    """Code and sentence of every fault."""
    return [
        (code.removeprefix("register."), message % facts)
        for row in register.rows.exclude(faults=[])
        for _field, code, message, facts in row.faults
    ]


def two_of_one_name() -> tuple[Unit, Unit]:
    """Xã Văn Lang lay in two districts and went into two communes."""
    first = registry.former_commune(
        "Xã Văn Lang", "05600", registry.district("Huyện Hạ Hòa", "170"), registry.commune()
    )
    other = registry.commune("Xã Đại Phúc", "05830")
    second = registry.former_commune(
        "Xã Văn Lang", "05601", registry.district("Huyện Na Rì", "171"), other
    )
    return first, second


@pytest.mark.parametrize("division", Division)
def test_name_that_two_former_communes_bore_is_told_with_both_and_what_settles_it(
    division: Division, provincial_officer: User
) -> None:
    two_of_one_name()
    rows = table([line(commune="Xã Văn Lang")])

    register = make.checked(workbook(rows), provincial_officer, division=division)

    assert told(register) == [
        (
            "commune_unclear",
            "“Xã Văn Lang” trong Tỉnh Thái Nguyên có thể là: Xã Văn Lang, Huyện Hạ Hòa → Xã Tân "
            "Cương; Xã Văn Lang, Huyện Na Rì → Xã Đại Phúc. Hãy ghi đủ tên hiện nay (xã hay "
            "phường), hoặc ghi đúng huyện cũ ở cột “Huyện (trước 1/7/2025)”.",
        )
    ]


def test_former_district_settles_a_name_that_two_communes_bore(provincial_officer: User) -> None:
    _first, second = two_of_one_name()
    context = RegisterContext(registry.province(), Division.TWO_TIER)

    assert context.place("Văn Lang", "Na Rì") == Place(
        registry.commune("Xã Đại Phúc", "05830").pk, second.pk
    )
    with refusal("register.commune_unclear"):
        context.place("Văn Lang", "Huyện Khác")


def test_bare_name_of_a_commune_and_a_ward_is_not_guessed(provincial_officer: User) -> None:
    ward = registry.commune("Phường Tân Cương", "05999")
    registry.former_commune("Xã Tân Cương", "05503", successor=ward)
    rows = table([line(commune="Tân Cương"), line(product="Chè B", commune="Phường Tân Cương")])

    register = make.checked(workbook(rows), provincial_officer)

    [(code, sentence)] = told(register)
    assert code == "commune_unclear"
    assert "có thể là: Xã Tân Cương; Phường Tân Cương." in sentence


def test_former_communes_of_one_name_that_became_one_commune_are_that_commune(
    provincial_officer: User,
) -> None:
    here = registry.commune()
    for code, district in (("170", "Huyện Hạ Hòa"), ("171", "Huyện Na Rì")):
        place = registry.district(district, code)
        registry.former_commune("Xã Văn Lang", f"05{code}", place, here)

    context = RegisterContext(registry.province(), Division.THREE_TIER)

    assert context.place("Xã Văn Lang", "") == Place(here.pk)


def test_commune_of_another_province_is_told_with_its_province(provincial_officer: User) -> None:
    registry.commune("Xã Văn Lang", "08001", registry.province("Tỉnh Phú Thọ", "25"))
    registry.commune("Xã Văn Lang", "01900", registry.province("Tỉnh Tuyên Quang", "08"))

    register = make.checked(workbook(table([line(commune="Xã Văn Lang")])), provincial_officer)

    assert told(register) == [
        (
            "commune_elsewhere",
            "Không tìm thấy “Xã Văn Lang” trong Tỉnh Thái Nguyên; có xã tên này ở Tỉnh Phú Thọ, "
            "Tỉnh Tuyên Quang. Hãy xem lại tỉnh của sổ và cột “Xã, phường”.",
        )
    ]


def test_former_commune_of_many_is_not_guessed(provincial_officer: User) -> None:
    other = registry.commune("Xã Đại Phúc", "05830")
    old = registry.former_commune("Xã Phúc Xuân", "05500", successor=registry.commune())
    registry.former_commune("Xã Phúc Xuân", "05500", successor=other)
    assert old.successions.count() == 2

    register = make.checked(workbook(table([line(commune="Phúc Xuân")])), provincial_officer)

    assert faults_of(register) == [(5, "commune", "many_heirs")]


def test_district_decides_by_its_name(provincial_officer: User) -> None:
    district = registry.district()
    registry.former_commune("Xã Phúc Xuân", "05500", successor=registry.commune())
    rows = table(
        [
            line(first_authority="UBND Thành phố Thái Nguyên", first_stars=3),
            line(product="Chè hai", first_authority="UBND huyện Không Có"),
        ]
    )

    register = make.checked(workbook(rows), provincial_officer)

    assert faults_of(register) == [(6, "first_authority", "no_district")]
    assert district.level == "district"


def test_group_of_many_sets_under_the_first_decree_counts_as_the_industry(
    provincial_officer: User,
) -> None:
    rows = table(
        [
            line(first_date="12/11/2021", first_year=2021, group="Chè tươi, chế biến"),
            line(product="Gạo", first_date="12/12/2021", first_year=2021, first_decision="5/QĐ"),
            line(product="Cao", first_date="12/12/2021", first_year=2021, group="Thảo dược",
                 first_decision="5/QĐ"),
        ]
    )  # fmt: skip

    register = make.checked(workbook(rows), provincial_officer)

    assert faults_of(register) == [(7, "group", "set_unclear")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04 broken", "register.broken"),
        (b"\xd0\xcf\x11\xe0 old", "register.old_workbook"),
        (b"\xff\xd8\xff\xe0 a,picture", "register.encoding"),
        (b"a,b\x00c\n", "register.no_table"),
        (b"a,b\n1,2\n", "register.no_header"),
        (b"", "evidence.empty"),
    ],
)
def test_what_is_no_register_is_refused(
    provincial_officer: User, content: bytes, code: str
) -> None:
    with refusal(code):
        make.uploaded(ContentFile(content, name="so.xlsx"), provincial_officer)

    assert not RegisterImport.objects.exists()


def test_file_that_is_too_large_is_refused(provincial_officer: User) -> None:
    with override_settings(MAX_UPLOAD_BYTES=100), refusal("evidence.too_large"):
        make.uploaded(workbook(table([line()])), provincial_officer)


def test_packed_bomb_is_refused(provincial_officer: User) -> None:
    with refusal("register.bomb"):
        make.uploaded(repacked({"xl/worksheets/sheet1.xml": b" " * 30_000_000}), provincial_officer)


def test_sheet_that_claims_a_million_columns_is_read_in_no_time(provincial_officer: User) -> None:
    """One cell in the last corner: a dense reader would ask for gigabytes."""
    rows = table([line()])
    rows[4] += [""] * (16_384 - 22)
    rows[4][-1] = "góc"

    register = make.checked(workbook(rows), provincial_officer)

    assert register.lines == 1


def test_workbook_whose_sheet_is_torn_is_told_as_broken(provincial_officer: User) -> None:
    with refusal("register.broken"):
        make.uploaded(
            repacked({"xl/worksheets/sheet1.xml": b"<worksheet><sheet"}), provincial_officer
        )


def repacked(parts: dict[str, bytes]) -> "ContentFile[bytes]":
    """A good workbook in which these parts are others."""
    out = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(workbook(table([line()])).read())) as good,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in good.namelist():
            made.writestr(name, parts.get(name, good.read(name)))
    return ContentFile(out.getvalue(), name="so.xlsx")


def test_only_the_office_of_the_province_brings_one_in(
    producer: User, commune_officer: User, provincial_officer: User
) -> None:
    register = make.uploaded(workbook(table([line()])), provincial_officer)
    elsewhere = registry.officer(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Lâm Đồng", "68"))

    for person in (producer, commune_officer, elsewhere):
        with pytest.raises(PermissionDenied):
            make.uploaded(workbook(table([line()])), person)
        with pytest.raises(PermissionDenied):
            register_imports.load(register, by=person, at=NOW)
        assert not selectors.visible_registers(person, registry.TODAY).exists()
    assert list(selectors.visible_registers(provincial_officer, registry.TODAY)) == [register]
