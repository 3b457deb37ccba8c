from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "Sổ đăng ký"

    def ready(self) -> None:
        from registry import menu, notices  # noqa: PLC0415 - models must be loaded first

        notices.register()
        menu.register()
