"""Addresses of the statistics."""

from django.urls import path, register_converter

from ocop_portal.web.exports import FileForm
from reporting.domain.tables import Dimension
from reporting.views import bulk, periods, pipeline, registers, standards, stars, targets


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
    path("tien-do/", pipeline.progress, name="progress"),
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
