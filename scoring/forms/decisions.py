"""Decisions and certificates."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.models import User
from ocop_portal.web.forms import NfcForm
from scoring.models import DecisionItem, Rating
from scoring.selectors.ratings import recognised_stars


class RatingChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """A result named by its product, its mean and the stars that would be recognised."""

    def label_from_instance(self, obj: Rating) -> str:
        product = obj.dossier.enrolment.product
        stars = recognised_stars(obj)
        return f"{product.name} – {product.subject.name}: {obj.mean_shown} ({stars}★)"


class ItemChoice(forms.ModelMultipleChoiceField):  # type: ignore[type-arg] # not subscriptable at run time
    """An item of a signed decision, named by its product and what a correction would do."""

    def label_from_instance(self, obj: DecisionItem) -> str:
        product = obj.rating.dossier.enrolment.product
        review = max(obj.rating.reviewed_by.all(), key=lambda each: each.pk, default=None)
        if review is None:
            does = gettext("cấp lại giấy chứng nhận theo tên và địa chỉ hiện nay")
        elif stars := recognised_stars(review):
            does = gettext("theo kết quả chấm lại: %(stars)s★") % {"stars": stars}
        else:
            does = gettext("theo kết quả chấm lại: không còn được công nhận")
        return f"{product.name} – {product.subject.name} ({obj.stars}★): {does}"


class DecisionForm(NfcForm):
    """A draft: what it is about, its date, and the results that it recognises."""

    title = forms.CharField(label=_("Trích yếu"), max_length=300)
    number = forms.CharField(
        label=_("Số quyết định"),
        max_length=60,
        required=False,
        help_text=_("Có thể để trống khi soạn; phải có trước khi trình ký."),
    )
    decided_on = forms.DateField(
        label=_("Ngày quyết định"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ratings = RatingChoice(
        label=_("Kết quả được công nhận"),
        queryset=Rating.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, waiting: Any = None, **kwargs: Any) -> None:
        """Without `waiting`, for a correction, whose products stand already."""
        super().__init__(*args, **kwargs)
        if waiting is None:
            del self.fields["ratings"]
            return
        cast(RatingChoice, self.fields["ratings"]).queryset = waiting


class CorrectionForm(NfcForm):
    """A draft that corrects a signed decision: why, and for which of its products."""

    items = ItemChoice(
        label=_("Sản phẩm cần đính chính"),
        queryset=DecisionItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Lý do đính chính"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Ghi điều sai và căn cứ; câu này đứng trong quyết định."),
    )
    title = forms.CharField(label=_("Trích yếu"), max_length=300)
    number = DecisionForm.base_fields["number"]
    decided_on = DecisionForm.base_fields["decided_on"]

    def __init__(self, *args: Any, correctable: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(ItemChoice, self.fields["items"]).queryset = correctable


class HandBackForm(NfcForm):
    """Why the authority does not sign this draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Lý do trả lại"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class SignForm(NfcForm):
    """The signer's title and, once more, the password; pinned to the effects that were seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    signer_title = forms.CharField(label=_("Chức vụ người ký"), max_length=200)
    password = forms.CharField(
        label=_("Mật khẩu của bạn"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Hỏi lại để chắc chắn chính bạn đang ký."),
    )

    def __init__(self, *args: Any, signer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.signer = signer

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.signer.check_password(password):
            raise forms.ValidationError(_("Mật khẩu chưa đúng."))
        return password
