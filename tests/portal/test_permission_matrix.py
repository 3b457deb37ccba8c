"""Every address of the portal × who asks × how: what must be shut is shut.

The addresses are read from the URL configuration, so a new one is asked about as soon as it
exists: either it leads a visitor to the login, or it stands on the list of public ones; and where
it names an object, a producer from elsewhere does not find Lan's, while Lan does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

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
from ocop_portal.accounts.sessions import handle_of
from ocop_portal.clients import tokens, webhooks
from ocop_portal.clients.models import ApiToken, Change, Webhook, WebhookDelivery
from ocop_portal.clients.scopes import Scope
from ocop_portal.journal.models import Entry, Mute, Notification
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
from registry.selectors import token_of
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
from tests.conftest import LogIn
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

# Addresses for everybody: guidance, catalogue, verification, statistics, the entrance itself.
PUBLIC = {
    "home",
    "healthz",
    "robots",
    "set_language",
    "accounts:login",
    "accounts:logout",
    "accounts:sign-up",
    "accounts:signed-up",
    "accounts:confirm",
    "accounts:password-reset",
    "accounts:password-link-sent",
    "accounts:password-set",
    "accounts:keep-alive",
    "cycle:idea-blank",
    "cycle:plan-blank",
    "cycle:session-list",
    "cycle:session-detail",
    "cycle:session-material",
    "clients:guide",
    "criteria:list",
    "criteria:detail",
    "criteria:calculator",
    "criteria:sheet",
    "guidance:index",
    "guidance:page",
    "privacy:note",
    "promotion:catalogue",
    "promotion:comparison",
    "promotion:favourites",
    "promotion:favourite-change",
    "promotion:gtin",
    "promotion:provinces",
    "promotion:news-list",
    "promotion:sitemap",
    "promotion:sitemap-part",
    "promotion:news",
    "promotion:news-file",
    "promotion:news-feed",
    "promotion:product-feed",
    "promotion:share-picture",
    "promotion:gtin-pack",
    "promotion:product",
    "promotion:picture",
    "promotion:enquiry-change",
    "promotion:enquiry-list",
    "promotion:enquiry-state",
    "promotion:event",
    "promotion:events",
    "promotion:point",
    "promotion:points",
    "promotion:photograph",
    "promotion:verify",
    "promotion:verify-pdf",
    "promotion:credential",
    "promotion:credential-check",
    "promotion:credential-context",
    "promotion:credential-worker",
    "promotion:issuer",
    "promotion:journal-head",
    "promotion:journal-heads",
    "promotion:journal-heads-list",
    "promotion:jwks",
    "promotion:status-list",
    "promotion:report",
    "promotion:report-state",
    "open-data:index",
    "open-data:file",
    "reporting:stars",
    "reporting:stars-file",
    "reporting:star-list",
    "reporting:standard-file",
    "reporting:period",
    "reporting:period-book",
    "reporting:period-paper",
    "reporting:targets",
    "registry:eligibility",
    "registry:unit-list",
    "registry:unit-page",
    "registry:unit-search",
    "registry:former-communes",
    "api-schema",
    "api-docs",
    "api-unit-list",
    "api-unit-detail",
    "api-product-set-list",
    "api-rubric-list",
    "api-rubric-detail",
    "api-rubric-evaluate",
    "api-event",
    "api-event-list",
    "api-point",
    "api-point-list",
    "api-product-list",
    "api-product",
    "api-certificate",
    "api-star-statistics",
    "api-target-statistics",
    "api-round-list",
}
# Objects that are no secret (a round, a unit, a product with a public page), and a page that tells
# everybody but administrators the same, whatever they name: who may not act is told so.
SHARED = {
    "registry:posting-end",
    "registry:craft-village-edit",
    "registry:unit-change-create",
    "registry:unit-change-detail",
    "registry:unit-change-withdraw",
    "privacy:own-request",
    "cycle:round-detail",
    "cycle:round-close",
    "cycle:session-register",
    "scoring:decision-create",
    "scoring:decision-register",
    "scoring:edition-set",
    "scoring:inspection-plan",
    "scoring:edition-publish",
    "promotion:event-apply",
    "promotion:mark-list",
    "promotion:withhold",
    "promotion:show",
    "reporting:faults",
    "reporting:faults-draft",
}
CONVERTER = re.compile(r"<(?:(\w+):)?(\w+)>")
ADMIN = "admin"
AFTERWARDS = NOW + timedelta(days=20)


@dataclass(frozen=True)
class Address:
    """One address: its name, its route, the names of its arguments."""

    name: str
    route: str

    @property
    def arguments(self) -> list[tuple[str, str]]:
        return [(kind or "str", name) for kind, name in CONVERTER.findall(self.route)]

    def __str__(self) -> str:
        return f"{self.name} {self.route}"


@cache
def addresses() -> list[Address]:
    return sorted(set(_walk(get_resolver())), key=str)


def _walk(resolver: URLResolver, space: str = "", route: str = "") -> Iterator[Address]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace != ADMIN:
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from _walk(entry, inner, f"{route}{entry.pattern}")
        elif isinstance(entry, URLPattern):
            yield Address(f"{space}{entry.name}", f"{route}{entry.pattern}")


DUMMIES: dict[str, Any] = {
    "int": 1,
    "str": "x",
    "slug": "x",
    "path": "10/x",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "dimension": "group",
    "fileform": "csv",
    "shape": "ptnt-ocop",
}


def path_of(address: Address, values: dict[str, Any] | None = None) -> str:
    dummies = {name: DUMMIES[kind] for kind, name in address.arguments}
    return reverse(address.name, kwargs={**dummies, **(values or {})})


def is_shut(response: Any) -> bool:
    """Led to the login, refused, or not there."""
    if response.status_code == 302:
        return str(response["Location"]).startswith(reverse("accounts:login"))
    return response.status_code in {401, 403, 404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("address", addresses(), ids=str)
def test_visitors_see_only_what_is_public(client: Client, address: Address) -> None:
    path = path_of(address)

    answers = [client.get(path), client.post(path), client.put(path), client.delete(path)]

    if address.name in PUBLIC:
        assert not all(answer.status_code in {401, 403, 500} for answer in answers)
    else:
        assert [is_shut(answer) for answer in answers] == [True] * 4


def test_the_list_of_public_addresses_holds_nothing_that_is_gone() -> None:
    names = {address.name for address in addresses()}

    assert (PUBLIC | SHARED) - names == set()


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


@pytest.fixture(scope="module")
def _world_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once; each test's own transaction lies inside this one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(_world_of_the_module: World, db: None) -> Iterator[World]:
    with time_machine.travel(AFTERWARDS, tick=False):
        yield _world_of_the_module


# The words before an argument in a route, and which of Lan's things it stands for.
THINGS: dict[tuple[str, str], Callable[[World], Any]] = {
    ("registry", "san-pham/<int:pk>"): lambda w: w.product.pk,
    ("registry", "chu-the/<int:pk>"): lambda w: w.subject.pk,
    ("registry", "nguoi/<int:posting_pk>"): lambda w: w.colleague.pk,
    ("registry", "anh/<int:pk>"): lambda w: w.picture.pk,
    ("registry", "anh/<slug:token>"): lambda w: w.picture.token,
    ("registry", "<slug:token>/<slug:size>"): lambda _w: "nho",
    ("registry", "xep/<slug:to>"): lambda _w: "sau",
    ("promotion", "hinh/<slug:token>"): lambda w: w.picture.token,
    ("promotion", "<slug:token>/<slug:size>"): lambda _w: "nho",
    ("registry", "minh-chung/<int:pk>"): lambda w: w.evidence.pk,
    ("registry", "trang/<int:number>"): lambda _w: 1,
    ("registry", "vung-nguyen-lieu/<int:pk>"): lambda w: w.area.pk,
    ("registry", "lang-nghe/<int:pk>"): lambda w: w.village.pk,
    ("registry", "dia-phuong/<int:pk>"): lambda w: w.product.commune_id,
    ("registry", "thay-doi/<slug:kind>"): lambda _w: "rename",
    ("registry", "thay-doi/<int:pk>"): lambda w: w.unit_change.pk,
    ("registry", "noi-lam/<int:commune_pk>"): lambda w: w.product.production_communes.get().pk,
    ("registry", "loi-moi/<int:invitation_pk>"): lambda w: w.invitation.pk,
    ("registry", "loi-moi/<str:token>"): lambda w: token_of(w.invitation),
    ("registry", "cua-toi/<int:pk>"): lambda w: w.invitation.pk,
    ("registry", "vai-tro/<int:pk>"): lambda w: w.colleague.pk,
    ("registry", "nguoi/<int:pk>"): lambda w: w.colleague.user_id,
    ("registry", "loi-moi/<int:pk>"): lambda w: w.office_invitation.pk,
    ("cycle", "dot/<int:pk>"): lambda w: w.enrolment.round.pk,
    ("cycle", "tham-gia/<int:pk>"): lambda w: w.product.pk,
    ("cycle", "luot/<int:pk>"): lambda w: w.enrolment.pk,
    ("cycle", "lop-hoc/<int:pk>"): lambda w: w.lesson.pk,
    ("cycle", "ho-tro/<int:pk>"): lambda w: w.support.pk,
    ("cycle", "moc/<int:pk>"): lambda w: w.milestone.pk,
    ("cycle", "ho-so/<int:pk>"): lambda w: w.dossier.pk,
    ("cycle", "minh-chung/<slug:code>"): lambda w: w.link.item,
    ("cycle", "go/<int:link_pk>"): lambda w: w.link.pk,
    ("cycle", "ban-da-nop/<int:number>"): lambda _w: 1,
    ("cycle", "giay-de-dien/<slug:code>"): lambda _w: "labour",
    ("cycle", "so/<int:before>"): lambda _w: 1,
    ("cycle", "<int:before>/<int:after>"): lambda _w: 1,
    ("scoring", "hoi-dong/<int:pk>"): lambda w: w.council.pk,
    ("scoring", "thanh-vien/<int:pk>"): lambda w: w.seat.pk,
    ("scoring", "phien/<int:pk>"): lambda w: w.session.pk,
    ("scoring", "cam-quan/<int:number>"): lambda _w: 417,
    ("scoring", "muc/<int:pk>"): lambda w: w.item.pk,
    ("scoring", "phieu/<int:pk>"): lambda w: w.sheet.pk,
    ("scoring", "tu-danh-gia/<int:pk>"): lambda w: w.dossier.pk,
    ("scoring", "ket-qua/<int:pk>"): lambda w: w.rating.pk,
    ("scoring", "bo-tieu-chi/<str:regime>"): lambda w: w.rating.edition.regime,
    ("scoring", "<str:regime>/<int:number>"): lambda w: w.rating.edition.set_number,
    ("scoring", "ban/<int:pk>"): lambda w: w.rating.edition.pk,
    ("scoring", "lap/<int:unit_pk>"): lambda w: w.decision.unit.pk,
    ("scoring", "khieu-nai/<int:pk>"): lambda w: w.complaint.pk,
    ("scoring", "goi-ho-so/<int:pk>"): lambda w: w.package.pk,
    ("scoring", "so/<int:unit_pk>"): lambda w: w.decision.unit.pk,
    ("scoring", "<int:unit_pk>/<int:year>"): lambda w: w.decision.year,
    ("scoring", "quyet-dinh/<int:pk>"): lambda w: w.decision.pk,
    ("scoring", "giay-chung-nhan/<int:pk>"): lambda w: w.certificate.pk,
    ("scoring", "quyet-dinh/<slug:word>"): lambda _w: "tam-dung",
    ("scoring", "bien-phap/<int:pk>"): lambda w: w.measure.pk,
    ("scoring", "kiem-tra/<int:pk>"): lambda w: w.finding.inspection.pk,
    ("scoring", "phat-hien/<int:pk>"): lambda w: w.finding.pk,
    ("scoring", "anh/<int:pk>"): lambda w: w.photo.pk,
    ("scoring", "ke-hoach/<int:unit_pk>"): lambda w: w.decision.unit.pk,
    ("promotion", "xuc-tien/<int:product_id>"): lambda w: w.product.pk,
    ("promotion", "phan-anh/<int:pk>"): lambda w: w.report.pk,
    ("promotion", "nhan-hieu/<int:unit_pk>"): lambda w: w.mark.unit.pk,
    ("promotion", "tep/<int:pk>"): lambda w: w.mark.pk,
    ("promotion", "diem-ban/<int:sold_id>"): lambda w: w.sold.pk,
    ("promotion", "thu-hoi-mua/<int:pk>"): lambda w: w.asked.pk,
    ("promotion", "ho-so/<int:dossier_id>"): lambda w: w.dossier.pk,
    ("promotion", "su-kien/<int:pk>"): lambda w: w.entry.event.pk,
    ("promotion", "to-chuc/<int:pk>"): lambda w: w.entry.event.pk,
    ("promotion", "tham-gia/<int:entry_id>"): lambda w: w.entry.pk,
    ("promotion", "chao-ban/<int:sold_id>"): lambda w: w.proposal.pk,
    ("promotion", "so-diem-ban/<int:pk>"): lambda w: w.proposal.point.pk,
    ("reporting", "nhap-so/<int:pk>"): lambda w: w.register.pk,
    ("reporting", "hang-loat/<int:pk>"): lambda w: w.job.pk,
    ("reporting", "yeu-cau/<int:pk>"): lambda w: w.sending.report.request.pk,
    ("reporting", "bao-cao/<int:pk>"): lambda w: w.sending.report.pk,
    ("reporting", "lan-gui/<int:pk>"): lambda w: w.sending.pk,
    ("reporting", "ke-hoach/<int:pk>"): lambda w: w.plan.pk,
    ("reporting", "khoan-chi/<int:pk>"): lambda w: w.spending.pk,
    ("reporting", "bo-loc/<int:pk>"): lambda w: w.saved.pk,
    ("reporting", "loi-thuong-gap/<int:pk>"): lambda w: w.enrolment.round.pk,
    ("promotion", "tin-tuc/<int:pk>"): lambda w: w.news_file.item.pk,
    ("promotion", "dinh-kem/<int:pk>"): lambda w: w.news_file.pk,
    ("accounts", "phien/<slug:handle>"): lambda w: handle_of(w.browser.session_key),
    ("privacy", "tep/<int:pk>"): lambda w: w.own_data.pk,
    ("privacy", "rut/<int:pk>"): lambda w: w.asked_data.pk,
    ("privacy", "yeu-cau/<int:pk>"): lambda w: w.asked_data.pk,
    ("privacy", "yeu-cau/<slug:kind>"): lambda _w: "deletion",
    ("clients", "ma-truy-cap/<int:pk>"): lambda w: w.token.pk,
    ("clients", "nhan-tin/<int:pk>"): lambda w: w.webhook.pk,
    ("clients", "tin/<int:pk>"): lambda w: w.delivery.pk,
    ("api", "subjects/<int:pk>"): lambda w: w.subject.pk,
    ("api", "registered-products/<int:pk>"): lambda w: w.product.pk,
    ("api", "pictures/<slug:token>"): lambda w: w.picture.token,
    ("api", "<slug:token>/<slug:size>"): lambda _w: "nho",
    ("api", "evidence/<int:pk>"): lambda w: w.evidence.pk,
    ("api", "enrolments/<int:pk>"): lambda w: w.enrolment.pk,
    ("api", "dossiers/<int:pk>"): lambda w: w.dossier.pk,
    ("api", "papers/<slug:item>"): lambda w: w.link.item,
    ("api", "<slug:item>/<int:evidence>"): lambda w: w.link.evidence_id,
    ("api", "councils/<int:pk>"): lambda w: w.council.pk,
    ("api", "sessions/<int:pk>"): lambda w: w.session.pk,
    ("api", "agenda-items/<int:pk>"): lambda w: w.item.pk,
    ("api", "ratings/<int:pk>"): lambda w: w.rating.pk,
    ("api", "certificate-rows/<int:pk>"): lambda w: w.certificate.pk,
    ("journal", "thong-bao/<int:pk>"): lambda w: w.notice.pk,
    ("journal", "hop-thu-di/<int:pk>"): lambda w: w.notice.pk,
    ("journal", "cong-tac/<int:pk>"): lambda w: w.switch.pk,
}


def with_objects() -> list[Address]:
    return [a for a in addresses() if a.arguments and a.name not in PUBLIC]


def values_for(address: Address, world: World) -> dict[str, Any]:
    """The arguments that stand for Lan's things; an unknown one asks to be taught here."""
    space = "api" if address.name.startswith("api-") else address.name.partition(":")[0]
    values = {}
    for found in CONVERTER.finditer(address.route):
        word = address.route[: found.start()].rstrip("/").rsplit("/", 1)[-1]
        values[found[2]] = THINGS[space, f"{word}/{found[0]}"](world)
    return values


def put_away(response: Any) -> None:
    """Closes the file of a download; `response.close()` would end the test's own connection."""
    for close in response._resource_closers:
        close()


def statuses(browser: Client, path: str) -> set[int]:
    """What opening and sending answer; what sending changed is undone."""
    opened = browser.get(path)
    put_away(opened)
    mark = transaction.savepoint()
    sent = browser.post(path)
    put_away(sent)
    transaction.savepoint_rollback(mark)
    return {opened.status_code, sent.status_code}


@pytest.mark.parametrize("address", with_objects(), ids=str)
def test_people_from_elsewhere_find_nothing_of_lans(
    world: World, log_in: LogIn, address: Address
) -> None:
    path = path_of(address, values_for(address, world))
    allowed = {200, 403, 404, 405} if address.name in SHARED else {404, 405}

    there = any(statuses(log_in(person), path) - {404, 405} for person in world.insiders)
    producer = statuses(log_in(world.stranger), path)
    officer = statuses(log_in(world.officer_elsewhere), path)

    assert there, "nobody finds it"
    assert producer <= allowed
    assert officer <= allowed | ({403} if address.name.startswith("journal:") else set())


# What concerns the reader's own account, whoever that is.
PERSONAL = ("accounts:", "journal:notice", "clients:", "privacy:own", "reporting:filter-")
# An auditor may register a producer of his own; the others ask for the missing word of the form
# before the service asks who speaks.
FORM_FIRST = {
    "promotion:event-apply",
    "api-evidence-list",
    "api-registered-product-list",
    "api-subject-list",
    "cycle:session-register",
    "registry:subject-create",
    "reporting:bulk-start",
    "promotion:withhold",
    "scoring:item-detail",
    "scoring:rating-choose",
}


@pytest.mark.parametrize("address", addresses(), ids=str)
def test_an_auditor_changes_nothing(world: World, log_in: LogIn, address: Address) -> None:
    if address.name in PUBLIC or address.name.startswith(PERSONAL):
        return
    values = values_for(address, world) if address.arguments else {}
    before = Entry.objects.count()

    answer = log_in(world.auditor).post(path_of(address, values))

    refusals = {403, 404, 405} | ({200, 302, 415, 422} if address.name in FORM_FIRST else set())
    assert answer.status_code in refusals
    assert Entry.objects.count() == before


# Pages of one thing that are named otherwise, and those that tell no history, with the reason.
MORE_PAGES = {"promotion:enquiry", "promotion:kept-event", "promotion:kept-point"}
WITHOUT_HISTORY = {
    "criteria:detail": "the text of a set of criteria; its editions stand in the council's office",
    "reporting:sending-detail": "a frozen sending; its report tells the history",
    "registry:invitation-detail": "tells the state of one invitation and who sent it when",
}


def pages_of_things() -> list[Address]:
    return [
        address
        for address in addresses()
        if address.arguments
        and not address.name.startswith("api-")
        and (address.name.endswith("-detail") or address.name in MORE_PAGES)
        and address.name not in WITHOUT_HISTORY
    ]


@pytest.mark.parametrize("address", pages_of_things(), ids=str)
def test_page_of_a_thing_tells_its_history(world: World, log_in: LogIn, address: Address) -> None:
    path = path_of(address, values_for(address, world))

    answers = [log_in(person).get(path) for person in dict.fromkeys(world.insiders)]
    opened = [answer for answer in answers if answer.status_code == 200]

    assert opened
    assert any("Lịch sử</h2>" in answer.content.decode() for answer in opened)
