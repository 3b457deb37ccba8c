"""Complaints: in time, on named criteria, answered with an effect through the usual doors."""

import contextlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cycle.domain.dossier import DossierState
from cycle.models import Dossier, Enrolment
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from registry.domain.roles import Role
from scoring.domain.certificate_states import CertificateState, RevocationGround
from scoring.domain.complaint_states import ComplaintEffect, ComplaintState
from scoring.models import Certificate, Complaint, Decision, Rating
from scoring.selectors.complaints import last_day_for, visible_complaints
from scoring.selectors.ratings import awaiting_decision
from scoring.services import complaints, decisions, drafts, reminders
from tests.factories import cycle, registry
from tests.factories import scoring as make
from tests.refusals import refusal
from tests.scoring.services.test_notices import told

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

LATER = make.SIGNING + timedelta(days=5)


@pytest.fixture
def rating() -> Rating:
    return make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])


def owner(rating: Rating) -> User:
    return cycle.owner_of(rating.dossier.enrolment)


def officer(rating: Rating) -> User:
    return cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)


def criterion(rating: Rating) -> str:
    return str(rating.edition.content["parts"][0]["sections"][0]["criteria"][0]["code"])


def lodged(rating: Rating, *, at: datetime = LATER, **facts: Any) -> Complaint:
    points = {criterion(rating): "Hồ sơ có hợp đồng 12 tháng"}
    return complaints.lodge(
        rating, points=facts.pop("points", points), by=facts.pop("by", owner(rating)), at=at
    )


def answered(complaint: Complaint, effect: ComplaintEffect) -> Complaint:
    by = officer(complaint.rating)
    taken = complaints.take(complaint, by=by, at=LATER)
    return complaints.answer(taken, effect=effect, text="Đã xem lại hồ sơ.", by=by, at=LATER)


def test_a_complaint_is_answered_within_its_days_and_both_sides_see_it(rating: Rating) -> None:
    complaint = lodged(rating)

    assert complaint.due_on == legal_day(LATER) + timedelta(days=30)
    assert told("scoring.complaint.lodged") == {officer(rating)}
    for person in (owner(rating), officer(rating)):
        assert list(visible_complaints(person, legal_day(LATER))) == [complaint]
    assert not visible_complaints(registry.person(), legal_day(LATER)).exists()

    by = officer(rating)
    taken = complaints.take(complaint, by=by, at=LATER)
    assert (taken.status, taken.owner) == (ComplaintState.TAKEN, by)
    longer = complaints.extend(taken, reason="Phải đi thực tế", by=by, at=LATER)
    assert longer.due_on == legal_day(LATER) + timedelta(days=45)
    with refusal("complaint.needs_first_extension"):
        complaints.extend(longer, reason="Lại phải đi", by=by, at=LATER)
    done = complaints.answer(
        longer, effect=ComplaintEffect.KEEP, text="Giữ nguyên.", by=by, at=LATER
    )

    assert (done.status, done.does) == (ComplaintState.ANSWERED, ComplaintEffect.KEEP)
    assert told("scoring.complaint.answered") == {owner(rating)}
    assert Dossier.objects.get(pk=rating.dossier_id).state == DossierState.CONCLUDED
    with refusal("complaint.not_from_here"):
        complaints.answer(done, effect=ComplaintEffect.KEEP, text="Nữa", by=by, at=LATER)


def test_the_window_ends_with_its_last_day_and_counts_from_the_signature(rating: Rating) -> None:
    assert last_day_for(rating) == legal_day(rating.concluded_at) + timedelta(days=90)
    make.signed(make.drafted(rating))
    last = last_day_for(rating)
    signed_at = Decision.objects.get().signed_at
    assert signed_at is not None
    assert last == legal_day(signed_at) + timedelta(days=90)

    on_the_day = signed_at + timedelta(days=90)
    with refusal("complaint.too_late"):
        lodged(rating, at=on_the_day + timedelta(days=1))
    assert lodged(rating, at=on_the_day).status is ComplaintState.LODGED


def test_a_complaint_that_cannot_be_is_refused_with_its_reason(rating: Rating) -> None:
    with pytest.raises(PermissionDenied):
        lodged(rating, by=officer(rating))
    with refusal("complaint.no_criterion"):
        lodged(rating, points={})
    with refusal("complaint.criterion"):
        lodged(rating, points={"99.9": "Sai"})
    with refusal("complaint.no_reason"):
        lodged(rating, points={criterion(rating): "  "})
    lodged(rating)
    with refusal("complaint.open"):
        lodged(rating)
    assert Complaint.objects.count() == 1


def test_only_who_deals_with_a_complaint_answers_it(rating: Rating) -> None:
    complaint = lodged(rating)
    first = officer(rating)
    colleague = registry.officer(Role.PROVINCIAL_OFFICER, rating.unit)
    elsewhere = registry.officer(Role.COMMUNE_OFFICER, rating.dossier.enrolment.commune)
    complaints.take(complaint, version=1, by=first, at=LATER)

    with pytest.raises(Stale):
        complaints.take(complaint, version=1, by=colleague, at=LATER)
    with refusal("complaint.needs_owner"):
        complaints.answer(
            complaint, effect=ComplaintEffect.KEEP, text="Không", by=colleague, at=LATER
        )
    with pytest.raises(PermissionDenied):
        complaints.take(complaint, by=elsewhere, at=LATER)
    assert complaints.take(complaint, by=colleague, at=LATER).owner == colleague


def test_a_rescored_result_replaces_the_one_that_waited_for_a_decision(rating: Rating) -> None:
    draft = make.presented(make.drafted(rating))

    answered(lodged(rating), ComplaintEffect.RESCORE)

    dossier = Dossier.objects.get(pk=rating.dossier_id)
    assert (dossier.state, dossier.level) == (DossierState.ACCEPTED, Level.PROVINCE)
    authority = cycle.holder(Role.AUTHORITY, rating.unit)
    with refusal("decision.result_changed"):
        decisions.sign(draft, by=authority, at=LATER)
    decisions.hand_back(draft, reason="Chấm lại", by=authority, at=LATER)
    drafts.discard(Decision.objects.get(), by=officer(rating), at=LATER)
    assert not awaiting_decision(rating.unit, Level.PROVINCE).exists()

    second = make.concluded(dossier, [68, 66, 67], at=LATER)

    assert (second.reviews, second.standing_stars) == (rating, 3)
    assert list(awaiting_decision(rating.unit, Level.PROVINCE)) == [second]
    with refusal("complaint.not_final"):
        lodged(rating, at=second.concluded_at)


def test_a_recognised_star_changes_only_by_a_signed_correction(rating: Rating) -> None:
    decision = make.signed(make.drafted(rating))
    first = Certificate.objects.get()
    answered(lodged(rating), ComplaintEffect.RESCORE)
    dossier = Dossier.objects.get(pk=rating.dossier_id)
    second = make.concluded(dossier, [66, 68, 67], at=LATER)

    first.refresh_from_db()
    assert (first.state, first.stars) == (CertificateState.VALID, 4)
    assert not awaiting_decision(rating.unit, Level.PROVINCE).exists()
    correction = corrected(decision, at=second.concluded_at + timedelta(days=1))

    first.refresh_from_db()
    new = Certificate.objects.get(decision=correction)
    assert (new.stars, new.rating, new.valid_until) == (3, second, first.valid_until)
    assert first.state == CertificateState.SUPERSEDED
    assert Enrolment.objects.get(pk=dossier.enrolment_id).stars == 3


def test_a_correction_may_take_a_recognition_back(rating: Rating) -> None:
    decision = make.signed(make.drafted(rating))
    answered(lodged(rating), ComplaintEffect.RESCORE)
    second = make.concluded(Dossier.objects.get(pk=rating.dossier_id), [40, 41, 42], at=LATER)
    assert Certificate.objects.get().state == CertificateState.VALID

    corrected(decision, at=second.concluded_at + timedelta(days=1))

    certificate = Certificate.objects.get()
    assert (certificate.state, certificate.ground) == (
        CertificateState.REVOKED,
        RevocationGround.AUTHORITY_FOUND,
    )
    enrolment = Enrolment.objects.get(pk=rating.dossier.enrolment_id)
    assert enrolment.ended_at is not None
    assert Dossier.objects.get().state == DossierState.NOT_RECOGNISED


def corrected(decision: Decision, *, at: datetime) -> Decision:
    draft = drafts.correct(
        decision,
        items=list(decision.items.all()),
        reason="Kết quả chấm lại sau khiếu nại",
        title="Đính chính",
        decided_on=legal_day(at),
        number="77/QĐ-UBND",
        by=cycle.holder(Role.PROVINCIAL_OFFICER, decision.unit),
        at=at,
    )
    return make.signed(draft, at=at)


def test_the_same_star_again_needs_no_correction(rating: Rating) -> None:
    make.signed(make.drafted(rating))
    answered(lodged(rating), ComplaintEffect.RESCORE)

    second = make.concluded(Dossier.objects.get(), [76, 77, 78], at=LATER)

    enrolment = Enrolment.objects.get(pk=rating.dossier.enrolment_id)
    assert (enrolment.stars, enrolment.rating_id) == (4, second.pk)
    assert Dossier.objects.get().state == DossierState.RECOGNISED
    assert Certificate.objects.get().state == CertificateState.VALID


def test_an_unrecognised_product_comes_back_to_the_council() -> None:
    weak = make.concluded(make.accepted_dossier(regime="2026"), [49, 49, 50])
    assert Enrolment.objects.get().ended_at is not None

    answered(lodged(weak), ComplaintEffect.RESCORE)

    assert Enrolment.objects.get().ended_at is None
    second = make.concluded(Dossier.objects.get(), [55, 56, 57], at=LATER)
    make.signed(make.drafted(second))
    assert Certificate.objects.get().stars == 3


def test_a_correction_is_drafted_only_for_a_signed_decision(rating: Rating) -> None:
    complaint = lodged(rating)
    with refusal("complaint.nothing_to_correct"):
        answered(complaint, ComplaintEffect.CORRECT)
    assert Complaint.objects.get().status is ComplaintState.TAKEN
    decision = make.signed(make.drafted(rating))

    done = answered(Complaint.objects.get(), ComplaintEffect.CORRECT)

    assert done.correction is not None
    assert (done.correction.corrects, done.correction.reason) == (decision, done.answer)
    assert done.correction.items.get().stars == 4


def test_a_dossier_that_has_gone_on_is_not_scored_again_below() -> None:
    rating = make.concluded(make.accepted_dossier(regime="2026"), [92, 93, 94])
    make.signed(make.drafted(rating))

    with refusal("dossier.gone_on"):
        answered(lodged(rating), ComplaintEffect.RESCORE)
    assert Complaint.objects.get().status is ComplaintState.TAKEN


def test_the_day_is_told_before_it_and_on_each_day_after(rating: Rating) -> None:
    complaint = lodged(rating)

    def days_told(days: Iterable[int]) -> list[int]:
        found = []
        for back in days:
            on = complaint.due_on - timedelta(days=back)
            at = make.at_day(on.year, on.month, on.day)
            count = reminders.remind_of_complaints(at=at)
            assert reminders.remind_of_complaints(at=at) == 0
            if count:
                found.append(back)
        return found

    assert days_told(range(31, -3, -1)) == [3, 0, -1, -2]
    complaints.withdraw(complaint, by=owner(rating), at=LATER)
    assert days_told([-5]) == []


def test_every_notice_of_a_complaint_reaches_the_other_side(rating: Rating) -> None:
    complaint = lodged(rating)
    by = officer(rating)
    complaints.withdraw(complaint, by=owner(rating), at=LATER)
    assert told("scoring.complaint.withdrawn") == {by}
    taken = complaints.take(lodged(rating), by=by, at=LATER)
    complaints.extend(taken, reason="Đi thực tế", by=by, at=LATER)

    assert told("scoring.complaint.taken") == {owner(rating)}
    assert told("scoring.complaint.extended") == {owner(rating)}
    reminders.remind_of_complaints(at=LATER + timedelta(days=50))
    assert told("scoring.complaint.due") == {by}


def in_state(rating: Rating, state: ComplaintState) -> Complaint:
    complaint = lodged(rating)
    if state is ComplaintState.WITHDRAWN:
        return complaints.withdraw(complaint, by=owner(rating), at=LATER)
    if state is ComplaintState.ANSWERED:
        return answered(complaint, ComplaintEffect.KEEP)
    if state is ComplaintState.TAKEN:
        return complaints.take(complaint, by=officer(rating), at=LATER)
    return complaint


MOVES: dict[str, Callable[[Complaint], object]] = {
    "take": lambda it: complaints.take(
        it, by=registry.officer(Role.PROVINCIAL_OFFICER, it.rating.unit), at=LATER
    ),
    "extend": lambda it: complaints.extend(
        it, reason="Đi thực tế", by=officer(it.rating), at=LATER
    ),
    "answer": lambda it: complaints.answer(
        it, effect=ComplaintEffect.KEEP, text="Giữ.", by=officer(it.rating), at=LATER
    ),
    "withdraw": lambda it: complaints.withdraw(it, by=owner(it.rating), at=LATER),
}
POSSIBLE = {
    ComplaintState.LODGED: {"take", "withdraw"},
    ComplaintState.TAKEN: {"take", "extend", "answer", "withdraw"},
    ComplaintState.ANSWERED: set(),
    ComplaintState.WITHDRAWN: set(),
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("state", ComplaintState)
def test_each_move_works_from_its_state_and_changes_nothing_from_any_other(
    rating: Rating, state: ComplaintState, move: str
) -> None:
    complaint = in_state(rating, state)
    before = Complaint.objects.values().get()

    if move in POSSIBLE[state]:
        MOVES[move](complaint)
        assert Complaint.objects.values().get() != before
    else:
        with contextlib.suppress(RuleBroken):
            MOVES[move](complaint)
        assert Complaint.objects.values().get() == before
