"""Every address of the portal × who asks × how: what must be shut is shut.

The addresses are read from the URL configuration, so a new one is asked about as soon as it
exists: either it leads a visitor to the login, or it stands on the list of public ones; and where
it names an object, a producer from elsewhere does not find Lan's, while Lan does.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cycle.models import Dossier, DossierEvidence, Enrolment, Milestone
from ocop_portal.accounts.models import User
from registry.models import Evidence, Posting, Product, Subject
from tests.conftest import LogIn
from tests.factories import cycle as make_cycle
from tests.factories import people
from tests.factories import registry as make

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
    "guidance:index",
    "guidance:page",
    "promotion:catalogue",
    "promotion:product",
    "promotion:picture",
    "promotion:verify",
    "promotion:verify-pdf",
    "reporting:stars",
    "reporting:stars-file",
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
    "api-product-list",
    "api-product",
    "api-certificate",
    "api-star-statistics",
}
# Objects that any logged-in person may see, though not change.
SHARED = {"cycle:round-detail"}
CONVERTER = re.compile(r"<(?:(\w+):)?(\w+)>")
ADMIN = "admin"


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
    "uuid": "00000000-0000-0000-0000-000000000000",
    "dimension": "group",
}


def path_of(address: Address, values: dict[str, Any] | None = None) -> str:
    dummies = {name: DUMMIES[kind] for kind, name in address.arguments}
    return reverse(address.name, kwargs={**dummies, **(values or {})})


def is_shut(response: Any) -> bool:
    """Led to the login, refused, or not there."""
    if response.status_code == 302:
        return response["Location"].startswith(reverse("accounts:login"))
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
    """Lan's things, one of each sort."""

    lan: User
    subject: Subject
    product: Product
    evidence: Evidence
    posting: Posting
    enrolment: Enrolment
    milestone: Milestone
    dossier: Dossier
    link: DossierEvidence


@pytest.fixture
def world(db: None) -> World:
    lan = people.lan()
    subject = people.subject_of(lan)
    product = make_cycle.product(maker=subject)
    evidence = make.paper(subject)
    row = make_cycle.enrolment(item=product, round=make_cycle.season())
    dossier = make_cycle.filled_dossier(row)
    link = DossierEvidence.objects.filter(dossier=dossier).order_by("pk").first()
    milestone = Milestone.objects.filter(enrolment=dossier.enrolment).order_by("pk").first()
    assert link
    assert milestone
    return World(
        lan=lan,
        subject=subject,
        product=product,
        evidence=evidence,
        posting=Posting.objects.get(user=lan),
        enrolment=dossier.enrolment,
        milestone=milestone,
        dossier=dossier,
        link=link,
    )


# The words before an argument in a route, and which of Lan's things it stands for.
THINGS: dict[tuple[str, str], Callable[[World], Any]] = {
    ("registry", "san-pham/<int:pk>"): lambda w: w.product.pk,
    ("registry", "chu-the/<int:pk>"): lambda w: w.subject.pk,
    ("registry", "nguoi/<int:posting_pk>"): lambda w: w.posting.pk,
    ("registry", "minh-chung/<int:pk>"): lambda w: w.evidence.pk,
    ("registry", "vai-tro/<int:pk>"): lambda w: w.posting.pk,
    ("cycle", "dot/<int:pk>"): lambda w: w.enrolment.round.pk,
    ("cycle", "tham-gia/<int:pk>"): lambda w: w.product.pk,
    ("cycle", "luot/<int:pk>"): lambda w: w.enrolment.pk,
    ("cycle", "moc/<int:pk>"): lambda w: w.milestone.pk,
    ("cycle", "ho-so/<int:pk>"): lambda w: w.dossier.pk,
    ("cycle", "minh-chung/<slug:code>"): lambda w: w.link.item,
    ("cycle", "go/<int:link_pk>"): lambda w: w.link.pk,
    ("cycle", "ban-da-nop/<int:number>"): lambda _w: 1,
    ("promotion", "xuc-tien/<int:product_id>"): lambda w: w.product.pk,
    ("promotion", "diem-ban/<int:sold_id>"): lambda _w: 1,
    ("journal", "thong-bao/<int:pk>"): lambda _w: 1,
    ("journal", "hop-thu-di/<int:pk>"): lambda _w: 1,
    ("journal", "cong-tac/<int:pk>"): lambda _w: 1,
}
# Things that Lan herself does not have or may not see: only the stranger is asked.
NOT_LANS = {
    "cycle:dossier-receipt",
    "cycle:dossier-snapshot",
    "journal:notice-open",
    "journal:send-again",
    "journal:mute",
    "journal:unmute",
    "promotion:place-end",
    "registry:posting-end",
}


def with_objects() -> list[Address]:
    return [a for a in addresses() if a.arguments and a.name not in PUBLIC]


def values_for(address: Address, world: World) -> dict[str, Any]:
    """The arguments that stand for Lan's things; an unknown one asks to be taught here."""
    space = address.name.partition(":")[0]
    values = {}
    for found in CONVERTER.finditer(address.route):
        word = address.route[: found.start()].rstrip("/").rsplit("/", 1)[-1]
        values[found[2]] = THINGS[space, f"{word}/{found[0]}"](world)
    return values


@pytest.mark.parametrize("address", with_objects(), ids=str)
def test_a_producer_from_elsewhere_finds_nothing_of_lans(
    world: World, log_in: LogIn, address: Address
) -> None:
    path = path_of(address, values_for(address, world))
    hers, his = log_in(world.lan), log_in(people.tuan())

    if address.name not in NOT_LANS:
        statuses = {hers.get(path).status_code, hers.post(path).status_code}
        assert statuses - {404, 405} != set(), "Lan does not find it herself"

    seen = {his.get(path).status_code, his.post(path).status_code}
    if address.name in SHARED:
        assert seen <= {200, 403, 404, 405}
    else:
        assert 404 in seen
        assert seen <= {404, 405}
