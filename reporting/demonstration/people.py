"""The fictitious people: one account for each, their postings and their names.

All share one password, which is made anew for each installation and printed once.
"""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

from django.contrib.auth.hashers import make_password

from ocop_portal.accounts.models import User
from registry.domain.regime import Division
from registry.domain.roles import Role
from registry.domain.text import slug
from registry.models import Unit
from registry.selectors.places import country, unit_at
from registry.services import postings
from reporting.demonstration.script import ProvinceLine

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Dương", "Ngô")
MIDDLE = ("Thị", "Văn", "Minh", "Thu", "Quốc", "Hồng", "Đức", "Thanh", "Ngọc")
GIVEN = ("An", "Bảo", "Chi", "Dũng", "Giang", "Hạnh", "Khôi", "Liên", "Mai", "Nam", "Oanh", "Phú")
MAIL_DOMAIN = "demo.example"


@dataclass(frozen=True)
class Bench:
    """Five people of one council: a chair, three members, a secretary."""

    chair: User
    members: tuple[User, ...]
    secretary: User

    @property
    def voters(self) -> tuple[User, ...]:
        return (self.chair, *self.members)


@dataclass(frozen=True)
class ProvinceCast:
    """Who serves a province: officers, the authority, the benches of its two councils."""

    line: ProvinceLine
    commune_officer: User
    district_officer: User
    provincial_officer: User
    authority: User
    district_bench: Bench
    province_bench: Bench

    @property
    def former(self) -> Unit:
        return unit_at(Division.THREE_TIER, self.line.former)

    @property
    def now(self) -> Unit:
        return unit_at(Division.TWO_TIER, self.line.now)

    @property
    def district(self) -> Unit:
        return unit_at(Division.THREE_TIER, self.line.district)


@dataclass(frozen=True)
class CentralCast:
    """Who serves the centre."""

    officer: User
    authority: User
    bench: Bench


# The first province's people have the names that the documentation uses.
NAMED = {
    "can-bo-xa.thai-nguyen": "Phạm Văn Minh",
    "can-bo-tinh.thai-nguyen": "Trịnh Thu Hà",
    "hoi-dong-huyen.thai-nguyen.chu-tich": "Lưu Đức Bình",
    "hoi-dong-huyen.thai-nguyen.thanh-vien-1": "Ngô Hải Yến",
}


class Casting:
    """Makes accounts and postings; `administrator` grants them."""

    def __init__(self, *, password: str, since: date, at: datetime) -> None:
        self._password = make_password(password)
        self._since = since
        self._at = at
        self._turn = count()
        self.administrator = self.person("quan-tri", "Lâm Gia Khánh", is_first=True)

    def person(self, name: str, full_name: str = "", *, is_first: bool = False) -> User:
        """An account under a readable address of a domain that cannot exist."""
        user: User = User.objects.create(
            email=f"{name}@{MAIL_DOMAIN}",
            full_name=full_name or NAMED.get(name) or self._next_name(),
            password=self._password,
            wants_mail=False,
            confirmed_at=self._at,
            is_staff=is_first,
            is_superuser=is_first,
        )
        return user

    def grant(self, user: User, role: Role, unit: Unit) -> None:
        postings.grant(
            user,
            role=role,
            unit=unit,
            starts_on=self._since,
            by=self.administrator,
            at=self._at,
        )

    def bench(self, name: str, *, members: int = 3) -> Bench:
        """The people of a council."""
        return Bench(
            chair=self.person(f"{name}.chu-tich"),
            members=tuple(self.person(f"{name}.thanh-vien-{each + 1}") for each in range(members)),
            secretary=self.person(f"{name}.thu-ky"),
        )

    def province(self, line: ProvinceLine, communes: list[Unit]) -> ProvinceCast:
        """The people of a province with their postings in both divisions."""
        cast = ProvinceCast(
            line=line,
            commune_officer=self.person(f"can-bo-xa.{line.key}"),
            district_officer=self.person(f"can-bo-huyen.{line.key}"),
            provincial_officer=self.person(f"can-bo-tinh.{line.key}"),
            authority=self.person(f"ky.{line.key}"),
            district_bench=self.bench(f"hoi-dong-huyen.{line.key}"),
            province_bench=self.bench(f"hoi-dong-tinh.{line.key}"),
        )
        for commune in communes:
            self.grant(cast.commune_officer, Role.COMMUNE_OFFICER, commune)
        self.grant(cast.district_officer, Role.DISTRICT_OFFICER, cast.district)
        for unit in (cast.former, cast.now):
            self.grant(cast.provincial_officer, Role.PROVINCIAL_OFFICER, unit)
            self.grant(cast.authority, Role.AUTHORITY, unit)
        return cast

    def centre(self) -> CentralCast:
        """The people of the centre, the administrator's and the auditor's postings."""
        self.grant(self.administrator, Role.ADMINISTRATOR, country())
        self.grant(self.person("giam-sat"), Role.AUDITOR, country())
        cast = CentralCast(
            officer=self.person("can-bo-trung-uong"),
            authority=self.person("ky.trung-uong"),
            bench=self.bench("hoi-dong-trung-uong", members=4),
        )
        self.grant(cast.officer, Role.CENTRAL_OFFICER, country())
        self.grant(cast.authority, Role.AUTHORITY, country())
        return cast

    def producer(self, representative: str, key: str) -> User:
        """The person who registers a subject."""
        return self.person(f"{slug(representative.rpartition(' ')[2])}.{key}", representative)

    def _next_name(self) -> str:
        turn = next(self._turn)
        family, middle = FAMILY[turn % len(FAMILY)], MIDDLE[turn * 5 % len(MIDDLE)]
        return f"{family} {middle} {GIVEN[turn * 7 % len(GIVEN)]}"
