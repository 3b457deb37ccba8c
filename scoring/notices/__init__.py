"""Who is told what of councils, results and certificates, and what each entry is called."""

from collections.abc import Callable, Iterable

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice
from scoring.notices import addresses, recipients
from scoring.notices.titles import TITLES


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    _tell("scoring.member.added", recipients.the_member, addresses.council)
    for word in ("called", "tomorrow", "opened", "cancelled"):
        _tell(f"scoring.session.{word}", recipients.session_members, addresses.session)
    _tell("scoring.dossiers.ready", recipients.named_member, addresses.session)
    _tell("scoring.conflict.declared", recipients.chair_and_secretary, addresses.item)
    _tell("scoring.sheets.all_in", recipients.free_keepers, addresses.item)
    _tell("scoring.supplement.asked", recipients.free_keepers, addresses.item)
    _tell("scoring.spread.too_wide", recipients.voters, addresses.item)
    _tell("scoring.ballot.opened", recipients.voters, addresses.item)
    _tell("scoring.sheet.reopened", recipients.sheet_member, addresses.item)
    _tell("scoring.sheet.due", recipients.named_member, addresses.item)
    _tell("scoring.sheet.overdue", recipients.named_member, addresses.item)
    _tell("scoring.item.without_result", recipients.subject_and_officers, addresses.dossier)
    _tell("scoring.item.referred", recipients.council_office, addresses.item)
    _tell("scoring.item.stopped", recipients.subject_and_officers, addresses.dossier)
    _tell("scoring.rating.concluded", recipients.rated, addresses.rating)
    _tell("scoring.choice.asked", recipients.lower_officers, addresses.rating)
    for word in ("lodged", "withdrawn", "due"):
        _tell(f"scoring.complaint.{word}", recipients.complaint_office, addresses.complaint)
    for word in ("taken", "extended", "answered"):
        _tell(f"scoring.complaint.{word}", recipients.complainants, addresses.complaint)
    _tell("scoring.remark.written", recipients.presiding, addresses.rating)
    _tell("scoring.remark.approved", recipients.rated, addresses.rating)
    _tell("scoring.decision.presented", recipients.signers, addresses.decision)
    _tell("scoring.decision.handed_back", recipients.decision_officers, addresses.decision)
    _tell("scoring.decision.signed", recipients.decision_officers, addresses.decision)
    for word in ("issued", "expiring", "expired", "suspended", "restored", "revoked"):
        _tell(f"scoring.certificate.{word}", recipients.certified, addresses.certificate)
    for word in ("recorded", "found", "overdue", "closed"):
        _tell(f"scoring.inspection.{word}", recipients.inspected, addresses.inspection)


def _tell(kind: str, told: Callable[[Entry], Iterable[User]], url: Callable[[Entry], str]) -> None:
    notices.register(Notice(kind=kind, recipients=told, url=url))
