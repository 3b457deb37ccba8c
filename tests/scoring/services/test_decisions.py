"""Decisions and certificates: signed once by the right hand, and what follows from it."""

import contextlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cycle.models import Enrolment
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from promotion.models import Listing, Recognition
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Product
from scoring.domain.certificate_states import (
    CERTIFICATE,
    CertificateMove,
    CertificateState,
    CertificateStatus,
)
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.domain.short_code import read_code
from scoring.models import Certificate, Decision, Rating
from scoring.selectors.certificates import by_code
from scoring.selectors.decisions import register_of
from scoring.selectors.effects import effects_of, fingerprint
from scoring.selectors.ratings import awaiting_decision
from scoring.services import decisions, documents, drafts, reminders
from tests.factories import cycle, registry
from tests.factories import scoring as make
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def signature(decision: Decision) -> tuple[User, datetime]:
    """Who signed, and when."""
    assert decision.signer is not None
    assert decision.signed_at is not None
    return decision.signer, decision.signed_at


@pytest.fixture
def rating() -> Rating:
    return make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])


def test_a_signature_issues_the_certificate_and_opens_step_six(rating: Rating) -> None:
    draft = make.drafted(rating, decided_on=date(2028, 2, 29), at=make.at_day(2028, 2, 29))

    decision = make.signed(draft, at=make.at_day(2028, 2, 29))
    certificate = Certificate.objects.get()
    enrolment = Enrolment.objects.get(pk=rating.dossier.enrolment_id)

    assert (decision.signer_title, decision.state) == ("Chủ tịch", "signed")
    assert certificate.number == "0001/2028/GCN-OCOP"
    assert (certificate.stars, certificate.valid_until) == (4, date(2031, 2, 28))
    assert certificate.code == read_code(certificate.shown_code.lower())
    assert by_code(certificate.shown_code) == certificate
    assert (enrolment.step, enrolment.stars, enrolment.rating_id) == ("promotion", 4, rating.pk)
    assert certificate.status_on(date(2031, 2, 28)) is CertificateStatus.VALID
    assert certificate.status_on(date(2031, 3, 1)) is CertificateStatus.EXPIRED


def test_only_the_authority_of_this_very_unit_signs(rating: Rating) -> None:
    draft = make.drafted(rating)
    at = draft.drafted_at
    above = registry.officer(Role.AUTHORITY, registry.country())
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, draft.unit)
    ended = registry.person()
    registry.posting(
        ended, Role.AUTHORITY, draft.unit, starts_on=date(2026, 1, 1), ends_on=date(2026, 11, 1)
    )

    for nobody in (above, officer, ended):
        with pytest.raises(PermissionDenied):
            decisions.sign(draft, by=nobody, at=at)
    assert not Certificate.objects.exists()


def test_signed_twice_is_signed_once_and_never_changes(rating: Rating) -> None:
    decision = make.signed(make.drafted(rating))
    by, at = signature(decision)

    again = decisions.sign(decision, by=by, at=at + timedelta(days=1))

    assert again.signed_at == at
    assert Certificate.objects.count() == 1
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, decision.unit)
    with refusal("decision.signed"):
        drafts.revise(decision, number="9", decided_on=make.TODAY, title="Khác", by=officer, at=at)
    with refusal("decision.signed"):
        drafts.discard(decision, by=officer, at=at)


def test_a_number_is_used_once_by_an_authority_in_a_year(rating: Rating) -> None:
    other = make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])
    make.drafted(rating, number="15/QĐ-UBND")

    with refusal("decision.number_used"):
        make.drafted(other, number="15/QĐ-UBND")
    make.drafted(other, number="16/QĐ-UBND")


def test_a_result_stands_in_one_decision_and_only_where_it_is_recognised(rating: Rating) -> None:
    weak = make.concluded(make.accepted_dossier(regime="2026"), [40, 41, 42])
    make.drafted(rating)

    assert list(awaiting_decision(rating.unit, Level.PROVINCE)) == []
    with refusal("decision.not_recognisable"):
        make.drafted(rating)
    with refusal("decision.not_recognisable"):
        make.drafted(weak)


def test_a_draft_without_number_is_not_signed(rating: Rating) -> None:
    draft = make.drafted(rating, number="")

    with refusal("decision.needs_number"):
        make.signed(draft)


def test_what_changed_since_it_was_looked_at_is_not_signed(rating: Rating) -> None:
    draft = make.drafted(rating)
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, draft.unit)
    authority = cycle.holder(Role.AUTHORITY, draft.unit)
    drafts.revise(
        draft,
        number=draft.number,
        decided_on=draft.decided_on,
        title="Trích yếu khác",
        by=officer,
        at=draft.drafted_at,
    )

    with pytest.raises(Stale):
        decisions.present(draft, version=draft.version, by=officer, at=draft.drafted_at)
    shown = make.presented(draft)
    with pytest.raises(Stale):
        decisions.sign(draft, version=shown.version - 1, by=authority, at=draft.drafted_at)


def test_a_decision_is_not_dated_before_its_results(rating: Rating) -> None:
    day_before = legal_day(rating.concluded_at) - timedelta(days=1)
    draft = make.drafted(rating, decided_on=day_before)

    with pytest.raises(Stale):
        make.signed(draft)


def test_a_presented_draft_lies_still_until_it_is_handed_back(rating: Rating) -> None:
    draft = make.presented(make.drafted(rating))
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, draft.unit)
    authority = cycle.holder(Role.AUTHORITY, draft.unit)
    at = draft.drafted_at
    texts: dict[str, Any] = {
        "number": draft.number,
        "decided_on": draft.decided_on,
        "title": "Trích yếu khác",
    }

    with refusal("decision.presented"):
        drafts.revise(draft, by=officer, at=at, **texts)
    with refusal("decision.needs_reason"):
        decisions.hand_back(draft, reason=" ", by=authority, at=at)
    with pytest.raises(PermissionDenied):
        decisions.hand_back(draft, reason="Sai", by=officer, at=at)
    back = decisions.hand_back(draft, reason="Sai trích yếu", by=authority, at=at)

    assert drafts.revise(back, by=officer, at=at, **texts).title == "Trích yếu khác"


def test_a_draft_is_prepared_over_days(rating: Rating) -> None:
    other = make.concluded(make.accepted_dossier(regime="2026"), [60, 60, 60])
    draft = make.drafted(rating)
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, draft.unit)
    texts: dict[str, Any] = {
        "number": draft.number,
        "decided_on": draft.decided_on,
        "title": draft.title,
    }
    later = draft.drafted_at + timedelta(days=3)

    drafts.revise(draft, ratings=[rating, other], by=officer, at=later, **texts)
    assert [item.stars for item in draft.items.all()] == [4, 3]
    drafts.revise(draft, ratings=[other], by=officer, at=later, **texts)
    assert [item.rating for item in draft.items.all()] == [other]
    assert list(awaiting_decision(rating.unit, Level.PROVINCE)) == [rating]
    with refusal("decision.empty"):
        drafts.revise(draft, ratings=[], by=officer, at=later, **texts)
    assert [item.rating for item in draft.items.all()] == [other]


def test_what_changed_since_the_preview_is_not_signed(rating: Rating) -> None:
    draft = make.presented(make.drafted(rating))
    authority = cycle.holder(Role.AUTHORITY, draft.unit)
    seen = fingerprint(draft, effects_of(draft))
    Product.objects.filter(pk=rating.dossier.enrolment.product_id).update(name="Tên khác")

    with refusal("decision.unseen"):
        decisions.sign(draft, seen=seen, by=authority, at=make.SIGNING)

    assert Decision.objects.get().status is DecisionState.PRESENTED
    assert not Certificate.objects.exists()
    seen = fingerprint(draft, effects_of(draft))
    decisions.sign(draft, seen=seen, by=authority, at=make.SIGNING)
    assert Certificate.objects.get().product_name == "Tên khác"


def test_a_second_signer_signs_nothing(rating: Rating) -> None:
    signed = make.signed(make.drafted(rating))
    deputy = registry.officer(Role.AUTHORITY, signed.unit)

    with refusal("decision.not_from_here"):
        decisions.sign(signed, by=deputy, at=make.SIGNING)
    assert Certificate.objects.count() == 1


def test_nothing_of_a_decision_is_public_before_the_signature(rating: Rating) -> None:
    draft = make.presented(make.drafted(rating))

    assert not Certificate.objects.exists()
    assert not Listing.objects.exists()
    assert not Recognition.objects.exists()
    enrolment = Enrolment.objects.get(pk=rating.dossier.enrolment_id)
    assert (enrolment.step, enrolment.stars) == ("evaluation", None)
    make.signed(draft)
    assert (Listing.objects.count(), Recognition.objects.count()) == (1, 1)


def corrected(decision: Decision, **facts: Any) -> Decision:
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, decision.unit)
    at = facts.pop("at", make.SIGNING + timedelta(days=30))
    return drafts.correct(
        decision,
        items=facts.pop("items", list(decision.items.all())),
        reason=facts.pop("reason", "Ghi sai tên sản phẩm"),
        title="Đính chính",
        decided_on=legal_day(at),
        number=facts.pop("number", "90/QĐ-UBND"),
        by=officer,
        at=at,
    )


def test_a_correction_points_back_and_gives_the_certificate_anew(rating: Rating) -> None:
    decision = make.signed(make.drafted(rating))
    first = Certificate.objects.get()
    Product.objects.filter(pk=first.product_id).update(name="Chè búp")
    before = Decision.objects.values().get()

    draft = corrected(decision)
    assert Certificate.objects.get() == first
    correction = make.signed(draft, at=draft.drafted_at)

    first.refresh_from_db()
    second = Certificate.objects.get(decision=correction)
    assert (correction.corrects, correction.does) == (decision, DecisionKind.CORRECT)
    assert (first.state, first.superseded_by) == (CertificateState.SUPERSEDED, second)
    assert (second.product_name, second.stars) == ("Chè búp", first.stars)
    assert second.issued_on > first.issued_on
    assert second.valid_until == first.valid_until
    assert Decision.objects.values().get(pk=decision.pk) == before
    with refusal("decision.not_correctable"):
        corrected(decision, number="91/QĐ-UBND")


def test_a_correction_needs_a_signed_decision_an_item_and_a_reason(rating: Rating) -> None:
    draft = make.drafted(rating)
    with refusal("decision.not_signed"):
        corrected(draft)
    signed = make.signed(draft)
    with refusal("decision.reason"):
        corrected(signed, reason=" ")
    with refusal("decision.empty"):
        corrected(signed, items=[])
    assert Decision.objects.count() == 1


def test_a_register_counts_by_authority_and_year(rating: Rating) -> None:
    other = make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])
    make.drafted(rating, number="3/QĐ-UBND")
    with refusal("decision.number_used"):
        make.drafted(other, number="003/qđ-ubnd")
    with refusal("decision.number_form"):
        make.drafted(other, number="số ba")
    make.drafted(other, number="1/QĐ-UBND")

    register = register_of(rating.unit, make.DECIDED_ON.year)

    assert [row.number for row in register.rows] == ["1/QĐ-UBND", "3/QĐ-UBND"]
    assert (register.gaps, register.next_number) == ((2,), "4/QĐ-UBND")
    assert register_of(rating.unit, make.DECIDED_ON.year + 1).next_number == "1/QĐ-UBND"


def test_a_discarded_draft_sets_its_results_free(rating: Rating) -> None:
    draft = make.drafted(rating)
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, draft.unit)

    drafts.discard(draft, by=officer, at=draft.drafted_at)

    assert not Decision.objects.exists()
    assert make.drafted(rating).items.count() == 1


def test_documents_are_made_once_and_kept_with_their_hash(rating: Rating) -> None:
    decision = make.signed(make.drafted(rating))

    assert documents.make_missing(limit=10) == 2
    first = Certificate.objects.get()
    assert documents.make_missing(limit=10) == 0
    documents.make_all_of(decision)
    again = Certificate.objects.get()

    with first.pdf.open("rb") as stored:
        content = stored.read()
    assert content.startswith(b"%PDF-")
    assert make.sha256(content) == first.sha256
    assert (again.pdf.name, again.sha256) == (first.pdf.name, first.sha256)


@pytest.mark.parametrize("move", list(CertificateMove))
@pytest.mark.parametrize("state", list(CertificateState))
def test_every_state_and_move_of_a_certificate(
    state: CertificateState, move: CertificateMove
) -> None:
    row = next(row for row in CERTIFICATE.rows if row.move is move)

    if state in row.sources:
        assert CERTIFICATE.decide(state, move) is row.target
    else:
        with refusal("certificate.not_from_here"):
            CERTIFICATE.decide(state, move)


def _entries(certificate: Certificate) -> list[Entry]:
    found = Entry.objects.filter(
        subject_type="scoring.certificate", subject_id=certificate.pk
    ).order_by("id")
    return list(found)


def test_each_reminder_is_told_once_on_its_day(rating: Rating) -> None:
    make.signed(make.drafted(rating))
    certificate = Certificate.objects.get()
    end = certificate.valid_until
    told = {}

    for back in range(370, -3, -1):
        on = end - timedelta(days=back)
        at = make.at_day(on.year, on.month, on.day)
        count = reminders.remind_of_expiry(at=at) + reminders.remind_of_expiry(at=at)
        if count:
            told[back] = count

    assert told == {365: 1, 180: 1, 135: 1, 30: 1, -1: 1}


Deed = Callable[[Decision], object]


def deeds(decision: Decision) -> dict[str, Deed]:
    """Everything that may be done to a decision, by whoever may do it, on a day on which he may."""
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, decision.unit)
    authority = cycle.holder(Role.AUTHORITY, decision.unit)
    at = make.SIGNING
    texts: dict[str, Any] = {"number": "88/QĐ-UBND", "decided_on": make.DECIDED_ON, "title": "Khác"}
    return {
        "present": lambda it: decisions.present(it, by=officer, at=at),
        "hand_back": lambda it: decisions.hand_back(it, reason="Sai", by=authority, at=at),
        "sign": lambda it: decisions.sign(it, by=authority, at=at),
        "revise": lambda it: drafts.revise(it, by=officer, at=at, **texts),
        "discard": lambda it: drafts.discard(it, by=officer, at=at),
    }


POSSIBLE = {
    DecisionState.DRAFT: {"present", "revise", "discard"},
    DecisionState.PRESENTED: {"hand_back", "sign"},
    DecisionState.SIGNED: set(),
    DecisionState.RECORDED: set(),
}


@pytest.mark.parametrize("move", ["present", "hand_back", "sign", "revise", "discard"])
@pytest.mark.parametrize("state", DecisionState)
def test_each_move_works_from_its_state_and_changes_nothing_from_any_other(
    rating: Rating, state: DecisionState, move: str
) -> None:
    """Presented or signed once more by the same hand is no change, and anything else refused."""
    decision = make.drafted(rating)
    if state is not DecisionState.DRAFT:
        decision = make.presented(decision)
    if state.is_final:
        decision = make.signed(decision, at=make.SIGNING)
    if state is DecisionState.RECORDED:  # the service for it reads a register of the past
        Decision.objects.update(state=state)
    before = list(Decision.objects.values())
    issued = list(Certificate.objects.values())
    deed = deeds(decision)[move]

    if move in POSSIBLE[state]:
        deed(decision)
        assert list(Decision.objects.values()) != before
    else:
        with contextlib.suppress(RuleBroken):
            deed(decision)
        assert list(Decision.objects.values()) == before
        assert list(Certificate.objects.values()) == issued
