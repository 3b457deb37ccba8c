"""Addresses of the statistics."""

from django.urls import path, register_converter

from ocop_portal.web.exports import FileForm
from reporting.domain.tables import Dimension
from reporting.views import (
    bulk,
    faults,
    periods,
    pipeline,
    province_plans,
    province_reports,
    registers,
    report_requests,
    saved_filters,
    spending,
    standards,
    stars,
    targets,
)


class DimensionConverter:
    """Only the dimensions that there are."""

    regex = "|".join(Dimension)

    def to_python(self, value: str) -> Dimension:
        return Dimension(value)

    def to_url(self, value: str) -> str:
        return str(value)


class FormConverter:
    """Only the forms of a file that there are."""

    regex = "|".join(FileForm)

    def to_python(self, value: str) -> FileForm:
        return FileForm(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(DimensionConverter, "dimension")


class ShapeConverter:
    """Only the shapes of the standards."""

    regex = "|".join(standards.SHAPES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormConverter, "fileform")
register_converter(ShapeConverter, "shape")

app_name = "reporting"

urlpatterns = [
    path("", stars.star_tables, name="stars"),
    path("hang-sao-<dimension:dimension>.<fileform:form>", stars.star_file, name="stars-file"),
    path("san-pham/", stars.star_list, name="star-list"),
    path("chuan-bo/<shape:shape>.<fileform:form>", standards.standard_file, name="standard-file"),
    path("muc-tieu/", targets.target_table, name="targets"),
    path("ky/", periods.period_report, name="period"),
    path("ky.xlsx", periods.period_book, name="period-book"),
    path("ky.pdf", periods.period_paper, name="period-paper"),
    path("chuong-trinh/", report_requests.programme_room, name="programme"),
    path("chuong-trinh/yeu-cau/moi/", report_requests.request_create, name="request-create"),
    path("chuong-trinh/yeu-cau/<int:pk>/", report_requests.request_detail, name="request-detail"),
    path("chuong-trinh/bao-cao/", province_reports.report_list, name="report-list"),
    path("chuong-trinh/bao-cao/<int:pk>/", province_reports.report_detail, name="report-detail"),
    path("chuong-trinh/bao-cao/<int:pk>/gui/", province_reports.report_send, name="report-send"),
    path(
        "chuong-trinh/bao-cao/<int:pk>/tra-loi/",
        province_reports.report_answer,
        name="report-answer",
    ),
    path("chuong-trinh/lan-gui/<int:pk>/", province_reports.sending_detail, name="sending-detail"),
    path(
        "chuong-trinh/lan-gui/<int:pk>/pdf/", province_reports.sending_paper, name="sending-paper"
    ),
    path("chuong-trinh/lan-gui/<int:pk>/tep/", province_reports.sending_file, name="sending-file"),
    path("chuong-trinh/ke-hoach/", province_plans.plan_list, name="plan-list"),
    path("chuong-trinh/ke-hoach/<int:pk>/", province_plans.plan_detail, name="plan-detail"),
    path("chuong-trinh/ke-hoach/<int:pk>/chi-tieu/", province_plans.plan_aims, name="plan-aims"),
    path("chuong-trinh/ke-hoach/<int:pk>/kinh-phi/", province_plans.plan_funds, name="plan-funds"),
    path(
        "chuong-trinh/ke-hoach/<int:pk>/phe-duyet/",
        province_plans.plan_approve,
        name="plan-approve",
    ),
    path("chuong-trinh/khoan-chi/", spending.spending_list, name="spending-list"),
    path(
        "chuong-trinh/khoan-chi/<int:pk>/gach-bo/",
        spending.spending_strike,
        name="spending-strike",
    ),
    path("tien-do/", pipeline.progress, name="progress"),
    path("loi-thuong-gap/<int:pk>/", faults.common_faults, name="faults"),
    path("loi-thuong-gap/<int:pk>/soan/", faults.draft_article, name="faults-draft"),
    path("bo-loc/", saved_filters.filter_list, name="filter-list"),
    path("bo-loc/luu/", saved_filters.filter_keep, name="filter-keep"),
    path("bo-loc/<int:pk>/doi/", saved_filters.filter_change, name="filter-change"),
    path("bo-loc/<int:pk>/xoa/", saved_filters.filter_delete, name="filter-delete"),
    path("hang-loat/", bulk.job_list, name="bulk-list"),
    path("hang-loat/chon/", bulk.job_start, name="bulk-start"),
    path("hang-loat/<int:pk>/", bulk.job_detail, name="bulk-detail"),
    path("hang-loat/<int:pk>/noi-dung/", bulk.job_check, name="bulk-check"),
    path("hang-loat/<int:pk>/xac-nhan/", bulk.job_confirm, name="bulk-confirm"),
    path("hang-loat/<int:pk>/tien-do/", bulk.job_progress, name="bulk-progress"),
    path("nhap-so/", registers.register_list, name="register-list"),
    path("nhap-so/<int:pk>/", registers.register_detail, name="register-detail"),
    path("nhap-so/<int:pk>/kiem-tra/", registers.register_check, name="register-check"),
    path("nhap-so/<int:pk>/ghi/", registers.register_load, name="register-load"),
    path("nhap-so/<int:pk>/go/", registers.register_undo, name="register-undo"),
    path("nhap-so/<int:pk>/tien-do/", registers.register_progress, name="register-progress"),
]
