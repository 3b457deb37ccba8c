"""Addresses of the statistics."""

from django.urls import path, register_converter

from reporting.domain.tables import Dimension
from reporting.views import pipeline, stars, targets


class DimensionConverter:
    """Only the dimensions that there are."""

    regex = "|".join(Dimension)

    def to_python(self, value: str) -> Dimension:
        return Dimension(value)

    def to_url(self, value: str) -> str:
        return str(value)


register_converter(DimensionConverter, "dimension")

app_name = "reporting"

urlpatterns = [
    path("", stars.star_tables, name="stars"),
    path("hang-sao-<dimension:dimension>.csv", stars.star_file, name="stars-file"),
    path("muc-tieu/", targets.target_table, name="targets"),
    path("tien-do/", pipeline.progress, name="progress"),
]
