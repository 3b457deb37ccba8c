from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "ocop_portal.upkeep"
    verbose_name = "Tự kiểm tra"

    def ready(self) -> None:
        from ocop_portal.upkeep import notices, own_invariants  # noqa: PLC0415 - models first

        notices.register()
        own_invariants.register()
