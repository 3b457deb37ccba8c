"""Relations between a member and a subject are proposed, never concluded."""

from dataclasses import replace

import pytest

from scoring.domain.relations import PersonFacts, RelationKind, SubjectFacts, relations

SUBJECT = SubjectFacts(
    id=7,
    name="Hợp tác xã Chè La Bằng",
    representative="Nguyễn Thị Lan",
    phone="0912 345 678",
    tax_code="4600123456",
    commune="Xã La Bằng",
)
NOBODY = PersonFacts(name="Phạm Văn Yến")


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        ({"subjects": frozenset({7})}, RelationKind.POSTING),
        ({"tax_codes": ("4600123456-001",)}, RelationKind.TAX_CODE),
        ({"phones": ("+84 912.345.678",)}, RelationKind.PHONE),
        ({"name": "NGUYỄN THỊ LAN"}, RelationKind.NAME),
        ({"name": "Nguyễn Thị Lan"}, RelationKind.NAME),
        ({"employers": ("HTX chè La Bằng",)}, RelationKind.EMPLOYER),
        ({"communes": ("la bằng, Thái Nguyên",)}, RelationKind.COMMUNE),
    ],
)
def test_a_shared_fact_is_proposed_by_its_kind(
    facts: dict[str, object], kind: RelationKind
) -> None:
    assert relations(replace(NOBODY, **facts), SUBJECT) == (kind,)  # type: ignore[arg-type] # by name


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"name": "Nguyễn Thị Lành"},
        {"phones": ("", "0912 345 679")},
        {"tax_codes": ("", "4600123457")},
        {"communes": ("", "Xã La Bình")},
        {"employers": ("", "Sở Công Thương")},
        {"subjects": frozenset({8})},
    ],
)
def test_what_is_only_near_proposes_nothing(facts: dict[str, object]) -> None:
    assert relations(replace(NOBODY, **facts), SUBJECT) == ()  # type: ignore[arg-type] # by name


def test_what_a_subject_has_not_stated_is_equal_to_nothing() -> None:
    bare = replace(SUBJECT, phone="", tax_code="", commune="", representative="")

    assert relations(replace(NOBODY, name="", phones=("",), tax_codes=("",)), bare) == ()


def test_every_kind_has_its_words() -> None:
    assert all(kind.label for kind in RelationKind)
