"""What entries about the register tell beside their titles."""

from ocop_portal.journal.wording import FactWords, day, register_facts
from registry.domain.text import term


def register() -> None:
    """Called once, when the portal starts."""
    register_facts("registry.product.coded", {"code": FactWords(term("Mã sản phẩm"))})
    register_facts("registry.invitation.", {"role_label": FactWords(term("Vai trò"))})
    register_facts(
        "registry.office_invitation.",
        {"role_label": FactWords(term("Vai trò")), "place": FactWords(term("Nơi"))},
    )
    register_facts(
        "registry.posting.",
        {
            "role_label": FactWords(term("Vai trò")),
            "place": FactWords(term("Nơi")),
            "ends_on": FactWords(term("Đến hết ngày"), day),
        },
    )
