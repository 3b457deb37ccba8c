"""People: one account for each person, known by a mail address, and their open sessions."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts.searching import SearchedText


class Rhythm(models.TextChoices):
    """How often a person is told by mail what waits on the desk."""

    DAILY = "daily", _("Mỗi ngày làm việc")
    WEEKLY = "weekly", _("Mỗi tuần, sáng thứ Hai")
    NEVER = "never", _("Không gửi")


def rhythm_choices() -> list[tuple[str, Any]]:
    return Rhythm.choices


class UserManager(BaseUserManager["User"]):
    """Makes accounts; the mail address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can log in. What the person may do comes from postings and councils.

    `closed_at` is when an administrator closed the account: nobody comes in until it is opened
    again. `anonymised_at` is when the portal forgot who it was; such an account stays closed.
    """

    email = models.EmailField(_("Thư điện tử"), unique=True)
    full_name = models.CharField(_("Họ và tên"), max_length=150)
    phone = models.CharField(_("Điện thoại"), max_length=20, blank=True)
    language = models.CharField(_("Ngôn ngữ"), max_length=5, default="vi")
    wants_mail = models.BooleanField(_("Nhận thông báo qua thư điện tử"), default=True)
    digest = models.CharField(
        _("Thư tóm tắt việc đang chờ"),
        max_length=6,
        choices=rhythm_choices,
        default=Rhythm.WEEKLY,
    )
    is_active = models.BooleanField(_("Đang hoạt động"), default=True)
    is_staff = models.BooleanField(_("Vào được trang quản trị"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    confirmed_at = models.DateTimeField(_("Xác nhận địa chỉ lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Ngừng lúc"), null=True, blank=True)
    anonymised_at = models.DateTimeField(_("Ẩn danh lúc"), null=True, blank=True)
    search_text = SearchedText(max_length=410, editable=False, default="")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        ordering = ("email",)
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True) | models.Q(is_active=False),
                name="user_closed_is_not_active",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", maxsplit=1)[-1]


class AddressChange(models.Model):
    """Somebody asked that a person logs in with another mail address; done by the link sent there.

    `before` is the address at that time: a link works only while it is still the person's.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    before = models.EmailField(_("Địa chỉ trước"))
    email = models.EmailField(_("Địa chỉ mới"))
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Đề nghị lúc"))
    done_at = models.DateTimeField(_("Đổi lúc"), null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        verbose_name = _("Đổi địa chỉ đăng nhập")
        verbose_name_plural = _("Đổi địa chỉ đăng nhập")

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"


class BrowserSession(AbstractBaseSession):
    """A session of a browser; `user` is who logged in with it, empty for a visitor."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        from ocop_portal.accounts.sessions import SessionStore  # noqa: PLC0415 - it needs this model

        return SessionStore
