"""What is asked of a message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm


class MessageForm(NfcForm):
    """Words, and whether they wait for an answer."""

    text = forms.CharField(
        label=_("Nội dung"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 4})
    )
    asks = forms.BooleanField(label=_("Cần bên kia trả lời"), required=False)
