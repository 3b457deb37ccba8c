"""What must always be true of councils, results and certificates.

The rules are asked where they stand: the arithmetic of the recheck, the council's own rule of
quorum and spread, the term of validity. Here they only meet the stored rows.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from django.db.models import Count, F, Q

from ocop_portal.upkeep import files, invariants
from ocop_portal.upkeep.files import KeptFiles
from ocop_portal.upkeep.invariants import Finding, Invariant, Scope
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.models import Product
from registry.selectors import regime
from scoring.domain.certificate_states import CertificateState
from scoring.domain.council import decide_mean
from scoring.domain.decision_states import DecisionKind
from scoring.domain.session_states import ItemState
from scoring.domain.validity import valid_until
from scoring.models import (
    AgendaItem,
    Certificate,
    Decision,
    InspectionPhoto,
    Package,
    Rating,
    RubricEdition,
    Sheet,
)
from scoring.selectors.journal_faults import journal_faults
from scoring.selectors.rechecks import (
    Difference,
    differences_of,
    differences_of_edition,
    differences_of_recorded,
)
from scoring.selectors.seating import places_of

CHUNK = 50
DIFFERS = term("%(about)s: %(field)s đang lưu là %(stored)s, tính lại được %(computed)s.")
KEEP = term(
    "Không sửa thẳng trong cơ sở dữ liệu. Báo thư ký hội đồng và người vận hành; nếu kết quả sai, "
    "chấm lại hoặc ra quyết định đính chính theo quy định."
)


def register() -> None:
    """Called once, when the portal starts."""
    files.register(
        KeptFiles(Certificate, "pdf", digest="sha256"),
        KeptFiles(Decision, "pdf", digest="sha256"),
        KeptFiles(Package, "file"),
        KeptFiles(InspectionPhoto, "file"),
    )
    invariants.register(*_of_results(), *_of_certificates(), _of_the_journal())


def _of_results() -> tuple[Invariant, ...]:
    return (
        Invariant(
            code="scoring.rating.sum",
            title=term("Kết quả chấm tính lại từ phiếu, ngưỡng và khung điểm ra đúng như đã lưu"),
            clause="26/2026 Đ.3, 7",
            advice=KEEP,
            find=_sums,
        ),
        Invariant(
            code="scoring.rating.council",
            title=term("Khi kết luận, hội đồng đủ người, đủ phiếu, phiếu không chênh quá mức"),
            clause="26/2026 Đ.7.3",
            advice=KEEP,
            find=_councils,
        ),
        Invariant(
            code="scoring.rating.once",
            title=term("Không ai chấm một sản phẩm hai lần trong một kết quả"),
            clause="26/2026 Đ.7",
            advice=KEEP,
            find=_doubled,
        ),
        Invariant(
            code="scoring.item.state",
            title=term("Hồ sơ đã kết luận có kết quả, hồ sơ chưa kết luận thì không"),
            clause="26/2026 Đ.7",
            advice=KEEP,
            find=_items,
        ),
    )


def _of_certificates() -> tuple[Invariant, ...]:
    return (
        Invariant(
            code="scoring.certificate.term",
            title=term("Thời hạn giấy chứng nhận đúng số tháng của bộ quy định"),
            clause="26/2026 Đ.4.3",
            advice=term("Ra quyết định đính chính giấy chứng nhận; không sửa thẳng ngày."),
            find=_terms,
        ),
        Invariant(
            code="scoring.certificate.once",
            title=term("Một sản phẩm có nhiều nhất một giấy chứng nhận còn hiệu lực"),
            clause="26/2026 Đ.4",
            advice=term(
                "Giấy cũ phải được thay thế khi giấy mới được cấp; thu hồi giấy cấp thừa bằng "
                "quyết định."
            ),
            find=_certified_twice,
        ),
    )


def _of_the_journal() -> Invariant:
    return Invariant(
        code="scoring.journal.chain",
        title=term("Nhật ký không bị sửa, xóa, chèn hay đổi thứ tự"),
        clause="",
        advice=term(
            "Giữ nguyên máy chủ và các bản sao lưu, báo người phụ trách an toàn thông tin; chạy "
            "verify_journal --head với mốc đã lưu ở nơi khác."
        ),
        find=_journal,
    )


def _sums(_scope: Scope) -> Iterator[Finding]:
    for edition in RubricEdition.objects.order_by("id").iterator(chunk_size=CHUNK):
        yield from (_differs(edition, each) for each in differences_of_edition(edition))
    found = Rating.objects.select_related("edition", "item", "lower_choice", "dossier")
    for rating in found.order_by("id").iterator(chunk_size=CHUNK):
        yield from (_differs(rating, each) for each in differences_of(rating))
    yield from (_differs(None, each) for each in differences_of_recorded())


def _differs(thing: RubricEdition | Rating | None, found: Difference) -> Finding:
    facts = {
        "about": found.about,
        "field": found.field,
        "stored": str(found.stored),
        "computed": str(found.computed),
    }
    return Finding(thing, DIFFERS, facts)


def _councils(_scope: Scope) -> Iterator[Finding]:
    """The council's own rule of quorum, sheets and spread, asked again of what is stored."""
    rows = Rating.objects.select_related("item__session__council").order_by("id")
    for rating in rows.iterator(chunk_size=CHUNK):
        item = rating.item
        totals = {row["member"]: row["total"] for row in rating.counted}
        members = [place.as_member() for place in places_of([item])[item.pk]]
        try:
            decide_mean(members, totals, item.session.council.regulation)
        except RuleBroken as refusal:
            yield Finding(rating, refusal.message, {k: str(v) for k, v in refusal.facts.items()})


def _doubled(_scope: Scope) -> Iterator[Finding]:
    for rating in Rating.objects.order_by("id").iterator(chunk_size=CHUNK):
        named = [row["sheet"] for row in rating.counted]
        people = Sheet.objects.filter(pk__in=named).values_list("member__user", flat=True)
        counted = chain(Counter(named).values(), Counter(people).values())
        if twice := sum(number > 1 for number in counted):
            yield Finding(
                rating, term("Có %(twice)s phiếu hoặc người được tính hai lần."), {"twice": twice}
            )


def _items(_scope: Scope) -> Iterator[Finding]:
    concluded = Q(state=ItemState.CONCLUDED)
    rows = AgendaItem.objects.filter(
        concluded & Q(rating__isnull=True) | ~concluded & Q(rating__isnull=False)
    )
    for item in rows.order_by("id").iterator(chunk_size=CHUNK):
        yield Finding(
            item,
            term("Hồ sơ ở trạng thái “%(state)s” nhưng kết quả chấm thì ngược lại."),
            {"state": item.status.label},
        )


def _terms(_scope: Scope) -> Iterator[Finding]:
    """A correction keeps the end of what it corrects, a register its own; neither is longer."""
    rows = Certificate.objects.select_related("decision").order_by("id")
    for row in rows.iterator(chunk_size=CHUNK):
        longest = valid_until(row.issued_on, regime(row.regime).certificate_months)
        is_given = row.is_recorded or row.decision.does is not DecisionKind.RECOGNISE
        if row.valid_until > longest or (row.valid_until < longest and not is_given):
            yield Finding(
                row,
                term("Đang ghi hết hạn ngày %(stored)s; theo quy định là %(computed)s."),
                {"stored": f"{row.valid_until:%d/%m/%Y}", "computed": f"{longest:%d/%m/%Y}"},
            )


def _certified_twice(scope: Scope) -> Iterator[Finding]:
    in_force = Q(
        certificates__state=CertificateState.VALID, certificates__valid_until__gte=scope.on
    )
    rows = Product.objects.annotate(valid=Count("certificates", filter=in_force))
    for product in rows.filter(valid__gt=1).order_by("id").iterator(chunk_size=CHUNK):
        yield Finding(
            product,
            term("Có %(valid)s giấy chứng nhận cùng còn hiệu lực."),
            {"valid": product.valid},
        )
    loops = Certificate.objects.filter(superseded_by=F("pk"))
    for row in loops.order_by("id"):
        yield Finding(row, term("Giấy chứng nhận được ghi là thay thế chính nó."))


def _journal(scope: Scope) -> Iterator[Finding]:
    for fault in journal_faults(at=scope.at):
        yield Finding(None, term("%(where)s: %(what)s"), {"where": fault.where, "what": fault.what})
