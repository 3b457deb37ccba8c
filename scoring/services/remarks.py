"""The council's remark beside a result: written by its secretary, approved by its chair."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import nfc, term
from scoring import permissions
from scoring.models import Rating, RatingRemark


@transaction.atomic
def write(
    rating: Rating, *, text: str, version: int | None = None, by: User, at: datetime
) -> RatingRemark:
    """The secretary or whoever presided writes what the producer is told; shown to nobody yet.

    Refused: an empty remark, one that is approved already, a version other than the one seen.
    """
    require(permissions.may_write_remark(by, rating, on=legal_day(at)))
    if not text.strip():
        raise RuleBroken("remark.empty", term("Hãy ghi nhận xét."), field="text")
    remark = _locked(rating, version) or RatingRemark(rating=rating, version=0)
    remark.text, remark.written_at, remark.written_by = nfc(text).strip(), at, by
    remark.version += 1
    remark.save()
    _record(remark, "written", by, at)
    return remark


@transaction.atomic
def approve(rating: Rating, *, version: int | None = None, by: User, at: datetime) -> RatingRemark:
    """Who presided approves the remark; from now on both sides see it, and it never changes."""
    require(permissions.may_approve_remark(by, rating, on=legal_day(at)))
    remark = _locked(rating, version)
    if remark is None:
        raise RuleBroken("remark.none", term("Chưa có nhận xét nào để duyệt."))
    remark.approved_at, remark.approved_by = at, by
    remark.version += 1
    remark.save(update_fields=["approved_at", "approved_by", "version"])
    _record(remark, "approved", by, at)
    return remark


def _locked(rating: Rating, version: int | None) -> RatingRemark | None:
    remark = RatingRemark.objects.select_for_update(of=("self",)).filter(rating=rating).first()
    known = remark.version if remark else 0
    if version is not None and version != known:
        raise Stale(
            "remark.stale",
            term("Nhận xét đã được sửa sau khi bạn xem. Hãy tải lại trang rồi xem lại."),
        )
    if remark is not None and remark.approved_at is not None:
        raise RuleBroken("remark.approved", term("Nhận xét đã được duyệt nên không sửa được nữa."))
    return remark


def _record(remark: RatingRemark, word: str, by: User, at: datetime) -> None:
    rating = remark.rating
    journal.record(
        f"scoring.remark.{word}",
        subject=rating,
        actor=by,
        at=at,
        facts={"product": rating.dossier.enrolment.product.name, "dossier_id": rating.dossier_id},
    )
