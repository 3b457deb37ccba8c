"""Who may tell a product's story, say where it is sold, and withhold a public page."""

from datetime import date

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused
from registry.domain.roles import SUBJECT_ROLES, Role
from registry.domain.text import term
from registry.models import Product
from registry.selectors import has_role

NOT_PRODUCER = term("Chỉ người của chủ thể mới sửa được trang công khai của sản phẩm.")
NOT_OFFICE = term("Chỉ cơ quan OCOP của tỉnh hoặc quản trị chương trình mới ẩn, hiện được trang.")
OFFICE_ROLES = (Role.PROVINCIAL_OFFICER, Role.CENTRAL_OFFICER, Role.ADMINISTRATOR)


def may_promote(user: User, product: Product, *, on: date) -> Verdict:
    """The producer's own people write the story and the places to buy."""
    if has_role(user, *SUBJECT_ROLES, subject=product.subject, on=on):
        return ALLOWED
    return refused(NOT_PRODUCER)


def may_withhold(user: User, product: Product, *, on: date) -> Verdict:
    """The office of the product's province, for a page that breaks the law or good order."""
    if has_role(user, *OFFICE_ROLES, unit=product.commune, on=on):
        return ALLOWED
    return refused(NOT_OFFICE)
