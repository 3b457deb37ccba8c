"""What scoring announces to the apps below: facts, shields, openings, panels on their pages."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cycle import facts
from cycle import panels as dossier_panels
from cycle.domain.tasklist import status_of
from cycle.models import Dossier, Round
from cycle.panels import Panel
from cycle.permissions import may_enrol
from ocop_portal.accounts.models import User
from registry import panels as register_panels
from registry import shields
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.models import Product, Subject
from scoring.permissions import is_writable, may_open_package, may_work_at
from scoring.selectors import conflicts
from scoring.selectors.certificates import in_force, valid_until_of, visible_certificates
from scoring.selectors.contests import ranking_of
from scoring.selectors.evidence_flags import criteria_known
from scoring.selectors.packages import visible_packages
from scoring.selectors.ratings import ratings_of, visible_ratings
from scoring.selectors.renewals import renewal_of_product
from scoring.selectors.self_assessments import assessed, fact_of
from scoring.selectors.sessions import session_day_of


def register() -> None:
    """Called once, when the portal starts."""
    facts.register(facts.SELF_ASSESSMENT, fact_of)
    facts.register_criteria(criteria_known)
    facts.register_validity(valid_until_of)
    facts.register_session_day(session_day_of)
    shields.hide("cycle.dossier", conflicts.hidden_dossiers)
    shields.hide("cycle.enrolment", conflicts.hidden_enrolments)
    shields.hide("registry.evidence", conflicts.hidden_evidence)
    shields.open_to("cycle.dossier", conflicts.opened_dossiers)
    shields.open_to("registry.evidence", conflicts.opened_evidence)
    dossier_panels.register("self_assessment", self_assessment_panel, order=10)
    dossier_panels.register("ratings", ratings_panel, order=20)
    dossier_panels.register("packages", packages_panel, order=30)
    register_panels.register("renewal", renewal_panel, order=20)
    dossier_panels.register_round("ranking", ranking_panel)
    register_panels.register_subject("certificates", certificates_panel)


def self_assessment_panel(dossier: Dossier, _user: User) -> Panel | None:
    """How far the self-assessment is, with the way to it."""
    try:
        found = assessed(dossier)
    except RuleBroken as refusal:
        return Panel(title=_("Báo cáo tự đánh giá"), text=refusal.text)
    evaluation = found.evaluation
    asked = len(found.rubric.by_code)
    answered = asked - len(evaluation.missing)
    return Panel(
        title=_("Báo cáo tự đánh giá"),
        url=reverse("scoring:self-assessment", args=[dossier.pk]),
        text=_("Đã trả lời %(answered)s trên %(asked)s tiêu chí, tổng %(total)s điểm.")
        % {"answered": answered, "asked": asked, "total": evaluation.total},
        status=status_of(answered, asked) if is_writable(dossier) else None,
    )


def ratings_panel(dossier: Dossier, user: User) -> Panel | None:
    """The councils' results, to whoever may read them."""
    on = legal_day(timezone.now())
    rows = list(visible_ratings(user, on).filter(pk__in=ratings_of(dossier).values("pk")))
    if not rows:
        return None
    return Panel(
        title=_("Kết quả của hội đồng"),
        template="scoring/_ratings_panel.html",
        context={"ratings": rows},
    )


def certificates_panel(subject: Subject, user: User, at: datetime) -> register_panels.Panel | None:
    """The stars that a subject's products hold today, whatever it was called when they were given.

    A subject that changes its form, name or owner stays the same subject (B16), so they stay too.
    """
    on = legal_day(at)
    held = in_force(on).filter(product__subject=subject).order_by()
    rows = list(visible_certificates(user, on).filter(pk__in=held.values("pk")))
    if not rows:
        return None
    return register_panels.Panel(
        title=_("Hạng sao đang giữ"),
        template="scoring/_subject_certificates.html",
        context={"certificates": rows, "name": subject.name},
    )


def packages_panel(dossier: Dossier, user: User) -> Panel | None:
    """The packages with which the dossier went up, to the offices of both levels."""
    on = legal_day(timezone.now())
    found = visible_packages(user, on).filter(dossier=dossier)
    rows = [package for package in found if may_open_package(user, package, on=on)]
    if not rows:
        return None
    return Panel(
        title=_("Gói hồ sơ chuyển cấp"),
        template="scoring/_packages_panel.html",
        context={"packages": rows},
    )


def ranking_panel(season: Round, user: User) -> Panel | None:
    """The ranking of a contest, to the offices whose area it is."""
    on = legal_day(timezone.now())
    if not season.is_contest or not may_work_at(user, Level(season.unit.level), season.unit, on=on):
        return None
    return Panel(
        title=_("Xếp hạng cuộc thi"),
        template="scoring/_ranking_panel.html",
        context={"ranking": ranking_of(season, user, on)},
    )


def renewal_panel(product: Product, user: User, at: datetime) -> register_panels.Panel | None:
    """The newest certificate of a product and when its renewal may be filed, to its producer."""
    on = legal_day(at)
    may = may_enrol(user, product, on=on)
    offer = renewal_of_product(product, on) if may else None
    if offer is None:
        return None
    return register_panels.Panel(
        title=_("Giấy chứng nhận và đánh giá lại"),
        template="scoring/_renewal_panel.html",
        context={"offer": offer, "may_enrol": may, "status": offer.certificate.status_on(on)},
    )
