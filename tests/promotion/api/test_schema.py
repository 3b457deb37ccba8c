"""The schema describes the public endpoints, without a warning."""

from io import StringIO

import pytest
import yaml
from django.core.management import call_command

pytestmark = pytest.mark.django_db
OURS = {
    "/api/v1/products/",
    "/api/v1/products/{product_id}/",
    "/api/v1/certificates/{code}/",
    "/api/v1/statistics/stars/",
}


def test_schema_is_made_without_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    out = StringIO()

    call_command("spectacular", "--validate", stdout=out)

    assert capsys.readouterr().err == ""
    paths = yaml.safe_load(out.getvalue())["paths"]
    assert set(paths) >= OURS
    parameters = {each["name"] for each in paths["/api/v1/products/"]["get"]["parameters"]}
    assert parameters == {
        "q",
        "stars",
        "group",
        "province",
        "regime",
        "year",
        "validity",
        "as_of",
        "order",
        "page",
        "page_size",
    }
