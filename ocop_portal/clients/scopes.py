"""What a token may be used for; its holder's own rights bound it in any case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One permission that a person gives to a program."""

    READ = "read", _("Đọc những gì tôi được xem")
    REGISTER = "register", _("Ghi chủ thể, sản phẩm, minh chứng")
    DOSSIERS = "dossiers", _("Ghi ý tưởng, phương án, hồ sơ")
    SHEETS = "sheets", _("Lưu và nộp phiếu chấm")
    FEED = "feed", _("Nhận tin thay đổi và đặt địa chỉ nhận tin")
