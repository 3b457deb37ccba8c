"""The rounds of the demonstration: producers walk, councils meet, some of it stays open."""

from dataclasses import dataclass

from cycle.models import Round
from cycle.services import seasons
from registry.domain.regime import Division, Level
from registry.models import Product
from registry.selectors import regime
from registry.selectors.places import country
from reporting.demonstration import (
    councils,
    mending,
)
from reporting.demonstration.advice import advise
from reporting.demonstration.councils import Table
from reporting.demonstration.papers import Library
from reporting.demonstration.producers import Passage, walk
from reporting.demonstration.samples import set_out
from reporting.demonstration.script import WHOLE_WAY
from reporting.demonstration.stage import Stage
from scoring.models import Session
from scoring.selectors.sessions import dossiers_waiting


@dataclass(frozen=True)
class RoundPlan:
    """A round of the script: its regime, when it opened, when each level met and decided."""

    key: str
    regime: str
    name: str
    opened: int
    closed: int
    meetings: dict[Level, int]
    number: int


ROUNDS = (
    RoundPlan(
        "2019",
        "2019",
        "Đợt đang mở theo bộ tiêu chí 2019 (trình diễn)",
        420,
        -90,
        {Level.DISTRICT: 350, Level.PROVINCE: 320, Level.CENTRAL: 280},
        412,
    ),
    RoundPlan(
        "2026",
        "2026",
        "Đợt đang mở theo bộ tiêu chí 2026 (trình diễn)",
        165,
        -60,
        {Level.PROVINCE: 90, Level.CENTRAL: 45},
        618,
    ),
)

RENEWED_UNDER = "2026"  # the regime with a window for it

# A specialised council meets so many days before the one that decides.
SPECIALISED_EARLIER = 11

# Products that the script leaves in a council's hands or before a signature.
IN_COUNCIL = "council"

TO_BE_SIGNED = "signature"

# Products that come back to their producers: a dossier to mend, a star to be kept.
TO_MEND = "returned"

TO_RENEW = "renewal"


def play_round(
    stage: Stage, plan: RoundPlan, products: dict[tuple[str, str], Product], library: Library
) -> None:
    law = regime(plan.regime)
    season = seasons.open_round(
        name=plan.name,
        regime=plan.regime,
        division=law.division,
        unit=country(),
        year=stage.calendar.day(plan.opened).year,
        opens_on=stage.calendar.day(plan.opened),
        closes_on=stage.calendar.day(plan.closed),
        by=stage.casting.administrator,
        at=stage.calendar.at(plan.opened),
    )
    early, late = _passages(stage, plan, season, products)
    for passage in early:
        walk(passage, library, calendar=stage.calendar, opened=plan.opened)
    for level, ago in plan.meetings.items():
        _hold_meetings(stage, plan, level, law.division, ago)
    for passage in late:
        walk(passage, library, calendar=stage.calendar, opened=52)
    _leave_open(stage, late, law.division)
    if plan.regime == RENEWED_UNDER:
        for passage in _renewals(stage, season, products):
            mending.begin_renewal(passage, season, calendar=stage.calendar, ago=6)


def _passages(
    stage: Stage, plan: RoundPlan, season: Round, products: dict[tuple[str, str], Product]
) -> tuple[list[Passage], list[Passage]]:
    """Those that go the whole way, and those that are still on it today."""
    early: list[Passage] = []
    late: list[Passage] = []
    for line in stage.script.subjects:
        for each in (line for line in line.products if line.round == plan.key):
            passage = Passage(
                line=each,
                product=products[line.key, each.name],
                owner=stage.owners[line.key],
                cast=stage.casts[line.province],
                season=season,
            )
            (early if each.reaches in {WHOLE_WAY, TO_RENEW} else late).append(passage)
    return early, late


def _renewals(
    stage: Stage, season: Round, products: dict[tuple[str, str], Product]
) -> list[Passage]:
    """The products whose certificate runs out, on their way into a round again."""
    return [
        Passage(
            line=line,
            product=products[subject.key, line.name],
            owner=stage.owners[subject.key],
            cast=stage.casts[subject.province],
            season=season,
        )
        for subject in stage.script.subjects
        for line in subject.products
        if line.reaches == TO_RENEW
    ]


def _hold_meetings(
    stage: Stage, plan: RoundPlan, level: Level, division: Division, ago: int
) -> None:
    """Every council of the level takes in, meets, concludes; its authority decides."""
    tables = [
        table
        for (_key, at_level, of_division), table in stage.tables.items()
        if at_level == level and of_division == division
    ]
    for number, table in enumerate(tables, start=plan.number):
        meets = stage.calendar.with_notice(
            ago + SPECIALISED_EARLIER if table.council.body else ago,
            called=councils.CALLED_EARLIER,
            working_days=table.council.notice_working_days,
        )
        councils.take_in(
            table,
            commune_officers=stage.commune_officers,
            calendar=stage.calendar,
            ago=meets + 10,
        )
        waiting = list(dossiers_waiting(table.council))
        if not waiting:
            continue
        session = councils.call_session(table, waiting, calendar=stage.calendar, ago=meets)
        councils.score(table, session, stage.aims, calendar=stage.calendar, ago=meets)
        if regime(plan.regime).stage(level).recognises:
            councils.decide(table, number=number, calendar=stage.calendar, ago=ago - 10)


def _leave_open(stage: Stage, late: list[Passage], division: Division) -> None:
    """What the script leaves open: a council that sits today, a decision that nobody has signed."""
    for reaches, ago in ((IN_COUNCIL, 0), (TO_BE_SIGNED, 3)):
        waiting = [passage for passage in late if passage.line.reaches == reaches]
        for key in sorted({passage.cast.line.key for passage in waiting}):
            level = regime(waiting[0].season.regime).first_stage.level
            table = stage.tables[key, level, division]
            session = _late_session(stage, table, {each.product.pk for each in waiting}, ago)
            if reaches == IN_COUNCIL:
                adviser = stage.casting.person(f"tu-van.{key}")
                advise(table, session, adviser, calendar=stage.calendar)
                set_out(table, session, calendar=stage.calendar)
            if reaches == TO_BE_SIGNED:
                councils.score(table, session, stage.aims, calendar=stage.calendar, ago=ago)
                councils.present_decision(table, number=700, calendar=stage.calendar, ago=ago - 1)
    for passage in (each for each in late if each.line.reaches == TO_MEND):
        level = regime(passage.season.regime).first_stage.level
        table = stage.tables[passage.cast.line.key, level, division]
        mending.send_back(passage, table, calendar=stage.calendar, ago=5)


def _late_session(stage: Stage, table: Table, products: set[int], ago: int) -> Session:
    councils.take_in(
        table,
        commune_officers=stage.commune_officers,
        calendar=stage.calendar,
        ago=ago + 9,
        products=products,
    )
    dossiers = [
        each for each in dossiers_waiting(table.council) if each.enrolment.product_id in products
    ]
    return councils.call_session(table, dossiers, calendar=stage.calendar, ago=ago)
