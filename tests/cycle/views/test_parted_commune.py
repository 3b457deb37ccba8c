"""A commune was divided: new things need one of its successors, what had begun goes on.

Xã Tân Cương ended on 19 November 2026; since the 20th there are Tân Cương Đông and Tân Cương Tây.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from cycle.domain.dossier import DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier, Enrolment
from cycle.services import enrolments
from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.unit_changes import ChangeKind, Outcome
from registry.models import Product, Subject, Unit
from registry.services import unit_changes
from registry.services.unit_changes import Plan
from tests.conftest import LogIn
from tests.factories import cycle, registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
REFUSED = (
    "Xã Tân Cương đã kết thúc ngày 19/11/2026, nay thuộc: Xã Tân Cương Đông, Xã Tân Cương Tây. "
    "Hãy chọn đơn vị mới."
)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def parted(unit: Unit, by: User) -> None:
    unit_changes.record(
        Plan(
            kind=ChangeKind.SPLIT,
            units=[unit],
            outcomes=[
                Outcome("06001", "Xã Tân Cương Đông"),
                Outcome("06002", "Xã Tân Cương Tây"),
            ],
            effective_on=date(2026, 11, 20),
            decision_number="1701/NQ-UBTVQH15",
            reason="Chia xã",
        ),
        by=by,
        at=AT,
    )


def test_product_when_its_commune_was_parted_then_takes_part_once_it_has_a_new_one(
    administrator: User, log_in: LogIn
) -> None:
    season, tea = cycle.season("2026"), cycle.product()
    parted(tea.commune, administrator)
    owner = registry.owner_of(tea.subject)
    browser, url = log_in(owner), reverse("cycle:enrol", args=[tea.pk])

    page = browser.get(url).content.decode()
    with pytest.raises(RuleBroken) as refusal:
        enrolments.enrol(tea, round=season, kind=EnrolmentKind.FIRST, by=owner, at=AT)

    assert (refusal.value.code, refusal.value.text) == ("commune.ended", REFUSED)
    assert REFUSED in page
    edit = reverse("registry:product-edit", args=[tea.pk])
    assert f'href="{edit}"' in page
    assert not Enrolment.objects.exists()

    form = browser.get(edit).content.decode()
    east = Unit.objects.get(code="06001")
    assert f'id="id_commune_{east.pk}" value="{east.pk}"' in form
    sets = {f"set_{each.regime}": each.product_set_id for each in tea.classifications.all()}
    typed = {"name": "Chè gõ dở", "summary": "Còn nguyên", "version": tea.version, **sets}
    typed["former_commune"] = "later"
    old = browser.post(edit, {**typed, "commune": tea.commune_id}).content.decode()
    assert REFUSED in old
    assert 'value="Chè gõ dở"' in old
    assert "Còn nguyên" in old
    assert f'value="{east.pk}"' in old
    browser.post(edit, {**typed, "commune": east.pk})
    browser.post(url, {"round": season.pk, "kind": "first"})

    assert Enrolment.objects.get().commune == east
    assert Product.objects.get().name == "Chè gõ dở"


def test_round_on_the_units_of_before_july_2025_does_not_mind(administrator: User) -> None:
    season, tea = cycle.season("2019"), cycle.product()
    parted(tea.commune, administrator)
    tea.refresh_from_db()

    row = cycle.enrolment(season, item=tea)

    assert row.commune.division == Division.THREE_TIER


def test_subject_when_sent_by_a_program_in_a_parted_commune_then_refused_with_its_successors(
    administrator: User, producer: User, log_in: LogIn
) -> None:
    here = registry.commune()
    parted(here, administrator)
    sent = {
        "name": "Hợp tác xã Suối Bạc",
        "kind": "cooperative_group",
        "representative_name": "Nguyễn Thị Lan",
        "phone": "0912 345 678",
        "commune": here.code,
    }
    browser, url = log_in(producer), "/api/v1/subjects/"

    refused = browser.post(url, sent, content_type="application/json")
    made = browser.post(url, {**sent, "commune": "06002"}, content_type="application/json")

    answer = refused.json()
    assert (refused.status_code, answer["code"], answer["field"]) == (
        422,
        "commune.ended",
        "commune",
    )
    assert answer["message"] == REFUSED
    assert made.status_code == 201


def test_subject_s_form_begun_before_the_day_keeps_what_was_typed_and_offers_the_successors(
    administrator: User, producer: User, log_in: LogIn
) -> None:
    here = registry.commune()
    browser, url = log_in(producer), reverse("registry:subject-create")
    typed = {
        "name": "Hợp tác xã Suối Bạc",
        "kind": "cooperative_group",
        "representative_name": "Nguyễn Thị Lan",
        "phone": "0912 345 678",
        "address_line": "Xóm Gò Pháo",
        "commune": here.pk,
        "former_commune": "later",
    }
    parted(here, administrator)

    page = browser.post(url, typed).content.decode()
    west = Unit.objects.get(code="06002")

    assert REFUSED in page
    assert all(f'value="{typed[name]}"' in page for name in ("name", "phone", "address_line"))
    assert f'id="id_commune_{west.pk}" value="{west.pk}"' in page
    assert not Subject.objects.filter(name="Hợp tác xã Suối Bạc").exists()
    browser.post(url, {**typed, "commune": west.pk})
    assert Subject.objects.get(name="Hợp tác xã Suối Bạc").commune == west


def test_dossier_begun_before_the_day_goes_on_under_the_old_unit_and_its_page_says_so(
    administrator: User, log_in: LogIn
) -> None:
    dossier = cycle.filled_dossier(regime="2026")
    officer = cycle.officer_for(dossier.enrolment, Level.COMMUNE)
    parted(dossier.enrolment.commune, administrator)
    browser = log_in(cycle.owner_of(dossier.enrolment))

    page = browser.get(dossier.enrolment.get_absolute_url()).content.decode()
    cycle.lodged(dossier, at=AT)

    assert "Xã Tân Cương đã kết thúc ngày 19/11/2026" in page
    assert "vẫn đi tiếp theo đơn vị cũ" in page
    kept = Dossier.objects.get(pk=dossier.pk)
    assert (kept.state, kept.enrolment.commune.name) == (DossierState.AT_COMMUNE, "Xã Tân Cương")
    assert kept.texts == dossier.texts
    assert log_in(officer).get(dossier.get_absolute_url()).status_code == 200
