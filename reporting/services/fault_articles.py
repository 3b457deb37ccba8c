"""The common faults of a round as a draft of news, which the office reads, mends and publishes."""

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cycle.models import Round
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from promotion.models import NewsItem
from promotion.services import news
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Unit
from reporting.permissions import may_read_faults
from reporting.selectors.faults import RoundFaults, ShownFault, faults_of

LONGEST_TITLE = 200


@transaction.atomic
def draft(
    season: Round, *, unit: Unit, product_set: int | None, by: User, at: datetime
) -> NewsItem:
    """A draft in Vietnamese with the figures of the table; the same again is the same draft.

    Refused: nothing that may be told. Nobody but the office sees it before it is published.
    """
    on = legal_day(at)
    require(may_read_faults(by, season, on=on))
    found = faults_of(season, by, on, product_set=product_set)
    if not found.rows:
        raise RuleBroken("faults.few", term("Chưa có lỗi nào của từ ba sản phẩm trở lên để kể."))
    with translation.override("vi"):
        title, body = _title(season, found, product_set), _body(found)
    User.objects.select_for_update().get(pk=by.pk)
    waiting = NewsItem.objects.filter(unit=unit, author=by, published_at__isnull=True)
    same = waiting.filter(title_vi=title, body_vi=body, withdrawn_at__isnull=True).first()
    return same or news.write(unit, title_vi=title, body_vi=body, by=by, at=at)


def _title(season: Round, found: RoundFaults, product_set: int | None) -> str:
    name = dict(found.sets).get(product_set) if product_set is not None else None
    title = f"Lỗi thường gặp trong hồ sơ: {season.name}"
    return f"{title}, bộ {name}"[:LONGEST_TITLE] if name else title[:LONGEST_TITLE]


def _body(found: RoundFaults) -> str:
    """Plain paragraphs, as news is written."""
    opening = (
        f"Trong đợt này cơ quan tiếp nhận đã đề nghị sửa giấy tờ của {found.products} sản phẩm. "
        "Dưới đây là những mục hay phải sửa; hãy xem lại các mục này trước khi nộp."
    )
    parts = [opening, *(_part(number, row) for number, row in enumerate(found.rows, start=1))]
    if found.rest is not None:
        parts.append(f"Các mục khác: {found.rest} sản phẩm.")
    return "\n\n".join(parts)


def _part(number: int, row: ShownFault) -> str:
    why = ", ".join(f"{_(reason).lower()}: {count}" for reason, count in row.reasons)
    lines = [f"{number}. {_(row.title)} ({_(row.paper).lower()}): {row.products} sản phẩm"]
    lines[0] += f" ({why})." if why else "."
    lines += [f"– “{example}”" for example in row.examples]
    return "\n".join(lines)
