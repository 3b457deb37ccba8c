"""The addresses of the portal, read from its URL configuration, and which are for everybody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

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
    "accounts:address-confirm",
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
