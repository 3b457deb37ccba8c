"""What a form makes of a text before anybody else sees it."""

import unicodedata

import pytest
from django import forms

from ocop_portal.web.forms import NfcForm


class Name(NfcForm):
    name = forms.CharField(max_length=20)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (unicodedata.normalize("NFD", "Chè đắng"), "Chè đắng"),
        ("Chè\u200b\x07 lạ", "Chè lạ"),
        ("\ufeff Chè\u202e ", "Chè"),
        ("Chè \U0001f468\u200d\U0001f33e", "Chè \U0001f468\u200d\U0001f33e"),
    ],
)
def test_a_text_is_composed_and_free_of_unseen_signs(typed: str, kept: str) -> None:
    form = Name({"name": typed})

    assert form.is_valid()
    assert form.cleaned_data["name"] == kept


@pytest.mark.parametrize("typed", ["\u200b", " \x07 ", "a\x00b", "x" * 21])
def test_nothing_seen_too_long_or_a_nul_is_refused(typed: str) -> None:
    assert "name" in Name({"name": typed}).errors
