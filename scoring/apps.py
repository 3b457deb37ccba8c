from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = "Chấm điểm và công nhận"

    def ready(self) -> None:
        from scoring import menu, notices, panels  # noqa: PLC0415 - models must be loaded first

        notices.register()
        panels.register()
        menu.register()
