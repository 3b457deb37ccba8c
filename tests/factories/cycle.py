"""Rounds, enrolments and dossiers at every stage, made through the services and nothing else."""

from datetime import date, datetime
from itertools import count
from typing import Any

from cycle.domain.appraisal import ProductCriterion
from cycle.domain.corrections import CorrectionReason, Remark
from cycle.domain.dossier import SELF_ASSESSED
from cycle.domain.journey import EnrolmentKind
from cycle.domain.posts import OFFICER_OF
from cycle.domain.steps import Step
from cycle.models import Dossier, DossierEvidence, Enrolment, Round
from cycle.selectors import missing_items
from cycle.services import (
    council_moves,
    dossiers,
    enrolments,
    ideas,
    intake,
    lodgings,
    milestones,
    plans,
    recognition,
    seasons,
)
from cycle.services.ideas import Finding
from ocop_portal.accounts.models import User
from registry.domain.documents import EvidenceKind
from registry.domain.regime import Division, Level
from registry.domain.roles import Role
from registry.models import Posting, Product, Unit
from registry.selectors import regime as regime_of
from tests.factories import registry

NOW = registry.NOW
TODAY = registry.TODAY
RUBRIC_HASH = "a" * 64
ALL_MET = {criterion: Finding(met=True, note="Đúng") for criterion in ProductCriterion}
ASSESSED = frozenset({SELF_ASSESSED})
_numbers = count(1)


def holder(role: Role, place: Unit) -> User:
    """The person who holds a role on a unit; made where there is none."""
    held = Posting.objects.filter(role=role, unit=place).select_related("user").first()
    return held.user if held else registry.officer(role, place)


def unit_of(place: Unit, level: Level) -> Unit:
    """The unit of a level at or above a commune."""
    found: Unit | None = place
    while found is not None and found.level != level:
        found = found.parent
    assert found is not None
    return found


def officer_for(enrolment: Enrolment, level: Level) -> User:
    """An officer of a level whose area holds the enrolment's commune."""
    return holder(OFFICER_OF[level], unit_of(enrolment.commune, level))


def appraiser_for(enrolment: Enrolment) -> User:
    return officer_for(enrolment, regime_of(enrolment.regime).idea_level)


def season(regime: str = "2019", **fields: Any) -> Round:
    """A round in Thái Nguyên, open all year: three tiers under 2019, two under 2026."""
    division = Division(fields.pop("division", regime_of(regime).division))
    three = division is Division.THREE_TIER
    place = fields.pop("unit", None)
    place = place or (registry.former_province() if three else registry.province())
    facts: dict[str, Any] = {
        "name": f"Đợt {next(_numbers)}",
        "year": 2026,
        "opens_on": date(2026, 1, 1),
        "closes_on": date(2026, 12, 31),
        "by": fields.pop("by", None) or holder(Role.ADMINISTRATOR, place),
        "at": NOW,
        **fields,
    }
    return seasons.open_round(regime=regime, division=division, unit=place, **facts)


def product(**fields: Any) -> Product:
    """A tea with a place in both divisions and a set under both regimes."""
    today = registry.commune()
    before = registry.former_commune(successor=today)
    fields.setdefault("maker", None)
    maker = fields.pop("maker") or registry.subject(commune=today, former_commune=before)
    sets = [registry.product_set("2019", 1), registry.product_set("2026", 1)]
    return registry.product(maker, **{"product_sets": sets, **fields})


def owner_of(enrolment: Enrolment) -> User:
    return registry.owner_of(enrolment.product.subject)


def enrolment(
    round: Round | None = None,  # noqa: A002 - the domain's word
    *,
    regime: str = "2019",
    item: Product | None = None,
    kind: EnrolmentKind = EnrolmentKind.FIRST,
    at: datetime = NOW,
    facts: frozenset[str] = frozenset(),
) -> Enrolment:
    """A product that takes part; at its first step."""
    taken = item or product()
    by = registry.owner_of(taken.subject)
    return enrolments.enrol(
        taken, round=round or season(regime), kind=kind, by=by, at=at, facts=facts
    )


def with_idea_submitted(row: Enrolment, *, at: datetime = NOW) -> Enrolment:
    by = owner_of(row)
    idea = ideas.save(
        row.idea,
        version=row.idea.version,
        description="Chè búp sao tay",
        local_speciality="Giống chè trung du của xã",
        value_added="Thêm việc làm cho hai mươi hộ",
        no_harm="Không dùng thuốc trừ cỏ",
        by=by,
        at=at,
    )
    ideas.submit(idea, by=by, at=at)
    return Enrolment.objects.get(pk=row.pk)


def with_idea_accepted(row: Enrolment, *, at: datetime = NOW) -> Enrolment:
    row = with_idea_submitted(row, at=at)
    ideas.accept(row.idea, findings=ALL_MET, by=appraiser_for(row), at=at)
    return Enrolment.objects.get(pk=row.pk)


def with_plan_submitted(row: Enrolment, *, at: datetime = NOW) -> Enrolment:
    row = with_idea_accepted(row, at=at)
    by = owner_of(row)
    plan = plans.save(
        row.plan,
        version=row.plan.version,
        goals="Đạt 4 sao",
        material_area="12 ha chè trung du",
        technology="Sao tay, đóng gói hút chân không",
        quality="VietGAP",
        market="Cửa hàng trong tỉnh, bán trên mạng",
        investment=500_000_000,
        own_capital=300_000_000,
        by=by,
        at=at,
    )
    plans.submit(plan, by=by, at=at)
    return Enrolment.objects.get(pk=row.pk)


def with_plan_accepted(row: Enrolment, *, at: datetime = NOW) -> Enrolment:
    row = with_plan_submitted(row, at=at)
    plans.accept(row.plan, by=appraiser_for(row), at=at)
    return Enrolment.objects.get(pk=row.pk)


def draft_dossier(row: Enrolment | None = None, *, regime: str = "2019", **facts: Any) -> Dossier:
    """A dossier that was only opened, after all the steps before it.

    A product that was recognised before begins with it.
    """
    at: datetime = facts.pop("at", NOW)
    if row is not None and row.step == Step.EVALUATION:
        return Dossier.objects.get(enrolment=row)
    row = with_plan_accepted(row or enrolment(regime=regime, at=at, **facts), at=at)
    by = owner_of(row)
    done = milestones.add(row, title="In bao bì", due_on=TODAY, by=by, at=at)
    milestones.complete(done, completed_on=min(TODAY, at.date()), by=by, at=at)
    enrolments.finish_implementation(row, by=by, at=at)
    return Dossier.objects.get(enrolment=row)


def attached(
    dossier: Dossier, item: str = "business_registration", **fields: Any
) -> DossierEvidence:
    """A paper of the subject, attached to an item."""
    by = owner_of(dossier.enrolment)
    maker = dossier.enrolment.product.subject
    paper = registry.paper(
        maker, **{"title": "Giấy đăng ký", "kind": EvidenceKind.BUSINESS_REGISTRATION, **fields}
    )
    return dossiers.attach(dossier, evidence=paper, item=item, by=by, at=NOW)


def filled_dossier(row: Enrolment | None = None, **facts: Any) -> Dossier:
    """A dossier with everything that the subject owes but its self-assessment."""
    at: datetime = facts.get("at", NOW)
    dossier = draft_dossier(row, **facts)
    attached(dossier)
    for item in missing_items(dossier, TODAY):
        attached(dossier, item.code, kind=EvidenceKind(item.evidence_kinds[0]), title=item.title)
    return dossiers.save(
        dossier,
        version=dossier.version,
        introduction="Hợp tác xã có 25 thành viên",
        plan_results="Doanh thu tăng 20 %",
        changes="" if dossier.kind == EnrolmentKind.FIRST else "Đổi bao bì, thêm hai hợp đồng",
        by=owner_of(dossier.enrolment),
        at=at,
    )


def lodged(dossier: Dossier, *, at: datetime = NOW) -> Dossier:
    return lodgings.lodge(
        dossier,
        facts=ASSESSED,
        rubric_hash=RUBRIC_HASH,
        assessment={"choices": {"1.1": "a"}},
        by=owner_of(dossier.enrolment),
        at=at,
    )


def lodged_dossier(row: Enrolment | None = None, **facts: Any) -> Dossier:
    at: datetime = facts.get("at", NOW)
    return lodged(filled_dossier(row, **facts), at=at)


def reported_dossier(row: Enrolment | None = None, **facts: Any) -> Dossier:
    """A dossier that has come to the first scoring level, through its commune where asked."""
    at: datetime = facts.get("at", NOW)
    dossier = lodged_dossier(row, **facts)
    if dossier.level != Level.COMMUNE:
        return dossier
    return intake.report_by_commune(
        dossier,
        local_material="Nguyên liệu trong xã",
        local_labour="18 trên 25 lao động của xã",
        origin_of_idea="Nghề truyền thống",
        local_identity="Gắn với vùng chè Tân Cương",
        by=officer_for(dossier.enrolment, Level.COMMUNE),
        at=at,
    )


def returned(dossier: Dossier, *items: str, by: User | None = None, at: datetime = NOW) -> Dossier:
    """A dossier sent back by the level whose turn it is, for these items or its introduction."""
    named = items or ("introduction",)
    return intake.return_for_changes(
        dossier,
        remarks={item: Remark(CorrectionReason.INCOMPLETE, "Thiếu ảnh") for item in named},
        by=by or officer_for(dossier.enrolment, Level(dossier.level)),
        at=at,
    )


def received(dossier: Dossier, *, at: datetime = NOW) -> Dossier:
    by = officer_for(dossier.enrolment, Level(dossier.level))
    return intake.receive(dossier, by=by, at=at)


def accepted_dossier(row: Enrolment | None = None, **facts: Any) -> Dossier:
    """A dossier that the first scoring level has taken in."""
    at: datetime = facts.get("at", NOW)
    return received(reported_dossier(row, **facts), at=at)


def dossier_in_council(row: Enrolment | None = None, **facts: Any) -> Dossier:
    at: datetime = facts.get("at", NOW)
    dossier = accepted_dossier(row, **facts)
    return council_moves.take_to_council(
        dossier, by=officer_for(dossier.enrolment, Level(dossier.level)), at=at
    )


def recognised_enrolment(
    row: Enrolment | None = None, *, stars: int = 4, **facts: Any
) -> Enrolment:
    """An enrolment whose dossier came to a recognised result at its first level."""
    at: datetime = facts.get("at", NOW)
    dossier = dossier_in_council(row, **facts)
    by = officer_for(dossier.enrolment, Level(dossier.level))
    dossier = council_moves.conclude(dossier, by=by, at=at)
    return recognition.record_rating(
        dossier.enrolment, stars=stars, rating_id=dossier.pk, by=by, at=at
    )
