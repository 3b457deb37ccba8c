from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CycleConfig(AppConfig):
    name = "cycle"
    verbose_name = _("Chu trình OCOP")

    def ready(self) -> None:
        from cycle import (  # noqa: PLC0415 - models are loaded only now
            desk,
            feeds,
            history,
            invariants,
            notices,
            receivers,  # noqa: F401 - connects the receivers
            unit_counts,
        )

        notices.register()
        unit_counts.register()
        feeds.register()
        desk.register()
        history.register()
        invariants.register()
