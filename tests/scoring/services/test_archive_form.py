"""What is kept and printed is PDF/A: it says so, carries its fonts and colours, runs nothing."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from promotion.services.labels import shelf_card
from scoring.domain.decision_states import DecisionKind
from scoring.services import documents
from tests.factories import promotion as papers
from tests.factories import registry
from tests.factories import scoring as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"


@pytest.mark.parametrize("name", ["certificate", "measure", "card"])
def test_document_is_made_for_the_archive(name: str) -> None:
    reader = PdfReader(BytesIO(content_of(name)))

    root: Any = reader.trailer["/Root"]
    said = ET.fromstring(root["/Metadata"].get_data())  # noqa: S314 - our own file
    assert [said.find(f".//{PDFA}{word}").text for word in ("part", "conformance")] == ["2", "B"]  # type: ignore[union-attr] # absent: the test fails
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/AA" not in root
    assert "/JavaScript" not in root.get("/Names", {})
    assert not reader.is_encrypted
    assert reader.metadata is not None
    assert reader.metadata.title
    assert root["/Lang"].startswith("vi")
    pages: list[Any] = list(reader.pages)
    fonts = [font for page in pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all(is_embedded(font.get_object()) for font in fonts)


def content_of(name: str) -> bytes:
    held = papers.certificate(registry.product(name="Chè Tân Cương"))
    if name == "card":
        return shelf_card(held, on=make.TODAY)
    made = documents.make_certificate(held)
    if name == "measure":
        decision = make.decided(made, DecisionKind.REVOKE)
        documents.make_all_of(decision)
        decision.refresh_from_db()
    kept = decision.pdf if name == "measure" else made.pdf
    with kept.open("rb") as file:
        return bytes(file.read())


def is_embedded(font: Any) -> bool:
    described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    return any(key.startswith("/FontFile") for key in described)
