"""A draft that comes back as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ocop_portal.web.forms import NfcForm


class DraftFileForm(NfcForm):
    """The file that was taken away and written in."""

    file = forms.FileField(
        label=_("Tệp bản soạn (.txt)"),
        help_text=_(
            "Tệp đã tải về từ trang này. Trước khi lưu, bạn xem được những gì sẽ thay đổi."
        ),
        widget=forms.FileInput(attrs={"accept": ".txt,text/plain"}),
    )
