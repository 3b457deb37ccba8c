"""Forms of a person's own account."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.models import Rhythm, User
from ocop_portal.web.forms import NfcForm, NfcMixin

LONGEST_PASSWORD = 200
PASSWORD_RULES = _(
    "Ít nhất 10 ký tự, không giống tên hay địa chỉ thư của bạn, không phải mật khẩu nhiều người "
    "dùng. Một câu ngắn dễ nhớ là tốt nhất; có thể gõ dấu tiếng Việt và khoảng trắng."
)
PHONE = RegexValidator(
    r"^\+?[0-9][0-9 .()-]{7,18}$", _("Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678.")
)


class LogInForm(NfcMixin, AuthenticationForm):
    """Mail address and password; one sentence for every sort of refusal."""

    error_messages = {  # noqa: RUF012 - the base class's own attribute
        "invalid_login": _(
            "Địa chỉ thư hoặc mật khẩu chưa đúng. Kiểm tra phím Caps Lock và bộ gõ tiếng Việt; "
            "nếu quên, hãy đặt lại mật khẩu. Nếu vừa đăng ký, hãy mở thư xác nhận trước."
        ),
        "inactive": _("Tài khoản này đang tạm khóa."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.EmailField(
            label=_("Thư điện tử"),
            widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        )
        self.fields["password"].label = _("Mật khẩu")
        self.compose_fields()

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).lower()


def _new_password(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        **kwargs,
    )


class NewPasswordMixin:
    """Checks a new password against the rules and against its repetition."""

    cleaned_data: dict[str, Any]

    def check_new_password(self, person: User) -> None:
        password = self.cleaned_data.get("password")
        if password and password != self.cleaned_data.get("password_again"):
            self.add_error("password_again", _("Hai lần gõ mật khẩu chưa giống nhau."))  # type: ignore[attr-defined] # of the form
        elif password:
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as faults:
                self.add_error("password", faults)  # type: ignore[attr-defined] # of the form


class SignUpForm(NewPasswordMixin, NfcForm):
    """Who a person is, and a password."""

    email = forms.EmailField(
        label=_("Thư điện tử"),
        help_text=_("Dùng để đăng nhập và nhận thông báo."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = _new_password(_("Mật khẩu"), help_text=PASSWORD_RULES)
    password_again = _new_password(_("Gõ lại mật khẩu"))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        stated = {name: self.cleaned_data.get(name, "") for name in ("email", "full_name")}
        self.check_new_password(User(**stated))
        return self.cleaned_data


class InvitedPersonForm(NewPasswordMixin, NfcForm):
    """Who comes in by a mailed invitation: the address is known, name and password are asked."""

    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = _new_password(_("Mật khẩu"), help_text=PASSWORD_RULES)
    password_again = _new_password(_("Gõ lại mật khẩu"))

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("full_name", "")
        self.check_new_password(User(email=self.email, full_name=name))
        return self.cleaned_data


class PersonForm(NfcForm):
    """A form about one person, who is known beforehand."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person


class ConfirmForm(PersonForm):
    """The password again, so that nobody confirms an account that a stranger made."""

    password = forms.CharField(
        label=_("Mật khẩu bạn đã chọn khi đăng ký"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        if not self.person.check_password(password):
            raise forms.ValidationError(_("Mật khẩu chưa đúng."))
        return password


class PasswordLinkForm(NfcForm):
    """The address to which the link goes."""

    email = forms.EmailField(
        label=_("Thư điện tử"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class PasswordSetForm(NewPasswordMixin, PersonForm):
    """A new password, twice."""

    password = _new_password(_("Mật khẩu mới"), help_text=PASSWORD_RULES)
    password_again = _new_password(_("Gõ lại mật khẩu mới"))

    def clean(self) -> dict[str, Any]:
        self.check_new_password(self.person)
        return self.cleaned_data


class PresentPasswordForm(PersonForm):
    """The password again, so that a link or an open screen alone changes nothing."""

    present = forms.CharField(
        label=_("Mật khẩu đang dùng"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_present(self) -> str:
        present = str(self.cleaned_data["present"])
        if not self.person.check_password(present):
            raise forms.ValidationError(_("Mật khẩu đang dùng chưa đúng."))
        return present


class AddressForm(PresentPasswordForm):
    """The address to log in with from now on."""

    field_order = ("email", "present")
    email = forms.EmailField(
        label=_("Thư điện tử mới"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )

    def clean_email(self) -> str:
        return another_address(self.cleaned_data["email"], self.person)


def another_address(email: str, person: User) -> str:
    """Refuses the address that the person has already."""
    if email.strip().lower() == person.email:
        raise forms.ValidationError(_("Đây là địa chỉ đang dùng."))
    return email


class PasswordChangeForm(PresentPasswordForm, PasswordSetForm):
    """The present password, then a new one."""

    field_order = ("present", "password", "password_again")


class ProfileForm(NfcForm):
    """What a person says about himself or herself."""

    full_name = forms.CharField(
        label=_("Họ và tên"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        max_length=20,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Ngôn ngữ"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    wants_mail = forms.BooleanField(
        label=_("Gửi thông báo cho tôi qua thư điện tử"),
        required=False,
        help_text=_("Tắt đi thì thông báo vẫn hiện trên cổng."),
    )
    digest = forms.ChoiceField(
        label=_("Thư tóm tắt việc đang chờ tôi"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        help_text=_("Chỉ gửi khi có việc đang chờ và thư điện tử ở trên đang bật."),
    )
