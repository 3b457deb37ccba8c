"""The cast: the same people in every test, each in the role that the name tells."""

from typing import Any

from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.models import Subject, Unit
from tests.factories import registry as make

PASSWORD = "mat-khau-rat-dai"


def person(full_name: str, email: str, **fields: Any) -> User:
    """An account that can be used at once."""
    return User.objects.create_user(email=email, password=PASSWORD, full_name=full_name, **fields)


def lan() -> User:
    """Makes tea in Tân Cương, Thái Nguyên."""
    user = person("Nguyễn Thị Lan", "lan@ocop.example")
    place = make.commune()
    make.subject(
        owner=user,
        name="Hợp tác xã chè Tân Cương",
        commune=place,
        former_commune=make.former_commune(successor=place),
    )
    return user


def tuan() -> User:
    """A producer from elsewhere: must see nothing of Lan's."""
    user = person("Lê Văn Tuấn", "tuan@ocop.example")
    place = make.commune("Xã Sơn Dương", "02536", make.province("Tỉnh Tuyên Quang", "08"))
    make.subject(owner=user, name="Hợp tác xã mật ong Sơn Dương", commune=place)
    return user


def officer(full_name: str, email: str, role: Role, place: Unit) -> User:
    """A person with a posting on a unit."""
    user = person(full_name, email)
    make.posting(user, role, place)
    return user


def minh() -> User:
    """Serves Lan's commune."""
    return officer("Trần Văn Minh", "minh@ocop.example", Role.COMMUNE_OFFICER, make.commune())


def dung() -> User:
    """Serves Lan's district of before July 2025, for rounds on three tiers."""
    return officer("Đỗ Tiến Dũng", "dung@ocop.example", Role.DISTRICT_OFFICER, make.district())


def ha() -> User:
    """The OCOP office of Lan's province."""
    return officer("Phạm Thu Hà", "ha@ocop.example", Role.PROVINCIAL_OFFICER, make.province())


def ha_before() -> User:
    """The OCOP office of the province as it was before July 2025."""
    return officer(
        "Phạm Thu Hà", "ha.cu@ocop.example", Role.PROVINCIAL_OFFICER, make.former_province()
    )


def khanh() -> User:
    """The OCOP office of the country."""
    return officer("Vũ Khánh", "khanh@ocop.example", Role.CENTRAL_OFFICER, make.country())


def son() -> User:
    """Signs decisions of Lan's province."""
    return officer("Hoàng Sơn", "son@ocop.example", Role.AUTHORITY, make.province())


def an() -> User:
    """Administers the programme."""
    user = officer("Mai An", "an@ocop.example", Role.ADMINISTRATOR, make.country())
    user.is_staff = True
    user.save(update_fields=["is_staff"])
    return user


def giang() -> User:
    """Watches the programme: reads everything, changes nothing."""
    return officer("Bùi Giang", "giang@ocop.example", Role.AUDITOR, make.country())


def binh() -> User:
    """Chairs councils; which ones, a test says."""
    return person("Ngô Thanh Bình", "binh@ocop.example")


def yen() -> User:
    """Sits on councils; which ones, a test says."""
    return person("Đặng Hải Yến", "yen@ocop.example")


def subject_of(user: User) -> Subject:
    """The one subject that the person owns."""
    return Subject.objects.get(postings__user=user, postings__role=Role.OWNER)
