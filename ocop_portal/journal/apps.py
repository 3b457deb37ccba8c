from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "ocop_portal.journal"
    verbose_name = "Nhật ký"
