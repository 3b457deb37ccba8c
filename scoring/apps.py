from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"
    verbose_name = "Chấm điểm và công nhận"

    def ready(self) -> None:
        from scoring import (  # noqa: PLC0415 - models must be loaded first
            duties,
            feeds,
            history,
            invariants,
            menu,
            notices,
            panels,
            receivers,  # noqa: F401 - connects the receivers
            unit_counts,
        )

        notices.register()
        unit_counts.register()
        feeds.register()
        panels.register()
        menu.register()
        history.register()
        invariants.register()
        duties.register()
