"""What lies in the register and happens before a dossier: a village, lessons, help, a question."""

from dataclasses import dataclass
from datetime import timedelta

from cycle.domain.sessions import SessionKind
from cycle.domain.steps import Step
from cycle.domain.support import SupportKind, SupportMove
from cycle.models import Enrolment, InformationSession
from cycle.services import messages, sessions, support
from cycle.services.support import Answer
from ocop_portal.accounts.models import User
from registry.domain.capacity import AreaCertificate
from registry.models import Subject
from registry.services import capacities, craft_villages, material_areas
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.people import ProvinceCast

PHONE = "0900000000"


@dataclass(frozen=True)
class Neighbourhood:
    """A producer, the producer's account, and who serves the place."""

    subject: Subject
    owner: User
    cast: ProvinceCast
    calendar: Calendar


def settle(place: Neighbourhood) -> None:
    """The craft village, what the subject can do, and where its material grows."""
    at = place.calendar.at(200)
    commune = place.subject.commune
    village = craft_villages.register(
        name="Làng nghề chè Suối Bạc (hư cấu)",
        commune=commune,
        is_traditional=True,
        decision_number="1207/QĐ-UBND",
        recognised_on=place.calendar.day(1500),
        by=place.cast.provincial_officer,
        at=at,
    )
    subject = Subject.objects.get(pk=place.subject.pk)
    subject = capacities.save(
        subject,
        version=subject.version,
        workers=42,
        trained_workers=31,
        workers_year=place.calendar.day(200).year,
        craft_village=village,
        has_circular_chain=True,
        circular_note="Bã chè và cỏ ủ thành phân, bón lại cho đồi chè.",
        by=place.owner,
        at=at,
    )
    material_areas.add(
        subject,
        name="Đồi chè Suối Bạc",
        commune=commune,
        area_m2=124_000,
        certificate=AreaCertificate.VIETGAP,
        by=place.owner,
        at=at,
    )


def teach(place: Neighbourhood) -> None:
    """A training that took place and its roll call, and one to which people may still come."""
    past = _lesson(place, "Ghi nhãn và truy xuất nguồn gốc", held=60, told=75)
    sessions.register(past, phone=PHONE, by=place.owner, at=place.calendar.at(70))
    officer = place.cast.commune_officer
    guests = [
        sessions.add_on_site(
            past, name=name, phone="", is_official=False, by=officer, at=place.calendar.at(70)
        )
        for name in ("Triệu Thị Pham", "Hoàng Văn Thủy", "Lý Thị Mẩy")
    ]
    here = past.attendees.exclude(pk=guests[-1].pk).values_list("pk", flat=True)
    sessions.mark_attendance(past, present=set(here), by=officer, at=place.calendar.at(60, 12))
    coming = _lesson(place, "Viết ý tưởng và phương án OCOP", held=-12, told=3)
    sessions.register(coming, phone=PHONE, by=place.owner, at=place.calendar.at(2))


def _lesson(place: Neighbourhood, title: str, *, held: int, told: int) -> InformationSession:
    begins = place.calendar.at(held, 8)
    return sessions.hold(
        unit=place.subject.commune,
        title=f"{title} (trình diễn)",
        kind=SessionKind.TRAINING,
        place="Nhà văn hóa xã",
        starts_at=begins,
        ends_at=begins + timedelta(hours=3),
        registration_closes_at=begins - timedelta(days=1),
        capacity=40,
        description="Mang theo nhãn, bao bì đang dùng.",
        by=place.cast.commune_officer,
        at=place.calendar.at(told),
    )


def help_along(place: Neighbourhood) -> None:
    """Of two requests for help one is granted with its provider and money, one waits."""
    row = _passage(place, Step.PLAN)
    if row is None:
        return
    asked = support.send(
        row,
        kind=SupportKind.DESIGN,
        text="Cần mẫu bao bì giấy cho gói 250 g, có chỗ dán mã truy xuất.",
        by=place.owner,
        at=place.calendar.at(30),
    )
    granted = Answer(
        text="Được hỗ trợ một bộ nhận diện; đơn vị thiết kế sẽ gọi trong tuần.",
        provider="Trung tâm Khuyến công (hư cấu)",
        source="Ngân sách tỉnh",
        money=15_000_000,
    )
    support.decide(
        asked,
        SupportMove.GRANT,
        answer=granted,
        version=asked.version,
        by=place.cast.district_officer,
        at=place.calendar.at(26),
    )
    support.send(
        row,
        kind=SupportKind.TRAINING,
        text="Hai người cần lớp an toàn thực phẩm.",
        by=place.owner,
        at=place.calendar.at(4),
    )


def ask(place: Neighbourhood) -> None:
    """A question of the producer that waits for its answer."""
    row = _passage(place, Step.IDEA)
    if row is not None:
        text = "Ý tưởng này đã gửi hơn ba tuần, bao giờ có kết quả thẩm định?"
        messages.write(row, text=text, asks=True, by=place.owner, at=place.calendar.at(5))


def _passage(place: Neighbourhood, step: Step) -> Enrolment | None:
    return Enrolment.objects.filter(product__subject=place.subject, step=step).first()
