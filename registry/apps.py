from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = "Sổ đăng ký"

    def ready(self) -> None:
        from ocop_portal.journal import permissions as journal  # noqa: PLC0415 - models first
        from ocop_portal.privacy import permissions as privacy  # noqa: PLC0415 - as above
        from registry import feeds, history, invariants, menu, notices, permissions  # noqa: PLC0415 - as above
        from registry.selectors import answered_for, obstacles_of  # noqa: PLC0415 - as above

        notices.register()
        feeds.register()
        menu.register()
        history.register()
        invariants.register()
        privacy.register(permissions.may_answer_for, answered_for, obstacles_of)
        journal.register_outbox_manager(permissions.is_administrator)
        journal.register_outbox_viewer(permissions.is_auditor)
