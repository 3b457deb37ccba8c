"""Who is told: whom an entry concerns, but no member in conflict where it tells of scores."""

from collections.abc import Iterable
from datetime import date

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Posting, Unit
from registry.selectors import holders, producers_of
from registry.selectors.people import active
from scoring.domain.council import Seat
from scoring.models import (
    AgendaItem,
    Certificate,
    Complaint,
    Council,
    CouncilMember,
    Decision,
    Inspection,
    Rating,
    Session,
    Sheet,
)
from scoring.permissions import OFFICER_OF, unit_at
from scoring.selectors.councils import members_of
from scoring.selectors.ratings import lower_level


def the_member(entry: Entry) -> list[User]:
    return [CouncilMember.objects.select_related("user").get(pk=entry.subject_id).user]


def session_members(entry: Entry) -> list[User]:
    council = Session.objects.select_related("council").get(pk=entry.subject_id).council
    return members_of(council, legal_day(entry.at))


def chair_and_secretary(entry: Entry) -> list[User]:
    seats = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.SECRETARY)
    return members_of(_item(entry).session.council, legal_day(entry.at), *seats)


def free_keepers(entry: Entry) -> list[User]:
    """Chair, vice chairs and secretary who have said that they have no conflict."""
    return _free(entry, *(seat for seat in Seat if seat.keeps))


def voters(entry: Entry) -> list[User]:
    """Those who score this product: the others are told nothing more of it."""
    return _free(entry, *(seat for seat in Seat if seat.scores))


def _free(entry: Entry, *seats: Seat) -> list[User]:
    return _free_of(_item(entry), entry, *seats)


def _free_of(item: AgendaItem, entry: Entry, *seats: Seat) -> list[User]:
    """Members in these seats (in any, where none is named) who declared no conflict."""
    declared = item.declarations.filter(has_conflict=False)
    free = set(declared.values_list("member__user", flat=True))
    people = members_of(item.session.council, legal_day(entry.at), *seats)
    return [user for user in people if user.pk in free]


def sheet_member(entry: Entry) -> list[User]:
    return [Sheet.objects.select_related("member__user").get(pk=entry.subject_id).member.user]


def named_member(entry: Entry) -> list[User]:
    return [CouncilMember.objects.select_related("user").get(pk=entry.facts["member_id"]).user]


def subject_and_officers(entry: Entry) -> list[User]:
    item = _item(entry)
    subject = item.dossier.enrolment.product.subject
    council = item.session.council
    on = legal_day(entry.at)
    return [*producers_of(subject, on), *_officers(council, on)]


def council_office(entry: Entry) -> list[User]:
    """The office that calls the meeting, and who leads the council."""
    council = _item(entry).session.council
    on = legal_day(entry.at)
    seats = (Seat.CHAIR, Seat.VICE_CHAIR, Seat.SECRETARY)
    return [*_officers(council, on), *members_of(council, on, *seats)]


def rated(entry: Entry) -> list[User]:
    """The producer, the office, and the council itself but for members in conflict."""
    rating = _rating(entry)
    subject = rating.dossier.enrolment.product.subject
    on = legal_day(entry.at)
    people = [
        *producers_of(subject, on),
        *_officers(rating.item.session.council, on),
        *_free_of(rating.item, entry),
    ]
    return list(dict.fromkeys(people))


def lower_officers(entry: Entry) -> list[User]:
    rating = _rating(entry)
    level = lower_level(rating)
    unit = unit_at(rating.dossier, level) if level else None
    if level is None or unit is None:
        return []
    return _posted(OFFICER_OF[level], unit, entry)


def signers(entry: Entry) -> list[User]:
    decision = Decision.objects.select_related("unit").get(pk=entry.subject_id)
    return _posted(Role.AUTHORITY, decision.unit, entry)


def decision_officers(entry: Entry) -> list[User]:
    decision = Decision.objects.select_related("unit").get(pk=entry.subject_id)
    return _posted(OFFICER_OF[Level(decision.level)], decision.unit, entry)


def _complaint(entry: Entry) -> Complaint:
    rows = Complaint.objects.select_related(
        "rating__dossier__enrolment__product__subject", "rating__unit", "owner"
    )
    return rows.get(pk=entry.subject_id)


def complaint_office(entry: Entry) -> list[User]:
    """Who deals with it, else the office of the level."""
    complaint = _complaint(entry)
    if complaint.owner is not None:
        return [complaint.owner]
    rating = complaint.rating
    return _posted(OFFICER_OF[rating.at_level], rating.unit, entry)


def complainants(entry: Entry) -> list[User]:
    subject = _complaint(entry).rating.dossier.enrolment.product.subject
    return list(producers_of(subject, legal_day(entry.at)))


def presiding(entry: Entry) -> list[User]:
    council = _rating(entry).item.session.council
    return members_of(council, legal_day(entry.at), Seat.CHAIR, Seat.VICE_CHAIR)


def certified(entry: Entry) -> list[User]:
    certificate = Certificate.objects.select_related("product__subject", "unit").get(
        pk=entry.subject_id
    )
    producers = producers_of(certificate.product.subject, legal_day(entry.at))
    officers = _posted(OFFICER_OF[Level(certificate.level)], certificate.unit, entry)
    return [*producers, *officers]


def inspected(entry: Entry) -> list[User]:
    inspection = Inspection.objects.select_related("certificate__product__subject", "unit").get(
        pk=entry.subject_id
    )
    producers = producers_of(inspection.certificate.product.subject, legal_day(entry.at))
    officers = _posted(OFFICER_OF[Level(inspection.unit.level)], inspection.unit, entry)
    return [*producers, *officers]


def _officers(council: Council, on: date) -> Iterable[User]:
    return holders(OFFICER_OF[Level(council.level)], unit=council.unit, on=on)


def _posted(role: Role, unit: Unit, entry: Entry) -> list[User]:
    """Holders of a role on exactly this unit."""
    held = Posting.objects.filter(active(legal_day(entry.at)), role=role, unit=unit)
    return list(User.objects.filter(pk__in=held.values("user"), is_active=True).order_by("pk"))


def _item(entry: Entry) -> AgendaItem:
    rows = AgendaItem.objects.select_related(
        "session__council__unit", "dossier__enrolment__product__subject"
    )
    return rows.get(pk=entry.facts["item_id"])


def _rating(entry: Entry) -> Rating:
    rows = Rating.objects.select_related(
        "item__session__council__unit", "dossier__enrolment__product__subject"
    )
    return rows.get(pk=entry.subject_id)
