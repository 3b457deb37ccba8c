"""Units, people, subjects, products and papers for tests; each call makes what it says, no more."""

from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from ocop_portal.accounts.models import User
from registry.domain.documents import EvidenceKind
from registry.domain.eligibility import SubjectKind
from registry.domain.places import path_of, read_name, search_text
from registry.domain.regime import Division, Level
from registry.domain.roles import Role
from registry.domain.tax_code import check_digit
from registry.domain.text import sort_key
from registry.domain.unit_changes import ChangeKind, Outcome
from registry.models import (
    CraftVillage,
    Evidence,
    Invitation,
    MaterialArea,
    Posting,
    Product,
    ProductPicture,
    ProductSet,
    Subject,
    Unit,
    UnitChange,
    UnitSuccession,
)
from registry.services import (
    craft_villages,
    invitations,
    material_areas,
    pictures,
    product_sets,
    production_places,
    products,
    subjects,
    unit_changes,
)
from registry.services import evidence as evidence_service
from registry.services.unit_changes import Plan
from registry.services.units import THREE_TIER_UNTIL, TWO_TIER_SINCE

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)  # ten in the morning in Vietnam
TODAY = date(2026, 11, 20)
_numbers = count(1)
_papers = count(1)


def person(name: str = "", **fields: Any) -> User:
    """An account; its address is made from a running number."""
    number = next(_numbers)
    return User.objects.create_user(
        email=fields.pop("email", f"nguoi{number}@ocop.example"),
        password="mat-khau-rat-dai",
        full_name=name or f"Người {_in_letters(number)}",
        **fields,
    )


def _in_letters(number: int) -> str:
    """A name without digits, so that a page can be searched for a figure."""
    return "".join("abcdeghikl"[int(digit)] for digit in str(number)).capitalize()


def country() -> Unit:
    found, _made = Unit.objects.get_or_create(
        path="/",
        defaults={
            "level": Level.CENTRAL,
            "code": "VN",
            "name": "Việt Nam",
            "short_name": "Việt Nam",
            "kind": "",
            "search_text": "viet nam vn",
            "sort_key": "",
        },
    )
    return found


def unit(name: str, code: str, parent: Unit | None = None, *, division: Division) -> Unit:
    """A unit below `parent`, or a province; asked again, the same unit."""
    parent = parent or country()
    place = read_name(name)
    path = path_of(division, code, parent.path)
    two_tier = division == Division.TWO_TIER
    found, _made = Unit.objects.get_or_create(
        path=path,
        defaults={
            "division": division,
            "level": division.levels[path.count("/") - 2],
            "code": code,
            "name": place.full,
            "short_name": place.short,
            "kind": place.kind,
            "parent": parent,
            "valid_from": TWO_TIER_SINCE if two_tier else None,
            "valid_to": None if two_tier else THREE_TIER_UNTIL,
            "latitude": 21.5,
            "longitude": 105.8,
            "search_text": search_text(place, code=code, above=[parent.short_name], former=[]),
            "sort_key": sort_key(place.short),
        },
    )
    return found


def province(name: str = "Tỉnh Thái Nguyên", code: str = "19") -> Unit:
    """A province of today."""
    return unit(name, code, division=Division.TWO_TIER)


def commune(name: str = "Xã Tân Cương", code: str = "05503", parent: Unit | None = None) -> Unit:
    """A commune of today, in Thái Nguyên where no province is named."""
    return unit(name, code, parent or province(), division=Division.TWO_TIER)


def unit_change(by: User, unit: Unit | None = None) -> UnitChange:
    """A commune of today gets another name on the first day of 2027."""
    changed = unit or commune("Xã La Hiên", "05710")
    return unit_changes.record(
        Plan(
            kind=ChangeKind.RENAME,
            units=[changed],
            outcomes=[Outcome(changed.code, f"{changed.name} Mới")],
            effective_on=date(2027, 1, 1),
            decision_number="1700/NQ-UBTVQH15",
            reason="Đặt lại tên xã",
        ),
        by=by,
        at=NOW,
    )


def former_province(name: str = "Tỉnh Thái Nguyên", code: str = "19") -> Unit:
    return unit(name, code, division=Division.THREE_TIER)


def district(
    name: str = "Thành phố Thái Nguyên", code: str = "164", parent: Unit | None = None
) -> Unit:
    return unit(name, code, parent or former_province(), division=Division.THREE_TIER)


def former_commune(
    name: str = "Xã Tân Cương",
    code: str = "05503",
    parent: Unit | None = None,
    successor: Unit | None = None,
) -> Unit:
    """A commune of before 1 July 2025; `successor` is today's commune that took it over."""
    found = unit(name, code, parent or district(), division=Division.THREE_TIER)
    if successor is not None:
        UnitSuccession.objects.get_or_create(old=found, new=successor)
    return found


def posting(user: User, role: Role, place: Unit | Subject, **fields: Any) -> Posting:
    """A posting on a unit or on a subject, in force since the first day of the year."""
    key = "unit" if isinstance(place, Unit) else "subject"
    fields.setdefault("starts_on", date(2026, 1, 1))
    return Posting.objects.create(user=user, role=role, **{key: place}, **fields)


def officer(role: Role, place: Unit, name: str = "", **fields: Any) -> User:
    """A person with a posting on a unit; `email` where a test names the address."""
    account = {"email": fields.pop("email")} if "email" in fields else {}
    user = person(name, **account)
    posting(user, role, place, **fields)
    return user


def tax_code() -> str:
    """A valid tax code that no other call returned."""
    while True:
        first_nine = f"46{next(_numbers):07d}"
        digit = check_digit(first_nine)
        if digit is not None:
            return f"{first_nine}{digit}"


def subject(owner: User | None = None, **fields: Any) -> Subject:
    """A cooperative in Tân Cương, registered by its owner through the service."""
    place = fields.pop("commune", None) or commune()
    facts: dict[str, Any] = {
        "name": f"Hợp tác xã chè số {next(_numbers)}",
        "kind": SubjectKind.COOPERATIVE,
        "representative_name": "Nguyễn Thị Lan",
        "phone": "0208 385 6789",
        "tax_code": tax_code(),
        "commune": place,
        "at": NOW,
        **fields,
    }
    return subjects.register(by=owner or person("Lan"), **facts)


def owner_of(thing: Subject) -> User:
    """The person who registered the subject."""
    return Posting.objects.filter(subject=thing, role=Role.OWNER).earliest("pk").user


def load_sets() -> None:
    """Every product set of every regime, as the files say."""
    product_sets.load()


def product_set(regime: str = "2019", number: int = 1) -> ProductSet:
    """A set of the files, by its number; tea under the first decree where nothing is said."""
    if not ProductSet.objects.filter(regime=regime).exists():
        load_sets()
    return ProductSet.objects.get(regime=regime, number=number)


def product(maker: Subject | None = None, **fields: Any) -> Product:
    """A tea of the subject, registered by its owner through the service."""
    maker = maker or subject()
    facts: dict[str, Any] = {
        "name": f"Chè đinh {next(_numbers)}",
        "summary": "Chè búp một tôm, sao tay",
        "at": NOW,
        "by": owner_of(maker),
        **fields,
    }
    if "product_sets" not in facts:
        facts["product_sets"] = [product_set()]
    return products.register(maker, **facts)


def production_place(item: Product, place: Unit | None = None) -> Unit:
    """One more commune where the product is made, entered by its owner through the service."""
    place = place or commune("Xã Đại Phúc", "05830")
    production_places.add(item, commune=place, by=owner_of(item.subject), at=NOW)
    return place


def pdf(name: str = "giay.pdf", number: int = 0) -> "ContentFile[bytes]":
    """The smallest file that is a PDF by its content; another number is another content."""
    content = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
    return ContentFile(content + (b"%% %d\n" % number if number else b""), name=name)


def png(name: str = "anh.png") -> "ContentFile[bytes]":
    buffer = BytesIO()
    Image.new("RGB", (2, 2), "green").save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name=name)


def photo(
    width: int = 800, height: int = 600, kind: str = "JPEG", name: str = "anh.jpg", **how: Any
) -> "ContentFile[bytes]":
    """A photograph: the left half green, the right half white; `how` goes to the encoder."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("green", (0, 0, width // 2, height))
    buffer = BytesIO()
    image.save(buffer, kind, **how)
    return ContentFile(buffer.getvalue(), name=name)


def picture(item: Product | None = None, **fields: Any) -> ProductPicture:
    """A picture of the product, added by its owner through the service."""
    item = item or product()
    facts: dict[str, Any] = {"alt": "Gói chè trên bàn tre", "at": NOW, **fields}
    facts.setdefault("file", photo())
    facts.setdefault("by", owner_of(item.subject))
    return pictures.add(item, **facts)


def paper(maker: Subject | None = None, **fields: Any) -> Evidence:
    """A paper of the subject, uploaded by its owner through the service."""
    maker = maker or subject()
    facts: dict[str, Any] = {
        "title": "Giấy chứng nhận an toàn thực phẩm",
        "file": pdf(number=next(_papers)),
        "kind": EvidenceKind.PRODUCTION_ELIGIBILITY,
        "by": owner_of(maker),
        "at": NOW,
        **fields,
    }
    return evidence_service.upload(maker, **facts)


def material_area(maker: Subject | None = None, **fields: Any) -> MaterialArea:
    """Two and a half hectares of tea, entered by the subject's owner through the service."""
    maker = maker or subject()
    facts: dict[str, Any] = {
        "name": f"Đồi chè số {next(_numbers)}",
        "commune": maker.commune,
        "area_m2": 25_000,
        "by": fields.pop("by", None) or owner_of(maker),
        "at": NOW,
        **fields,
    }
    return material_areas.add(maker, **facts)


def craft_village(place: Unit | None = None, **fields: Any) -> CraftVillage:
    """A village entered by an officer of its province through the service."""
    place = place or commune()
    keeper = fields.pop("by", None)
    if keeper is None:
        found = place.province
        assert found is not None
        keeper = officer(Role.PROVINCIAL_OFFICER, found)
    facts: dict[str, Any] = {
        "name": f"Làng nghề chè số {next(_numbers)}",
        "commune": place,
        "by": keeper,
        "at": NOW,
        **fields,
    }
    return craft_villages.register(**facts)


def timezone_now() -> datetime:
    """The machine's own moment, for what a page judges by its clock."""
    return timezone.now()


def office_invitation(email: str, *, by: User, at: datetime | None = None) -> Invitation:
    """An open invitation to serve the commune."""
    return invitations.invite_to_office(
        commune(), email=email, role=Role.COMMUNE_OFFICER, by=by, at=at or timezone.now()
    )
