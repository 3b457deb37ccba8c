"""The open data for everybody: the page with the dictionary, and the files."""

from dataclasses import dataclass
from datetime import datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from promotion.views.shared import public_face
from reporting.domain.open_data import LICENCE, MEDIA_TYPES, Dataset, PublishedFile
from reporting.selectors.open_data import datasets
from reporting.services import open_data

FILE_SECONDS = 3600
WORDS = {open_data.PACKAGE: "application/json", open_data.SUMS: "text/plain; charset=utf-8"}


@dataclass(frozen=True)
class ShownTable:
    """One table of the page in the reader's language."""

    title: str
    files: tuple[PublishedFile, ...]
    columns: tuple[tuple[str, str, str], ...]


@require_safe
@public_face
def index(request: HttpRequest) -> HttpResponse:
    """Every table with its files, its dictionary, the licence and the checksums."""
    found = open_data.current()
    edition = found[0] if found else None
    context = {
        "edition": edition,
        "tables": [_shown(each, edition.files if edition else ()) for each in datasets()],
        "licence": LICENCE,
        "package": open_data.PACKAGE,
        "sums": open_data.SUMS,
    }
    return render(request, "reporting/open_data.html", context)


def _etag(_request: HttpRequest, name: str) -> str | None:
    """The checksum of the file; the words about the files change with every edition."""
    found = open_data.current()
    if found is None:
        return None
    known = found[0].named(name)
    return f'"{known.sha256 if known else found[0].made_at.isoformat()}"'


def _modified(_request: HttpRequest, name: str) -> datetime | None:
    found = open_data.current()
    is_known = found is not None and (found[0].named(name) or name in WORDS)
    return found[0].made_at if found and is_known else None


@require_safe
@condition(etag_func=_etag, last_modified_func=_modified)
def file(_request: HttpRequest, name: str) -> HttpResponseBase:
    """A file of the edition that counts; its checksum is its ETag, any page may read it."""
    found = open_data.current()
    if found is None:
        raise Http404(_("Dữ liệu mở chưa được lập; tệp đầu tiên có vào sáng mai."))
    edition, home = found
    known = edition.named(name)
    if known is None and name not in WORDS:
        raise Http404(_("Không có tệp dữ liệu này."))
    kind = MEDIA_TYPES[known.format] if known else WORDS[name]
    answer = FileResponse((home / name).open("rb"), content_type=kind, filename=name)
    answer["Cache-Control"] = f"public, max-age={FILE_SECONDS}"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _shown(dataset: Dataset, files: tuple[PublishedFile, ...]) -> ShownTable:
    is_english = get_language() == "en"
    return ShownTable(
        title=dataset.en if is_english else dataset.vi,
        files=tuple(file for file in files if file.dataset == dataset.key),
        columns=tuple(
            (each.name, each.kind, each.en if is_english else each.vi) for each in dataset.columns
        ),
    )
