"""Where whoever is told goes on reading."""

from django.urls import reverse

from ocop_portal.journal.models import Entry


def council(entry: Entry) -> str:
    return reverse("scoring:council-detail", args=[entry.facts["council_id"]])


def session(entry: Entry) -> str:
    return reverse("scoring:session-detail", args=[entry.facts["session_id"]])


def item(entry: Entry) -> str:
    return reverse("scoring:item-detail", args=[entry.facts["item_id"]])


def dossier(entry: Entry) -> str:
    return reverse("cycle:dossier-detail", args=[entry.facts["dossier_id"]])


def rating(entry: Entry) -> str:
    return reverse("scoring:rating-detail", args=[entry.subject_id])


def complaint(entry: Entry) -> str:
    return reverse("scoring:complaint-detail", args=[entry.subject_id])


def decision(entry: Entry) -> str:
    return reverse("scoring:decision-detail", args=[entry.subject_id])


def certificate(entry: Entry) -> str:
    return reverse("scoring:certificate-detail", args=[entry.subject_id])


def inspection(entry: Entry) -> str:
    return reverse("scoring:inspection-detail", args=[entry.subject_id])
