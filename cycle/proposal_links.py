"""The address of a signed proposal, for pages, programs and the command."""

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode

from cycle.services.proposals import Offer


def link_to(offered: Offer) -> str:
    return link_for(offered.dossier.pk, offered.word)


def link_for(dossier_pk: int, word: str) -> str:
    path = reverse("cycle:dossier-proposals", args=[dossier_pk])
    return f"{settings.SITE_URL}{path}?{urlencode({'nguon': word})}"
