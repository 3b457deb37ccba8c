"""What of a form is kept before it is sent."""

from django import forms

from ocop_portal.web.forms import NfcForm

LONGEST = 20_000


def typed_names(form: forms.Form) -> list[str]:
    """The fields that are typed into; a box to tick is not."""
    return [
        name for name, field in form.fields.items() if not isinstance(field, forms.BooleanField)
    ]


class JottingForm(NfcForm):
    """The same fields as plain text: half a day or half a number is kept as it is typed."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__()
        for name in typed_names(form):
            self.fields[name] = forms.CharField(required=False, max_length=LONGEST, strip=False)
        self.compose_fields()
