"""Who sees what: at or below a posting, in both divisions, and nothing else."""

from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from registry import selectors, shields
from registry.domain.regime import Division
from registry.domain.roles import Role
from registry.models import Evidence, Product, Subject
from tests.factories import registry as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.embedded,
    pytest.mark.usefixtures("media"),
]
TODAY = make.TODAY


@pytest.fixture
def tea() -> Subject:
    """A subject in Tân Cương, with its former commune picked."""
    commune = make.commune()
    return make.subject(commune=commune, former_commune=make.former_commune(successor=commune))


@pytest.fixture
def far() -> Subject:
    """A subject of Tuấn's, in another province."""
    lam_dong = make.province("Tỉnh Lâm Đồng", "68")
    return make.subject(make.person("Tuấn"), commune=make.commune("Xã Di Linh", "24958", lam_dong))


PLACES = {
    "commune": make.commune,
    "province": make.province,
    "former commune": make.former_commune,
    "district": make.district,
    "former province": make.former_province,
}


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.COMMUNE_OFFICER, "commune"),
        (Role.COMMUNE_OFFICER, "former commune"),
        (Role.DISTRICT_OFFICER, "district"),
        (Role.PROVINCIAL_OFFICER, "province"),
        (Role.PROVINCIAL_OFFICER, "former province"),
        (Role.AUTHORITY, "province"),
        (Role.ADMINISTRATOR, "province"),
        (Role.AUDITOR, "province"),
    ],
)
def test_officer_sees_the_own_units_and_nothing_else(
    tea: Subject, far: Subject, role: Role, place: str
) -> None:
    product, paper = make.product(tea), make.paper(tea)
    make.product(far)
    make.paper(far)
    user = make.officer(role, PLACES[place]())

    assert list(selectors.visible_subjects(user, TODAY)) == [tea]
    assert list(selectors.visible_products(user, TODAY)) == [product]
    assert list(selectors.visible_evidence(user, TODAY)) == [paper]


def test_country_sees_all(tea: Subject, far: Subject) -> None:
    user = make.officer(Role.CENTRAL_OFFICER, make.country())
    make.product(far)

    assert selectors.visible_subjects(user, TODAY).count() == 2
    assert selectors.visible_products(user, TODAY).count() == 1


def test_neighbouring_units_see_nothing(tea: Subject) -> None:
    neighbour = make.officer(Role.COMMUNE_OFFICER, make.commune("Xã La Bằng", "05700"))
    other_district = make.officer(
        Role.DISTRICT_OFFICER, make.district("Thành phố Sông Công", "165")
    )

    assert not selectors.visible_subjects(neighbour, TODAY).exists()
    assert not selectors.visible_subjects(other_district, TODAY).exists()


def test_unit_whose_code_merely_begins_alike_is_not_below() -> None:
    make.subject(commune=make.commune("Xã Dài", "055031"))
    user = make.officer(Role.COMMUNE_OFFICER, make.commune("Xã Tân Cương", "05503"))

    assert not selectors.visible_subjects(user, TODAY).exists()


def test_subject_is_seen_where_one_of_its_products_is_registered(far: Subject) -> None:
    commune = make.commune()
    here = make.product(far, commune=commune)
    make.product(far)
    user = make.officer(Role.COMMUNE_OFFICER, commune)

    assert list(selectors.visible_subjects(user, TODAY)) == [far]
    assert list(selectors.visible_products(user, TODAY)) == [here]


def test_producer_sees_only_what_is_own(tea: Subject, far: Subject) -> None:
    make.product(tea)
    lan = make.owner_of(tea)

    assert list(selectors.visible_subjects(lan, TODAY)) == [tea]
    assert list(selectors.own_subjects(lan, TODAY)) == [tea]
    assert selectors.own_products(lan, TODAY).count() == 1
    assert list(selectors.producers_of(tea, TODAY)) == [lan]


def test_power_ends_with_the_posting(tea: Subject) -> None:
    user = make.officer(Role.COMMUNE_OFFICER, tea.commune, ends_on=date(2026, 11, 20))

    assert selectors.visible_subjects(user, date(2026, 11, 19)).exists()
    assert not selectors.visible_subjects(user, date(2026, 11, 20)).exists()


def test_nobody_and_closed_accounts_see_nothing(tea: Subject) -> None:
    closed = make.officer(Role.PROVINCIAL_OFFICER, make.province())
    closed.is_active = False
    closed.save(update_fields=["is_active"])

    for user in (AnonymousUser(), closed):
        assert not selectors.visible_subjects(user, TODAY).exists()
        assert not selectors.visible_products(user, TODAY).exists()
        assert not selectors.visible_evidence(user, TODAY).exists()
        assert not selectors.postings_of(user, TODAY).exists()
        assert not selectors.has_role(user, Role.PROVINCIAL_OFFICER, on=TODAY)


def test_role_holds_at_and_below_its_unit() -> None:
    user = make.officer(Role.PROVINCIAL_OFFICER, make.province())

    def held(role: Role, **place: Any) -> bool:
        return selectors.has_role(user, role, on=TODAY, **place)

    assert held(Role.PROVINCIAL_OFFICER)
    assert held(Role.PROVINCIAL_OFFICER, unit=make.province())
    assert held(Role.PROVINCIAL_OFFICER, unit=make.commune())
    assert not held(Role.PROVINCIAL_OFFICER, unit=make.country())
    assert not held(Role.PROVINCIAL_OFFICER, unit=make.former_commune())
    assert not held(Role.AUDITOR, unit=make.province())
    assert selectors.roles_of(user, TODAY) == {Role.PROVINCIAL_OFFICER}


def test_holders_of_a_role_for_a_commune() -> None:
    commune = make.commune()
    ha = make.officer(Role.PROVINCIAL_OFFICER, make.province(), "Hà")
    minh = make.officer(Role.COMMUNE_OFFICER, commune, "Minh")
    make.officer(Role.COMMUNE_OFFICER, make.commune("Xã La Bằng", "05700"))

    found = selectors.holders(Role.COMMUNE_OFFICER, Role.PROVINCIAL_OFFICER, unit=commune, on=TODAY)

    assert list(found) == [ha, minh]


@pytest.mark.parametrize("model", [Subject, Product, Evidence])
def test_opening_shows_and_a_shield_beats_it(
    tea: Subject, model: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row: Any = {Subject: tea, Product: make.product(tea), Evidence: make.paper(tea)}[model]
    visible: Any = {
        Subject: selectors.visible_subjects,
        Product: selectors.visible_products,
        Evidence: selectors.visible_evidence,
    }[model]
    member = make.person("Yến")
    auditor = make.officer(Role.AUDITOR, make.country())
    monkeypatch.setattr(shields, "_openings", {})
    monkeypatch.setattr(shields, "_shields", {})
    seen = [visible(user, TODAY).count() for user in (member, auditor)]

    shields.open_to(f"registry.{model.__name__}", lambda _user, _on: Q(pk__in=[row.pk]))
    opened = [visible(user, TODAY).count() for user in (member, auditor)]
    shields.hide(f"registry.{model.__name__}", lambda _user, _on: Q(pk__in=[row.pk]))
    hidden = [visible(user, TODAY).count() for user in (member, auditor)]

    assert (seen, opened, hidden) == ([0, 1], [1, 1], [0, 0])


def test_units_by_place() -> None:
    commune = make.commune()
    old = make.former_commune(successor=commune)

    assert list(selectors.provinces(Division.TWO_TIER)) == [make.province()]
    assert list(selectors.children_of(make.province())) == [commune]
    assert list(selectors.communes_under(make.former_province())) == [old]
    assert list(selectors.predecessors_of(commune)) == [old]
    assert list(selectors.successors_of(old)) == [commune]
    assert selectors.country().ancestor_paths == ["/"]
    assert old.ancestor_paths == ["/", "/3:19/", "/3:19/164/", "/3:19/164/05503/"]
    assert make.province().contains(commune)
    assert not commune.contains(make.province())
