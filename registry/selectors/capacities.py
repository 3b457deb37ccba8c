"""Craft villages, material areas and the history of a subject."""

from datetime import date

from django.db.models import QuerySet

from registry.models import CraftVillage, MaterialArea, Subject, SubjectChange
from registry.selectors.people import Person
from registry.selectors.subjects import visible_subjects


def craft_villages() -> QuerySet[CraftVillage]:
    """The whole register: recognised villages are no secret."""
    return CraftVillage.objects.select_related("commune__parent__parent").order_by("name", "id")


def villages_near(subject: Subject) -> QuerySet[CraftVillage]:
    """The villages of the subject's province."""
    province = subject.commune.path.split("/")[1]
    return craft_villages().filter(commune__path__startswith=f"/{province}/")


def material_areas_of(subject: Subject) -> QuerySet[MaterialArea]:
    """The areas that count today."""
    return (
        MaterialArea.objects.filter(subject=subject, removed_at__isnull=True)
        .select_related("commune__parent__parent")
        .order_by("name", "id")
    )


def visible_material_areas(user: Person, on: date) -> QuerySet[MaterialArea]:
    """The areas that count, of the subjects that the person may see."""
    return MaterialArea.objects.filter(
        subject__in=visible_subjects(user, on).order_by().values("pk"), removed_at__isnull=True
    ).select_related("subject", "commune__parent__parent")


def changes_of(subject: Subject) -> QuerySet[SubjectChange]:
    """What the subject was before, the newest change first."""
    return (
        SubjectChange.objects.filter(subject=subject)
        .select_related("document", "changed_by")
        .order_by("-changed_at", "-id")
    )
