"""The open data of a night: written beside the last edition, then put in its place at once.

A reader always gets a whole edition: files are written into a folder of their own, and one small
file names the folder that counts. The last editions stay for readers who are in the middle of one.
"""

import csv
import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from ocop_portal.csv_safe import BYTE_ORDER_MARK, safe
from registry.domain.clock import legal_day
from reporting.domain.open_data import Dataset, Edition, PublishedFile, package, records
from reporting.selectors.open_data import datasets, rows_of

CURRENT = "current.json"
PACKAGE = "datapackage.json"
SUMS = "SHA256SUMS"
KEPT_EDITIONS = 3


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "open-data"


def publish(*, at: datetime) -> Edition:
    """Writes every table as CSV and JSON with dictionary, licence and checksums."""
    home = folder() / f"{at:%Y%m%dT%H%M%S%f}"
    home.mkdir(parents=True, exist_ok=True)
    files = []
    for dataset in datasets():
        files += _write(home, dataset, rows_of(dataset, on=legal_day(at)))
    edition = Edition(made_at=at, files=tuple(files))
    _write_words(home, edition)
    _put_in_place(home, edition)
    return edition


def current() -> tuple[Edition, Path] | None:
    """The edition that counts and the folder of its files; None before the first night."""
    try:
        told = json.loads((folder() / CURRENT).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    files = tuple(PublishedFile(**file) for file in told["files"])
    edition = Edition(made_at=datetime.fromisoformat(told["made_at"]), files=files)
    return edition, folder() / told["folder"]


def _write(home: Path, dataset: Dataset, rows: Iterator[tuple[Any, ...]]) -> list[PublishedFile]:
    """Both forms in one pass, so that they say the same; in the JSON a line is an object."""
    paths = {kind: home / f"{dataset.key}.{kind}" for kind in ("csv", "json")}
    count = 0
    with (
        paths["csv"].open("w", encoding="utf-8", newline="") as table,
        paths["json"].open("w", encoding="utf-8") as array,
    ):
        table.write(BYTE_ORDER_MARK)
        writer = csv.writer(table)
        writer.writerow(dataset.names)
        array.write("[")
        for record in records(dataset, rows):
            writer.writerow([safe(_plain(value)) for value in record.values()])
            array.write(",\n" if count else "\n")
            array.write(json.dumps(record, ensure_ascii=False, cls=DjangoJSONEncoder))
            count += 1
        array.write("\n]\n")
    return [_published(path, dataset, kind, count) for kind, path in paths.items()]


def _plain(value: object) -> object:
    """Truth as `true` and `false`, as the dictionary's types say."""
    return str(value).lower() if isinstance(value, bool) else value


def _published(path: Path, dataset: Dataset, kind: str, rows: int) -> PublishedFile:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return PublishedFile(path.name, dataset.key, kind, rows, path.stat().st_size, digest)


def _write_words(home: Path, edition: Edition) -> None:
    """The package with the dictionary, and the checksums as the usual tools read them."""
    address = settings.SITE_URL + reverse("open-data:index")
    told = package(datasets(), edition.files, made_at=edition.made_at, home=address)
    (home / PACKAGE).write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    sums = "".join(f"{file.sha256}  {file.name}\n" for file in edition.files)
    (home / SUMS).write_text(sums, encoding="utf-8")


def _put_in_place(home: Path, edition: Edition) -> None:
    told = {
        "made_at": edition.made_at.isoformat(),
        "folder": home.name,
        "files": [asdict(file) for file in edition.files],
    }
    fresh = folder() / f"{CURRENT}.new"
    fresh.write_text(json.dumps(told), encoding="utf-8")
    fresh.replace(folder() / CURRENT)
    for old in _older(home):
        shutil.rmtree(old, ignore_errors=True)


def _older(home: Path) -> Iterable[Path]:
    editions = sorted(each for each in folder().iterdir() if each.is_dir() and each != home)
    return editions[: -(KEPT_EDITIONS - 1)]
