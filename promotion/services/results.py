"""The producer takes what promotion brought over into a dossier's evidence.

The portal's own records become a paper of the library: dated, with its figures, made by the same
rules as any paper, attached to the item and to the criteria that the rubric names for it.
"""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typst
from django.core.files.base import ContentFile

from cycle.models import Dossier, DossierEvidence
from cycle.permissions import may_write
from cycle.services import dossiers
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from promotion.domain.outcomes import PROMOTION, Finding, of_item, summed
from promotion.selectors.outcomes import criteria_for, findings_of, recognised_since
from registry.domain.clock import legal_day
from registry.domain.documents import EvidenceKind
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.services import evidence

SOURCE = Path(__file__).parent.parent / "documents" / "results.typ"
HEADINGS = {
    "promotion": "KẾT QUẢ XÚC TIẾN THƯƠNG MẠI",
    "market": "KẾT QUẢ PHÂN PHỐI, TIÊU THỤ SẢN PHẨM",
}


def take_over(dossier: Dossier, item: str, *, by: User, at: datetime) -> DossierEvidence:
    """A paper of what the portal knows for an item, attached to it with its criteria.

    Refused: a first evaluation, nothing known for the item, and what `attach` refuses.
    """
    require(may_write(by, dossier.enrolment, on=legal_day(at)))
    since, until = recognised_since(dossier), legal_day(at)
    product = dossier.enrolment.product
    known = [] if since is None else findings_of(product, since=since, until=until)
    findings = of_item(known, item)
    if since is None or not findings:
        raise RuleBroken(
            "results.none", term("Chưa có kết quả nào được ghi cho mục này."), field="item"
        )
    paper = ContentFile(
        drawn(dossier, item, findings, since=since, until=until), name=f"ket-qua-{item}.pdf"
    )
    kept = evidence.upload(
        product.subject,
        title=f"{HEADINGS[item].capitalize()}: {product.name} ({until:%d/%m/%Y})",
        file=paper,
        kind=EvidenceKind.PROMOTION if item == PROMOTION else EvidenceKind.MARKET,
        by=by,
        at=at,
    )
    codes = [code for code, _name in criteria_for(dossier, item)]
    return dossiers.attach(dossier, evidence=kept, item=item, criteria=codes, by=by, at=at)


def drawn(
    dossier: Dossier, item: str, findings: list[Finding], *, since: date, until: date
) -> bytes:
    """The paper as PDF; the same facts on the same day give the same bytes."""
    product, total = dossier.enrolment.product, summed(findings)
    data: dict[str, Any] = {
        "heading": HEADINGS[item],
        "product": product.name,
        "subject": product.subject.name,
        "since": f"{since:%d/%m/%Y}",
        "until": f"{until:%d/%m/%Y}",
        "date": [until.year, until.month, until.day],
        "rows": [
            [
                each.what,
                f"{each.since:%d/%m/%Y} – {f'{each.until:%d/%m/%Y}' if each.until else 'nay'}",
                _count(each.contracts if item == PROMOTION else each.orders),
                _count(each.revenue),
            ]
            for each in findings
        ],
        "counted": "Hợp đồng" if item == PROMOTION else "Đơn hàng",
        "total": [
            _count(total.contracts if item == PROMOTION else total.orders),
            _count(total.revenue),
        ],
    }
    return typst.compile(
        SOURCE,
        root=SOURCE.parent,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        timestamp=0,
    )


def _count(value: int | None) -> str:
    """With dots between thousands, as Vietnamese papers write them; a dash for unknown."""
    return "–" if value is None else f"{value:,}".replace(",", ".")
