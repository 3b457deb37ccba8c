"""Suspending, restoring and revoking: only by a decision that an authority signed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.journal.models import Entry
from registry.domain.errors import Stale
from registry.domain.roles import Role
from scoring.domain.certificate_states import (
    CertificateMove,
    CertificateState,
    CertificateStatus,
    RevocationGround,
)
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.domain.measures import MOVES, Case, check_case, last_day
from scoring.models import Certificate, Decision, Measure
from scoring.selectors.certificates import current_of, in_force
from scoring.selectors.effects import effects_of, fingerprint
from scoring.selectors.measures import measure_effects, trace_of
from scoring.services import certificates, decisions, documents, drafts, measures
from tests.factories import cycle, registry
from tests.factories import promotion as papers
from tests.factories import scoring as make
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW, TODAY = make.NOW, make.TODAY


@pytest.fixture
def held() -> Certificate:
    return papers.certificate(registry.product(name="Chè Tân Cương"))


def test_certificate_when_decided_about_then_suspended_restored_and_revoked(
    held: Certificate,
) -> None:
    make.decided(held, DecisionKind.SUSPEND)
    assert not in_force(TODAY).exists()
    make.decided(held, DecisionKind.RESTORE)
    assert current_of(held.product, TODAY) == held
    revoked = make.decided(held, DecisionKind.REVOKE, ground=RevocationGround.UNTRUTHFUL)

    assert held.status_on(TODAY) is CertificateStatus.REVOKED
    assert held.ground == RevocationGround.UNTRUTHFUL
    found = Entry.objects.filter(subject_type="scoring.certificate", subject_id=held.pk)
    assert [entry.kind.rpartition(".")[2] for entry in found.order_by("id")] == [
        "suspended",
        "restored",
        "revoked",
    ]
    assert found.latest("id").facts["decision"] == revoked.number
    assert [measure.decision.does for measure in trace_of(held)] == [
        DecisionKind.SUSPEND,
        DecisionKind.RESTORE,
        DecisionKind.REVOKE,
    ]


def test_draft_when_not_signed_then_nothing_has_happened(held: Certificate) -> None:
    draft = make.measure(held, DecisionKind.REVOKE)
    presented = make.presented(draft)

    held.refresh_from_db()
    assert held.status_on(TODAY) is CertificateStatus.VALID
    assert not trace_of(held).exists()
    with refusal("certificate.unsigned"):
        certificates.carry_out(presented.measures.get(), by=presented.drafted_by, at=NOW)


@pytest.mark.parametrize("kind", list(MOVES))
@pytest.mark.parametrize("state", list(CertificateState))
def test_draft_when_the_state_does_not_allow_it_then_refused(
    held: Certificate, kind: DecisionKind, state: CertificateState
) -> None:
    allowed = {
        CertificateState.VALID: {DecisionKind.SUSPEND, DecisionKind.REVOKE},
        CertificateState.SUSPENDED: {DecisionKind.RESTORE, DecisionKind.REVOKE},
    }
    Certificate.objects.filter(pk=held.pk).update(state=state)
    held.refresh_from_db()

    if kind in allowed.get(state, set()):
        assert make.measure(held, kind).does is kind
    else:
        with refusal("certificate.not_from_here"):
            make.measure(held, kind)
        assert not Decision.objects.filter(kind=kind).exists()


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"note": " "}, "measure.note"),
        ({"ground": None}, "measure.ground"),
        ({"hearing_note": ""}, "measure.hearing"),
        ({"concluded_on": TODAY + timedelta(days=1)}, "measure.to_come"),
        ({"certificates": []}, "measure.empty"),
        ({"number": "không số"}, "decision.number_form"),
    ],
)
def test_draft_when_a_fact_is_missing_then_refused(
    held: Certificate, changed: dict[str, Any], code: str
) -> None:
    with refusal(code):
        make.measure(held, DecisionKind.REVOKE, **changed)

    assert not Measure.objects.exists()


def test_draft_when_of_two_authorities_then_refused(held: Certificate) -> None:
    elsewhere = papers.certificate(
        registry.product(name="Mật ong"), unit=registry.province("Tỉnh Tuyên Quang", "08")
    )

    with refusal("measure.authorities"):
        make.measure(held, DecisionKind.REVOKE, certificates=[held, elsewhere])


def test_draft_when_about_several_certificates_then_one_signature_ends_all(
    held: Certificate,
) -> None:
    other = papers.certificate(registry.product(name="Mật ong"))

    make.decided(held, DecisionKind.REVOKE, certificates=[held, other])

    other.refresh_from_db()
    assert {held.state, other.state} == {CertificateState.REVOKED}


def test_draft_when_by_nobodys_officer_or_signed_by_the_office_then_denied(
    held: Certificate,
) -> None:
    draft = make.presented(make.measure(held, DecisionKind.SUSPEND))

    with pytest.raises(PermissionDenied):
        decisions.sign(draft, by=draft.drafted_by, at=NOW)
    with pytest.raises(PermissionDenied):
        measures.draft(
            DecisionKind.SUSPEND,
            certificates=[held],
            case=make.case_of(DecisionKind.SUSPEND),
            title="x",
            decided_on=TODAY,
            by=registry.person(),
            at=NOW,
        )


def test_draft_when_the_certificate_changes_meanwhile_then_stale(held: Certificate) -> None:
    first = make.presented(make.measure(held, DecisionKind.SUSPEND))
    make.decided(held, DecisionKind.REVOKE)
    authority = cycle.holder(Role.AUTHORITY, held.unit)

    assert not measure_effects(first)[0].is_possible
    with pytest.raises(Stale, match="certificate_changed"):
        decisions.sign(first, signer_title="Chủ tịch", by=authority, at=NOW)
    second = Decision.objects.get(pk=first.pk)
    assert second.status is DecisionState.PRESENTED


def test_draft_when_its_ground_changes_after_it_was_seen_then_stale(held: Certificate) -> None:
    draft = make.measure(held, DecisionKind.REVOKE)
    presented = make.presented(draft)
    seen = fingerprint(presented, effects_of(presented))
    Measure.objects.update(ground=RevocationGround.LAW_BROKEN)

    with pytest.raises(Stale, match="unseen"):
        decisions.sign(presented, seen=seen, by=cycle.holder(Role.AUTHORITY, held.unit), at=NOW)


def test_draft_when_revised_then_it_says_the_new_and_a_presented_one_is_refused(
    held: Certificate,
) -> None:
    draft = make.measure(held, DecisionKind.REVOKE)
    facts: dict[str, Any] = {
        "case": make.case_of(
            DecisionKind.REVOKE,
            ground=RevocationGround.LAW_BROKEN,
            heard_on=None,
            hearing_note="Không liên lạc được",
        ),
        "title": "Thu hồi",
        "decided_on": TODAY,
        "number": draft.number,
        "by": draft.drafted_by,
        "at": NOW,
    }

    revised = measures.revise(draft, version=draft.version, **facts)
    measure = revised.measures.get()
    assert (measure.ground, measure.heard_on) == (RevocationGround.LAW_BROKEN, None)
    with pytest.raises(Stale):
        measures.revise(draft, version=draft.version - 1, **facts)
    make.presented(revised)
    with refusal("decision.presented"):
        measures.revise(draft, **facts)


def test_draft_when_discarded_then_nothing_is_left_of_it(held: Certificate) -> None:
    draft = make.measure(held, DecisionKind.SUSPEND)

    drafts.discard(draft, by=draft.drafted_by, at=NOW)

    assert not Measure.objects.exists()


def test_document_when_signed_then_a_pdf_with_its_hash(held: Certificate) -> None:
    for kind in (DecisionKind.SUSPEND, DecisionKind.RESTORE, DecisionKind.REVOKE):
        made = documents.make_decision(make.decided(held, kind))

        with made.pdf.open("rb") as file:
            content = file.read()
        assert content.startswith(b"%PDF")
        assert make.sha256(content) == made.sha256


def test_measure_when_the_decree_sets_days_then_it_is_due_by_then(held: Certificate) -> None:
    Certificate.objects.filter(pk=held.pk).update(regime="2026")
    held.refresh_from_db()
    concluded = TODAY - timedelta(days=16)
    late = measure_effects(make.measure(held, DecisionKind.REVOKE, concluded_on=concluded))[0]
    in_time = measure_effects(make.measure(held, DecisionKind.REVOKE))[0]

    assert (late.due_on, late.is_late(TODAY)) == (concluded + timedelta(days=15), True)
    assert not in_time.is_late(TODAY)
    assert last_day(TODAY, None) is None


def test_restoring_when_checked_then_needs_neither_ground_nor_hearing() -> None:
    check_case(DecisionKind.RESTORE, Case("Đã khắc phục", concluded_on=TODAY), on=TODAY)


def test_every_measure_when_listed_then_it_is_a_move() -> None:
    # A later recognition supersedes; one that was recorded by mistake and taken back reinstates.
    by_no_measure = {CertificateMove.SUPERSEDE, CertificateMove.REINSTATE}
    assert set(MOVES.values()) | by_no_measure == set(CertificateMove)
