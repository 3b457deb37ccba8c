"""What entries about the public face tell beside their titles."""

from ocop_portal.journal.wording import FactWords, day, register_facts
from registry.domain.text import term


def register() -> None:
    """Called once, when the portal starts."""
    register_facts("promotion.place.", {"place": FactWords(term("Nơi bán"))})
    register_facts("promotion.report.", {"due": FactWords(term("Hạn"), day)})
    register_facts("promotion.enquiry.", {"due": FactWords(term("Hạn"), day)})
    register_facts(
        "promotion.event.",
        {
            "apply_by": FactWords(term("Nhận đăng ký đến hết ngày"), day),
            "starts_on": FactWords(term("Khai mạc ngày"), day),
        },
    )
    register_facts(
        "promotion.entry.",
        {"product": FactWords(term("Sản phẩm")), "booth": FactWords(term("Gian hàng"))},
    )
