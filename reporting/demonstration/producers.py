"""Steps two to five as the producers and the officers walk them, up to the lodged dossier."""

from dataclasses import dataclass
from datetime import timedelta

from cycle import facts
from cycle.domain.appraisal import ProductCriterion
from cycle.domain.dossier import SELF_ASSESSED
from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier, Enrolment, Round
from cycle.services import dossiers, enrolments, ideas, lodgings, milestones, plans
from cycle.services.ideas import Finding
from ocop_portal.accounts.models import User
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Division, Level
from registry.domain.tax_code import check_digit
from registry.models import Product, ProductSet, Subject
from registry.selectors import regime
from registry.selectors.places import unit_at
from registry.services import products, subjects
from reporting.demonstration.aims import choices_towards
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.papers import Library
from reporting.demonstration.people import ProvinceCast
from reporting.demonstration.script import ProductLine, SubjectLine
from scoring.selectors.rubrics import edition_for, rubric_of
from scoring.services import self_assessments

MIDDLES = {1: 22, 2: 41, 3: 61, 4: 80, 5: 94}
WOBBLE = 7


def aim_of(stars: int, product: int) -> int:
    """A total inside the band of these stars, not the same for every product."""
    return MIDDLES[stars] + product * 5 % WOBBLE - WOBBLE // 2


@dataclass(frozen=True)
class Passage:
    """A product on its way: who makes it, who serves it, where it is to come."""

    line: ProductLine
    product: Product
    owner: User
    cast: ProvinceCast
    season: Round

    @property
    def appraiser(self) -> User:
        """Who appraises ideas and plans under the round's regime."""
        at_district = regime(self.season.regime).idea_level is Level.DISTRICT
        return self.cast.district_officer if at_district else self.cast.provincial_officer


def register_subject(line: SubjectLine, *, owner: User, calendar: Calendar, ago: int) -> Subject:
    """The owner registers the subject with its commune in both divisions."""
    return subjects.register(
        name=line.name,
        kind=SubjectKind(line.kind),
        representative_name=line.representative,
        representative_gender=line.gender,
        representative_ethnicity=line.ethnicity,
        phone="0900000000",
        tax_code=_tax_code(line.key),
        address_line=line.address,
        commune=unit_at(Division.TWO_TIER, line.commune),
        former_commune=unit_at(Division.THREE_TIER, line.former_commune),
        by=owner,
        at=calendar.at(ago),
    )


def _tax_code(key: str) -> str:
    """A code with a right check digit under 99, which no tax office has."""
    number = int.from_bytes(key.encode(), "big") % 10_000_000
    while (digit := check_digit(f"99{number:07d}")) in (None, 10):
        number = (number + 1) % 10_000_000
    return f"99{number:07d}{digit}"


def register_product(
    line: ProductLine, subject: Subject, *, owner: User, calendar: Calendar, ago: int
) -> Product:
    """The product with its set under each regime that scores."""
    sets = [
        ProductSet.objects.get(regime=code, number=number) for code, number in line.sets.items()
    ]
    return products.register(
        subject,
        product_sets=sets,
        name=line.name,
        summary=line.summary,
        **line.details,
        by=owner,
        at=calendar.at(ago, 10),
    )


def walk(passage: Passage, library: Library, *, calendar: Calendar, opened: int) -> Enrolment:
    """From the enrolment to the lodged dossier, or to the step that the script names.

    `opened` is how many days ago the round was opened; the steps follow it in weeks.
    """
    enrolment = enrolments.enrol(
        passage.product,
        round=passage.season,
        kind=EnrolmentKind.FIRST,
        by=passage.owner,
        at=calendar.at(opened - 2),
    )
    _idea(enrolment, passage, calendar, opened)
    if passage.line.reaches == "idea":
        return enrolment
    _plan(enrolment, passage, calendar, opened)
    if passage.line.reaches == "plan":
        return enrolment
    _implementation(enrolment, passage, calendar, opened)
    if passage.line.reaches == "implementation":
        return enrolment
    _dossier(enrolment, passage, library, calendar, opened)
    return enrolment


def _idea(enrolment: Enrolment, passage: Passage, calendar: Calendar, opened: int) -> None:
    idea = ideas.save(
        enrolment.idea,
        version=enrolment.idea.version,
        description=f"{passage.line.name}: {passage.line.summary}",
        difference="Làm theo mẻ nhỏ, ghi chép từng mẻ, người mua biết ai làm.",
        local_speciality="Nguyên liệu và cách làm có ở địa phương từ nhiều đời.",
        value_added="Phân loại, chế biến, đóng gói và ghi nhãn tại chỗ.",
        no_harm="Phụ phẩm được ủ làm phân; nước thải qua bể lắng.",
        market="Chợ phiên, cửa hàng đặc sản, bán qua điện thoại.",
        by=passage.owner,
        at=calendar.at(opened - 3),
    )
    ideas.submit(idea, by=passage.owner, at=calendar.at(opened - 3, 10))
    if passage.line.reaches == "idea":
        return
    findings = {criterion: Finding(met=True) for criterion in ProductCriterion}
    ideas.accept(idea, findings=findings, by=passage.appraiser, at=calendar.at(opened - 8))


def _plan(enrolment: Enrolment, passage: Passage, calendar: Calendar, opened: int) -> None:
    enrolment.refresh_from_db()
    plan = plans.save(
        enrolment.plan,
        version=enrolment.plan.version,
        goals="Bán ổn định quanh năm, có nhãn và mã truy xuất.",
        material_area="Vùng nguyên liệu của thành viên và hộ liên kết trong xã.",
        technology="Máy sơ chế nhỏ, dụng cụ inox, quy trình viết thành văn bản.",
        quality="Tự công bố chất lượng, kiểm nghiệm mỗi năm.",
        market="Ba cửa hàng trong tỉnh, một sàn thương mại điện tử.",
        organisation="Tổ sản xuất, tổ bán hàng, một người phụ trách chất lượng.",
        finance="Vốn góp của thành viên, phần còn lại vay ngân hàng.",
        investment=480_000_000,
        own_capital=300_000_000,
        by=passage.owner,
        at=calendar.at(opened - 12),
    )
    plans.submit(plan, by=passage.owner, at=calendar.at(opened - 12, 10))
    if passage.line.reaches != "plan":
        plans.accept(plan, by=passage.appraiser, at=calendar.at(opened - 18))


def _implementation(
    enrolment: Enrolment, passage: Passage, calendar: Calendar, opened: int
) -> None:
    enrolment.refresh_from_db()
    due = calendar.day(opened - 30) + timedelta(days=3)
    made = [
        milestones.add(
            enrolment, title=title, due_on=due, by=passage.owner, at=calendar.at(opened - 20)
        )
        for title in ("Thiết kế bao bì và nhãn", "Kiểm nghiệm sản phẩm", "Công bố chất lượng")
    ]
    finished = made if passage.line.reaches != "implementation" else made[:1]
    for milestone in finished:
        milestones.complete(
            milestone,
            completed_on=calendar.day(opened - 30),
            by=passage.owner,
            at=calendar.at(opened - 30, 14),
        )
    if passage.line.reaches != "implementation":
        enrolments.finish_implementation(enrolment, by=passage.owner, at=calendar.at(opened - 31))


def _dossier(
    enrolment: Enrolment, passage: Passage, library: Library, calendar: Calendar, opened: int
) -> None:
    at = calendar.at(opened - 33, 9)
    dossier = Dossier.objects.get(enrolment=enrolment)
    dossier = dossiers.save(
        dossier,
        version=dossier.version,
        introduction="Chủ thể hư cấu của dữ liệu trình diễn, mười hai thành viên, ba tổ.",
        plan_results="Đã hoàn thành các mốc của phương án; doanh thu tăng hai mùa liền.",
        outlook="Thêm một điểm bán ngoài tỉnh và một gói quà nhỏ.",
        by=passage.owner,
        at=at,
    )
    library.attach_required(dossier, by=passage.owner, at=at)
    rubric = rubric_of(edition_for(dossier.regime, dossier.product_set.number))
    stars = passage.line.aims_at
    aim = min(
        aim_of(stars, passage.product.pk) + 3, 100
    )  # people think a little better of their own
    choices = choices_towards(rubric, total=aim, stars=stars)
    self_assessments.save(dossier, choices=choices, by=passage.owner, at=at)
    dossier.refresh_from_db()
    fact = facts.ask(facts.SELF_ASSESSMENT, dossier)
    lodgings.lodge(
        dossier,
        facts=frozenset({SELF_ASSESSED}) if fact.is_complete else frozenset(),
        rubric_hash=fact.rubric_hash,
        assessment=fact.summary,
        by=passage.owner,
        at=calendar.at(opened - 34),
    )
