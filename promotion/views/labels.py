"""Labels of a recognised product, and the marks that an office keeps for them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.accounts.permissions import require
from ocop_portal.refusals import refusal_text
from ocop_portal.web import navigation
from promotion import permissions
from promotion.forms import MarkForm
from promotion.models import OfficialMark
from promotion.selectors.marks import mark_for, marks_of
from promotion.services import labels
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.selectors import units, visible_products
from scoring.menu import AFTERCARE
from scoring.models import Certificate
from scoring.selectors.certificates import certificates_of
from scoring.selectors.inspections import office_of


@login_required
@require_safe
def label_page(request: HttpRequest, product_id: int) -> HttpResponse:
    """What can be printed for the product today, or why nothing can."""
    held, today = _newest(request, product_id), legal_day(timezone.now())
    status = held.status_on(today)
    office = office_of(held)
    context = {
        "office": office,
        "may_keep_marks": permissions.may_keep_marks(signed_in(request), office, on=today),
        "certificate": held,
        "product": held.product,
        "status": status,
        "is_valid": status == "valid",
        "mark": mark_for(held),
    }
    return render(request, "promotion/label_page.html", context)


@login_required
@require_safe
def label_pack(request: HttpRequest, product_id: int) -> HttpResponse:
    """The pack; refused unless the certificate is valid today."""
    held = _newest(request, product_id)
    content = labels.pack(held, on=legal_day(timezone.now()))
    return _file(content, "application/zip", f"bo-nhan-{held.shown_code}.zip")


@login_required
@require_safe
def shelf_card(request: HttpRequest, product_id: int) -> HttpResponse:
    """The card for the shelf; refused unless the certificate is valid today."""
    held = _newest(request, product_id)
    content = labels.shelf_card(held, on=legal_day(timezone.now()))
    return _file(content, "application/pdf", f"the-ke-{held.shown_code}.pdf")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mark_list(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """The office's artwork of the mark, and a newer one."""
    user, at = signed_in(request), timezone.now()
    unit = get_object_or_404(units(), pk=unit_pk)
    require(permissions.may_keep_marks(user, unit, on=legal_day(at)))
    form = MarkForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            labels.keep_mark(unit, by=user, at=at, **form.cleaned_data)
        except RuleBroken as refusal:
            form.add_error("file", refusal_text(refusal))
        else:
            messages.success(request, _("Đã lưu mẫu nhãn hiệu."))
            return redirect("promotion:mark-list", unit.pk)
    context: dict[str, Any] = {
        "form": form,
        "unit": unit,
        "marks": marks_of(unit),
        "tabs": navigation.tabs_for(AFTERCARE, user, request.path),
    }
    return render(request, "promotion/mark_list.html", context)


@login_required
@require_safe
def mark_file(request: HttpRequest, pk: int) -> FileResponse:
    """The artwork itself, to the office and to producers whose labels carry it."""
    mark = get_object_or_404(OfficialMark.objects.select_related("unit"), pk=pk)
    user, on = signed_in(request), legal_day(timezone.now())
    if not permissions.may_read_mark(user, mark, on=on):
        raise Http404
    response = FileResponse(
        mark.file.open("rb"),
        as_attachment=True,
        filename=mark.original_name,
        content_type=mark.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _newest(request: HttpRequest, product_id: int) -> Certificate:
    """The product's newest certificate, for its producers and offices; 404 for others."""
    seen = visible_products(signed_in(request), legal_day(timezone.now()))
    product = get_object_or_404(seen, pk=product_id)
    held = certificates_of(product).first()
    if held is None:
        raise Http404(_("Sản phẩm chưa có giấy chứng nhận."))
    return held


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response
