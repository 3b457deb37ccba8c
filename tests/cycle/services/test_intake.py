"""What the offices do with a lodged dossier: report, receive, return."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cycle.models import Dossier, Move
from cycle.selectors import waiting_on
from cycle.services import intake
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Product
from tests.cycle.services.conftest import News
from tests.factories import cycle, registry
from tests.factories.cycle import NOW
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_the_commune_reports_within_fifteen_working_days() -> None:
    dossier = cycle.lodged_dossier(regime="2026")

    # From Friday 20 November 2026, with Cultural Day on Tuesday the 24th.
    assert (dossier.state, dossier.level) == ("at_commune", "commune")
    assert dossier.due_on == date(2026, 12, 14)
    assert waiting_on(dossier).who == "Xã Tân Cương"
    assert waiting_on(dossier).until == date(2026, 12, 14)


def test_the_report_takes_the_dossier_to_the_province() -> None:
    dossier = cycle.reported_dossier(regime="2026")

    assert (dossier.state, dossier.level, dossier.due_on) == ("lodged", "province", None)
    assert dossier.commune_report.local_identity == "Gắn với vùng chè Tân Cương"
    assert waiting_on(dossier).who == "Tỉnh Thái Nguyên"


def test_an_empty_item_of_the_report_is_refused() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.COMMUNE)

    with pytest.raises(RuleBroken) as found:
        intake.report_by_commune(
            dossier,
            local_material="a",
            local_labour=" ",
            origin_of_idea="c",
            local_identity="d",
            by=officer,
            at=NOW,
        )

    assert found.value.field == "local_labour"
    assert not hasattr(Dossier.objects.get(pk=dossier.pk), "commune_report")


def test_no_commune_reports_under_the_first_regime() -> None:
    dossier = cycle.lodged_dossier(regime="2019")
    officer = cycle.officer_for(dossier.enrolment, Level.COMMUNE)

    with refusal("dossier.not_from_here"):
        intake.report_by_commune(
            dossier,
            local_material="a",
            local_labour="b",
            origin_of_idea="c",
            local_identity="d",
            by=officer,
            at=NOW,
        )


@pytest.mark.parametrize(
    ("regime", "level", "code"),
    [("2019", "district", "19-164-05503-1-2026"), ("2026", "province", "19-05503-1-2026")],
)
def test_intake_gives_the_product_its_code(
    regime: str, level: Level, code: str, heard: News
) -> None:
    dossier = cycle.accepted_dossier(regime=regime)

    assert (dossier.state, dossier.level) == ("accepted", level)
    assert Product.objects.get(pk=dossier.enrolment.product_id).code == code
    assert ("dossier_received", {"dossier_id", "level"}) in [
        (name, {"dossier_id", "level"} & set(facts)) for name, facts in heard
    ]


def test_another_levels_officer_does_not_take_the_dossier_in() -> None:
    dossier = cycle.lodged_dossier()

    with pytest.raises(PermissionDenied, match="cấp huyện"):
        intake.receive(dossier, by=cycle.officer_for(dossier.enrolment, Level.PROVINCE), at=NOW)


def test_the_officer_of_another_district_sees_nothing_to_do() -> None:
    dossier = cycle.lodged_dossier()
    elsewhere = registry.officer(Role.DISTRICT_OFFICER, registry.district("Huyện Đại Từ", "171"))

    with pytest.raises(PermissionDenied):
        intake.receive(dossier, by=elsewhere, at=NOW)


def test_receiving_twice_is_harmless() -> None:
    dossier = cycle.accepted_dossier()

    again = cycle.received(dossier)

    assert again.state == "accepted"
    assert Move.objects.filter(name="dossier.receive").count() == 1


def test_a_return_names_an_item_and_reopens_the_dossier(heard: News) -> None:
    dossier = cycle.lodged_dossier()
    officer = cycle.officer_for(dossier.enrolment, Level.DISTRICT)
    with refusal("dossier.needs_items_named"):
        intake.return_for_changes(dossier, remarks={}, reason="Thiếu", by=officer, at=NOW)

    returned = cycle.returned(dossier, "introduction")

    said = "- Giới thiệu chủ thể và tổ chức sản xuất (Chưa đủ): Thiếu ảnh"
    assert (returned.state, returned.reason, returned.level) == ("returned", said, "district")
    assert waiting_on(returned).who == dossier.enrolment.product.subject.name
    assert ("dossier_returned", said) in [(n, f.get("reason")) for n, f in heard]


def test_what_the_commune_sent_back_goes_to_the_commune_again() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    commune = cycle.officer_for(dossier.enrolment, Level.COMMUNE)
    dossier = cycle.returned(dossier, by=commune)

    again = cycle.lodged(dossier)

    assert (again.state, again.due_on) == ("at_commune", date(2026, 12, 14))


def test_what_the_province_sent_back_goes_to_the_province_again() -> None:
    dossier = cycle.reported_dossier(regime="2026")
    province = cycle.officer_for(dossier.enrolment, Level.PROVINCE)
    dossier = cycle.returned(dossier, by=province)

    again = cycle.lodged(dossier)

    assert (again.state, again.level, again.due_on) == ("lodged", "province", None)


def test_an_office_pressing_twice_leaves_one_row_of_history() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    commune = cycle.officer_for(dossier.enrolment, Level.COMMUNE)
    province = cycle.officer_for(dossier.enrolment, Level.PROVINCE)
    items = dict.fromkeys(intake.REPORT_ITEMS, "Đúng")

    for _press in range(2):
        intake.report_by_commune(dossier, by=commune, at=NOW, **items)
    for _press in range(2):
        cycle.returned(dossier, by=province)

    names = Move.objects.filter(dossier=dossier).order_by("id").values_list("name", flat=True)
    assert list(names)[-2:] == ["dossier.report_by_commune", "dossier.return_for_changes"]
