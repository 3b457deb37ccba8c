"""A buyer's enquiry: one list of products, split into one question for each producer; no payment.

The producer's contact stays with the register, the buyer's mail address stays with the portal: the
question and its answer meet here. What a buyer wants the producer to see is written on purpose.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from promotion.domain import answering
from registry.domain.errors import RuleBroken
from registry.domain.text import term

MOST_PRODUCTS = 20


@dataclass(frozen=True)
class Wanted:
    """A product that the buyer asks about, and how much of it in the buyer's own words."""

    product_id: int
    subject_id: int
    amount: str = ""


def check_text(text: str) -> None:
    """A question that can be answered."""
    answering.check_text(
        text,
        code="enquiry.text",
        sentence=term("Hãy hỏi rõ hơn, ít nhất %(least)s ký tự: số lượng, nơi giao, thời gian."),
    )


def with_product(products: tuple[int, ...], product: int) -> tuple[int, ...]:
    """The list with one more product at its end; refused when it is full."""
    if product in products:
        return products
    if len(products) >= MOST_PRODUCTS:
        raise RuleBroken(
            "enquiry.full",
            term("Một lần hỏi nhận nhiều nhất %(most)s sản phẩm; hãy gửi rồi hỏi tiếp."),
            most=MOST_PRODUCTS,
        )
    return (*products, product)


def by_subject(wanted: Iterable[Wanted]) -> dict[int, list[Wanted]]:
    """The products of each producer, producers in the order of the list."""
    found: dict[int, list[Wanted]] = {}
    for each in wanted:
        found.setdefault(each.subject_id, []).append(each)
    return found
