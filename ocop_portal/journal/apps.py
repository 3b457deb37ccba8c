from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "ocop_portal.journal"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        from ocop_portal.journal import (  # noqa: PLC0415 - models must be loaded first
            guards,
            own_notices,
            receivers,  # noqa: F401 - connects the receivers
            selectors,
        )
        from ocop_portal.web.context_processors import (  # noqa: PLC0415 - as above
            register_unread_counter,
        )

        own_notices.register()
        guards.connect(self)
        register_unread_counter(selectors.unread_count)
