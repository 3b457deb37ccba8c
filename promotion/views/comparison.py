"""Products side by side: the address holds products and chosen fields, so it can be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from ocop_portal.web.templatetags.portal import stars_text, vn_date
from promotion.domain.catalogue import is_offered
from promotion.domain.comparison import MOST, Choice, Field, choose, compare, fields_of
from promotion.models import Listing
from promotion.selectors import comparison as selectors
from promotion.views.products import price_text
from promotion.views.shared import public_face
from registry.domain.clock import legal_day
from scoring.domain.certificate_states import CertificateState, CertificateStatus, status_on


@dataclass(frozen=True)
class Column:
    """One product of the table, or the address that no longer leads to one."""

    slug: str
    without: str
    listing: Listing | None = None
    status: CertificateStatus | None = None

    @property
    def is_offered(self) -> bool:
        return self.status is not None and is_offered(self.status)


@require_safe
@public_face
def comparison(request: HttpRequest) -> HttpResponse:
    """Two to four products in columns; too few, too many and wrong addresses are explained."""
    today = legal_day(timezone.now())
    choice = choose(request.GET.getlist("product"))
    fields, unknown_fields = fields_of(request.GET.getlist("field"))
    columns = _columns(request, choice)
    only_differences = "differences" in request.GET
    table = compare([_values(each) for each in columns], fields, only_differences=only_differences)
    sought = request.GET.get("q", "").strip()[:200]
    can_add = choice.has_room and bool(sought)
    context = {
        "choice": choice,
        "columns": columns,
        "rows": [(row.field, list(zip(columns, row.values, strict=True))) for row in table.rows],
        "hidden": [_(field.label) for field in table.hidden],
        "fields": [(field, _(field.label), field in fields) for field in Field],
        "chosen_fields": request.GET.getlist("field"),
        "only_differences": only_differences,
        "faults": _faults(choice, unknown_fields),
        "sought": sought,
        "found": _found(request, choice, sought) if can_add else [],
        "crumbs": [(_("Sản phẩm"), reverse("promotion:catalogue")), (_("So sánh"), "")],
        "today": today,
        "full_address": f"{settings.SITE_URL}{request.path}{_query(request, choice.products)}",
    }
    return render(request, "promotion/comparison.html", context)


def _columns(request: HttpRequest, choice: Choice) -> list[Column]:
    today = legal_day(timezone.now())
    listings = selectors.compared(choice.products) if choice.products else []
    return [
        Column(
            slug=slug,
            without=_query(request, [each for each in choice.products if each != slug]),
            listing=listing,
            status=_status(listing, today) if listing else None,
        )
        for slug, listing in zip(choice.products, listings, strict=True)
    ]


def _status(listing: Listing, today: date) -> CertificateStatus:
    return status_on(CertificateState(listing.state), listing.valid_until, today)


def _values(column: Column) -> dict[Field, str] | None:
    """What the public page of the product says, field by field; "" where nobody has said it."""
    listing = column.listing
    if listing is None or column.status is None:
        return None
    product = listing.product
    weight = f"{product.net_quantity} {product.net_unit}" if product.net_quantity else ""
    return {
        Field.PICTURE: getattr(listing, "face", "") or "",
        Field.CODE: product.code,
        Field.STARS: stars_text(listing.stars) if column.is_offered else "",
        Field.PRICE: price_text(product),
        Field.STATUS: _(column.status.label),
        Field.AVAILABILITY: product.availability,
        Field.CAPACITY: product.yearly_capacity,
        Field.NET_WEIGHT: weight,
        Field.PACKAGING: product.packaging,
        Field.SHELF_LIFE: product.shelf_life,
        Field.SUBJECT: listing.subject_name,
        Field.PLACE: product.commune.long_name,
        Field.SET: listing.set_name,
        Field.VALID_UNTIL: vn_date(listing.valid_until),
        Field.GTIN: product.gtin,
        Field.SUMMARY: product.summary,
    }


def _faults(choice: Choice, unknown_fields: int) -> list[str]:
    """One sentence for each thing that was asked for and could not be done, with the way on."""
    told = []
    if choice.left_out:
        told.append(
            _("Bảng so sánh nhận nhiều nhất %(most)s sản phẩm; đã để lại: %(names)s.")
            % {"most": MOST, "names": ", ".join(choice.left_out[:MOST])}
        )
    if choice.not_understood:
        told.append(
            ngettext(
                "%(count)s địa chỉ sản phẩm viết sai nên bị bỏ qua; hãy tìm sản phẩm bằng tên.",
                "%(count)s địa chỉ sản phẩm viết sai nên bị bỏ qua; hãy tìm sản phẩm bằng tên.",
                choice.not_understood,
            )
            % {"count": choice.not_understood}
        )
    if unknown_fields:
        told.append(_("Có dòng được yêu cầu mà bảng không có; dòng đó được bỏ qua."))
    return told


def _found(request: HttpRequest, choice: Choice, sought: str) -> list[tuple[Listing, str]]:
    today = legal_day(timezone.now())
    found = selectors.candidates(sought, besides=choice.products, today=today)
    return [(each, _query(request, [*choice.products, each.slug])) for each in found]


def _query(request: HttpRequest, products: Sequence[str]) -> str:
    """The same comparison of other products."""
    query = QueryDict(mutable=True)
    query.setlist("product", list(products))
    if fields := request.GET.getlist("field"):
        query.setlist("field", [field for field in Field if field in fields])
    if "differences" in request.GET:
        query["differences"] = "1"
    return f"?{query.urlencode()}"
