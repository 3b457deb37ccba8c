"""What is tasted by number: the sensory sections of a set, the samples of a session.

Until a member has closed the tasting, nothing here says which sample is which product: samples
come in the order of their numbers, and how far one is shows nowhere but beside its number.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import QuerySet

from cycle.domain.samples import Arrival
from cycle.selectors import arrivals_of
from ocop_portal.accounts.models import User
from scoring.domain.council import Seat
from scoring.domain.rubric import Rubric, Section
from scoring.domain.session_states import ItemState
from scoring.models import (
    AgendaItem,
    CouncilMember,
    SampleNumber,
    Session,
    Sheet,
    SheetReopening,
    Tasting,
)
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.sessions import free_item_ids

SENSORY = Path(__file__).parent.parent / "data" / "sensory"


@cache
def _sections_of(regime: str) -> Mapping[int, tuple[str, ...]]:
    file = SENSORY / f"{regime}.toml"
    if not file.exists():
        return {}
    found = tomllib.loads(file.read_text(encoding="utf-8"))["sections"]
    return {int(number): tuple(codes) for number, codes in found.items()}


def sensory_sections(rubric: Rubric) -> tuple[Section, ...]:
    """The sections of a set that are judged by the senses; none for crafts and tourism."""
    codes = _sections_of(rubric.regime).get(rubric.number, ())
    return tuple(section for section in rubric.sections() if section.code in codes)


def sensory_codes(rubric: Rubric) -> tuple[str, ...]:
    """The criteria of those sections."""
    return tuple(
        criterion.code for section in sensory_sections(rubric) for criterion in section.criteria
    )


@dataclass(frozen=True)
class Blind:
    """What of a sheet is scored by the sample's number: the criteria, and what was tasted.

    `choices` and `number` are empty until the member has closed the tasting.
    """

    codes: tuple[str, ...]
    choices: Mapping[str, str | None]
    is_closed: bool
    number: int | None


def blind_part(item: AgendaItem, user: User) -> Blind | None:
    """None where the sheet is filled in as a whole.

    So it is where the set has no sensory section, where no number was drawn, in a reconciliation
    round, which speaks of the product by its name, and after the chair has given the sheet back.
    """
    if item.ballot > 1:
        return None
    sample = SampleNumber.objects.filter(item=item).first()
    codes = sensory_codes(rubric_of(item.edition))
    given_back = SheetReopening.objects.filter(sheet__item=item, sheet__member__user=user)
    if sample is None or not codes or given_back.exists():
        return None
    tasting = Tasting.objects.filter(sample=sample, member__user=user).first()
    if tasting is None or tasting.closed_at is None:
        return Blind(codes, {}, is_closed=False, number=None)
    return Blind(codes, tasting.choices, is_closed=True, number=sample.number)


@dataclass(frozen=True)
class SampleRow:
    """A sample as its taster sees it: the number, and how far the tasting is."""

    number: int
    answered: int
    asked: int

    @property
    def is_complete(self) -> bool:
        return self.answered == self.asked


def samples_for(session: Session, user: User, on: date) -> QuerySet[SampleNumber]:
    """The samples of a session that the person may taste: of products without a conflict."""
    return (
        SampleNumber.objects.filter(session=session, item__in=free_item_ids(user, on))
        .select_related("item__edition", "item__session__council__unit")
        .order_by("number")
    )


def open_samples_for(session: Session, user: User, on: date) -> QuerySet[SampleNumber]:
    """Those of products that are being scored."""
    return samples_for(session, user, on).filter(item__state=ItemState.SCORING)


def tasting_rows(session: Session, member: CouncilMember, on: date) -> list[SampleRow]:
    """The person's samples in the order of their numbers."""
    samples = list(open_samples_for(session, member.user, on))
    tasted = {
        row.sample_id: row for row in Tasting.objects.filter(sample__in=samples, member=member)
    }
    return [
        SampleRow(
            number=sample.number,
            answered=len(tasted[sample.pk].choices) if sample.pk in tasted else 0,
            asked=len(sensory_codes(rubric_of(sample.item.edition))),
        )
        for sample in samples
    ]


def has_closed(session: Session, member: CouncilMember) -> bool:
    """Whether the member has closed the tasting of a session."""
    return Tasting.objects.filter(
        sample__session=session, member=member, closed_at__isnull=False
    ).exists()


def has_tasting(session: Session, seat: CouncilMember) -> bool:
    """Whether the tasting is anything to a seat: to draw the numbers, or to score the samples."""
    if seat.role is Seat.SECRETARY:
        return True
    return seat.role.scores and SampleNumber.objects.filter(session=session).exists()


def tasting_of(sample: SampleNumber, member: CouncilMember) -> Tasting | None:
    return Tasting.objects.filter(sample=sample, member=member).first()


def items_to_number(session: Session) -> list[AgendaItem]:
    """Products of the session with a sensory part and no number yet, of which no sheet is begun.

    None once a member has closed the tasting: a later number could no longer be tasted by all.
    """
    if Tasting.objects.filter(sample__session=session, closed_at__isnull=False).exists():
        return []
    items = (
        AgendaItem.objects.filter(session=session, sample_number__isnull=True)
        .filter(state__in=(ItemState.LISTED, ItemState.SCORING))
        .exclude(pk__in=Sheet.objects.filter(item__session=session).values("item"))
        .select_related("edition", "dossier__product_set", "dossier__enrolment__product__subject")
        .order_by("order")
    )
    return [item for item in items if sensory_codes(rubric_of(item.edition))]


@dataclass(frozen=True)
class ShortOfSamples:
    """A product that cannot be tasted: its office took in fewer units than the set owes."""

    item: AgendaItem
    arrival: Arrival


def short_of_samples(items: Sequence[AgendaItem]) -> list[ShortOfSamples]:
    """Those of the items whose samples have not all come; a set that owes none is never short."""
    arrivals = arrivals_of([item.dossier for item in items])
    found = [ShortOfSamples(item, arrivals[item.dossier_id]) for item in items]
    return [each for each in found if each.arrival.is_short]


def lacks_samples(item: AgendaItem) -> Arrival | None:
    """What came in of a product that is judged by the senses, where it is too little."""
    if not sensory_codes(rubric_of(item.edition)):
        return None
    short = short_of_samples([item])
    return short[0].arrival if short else None


@dataclass(frozen=True)
class NumberedSample:
    """A number with its product, and how many units of it came."""

    number: int
    item: AgendaItem
    arrival: Arrival


def numbers_of(session: Session) -> list[NumberedSample]:
    """Every number with its product: for the keeper of the samples, who does not score."""
    drawn = list(
        SampleNumber.objects.filter(session=session)
        .select_related(
            "item__dossier__product_set",
            "item__dossier__enrolment__product__subject",
            "item__edition",
        )
        .order_by("number")
    )
    arrivals = arrivals_of([sample.item.dossier for sample in drawn])
    return [
        NumberedSample(sample.number, sample.item, arrivals[sample.item.dossier_id])
        for sample in drawn
    ]
