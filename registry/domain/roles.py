"""The roles that a person holds by a posting (council roles stand with the council)."""

from enum import StrEnum

from registry.domain.text import term


class Role(StrEnum):
    """A posting's role; the first two are held on a subject, the others on a unit."""

    OWNER = "owner"
    EDITOR = "editor"
    COMMUNE_OFFICER = "commune_officer"
    DISTRICT_OFFICER = "district_officer"
    PROVINCIAL_OFFICER = "provincial_officer"
    CENTRAL_OFFICER = "central_officer"
    AUTHORITY = "authority"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_on_subject(self) -> bool:
        return self in SUBJECT_ROLES

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(role.value, role.label) for role in cls]


_LABELS = {
    Role.OWNER: term("Chủ thể"),
    Role.EDITOR: term("Người soạn của chủ thể"),
    Role.COMMUNE_OFFICER: term("Cán bộ cấp xã"),
    Role.DISTRICT_OFFICER: term("Cán bộ cấp huyện"),
    Role.PROVINCIAL_OFFICER: term("Cán bộ OCOP cấp tỉnh"),
    Role.CENTRAL_OFFICER: term("Cán bộ OCOP trung ương"),
    Role.AUTHORITY: term("Người có thẩm quyền ký"),
    Role.ADMINISTRATOR: term("Quản trị chương trình"),
    Role.AUDITOR: term("Người giám sát"),
}
SUBJECT_ROLES = frozenset({Role.OWNER, Role.EDITOR})
OFFICER_ROLES = frozenset(
    {
        Role.COMMUNE_OFFICER,
        Role.DISTRICT_OFFICER,
        Role.PROVINCIAL_OFFICER,
        Role.CENTRAL_OFFICER,
    }
)
