"""What a subject can do, as the programme counts it: workers, material areas, circular chains.

Quyết định 919/QĐ-TTg (2022) sets targets for subjects with a circular or green chain and a stable
material area, for craft villages with a product, and for workers with a training certificate.
"""

from datetime import date
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import term

FIRST_YEAR = 2015  # before the programme there is nothing to count


class AreaCertificate(StrEnum):
    """What a material area is certified by."""

    VIETGAP = "vietgap"
    GLOBALGAP = "globalgap"
    ORGANIC = "organic"
    GACP = "gacp"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


def check_workers(
    workers: int | None, trained: int | None, year: int | None, *, today: date
) -> None:
    """Refuses more trained workers than workers, and numbers of no year or of a year to come."""
    if trained is not None and (workers is None or trained > workers):
        raise RuleBroken(
            "capacity.trained_workers",
            term("Lao động qua đào tạo không thể nhiều hơn tổng số lao động."),
            field="trained_workers",
        )
    if workers is not None and year is None:
        raise RuleBroken(
            "capacity.year_missing",
            term("Hãy ghi số liệu lao động của năm nào."),
            field="workers_year",
        )
    if year is not None and not FIRST_YEAR <= year <= today.year:
        raise RuleBroken(
            "capacity.year",
            term("Năm phải từ %(first)s đến %(last)s."),
            field="workers_year",
            first=FIRST_YEAR,
            last=today.year,
        )


def check_circular(note: str, *, claimed: bool) -> None:
    """A circular chain is claimed in words, not by a tick alone."""
    if claimed and not note:
        raise RuleBroken(
            "capacity.circular_note",
            term("Hãy nói ngắn chuỗi tuần hoàn thế nào, ví dụ bã chè ủ phân bón lại cho đồi chè."),
            field="circular_note",
        )


_LABELS = {
    AreaCertificate.VIETGAP: term("VietGAP"),
    AreaCertificate.GLOBALGAP: term("GlobalG.A.P."),
    AreaCertificate.ORGANIC: term("Hữu cơ"),
    AreaCertificate.GACP: term("GACP-WHO"),
    AreaCertificate.OTHER: term("Chứng nhận khác"),
}
