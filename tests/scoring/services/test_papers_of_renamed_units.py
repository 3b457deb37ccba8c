"""Papers keep the words of their day, whatever their places are called or become later.

Tỉnh Thái Nguyên, Xã Tân Cương: chè móc câu, scored on 27 November 2026, recognised on the 28th.
From 1 January 2027 on it is Thành phố Thái Nguyên, and Tân Cương either Phường Tân Cương or,
with Xã Đại Phúc, merged into Xã Chè Xanh.
"""

import base64
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pypdf import PdfReader

from cycle.services import official_forms, printing
from ocop_portal.accounts.models import User
from registry.domain.unit_changes import ChangeKind, Outcome
from registry.models import Unit
from registry.services import unit_changes
from registry.services.unit_changes import Plan
from scoring.models import Certificate, Credential, Decision, Package, Rating
from scoring.selectors.minutes import minutes_of
from scoring.selectors.packages import files_of
from scoring.services import credentials, decision_papers, documents, result_papers
from scoring.services.minutes_documents import minutes_document, minutes_extract
from tests.factories import registry
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db

CHANGED_ON = date(2027, 1, 1)
AFTER = datetime(2027, 1, 4, 3, tzinfo=UTC)
NEW = "Thành phố Thái Nguyên"
Change = Callable[[Rating, User], None]


@pytest.fixture
def rating() -> Rating:
    return make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])


def changed(units: list[Unit], kind: ChangeKind, outcome: Outcome, by: User) -> None:
    unit_changes.record(
        Plan(
            kind=kind,
            units=units,
            outcomes=[outcome],
            effective_on=CHANGED_ON,
            decision_number="1700/NQ-UBTVQH15",
            reason="Sắp xếp đơn vị hành chính",
        ),
        by=by,
        at=AFTER,
    )


def province_becomes_a_city(rating: Rating, by: User) -> None:
    unit = make.province_of(rating.dossier)
    changed([unit], ChangeKind.STATUS, Outcome(unit.code, NEW), by)


def commune_becomes_a_ward(rating: Rating, by: User) -> None:
    unit = rating.dossier.enrolment.commune
    changed([unit], ChangeKind.STATUS, Outcome(unit.code, f"Phường {unit.short_name}"), by)


def commune_is_merged_away(rating: Rating, by: User) -> None:
    unit = rating.dossier.enrolment.commune
    other = registry.commune("Xã Đại Phúc", "05830", unit.parent)
    changed([unit, other], ChangeKind.MERGER, Outcome("05999", "Xã Chè Xanh"), by)


CHANGES = [province_becomes_a_city, commune_becomes_a_ward, commune_is_merged_away]


def drawn(rating: Rating) -> dict[str, bytes]:
    """Every paper of the product's way that is made anew whenever it is asked for."""
    fresh = Rating.objects.get(pk=rating.pk)
    dossier, session = fresh.dossier, fresh.item.session
    chair = session.council.members.get(seat="chair").user
    decision = Decision.objects.get(state="signed")
    return {
        "idea": printing.pdf_of(dossier.enrolment.idea, at=AFTER),
        "registration": official_forms.registration(dossier, at=AFTER),
        "report of the commune": official_forms.commune_report(dossier.commune_report),
        "minutes": minutes_document(session, minutes_of(session, chair, make.TODAY)),
        "extract": minutes_extract(fresh.item),
        "result": result_papers.result_sheet(fresh),
        "proposal": decision_papers.proposal(decision),
        "decision": decision_papers.decision_paper(decision),
    }


@pytest.mark.parametrize("change", CHANGES)
def test_paper_of_before_when_its_place_changes_then_is_the_same_to_the_byte(
    rating: Rating, change: Change, administrator: User
) -> None:
    make.signed(make.drafted(rating))
    before = drawn(rating)

    change(rating, administrator)

    after = drawn(rating)
    assert [name for name, paper in before.items() if paper != after[name]] == []


@pytest.mark.parametrize("change", CHANGES)
def test_certificate_when_made_only_after_the_change_then_has_the_words_of_its_decision(
    rating: Rating, change: Change, administrator: User
) -> None:
    make.signed(make.drafted(rating))
    kept = documents.make_certificate(Certificate.objects.get())
    signed = Decision.objects.get()
    decided = documents.make_decision(signed)
    Certificate.objects.update(pdf="", sha256="")
    Decision.objects.update(pdf="", sha256="")

    change(rating, administrator)

    made = documents.make_certificate(Certificate.objects.get())
    assert made.sha256 == kept.sha256
    assert documents.make_decision(signed).sha256 == decided.sha256


def test_certificate_when_its_province_was_renamed_then_every_page_names_the_authority_of_then(
    rating: Rating, client: Client, administrator: User
) -> None:
    make.signed(make.drafted(rating))
    certificate = documents.make_certificate(Certificate.objects.get())
    package = make.package_of(rating)

    province_becomes_a_city(rating, administrator)

    name = "Ủy ban nhân dân tỉnh Thái Nguyên"
    held = Certificate.objects.select_related("unit", "decision").get()
    assert held.unit.name == NEW
    assert name in client.get(f"/xac-thuc/{certificate.code}/").content.decode()
    answer = client.get(f"/api/v1/certificates/{certificate.code}/").json()
    assert answer["authority"] == name
    assert name in claims(credentials.make(certificate, at=AFTER))
    about = b"".join(dict(files_of(Package.objects.get(pk=package.pk)))["goi-ho-so.json"])
    assert NEW not in about.decode()


def test_paper_of_after_when_its_places_changed_then_has_the_new_names(
    rating: Rating, administrator: User
) -> None:
    province_becomes_a_city(rating, administrator)
    commune_becomes_a_ward(rating, administrator)
    rating = Rating.objects.get(pk=rating.pk)
    commune = rating.dossier.enrolment.commune

    make.signed(make.drafted(rating, decided_on=AFTER.date(), at=AFTER), at=AFTER)

    decision, listed = words(decision_papers.decision_paper(Decision.objects.get()))
    assert "ỦY BAN NHÂN DÂN THÀNH PHỐ THÁI NGUYÊN" in decision.upper()
    assert commune.name.startswith("Phường ")
    assert f"{commune.name}, {NEW}" in listed
    with documents.make_certificate(Certificate.objects.get()).pdf.open("rb") as stored:
        [certificate] = words(stored.read())
    assert "THÀNH PHỐ THÁI NGUYÊN" in certificate.upper()
    assert f"{commune.name}, {NEW}" in certificate


def claims(credential: Credential) -> str:
    """What a signed credential says."""
    payload = credential.token.split(".")[1]
    return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()


def words(content: bytes) -> list[str]:
    """The words of each page, one blank between them."""
    found = PdfReader(io.BytesIO(content)).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in found]
