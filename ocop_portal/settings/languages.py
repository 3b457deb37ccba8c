"""Vietnamese first, English beside it, and the legal time."""

from django.utils.translation import gettext_lazy as _

from ocop_portal.settings.paths import BASE_DIR

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FILTERS_EMPTY_CHOICE_LABEL = _("Tất cả")
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
NUMBER_GROUPING = 3  # where a template asks for groups: 1.798
