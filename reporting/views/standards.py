"""The products of a choice in the shapes of the ministry's data standards.

`PTNT_OCOP` is the table of QĐ 5277/QĐ-BNNMT, `DanhGiaSanPhamOCOP` that of QĐ 5333. What the portal
does not know (yearly revenue) stays empty.
"""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from ocop_portal.web.exports import CHUNK, Column, FileForm, list_file
from reporting.filters import StarFilter, today
from reporting.selectors import star_choices

SHAPES: Mapping[str, tuple[Column, ...]] = {
    "ptnt-ocop": (
        Column("MA_OCOP", lambda row: row.certificate.product_code or row.certificate.code),
        Column("Ma_DonViHanhChinh", lambda row: row.place.code),
        Column("Ma_ThoiGian", lambda row: str(row.year)),
        Column("Ma_SanPham", lambda row: str(row.listing.product_id)),
        Column("TenSanPham", lambda row: row.listing.name),
        Column("XepHang", lambda row: f"{row.stars}*"),
        Column("ChuTheSXKD", lambda row: row.listing.subject_name),
        Column("DoanhThuNam", lambda _row: ""),
        Column("TrangThai", lambda row: row.listing.state),
    ),
    "danh-gia-san-pham": (
        Column("maDanhGia", lambda row: row.certificate.number),
        Column("maSanPham", lambda row: str(row.listing.product_id)),
        Column("tenDanhGia", lambda row: f"{row.certificate.decision.number}: {row.listing.name}"),
        Column("thangDiem", lambda _row: 100),
        Column("coQuanThucHien", lambda row: row.certificate.unit.name),
        Column("date", lambda row: row.certificate.issued_on),
        Column("ketQuaXepLoai", lambda row: f"{row.stars}*"),
    ),
}


@require_safe
def standard_file(request: HttpRequest, shape: str, form: FileForm) -> HttpResponseBase:
    """The rows of the list in one of the shapes; a filter not understood is explained there."""
    chosen = StarFilter(request.GET, request=request)
    if not chosen.form.is_valid():
        return HttpResponseRedirect(f"{reverse('reporting:stars')}?{request.GET.urlencode()}")
    found = star_choices.held(chosen.choice, provinces=chosen.provinces).filter(
        listing__hidden=False
    )
    rows = found.select_related(
        "commune", "listing__commune", "certificate__decision", "certificate__unit"
    ).order_by("listing__sort_key", "id")
    return list_file(
        rows.iterator(chunk_size=CHUNK), SHAPES[shape], form=form, name=f"{shape}-{today():%Y}"
    )
