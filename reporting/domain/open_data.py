"""The open data: which tables there are, what every column means, under which licence.

A table is published as CSV and as JSON with the same columns in the same order. The package file
follows the Data Package of the Frictionless specifications, so that dictionary, licence, sizes and
checksums travel with the data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


@dataclass(frozen=True)
class Column:
    """One column: its name in the files, its type, and what it means in both languages."""

    name: str
    kind: str
    vi: str
    en: str


@dataclass(frozen=True)
class Dataset:
    """One table; `key` names its files."""

    key: str
    vi: str
    en: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class PublishedFile:
    """A file as it was written: how many rows, bytes, and the SHA-256 of its content."""

    name: str
    dataset: str
    format: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Edition:
    """The files of one night."""

    made_at: datetime
    files: tuple[PublishedFile, ...] = field(default=())

    def named(self, name: str) -> PublishedFile | None:
        return next((file for file in self.files if file.name == name), None)


def datasets_from(record: Mapping[str, Any]) -> tuple[Dataset, ...]:
    """The tables of the dictionary file; a column without its meaning is an error."""
    return tuple(
        Dataset(
            key=key,
            vi=found["vi"],
            en=found["en"],
            columns=tuple(
                Column(each["name"], each["type"], each["vi"], each["en"])
                for each in found["columns"]
            ),
        )
        for key, found in record.items()
    )


def records(dataset: Dataset, rows: Iterable[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Rows as objects; a row that is longer or shorter than the dictionary is an error."""
    for row in rows:
        yield dict(zip(dataset.names, row, strict=True))


def package(
    datasets: Iterable[Dataset], files: Iterable[PublishedFile], *, made_at: datetime, home: str
) -> dict[str, Any]:
    """The Data Package: every file with its dictionary, size and checksum."""
    known = {dataset.key: dataset for dataset in datasets}
    return {
        "name": "ocop",
        "title": "Sản phẩm OCOP được công nhận",
        "homepage": home,
        "created": made_at.isoformat(),
        "licenses": [dict(LICENCE)],
        "resources": [_resource(known[file.dataset], file) for file in files],
    }


def _resource(dataset: Dataset, file: PublishedFile) -> dict[str, Any]:
    return {
        "name": file.name.replace(".", "-"),
        "path": file.name,
        "title": dataset.vi,
        "description": dataset.en,
        "format": file.format,
        "mediatype": MEDIA_TYPES[file.format],
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.kind,
                    "title": column.vi,
                    "description": column.en,
                }
                for column in dataset.columns
            ]
        },
    }


MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}
