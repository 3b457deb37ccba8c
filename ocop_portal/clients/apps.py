from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "ocop_portal.clients"
    verbose_name = "Phần mềm kết nối"

    def ready(self) -> None:
        from ocop_portal.clients import (  # noqa: PLC0415 - models must be loaded first
            notices,
            receivers,  # noqa: F401 - connects the receivers
            schema,  # noqa: F401 - teaches the schema the tokens
        )

        notices.register()
