"""What is asked when a product takes part."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from cycle.domain.journey import EnrolmentKind
from cycle.models import Round
from ocop_portal.web.forms import NfcForm
from registry.selectors import regime


class EnrolForm(NfcForm):
    """A round out of those that take the product, and, where there is a choice, why it comes."""

    round = forms.ChoiceField(label=_("Đợt"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Loại"), widget=forms.RadioSelect)

    def __init__(
        self,
        *args: Any,
        rounds: Sequence[Round],
        kinds: Sequence[EnrolmentKind] = tuple(EnrolmentKind),
        kind: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = {str(season.pk): season for season in rounds}
        cast(forms.ChoiceField, self.fields["round"]).choices = [
            (key, f"{season.name} – {season.unit.name} ({regime(season.regime).name})")
            for key, season in self.rounds.items()
        ]
        offered = cast(forms.ChoiceField, self.fields["kind"])
        offered.choices = [(each.value, _(each.label)) for each in kinds]
        offered.initial = kind if kind in kinds else kinds[0].value
        if len(kinds) == 1:
            offered.widget = forms.HiddenInput()
        if len(self.rounds) == 1:
            self.fields["round"].initial = next(iter(self.rounds))

    def season(self) -> Round:
        return self.rounds[self.cleaned_data["round"]]
