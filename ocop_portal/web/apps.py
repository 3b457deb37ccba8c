from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ocop_portal.web"
    verbose_name = "Bộ công cụ trang web"
