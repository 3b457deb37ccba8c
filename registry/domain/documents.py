"""Evidence: its kinds as the self-assessment form lists them, and the files that may carry it.

Quyết định 26/2026/QĐ-TTg, Phụ lục III, Mẫu 02 names fifteen kinds; the earlier decree asked for
the same papers and a product standard and accounts beside them. No decree limits type or size of
a file, so the limits are the portal's own (the largest size is a setting): what every office can
open, nothing that runs.
"""

import re
from enum import StrEnum

from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term

MEGABYTE = 1024 * 1024
MAX_PARTS = 10_000
MAX_UNPACKED_BYTES = 300 * MEGABYTE
MAX_RATIO = 200
# Days before a paper runs out on which its subject is told; no decree sets them.
ALERT_DAYS = (60, 30, 7)
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
_LONGEST_NAME = 150


class EvidenceKind(StrEnum):
    """What a paper proves."""

    BUSINESS_REGISTRATION = "business_registration"
    PRODUCTION_ELIGIBILITY = "production_eligibility"
    MATERIAL_ORIGIN = "material_origin"
    ENVIRONMENT = "environment"
    LABOUR = "labour"
    GROWTH = "growth"
    ACCOUNTING = "accounting"
    INTELLECTUAL_PROPERTY = "intellectual_property"
    MARKET = "market"
    PROMOTION = "promotion"
    STORY = "story"
    PRODUCT_STANDARD = "product_standard"
    QUALITY_PUBLICATION = "quality_publication"
    TEST_REPORT = "test_report"
    TRACEABILITY = "traceability"
    QUALITY_MANAGEMENT = "quality_management"
    AWARD = "award"
    PHOTO = "photo"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


class FileKind(StrEnum):
    """A kind of file that is accepted; the value is its ending."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[self]

    @property
    def opens_in_browser(self) -> bool:
        return self in {FileKind.PDF, FileKind.JPEG, FileKind.PNG}


def check_size(size: int, *, limit: int) -> None:
    """Refuses an empty file and one above the limit, both in bytes."""
    if size == 0:
        raise RuleBroken("evidence.empty", term("Tệp không có nội dung."), field="file")
    if size > limit:
        raise RuleBroken(
            "evidence.too_large",
            term("Tệp nặng %(size)s MB; tối đa là %(limit)s MB."),
            field="file",
            size=-(-size // MEGABYTE),
            limit=limit // MEGABYTE,
        )


def check_archive(parts: int, unpacked: int, *, packed: int) -> None:
    """Refuses an archive that would fill the disk of who opens it; sizes in bytes.

    A sheet of numbers shrinks to a tenth, at most to a hundredth; a bomb to a thousandth.
    """
    is_bomb = unpacked > MAX_UNPACKED_BYTES or (
        unpacked > MEGABYTE and unpacked > MAX_RATIO * packed
    )
    if parts > MAX_PARTS or is_bomb:
        raise RuleBroken(
            "evidence.bomb",
            term("Tệp nén này bung ra quá lớn nên không nhận; hãy lưu lại thành PDF."),
            field="file",
        )


def unknown_kind() -> RuleBroken:
    """The refusal of a file whose content is none of the accepted kinds."""
    return RuleBroken(
        "evidence.kind_of_file",
        term("Chỉ nhận tệp PDF, JPG, PNG, DOCX, XLSX; nội dung tệp này thuộc loại khác."),
        field="file",
    )


def safe_name(name: str, kind: FileKind) -> str:
    """The name to show and to save under: composed, without path signs, with the true ending."""
    stem = _NOT_IN_A_NAME.sub(" ", nfc(name)).strip(" .")
    stem = stem.rpartition(".")[0] or stem
    return f"{stem[:_LONGEST_NAME].strip() or kind.value}.{kind.value}"


_CONTENT_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LABELS = {
    EvidenceKind.BUSINESS_REGISTRATION: term("Giấy đăng ký kinh doanh"),
    EvidenceKind.PRODUCTION_ELIGIBILITY: term(
        "Giấy chứng nhận đủ điều kiện sản xuất, an toàn thực phẩm"
    ),
    EvidenceKind.MATERIAL_ORIGIN: term("Nguồn gốc nguyên liệu, vùng nguyên liệu, liên kết"),
    EvidenceKind.ENVIRONMENT: term("Hồ sơ bảo vệ môi trường"),
    EvidenceKind.LABOUR: term("Danh sách lao động, bảo hiểm"),
    EvidenceKind.GROWTH: term("Kết quả kinh doanh, tăng trưởng"),
    EvidenceKind.ACCOUNTING: term("Sổ sách kế toán"),
    EvidenceKind.INTELLECTUAL_PROPERTY: term("Sở hữu trí tuệ"),
    EvidenceKind.MARKET: term("Hợp đồng phân phối, thị trường"),
    EvidenceKind.PROMOTION: term("Quảng bá, xúc tiến thương mại"),
    EvidenceKind.STORY: term("Câu chuyện sản phẩm"),
    EvidenceKind.PRODUCT_STANDARD: term("Tiêu chuẩn sản phẩm"),
    EvidenceKind.QUALITY_PUBLICATION: term("Công bố chất lượng sản phẩm"),
    EvidenceKind.TEST_REPORT: term("Phiếu kết quả kiểm nghiệm"),
    EvidenceKind.TRACEABILITY: term("Mã vạch, tem truy xuất nguồn gốc"),
    EvidenceKind.QUALITY_MANAGEMENT: term("Chứng nhận quản lý chất lượng tiên tiến"),
    EvidenceKind.AWARD: term("Giải thưởng, thành tích"),
    EvidenceKind.PHOTO: term("Ảnh chụp"),
    EvidenceKind.OTHER: term("Tài liệu khác"),
}
