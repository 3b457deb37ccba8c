"""Points of sale for everybody: a list with filters and a map, and a page for each."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ocop_portal.web.views import PER_PAGE, BarePaginator
from promotion.domain.sales import PlaceKind
from promotion.filters import PointFilter
from promotion.models import PointOfSale
from promotion.selectors import catalogue, points
from promotion.selectors.points import Cell
from promotion.views.point_map import close_sketch, country_sketch, whereabouts
from registry.domain.clock import legal_day
from registry.selectors.places import children_of


@require_safe
def point_list(request: HttpRequest) -> HttpResponse:
    """Open places, found by words, kind and province; a value not understood is left out."""
    on = legal_day(timezone.now())
    rows = points.public_points(on)
    chosen = PointFilter(request.GET, queryset=rows, request=request)
    chosen.form.is_valid()
    asked: dict[str, Any] = chosen.form.cleaned_data if chosen.is_bound else {}
    cells = points.cells(points.called(rows, asked.get("q") or ""))
    provinces = catalogue.provinces()
    _count_choices(chosen, cells, asked, {code: unit.name for code, unit in provinces.items()})
    found = points.with_counts(chosen.qs, on)
    page = BarePaginator(found, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    if asked.get("province"):
        around = children_of(provinces[asked["province"]])
        sketch = close_sketch(shown, around, first=page.start_index())
    else:
        sketch = country_sketch(_of_kind(cells, asked.get("kind") or ""), provinces)
    context = {
        "filter": chosen,
        "page_obj": page,
        "rows": shown,
        "query": request.GET,
        "sketch": sketch,
        "is_close": bool(asked.get("province")),
    }
    return render(request, "promotion/point_list.html", context)


@require_safe
def point_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One place: how to find it, when it is open, what is sold there; a closed one is 404."""
    on = legal_day(timezone.now())
    point = get_object_or_404(points.public_points(on), pk=pk)
    context = {
        "point": point,
        "kind": PlaceKind(point.kind).label,
        "facts": _facts(point),
        "offers": points.offers_at(point, on),
        "map_url": _map_url(point),
        "crumbs": [(_("Điểm bán"), reverse("promotion:points")), (point.name, "")],
    }
    return render(request, "promotion/point_page.html", context)


def _count_choices(
    chosen: PointFilter, cells: list[Cell], asked: dict[str, Any], names: dict[str, str]
) -> None:
    """Each choice says how many it would show, beside the other filter; empty ones are left out."""
    labels = {kind.value: _(kind.label) for kind in PlaceKind}
    kind, province = asked.get("kind") or "", asked.get("province") or ""
    offered = {
        "kind": (labels, points.counts(_of_province(cells, province), "kind"), kind),
        "province": (names, points.counts(_of_kind(cells, kind), "province"), province),
    }
    for name, (words, numbers, value) in offered.items():
        field = cast(forms.ChoiceField, chosen.form.fields[name])
        field.choices = [
            ("", _("Tất cả")),
            *(
                (code, f"{label} ({numbers.get(code, 0)})")
                for code, label in words.items()
                if numbers.get(code) or code == value
            ),
        ]


def _of_kind(cells: list[Cell], kind: str) -> list[Cell]:
    return [cell for cell in cells if not kind or cell.kind == kind]


def _of_province(cells: list[Cell], province: str) -> list[Cell]:
    return [cell for cell in cells if not province or cell.province == province]


def _facts(point: PointOfSale) -> list[tuple[str, Any]]:
    keeper = point.subject.name if point.subject else ""
    services = [
        words
        for words, is_there in (
            (_("hỗ trợ khởi nghiệp"), point.has_startup_help),
            (_("thiết kế bao bì"), point.has_packaging_design),
        )
        if is_there
    ]
    rows = [
        (_("Địa chỉ"), point.address),
        (_("Chủ thể"), keeper),
        (_("Giờ mở cửa"), point.opening_hours),
        (_("Điện thoại"), point.phone),
        (_("Dịch vụ"), ", ".join(services)),
    ]
    return [(label, value) for label, value in rows if value]


def _map_url(point: PointOfSale) -> str:
    """The place on a public map; what is known of it decides how near."""
    place = whereabouts(point)
    if place is None:
        return ""
    latitude, longitude = place
    zoom = 17 if point.latitude is not None else 13
    return (
        f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"
        f"#map={zoom}/{latitude}/{longitude}"
    )
