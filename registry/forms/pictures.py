"""What is asked of a picture."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm
from registry.domain.pictures import MAX_PICTURE_BYTES


class AltForm(NfcForm):
    """What a picture shows, in words."""

    alt = forms.CharField(
        label=_("Ảnh cho thấy gì"),
        max_length=200,
        help_text=_("Một câu cho người không nhìn thấy ảnh, ví dụ “Gói chè 200 g trên bàn tre”."),
    )


class PictureForm(AltForm):
    """One more picture."""

    file = forms.FileField(
        label=_("Ảnh"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_(
            "JPG, PNG hoặc WebP, tối đa %(limit)s MB. Cổng thu nhỏ ảnh và bỏ nơi chụp, giờ chụp."
        )
        % {"limit": MAX_PICTURE_BYTES // (1024 * 1024)},
        allow_empty_file=True,  # the service says what is wrong with an empty one
    )
    field_order = ("file", "alt")
