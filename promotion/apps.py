from django.apps import AppConfig


class PromotionConfig(AppConfig):
    name = "promotion"

    def ready(self) -> None:
        from promotion import (  # noqa: PLC0415 - models must be loaded first
            duties,
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
        menu.register()
        history.register()
        invariants.register()
        duties.register()
        panels.register()
