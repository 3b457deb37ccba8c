"""What is sent is kept up to the limit of a file and not a byte beyond."""

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from ocop_portal.web.checks import check_scanner_address
from tests.factories.uploads import LongForm


def sent(size: int) -> Any:
    stream = LongForm({"title": "Giấy", "kind": "story"}, "giay.pdf", size)
    request: Any = RequestFactory().post("/", content_type="text/plain")
    request.META |= {
        "CONTENT_TYPE": stream.content_type,
        "CONTENT_LENGTH": str(stream.length),
    }
    request.content_type = "multipart/form-data"
    request._stream, request._read_started = stream, False
    return request


def test_two_hundred_megabytes_fill_neither_memory_nor_disk(tmp_path: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    request = sent(200 * 1024 * 1024)
    tracemalloc.start()

    file = request.FILES["file"]

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (file.size, file.read()) == (200 * 1024 * 1024, b"")
    assert dict(request.POST.items()) == {"title": "Giấy", "kind": "story"}
    assert peak < 8 * 1024 * 1024
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= settings.MAX_UPLOAD_BYTES


def test_a_file_at_the_limit_is_kept_whole(settings: Any) -> None:
    settings.MAX_UPLOAD_BYTES = 2 * 1024 * 1024

    kept = sent(2 * 1024 * 1024).FILES["file"]
    dropped = sent(2 * 1024 * 1024 + 1).FILES["file"]

    assert (kept.size, len(kept.read())) == (2 * 1024 * 1024, 2 * 1024 * 1024)
    kept.close()
    assert (dropped.size, len(dropped.read())) == (2 * 1024 * 1024 + 1, 0)


@pytest.mark.parametrize(
    ("address", "faults"),
    [("", 0), ("unix:/run/clamd.ctl", 0), ("tcp:clamav:3310", 0), ("clamav:3310", 1), ("tcp:x", 1)],
)
def test_an_address_of_a_scanner_that_cannot_be_read_refuses_the_start(
    address: str, faults: int, settings: Any
) -> None:
    settings.CLAMD = address

    assert len(check_scanner_address()) == faults
