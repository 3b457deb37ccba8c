"""One of each sort of thing, all of them Lan's, and the people who have to do with them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Model

from cycle.domain.samples import CustodyKind
from cycle.models import (
    Dossier,
    DossierEvidence,
    Enrolment,
    InformationSession,
    Milestone,
    SupportRequest,
)
from cycle.services import samples, sessions
from ocop_portal.accounts.models import BrowserSession, User
from ocop_portal.clients import tokens, webhooks
from ocop_portal.clients.models import ApiToken, Change, Webhook, WebhookDelivery
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal.models import Mute, Notification
from ocop_portal.journal.services import record
from ocop_portal.privacy import exports as data_exports
from ocop_portal.privacy import requests as data_requests
from ocop_portal.privacy.models import DataExport, DataRequest, RequestKind
from promotion.domain.enquiries import Wanted
from promotion.domain.reports import ReportKind
from promotion.domain.sales import PlaceKind
from promotion.models import (
    EnquiryPart,
    EventEntry,
    MisuseReport,
    NewsFile,
    OfficialMark,
    SoldAt,
)
from promotion.services import enquiries, labels, points_of_sale, reports
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import (
    CraftVillage,
    Evidence,
    Invitation,
    MaterialArea,
    Posting,
    Product,
    ProductPicture,
    Subject,
    UnitChange,
)
from registry.services import invitations
from reporting.models import (
    BulkJob,
    ProvincePlan,
    RegisterImport,
    ReportSending,
    SavedFilter,
    Spending,
)
from scoring.domain.decision_states import DecisionKind
from scoring.models import (
    AgendaItem,
    Certificate,
    Complaint,
    Council,
    CouncilMember,
    Decision,
    Finding,
    InspectionPhoto,
    Package,
    Rating,
    SampleNumber,
    Session,
    Sheet,
)
from scoring.services import documents, inspections
from tests.factories import cycle as make_cycle
from tests.factories import events as make_events
from tests.factories import inspections as visits
from tests.factories import news as make_news
from tests.factories import people
from tests.factories import points as make_points
from tests.factories import programme as make_programme
from tests.factories import registers as make_registers
from tests.factories import registry as make
from tests.factories import scoring as make_scoring
from tests.factories import sessions as make_sessions
from tests.factories import support as make_support
from tests.factories.registry import NOW

AFTERWARDS = NOW + timedelta(days=20)


@dataclass(frozen=True)
class World:
    """Lan's things, one of each sort, at the end of their way; and who has to do with them."""

    lan: User
    stranger: User
    officer_elsewhere: User
    auditor: User
    insiders: list[User]
    subject: Subject
    product: Product
    evidence: Evidence
    posting: Posting
    colleague: Posting
    area: MaterialArea
    village: CraftVillage
    unit_change: UnitChange
    invitation: Invitation
    office_invitation: Invitation
    picture: ProductPicture
    enrolment: Enrolment
    lesson: InformationSession
    support: SupportRequest
    milestone: Milestone
    dossier: Dossier
    link: DossierEvidence
    council: Council
    seat: CouncilMember
    session: Session
    item: AgendaItem
    sheet: Sheet
    rating: Rating
    decision: Decision
    certificate: Certificate
    complaint: Complaint
    package: Package
    measure: Decision
    report: MisuseReport
    mark: OfficialMark
    finding: Finding
    photo: InspectionPhoto
    sold: SoldAt
    news_file: NewsFile
    proposal: SoldAt
    entry: EventEntry
    asked: EnquiryPart
    notice: Notification
    switch: Mute
    browser: BrowserSession
    token: ApiToken
    webhook: Webhook
    delivery: WebhookDelivery
    register: RegisterImport
    job: BulkJob
    asked_data: DataRequest
    own_data: DataExport
    sending: ReportSending
    plan: ProvincePlan
    spending: Spending
    saved: SavedFilter


def first(model: type[Model], **facts: Any) -> Any:
    row = model._default_manager.filter(**facts).order_by("pk").first()
    assert row is not None, f"no {model._meta.label}"
    return row


def make_world() -> World:
    lan, stranger, an = people.lan(), people.tuan(), people.an()
    subject = people.subject_of(lan)
    product = make_cycle.product(maker=subject)
    make.production_place(product)
    evidence = make.paper(subject)
    colleague = make.posting(make.person("Quý"), Role.EDITOR, subject)
    row = make_cycle.enrolment(item=product, round=make_cycle.season("2026"))
    dossier = make_scoring.accepted_dossier(regime="2026", row=row)
    samples.record(
        dossier,
        kind=CustodyKind.RECEIVED,
        units=5,
        by=make_cycle.officer_for(dossier.enrolment, Level.PROVINCE),
        at=NOW,
    )
    rating = make_scoring.concluded(dossier, [80, 80, 80])
    decision = make_scoring.signed(make_scoring.drafted(rating))
    package = make_scoring.package_of(rating)
    documents.make_all_of(decision)
    item = rating.item
    SampleNumber.objects.create(
        session=item.session, item=item, number=417, drawn_at=NOW, drawn_by=an
    )
    members = CouncilMember.objects.filter(council=item.session.council).order_by("pk")
    inspection = visits.recorded(first(Certificate, rating=rating), at=AFTERWARDS)
    inspector = visits.officer(inspection.certificate)
    sold = points_of_sale.offer(
        product,
        name="Bưu điện xã",
        kind=PlaceKind.POST_OFFICE,
        commune=make.commune(),
        by=lan,
        at=NOW,
    )
    lesson = make_sessions.session()
    make_support.request(dossier.enrolment)
    sessions.register(lesson, phone="0912345678", by=lan, at=NOW)
    entry = record("accounts.password.changed", subject=lan, actor=an, at=NOW)
    register = make_registers.checked(
        make_registers.workbook(make_registers.table([make_registers.line()])),
        make.officer(Role.PROVINCIAL_OFFICER, make.province()),
    )
    hook = webhooks.place(url="https://example.org/", kinds=(), by=lan, at=NOW)
    return World(
        lan=lan,
        stranger=stranger,
        officer_elsewhere=people.officer(
            "Lý Thị Mây",
            "may@ocop.example",
            Role.PROVINCIAL_OFFICER,
            make.province("Tỉnh Lào Cai", "15"),
        ),
        auditor=people.giang(),
        insiders=[
            lan,
            an,
            *(member.user for member in members),
            *(posting.user for posting in Posting.objects.exclude(user=stranger).order_by("pk")),
        ],
        subject=subject,
        product=product,
        evidence=evidence,
        posting=Posting.objects.get(user=lan),
        colleague=colleague,
        area=make.material_area(subject, by=lan),
        village=make.craft_village(),
        unit_change=make.unit_change(by=an),
        invitation=invitations.invite(
            subject, email=colleague.user.email, role=Role.OWNER, by=lan, at=AFTERWARDS
        ),
        office_invitation=make.office_invitation("moi@ocop.example", by=an, at=AFTERWARDS),
        picture=make.picture(product),
        enrolment=dossier.enrolment,
        lesson=lesson,
        support=first(SupportRequest, enrolment=dossier.enrolment),
        milestone=first(Milestone, enrolment=dossier.enrolment),
        dossier=dossier,
        link=first(DossierEvidence, dossier=dossier),
        council=item.session.council,
        seat=members[0],
        session=item.session,
        item=item,
        sheet=first(Sheet, item=item),
        rating=rating,
        decision=decision,
        certificate=first(Certificate, rating=rating),
        complaint=make_scoring.complaint(rating, at=decision.drafted_at + timedelta(days=2)),
        package=package,
        finding=inspections.find(
            inspection, text="Tem mờ", due_on=AFTERWARDS.date(), by=inspector, at=AFTERWARDS
        ),
        photo=inspections.add_photo(
            inspection, file=visits.picture(), caption="Tem", by=inspector, at=AFTERWARDS
        ),
        report=reports.receive(
            kind=ReportKind.OTHER,
            text="Bao bì in sai hạng sao",
            certificate=inspection.certificate,
            photo=visits.picture(),
            at=AFTERWARDS,
        ),
        mark=labels.keep_mark(
            inspection.unit,
            stars=inspection.certificate.stars,
            file=visits.picture(),
            by=inspector,
            at=AFTERWARDS,
        ),
        measure=make_scoring.measure(
            first(Certificate, rating=rating), DecisionKind.SUSPEND, at=AFTERWARDS
        ),
        sold=sold,
        asked=enquiries.send(
            [Wanted(product.pk, product.subject_id)], text="Hỏi giá sỉ", at=AFTERWARDS
        ).parts.get(),
        entry=make_events.applied(
            make_events.called(by=inspector, at=AFTERWARDS), product, by=lan, at=AFTERWARDS
        ),
        news_file=make_news.with_file(inspection.unit, by=inspector, at=AFTERWARDS),
        proposal=points_of_sale.propose(
            product, make_points.registered(by=inspector), by=lan, at=AFTERWARDS
        ),
        notice=Notification.objects.create(
            entry=entry, recipient=lan, channel="portal", state="sent", due_at=NOW
        ),
        switch=Mute.objects.create(kind="", person=lan, by=an, at=NOW),
        browser=BrowserSession.objects.create(
            session_key="k" * 32, user=lan, expire_date=AFTERWARDS + timedelta(days=1)
        ),
        token=tokens.make(name="x", scopes=[Scope.READ], days=30, by=lan, at=NOW)[0],
        webhook=hook,
        delivery=WebhookDelivery.objects.create(
            webhook=hook, change=Change.objects.create(entry=entry), due_at=NOW
        ),
        register=register,
        job=BulkJob.objects.create(action="remind", by=lan, made_at=NOW),
        asked_data=data_requests.ask(RequestKind.DELETION, text="", by=lan, at=AFTERWARDS),
        own_data=data_exports.ask(by=lan, at=AFTERWARDS),
        sending=make_programme.sent(at=AFTERWARDS, file=make.pdf()),
        plan=make_programme.approved(),
        spending=make_programme.spent(),
        saved=SavedFilter.objects.create(
            owner=lan, list_name="cycle:dossier-list", name="x", made_at=NOW
        ),
    )
