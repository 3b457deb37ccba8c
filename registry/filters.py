"""Filters of the lists; the same for pages and endpoints."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.models import User
from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.searching import has_words
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.places import COUNTRY_PATH
from registry.domain.regime import Division, Level
from registry.domain.roles import Role
from registry.domain.text import term
from registry.models import CraftVillage, Evidence, Posting, Product, ProductSet, Subject, Unit
from registry.selectors import find_units, matching, paths_of, postings_within, regimes
from registry.selectors.people import active


def translated(choices: list[tuple[str, str]]) -> list[tuple[str, Any]]:
    """The choices of a domain enum in the reader's language."""
    return [(value, _(label)) for value, label in choices]


def search(rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
    return matching(rows, value)


class SubjectFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Subjects by words and legal form."""

    q = django_filters.CharFilter(label=_("Tìm theo tên, mã số thuế"), method=search)
    kind = django_filters.ChoiceFilter(
        label=_("Loại hình"), choices=lambda: translated(SubjectKind.choices())
    )

    has_owner = django_filters.BooleanFilter(
        label=_("Người đại diện"),
        method="owned",
        widget=forms.Select(
            choices=[
                ("", _("Tất cả")),
                ("false", _("Chưa có người đại diện")),
                ("true", _("Đã có người đại diện")),
            ]
        ),
    )

    class Meta:
        model = Subject
        fields = ("q", "kind", "has_owner")

    def owned(self, rows: QuerySet[Subject], _name: str, value: bool) -> QuerySet[Subject]:  # noqa: FBT001 - as the library calls
        """Whether somebody stands for the subject today; from a register it comes without."""
        today = legal_day(timezone.now())
        owners = Posting.objects.filter(active(today), subject=OuterRef("pk"), role=Role.OWNER)
        return rows.filter(Exists(owners) if value else ~Exists(owners))


class CraftVillageFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Villages by words and kind."""

    q = django_filters.CharFilter(label=_("Tìm theo tên làng nghề, xã"), method=search)
    is_traditional = django_filters.BooleanFilter(
        label=_("Loại làng nghề"),
        widget=forms.Select(
            choices=[
                ("", _("Tất cả")),
                ("true", _("Làng nghề truyền thống")),
                ("false", _("Làng nghề khác")),
            ]
        ),
    )

    class Meta:
        model = CraftVillage
        fields = ("q", "is_traditional")


class ProductFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Products by words, regime and industry."""

    q = django_filters.CharFilter(label=_("Tìm theo tên sản phẩm, chủ thể"), method=search)
    regime = django_filters.ChoiceFilter(
        label=_("Bộ quy định"),
        choices=lambda: [(found.code, found.name) for found in regimes()],
        method="of_regime",
    )

    class Meta:
        model = Product
        fields = ("q", "regime")

    def of_regime(self, rows: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        return rows.filter(Q(classifications__regime=value))


PERSON_STATES = [
    ("active", term("Đang làm")),
    ("ended", term("Hết vai trò")),
    ("closed", term("Đã ngừng")),
    ("never", term("Chưa đăng nhập lần nào")),
]
LAST_SEEN = [
    ("30", term("Trong 30 ngày qua")),
    ("-90", term("Hơn 90 ngày trước, hoặc chưa lần nào")),
    ("-365", term("Hơn một năm trước, hoặc chưa lần nào")),
]
MOST_PLACES = 40


class EvidenceFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Papers by kind."""

    class Meta:
        model = Evidence
        fields = ("kind",)


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Units by level, division, unit above, and words without marks."""

    q = django_filters.CharFilter(label=_("Tên, tên cũ hoặc mã"), method="named")
    level = django_filters.ChoiceFilter(label=_("Cấp"), choices=Level.choices())
    division = django_filters.ChoiceFilter(label=_("Hệ đơn vị"), choices=Division.choices())
    parent = django_filters.CharFilter(label=_("Mã đơn vị cấp trên"), field_name="parent__code")

    class Meta:
        model = Unit
        fields = ("q", "level", "division", "parent")

    def named(self, rows: QuerySet[Unit], _name: str, value: str) -> QuerySet[Unit]:
        found = find_units(value)
        return found.filter(pk__in=rows.order_by().values("pk"))


class ProductSetFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """Sets by regime."""

    regime = django_filters.ChoiceFilter(
        label=_("Bộ quy định"),
        choices=lambda: [(found.code, found.name) for found in regimes()],
    )

    class Meta:
        model = ProductSet
        fields = ("regime",)


class PersonFilter(django_filters.FilterSet):  # type: ignore[misc] # ships no types
    """People by name or address, role, place, how the account stands and when it was used."""

    q = django_filters.CharFilter(label=_("Tìm theo tên, thư điện tử"), method="called")
    role = django_filters.ChoiceFilter(
        label=_("Vai trò"), choices=lambda: translated(Role.choices()), method="with_role"
    )
    place = django_filters.CharFilter(label=_("Đơn vị"), method="at_place")
    state = django_filters.ChoiceFilter(
        label=_("Tình trạng"), choices=lambda: translated(PERSON_STATES), method="standing"
    )
    seen = django_filters.ChoiceFilter(
        label=_("Đăng nhập lần cuối"), choices=lambda: translated(LAST_SEEN), method="last_seen"
    )

    class Meta:
        model = User
        fields = ("q", "role", "place", "state", "seen")

    def called(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return rows.filter(has_words(value))

    def with_role(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return rows.filter(pk__in=self._postings().filter(role=value).values("user"))

    def at_place(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """On a unit of this name, or below it."""
        named = matching(Unit.objects.all(), value).exclude(path=COUNTRY_PATH)
        paths = named.order_by("level", "path").values_list("path", flat=True)[:MOST_PLACES]
        found = Q(pk__in=[])
        for path in paths:
            found |= Q(unit__path__startswith=path)
        return rows.filter(pk__in=self._postings().filter(found).values("user"))

    def standing(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        works = Q(is_active=True, has_role_now=True)
        return rows.filter(
            {
                "active": works,
                "ended": Q(is_active=True, has_role_now=False),
                "closed": Q(closed_at__isnull=False),
                "never": Q(last_login__isnull=True),
            }[value]
        )

    def last_seen(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """Within so many days; with a minus, not within them."""
        edge = timezone.now() - timedelta(days=abs(int(value)))
        recent = Q(last_login__gte=edge)
        return rows.filter(recent if int(value) > 0 else ~recent | Q(last_login__isnull=True))

    def _postings(self) -> QuerySet[Posting]:
        """Those of the reader's area: a filter tells nothing of what lies elsewhere."""
        user = signed_in(self.request)
        within = postings_within(paths_of(user, legal_day(timezone.now())))
        return within.select_related(None).order_by()
