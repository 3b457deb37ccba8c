"""What an office proposes for a dossier."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.domain.checklist import TextItem
from cycle.forms.papers import text_field
from cycle.services.proposals import LONGEST_DAYS
from ocop_portal.web.forms import NfcForm

USUAL_DAYS = 14


class OfferForm(NfcForm):
    """A text for each item of the dossier, for how long the link lives, whether it is sent."""

    days = forms.IntegerField(
        label=_("Liên kết dùng được trong (ngày)"),
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=USUAL_DAYS,
    )
    is_sent = forms.BooleanField(
        label=_("Gửi liên kết vào phần trao đổi với chủ thể"), required=False, initial=True
    )

    def __init__(self, *args: Any, texts: Iterable[TextItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [text.name for text in texts]
        for text in texts:
            self.fields[text.name] = text_field(_(text.title), _(text.hint), rows=5)
        self.order_fields([*self.names, "days", "is_sent"])
        self.compose_fields()

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.names}
