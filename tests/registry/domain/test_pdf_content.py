"""PDF files that act by themselves, or that nobody can read."""

import time
import zlib

import pytest

from registry.domain.pdf_content import PdfFault, fault_of

PLAIN = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def with_object(content: bytes) -> bytes:
    return PLAIN.replace(b"trailer", b"3 0 obj" + content + b"endobj\ntrailer")


def packed(objects: bytes, kind: bytes = b"/ObjStm", filters: bytes = b"/FlateDecode") -> bytes:
    stream = zlib.compress(objects)
    head = b"<</Type" + kind + b"/Filter" + filters + b"/Length %d>>" % len(stream)
    return with_object(head + b"stream\r\n" + stream + b"\nendstream")


@pytest.mark.parametrize(
    "content",
    [
        with_object(SCRIPT),
        with_object(b"<</S/J#61vaScript/J#53 4 0 R>>"),
        with_object(b"<</OpenAction<</S/Launch/F(cmd.exe)>>>>"),
        with_object(b"<</Subtype/RichMedia>>"),
        with_object(b"<</AcroForm<</XFA 5 0 R>>>>"),
        with_object(b"<</S /SubmitForm /F(http://x)>>"),
        packed(SCRIPT),
        PLAIN + b"5 0 obj" + SCRIPT,
    ],
)
def test_what_runs_something_is_active(content: bytes) -> None:
    assert fault_of(content) is PdfFault.ACTIVE


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.replace(b"/Root", b"/Encrypt 9 0 R/Root"),
        with_object(SCRIPT).replace(b"/Root", b"/Encrypt 9 0 R/Root"),
        packed(SCRIPT, filters=b"/LZWDecode").replace(b"x\x9c", b"\x00\x01"),
        packed(b" " * (51 * 1024 * 1024)),
    ],
)
def test_what_cannot_be_read_is_locked(content: bytes) -> None:
    assert fault_of(content) is PdfFault.LOCKED


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        packed(b"<</Type/Page>>"),
        # The same letters in a picture, in a longer name, or in what is written on a page.
        packed(b"noise /JS noise", kind=b"/XObject"),
        with_object(b"<</Length 20>>stream\n(/JS is a name) Tj \nendstream"),
        with_object(b"<</JSession 1/Launcher 2/EncryptMetadata true>>"),
    ],
)
def test_a_quiet_file_has_no_fault(content: bytes) -> None:
    assert fault_of(content) is None


def test_a_file_full_of_openings_is_read_in_one_pass() -> None:
    began = time.perf_counter()

    assert fault_of(b"stream\n" * 1_000_000 + SCRIPT) is PdfFault.ACTIVE

    assert time.perf_counter() - began < 2
