from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "reporting"

    def ready(self) -> None:
        from reporting import (  # noqa: PLC0415 - models must be loaded first
            desk,
            invariants,
            list_tools,
            menu,
            notices,
            panels,
            receivers,  # noqa: F401 - connects the receivers
        )

        notices.register()
        menu.register()
        invariants.register()
        list_tools.register()
        panels.register()
        desk.register()
