"""Plays the demonstration: people, the rounds, councils up to the centre."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cycle.models import Enrolment, Round
from cycle.services import seasons
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.regime import Division, Level
from registry.models import Product, Subject, Unit
from registry.selectors import regime
from registry.selectors.places import country, unit_at
from reporting.demonstration import (
    aftercare,
    afterwards,
    councils,
    everyday,
    mending,
    outreach,
    oversight,
)
from reporting.demonstration.advice import advise
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.councils import Table
from reporting.demonstration.papers import Library
from reporting.demonstration.people import Casting, CentralCast, ProvinceCast
from reporting.demonstration.pictures import Studio
from reporting.demonstration.producers import Passage, register_product, register_subject, walk
from reporting.demonstration.samples import set_out
from reporting.demonstration.script import WHOLE_WAY, ProductLine, Script, SubjectLine
from scoring.models import Session
from scoring.selectors.bodies import groups_by_body
from scoring.selectors.sessions import dossiers_waiting

FOUNDED_AGO = 450


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


@dataclass
class Stage:
    """What has been made so far."""

    script: Script
    calendar: Calendar
    casting: Casting
    casts: dict[str, ProvinceCast] = field(default_factory=dict)
    owners: dict[str, User] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    tables: dict[tuple[str, Level, Division], Table] = field(default_factory=dict)
    commune_officers: dict[int, User] = field(default_factory=dict)
    aims: dict[int, int] = field(default_factory=dict)


def play(script: Script, *, password: str, at: datetime, tell: Callable[[str], None]) -> Stage:
    """Makes everything; `tell` hears what is being done. Runs on an empty installation only."""
    calendar = Calendar(legal_day(at))
    casting = Casting(
        password=password, since=calendar.day(FOUNDED_AGO), at=calendar.at(FOUNDED_AGO)
    )
    stage = Stage(script, calendar, casting)
    tell("người và hội đồng")
    centre = casting.centre()
    for line in script.provinces:
        _found_province(stage, line.key)
    _found_centre(stage, centre)
    tell("chủ thể và sản phẩm")
    products = {
        (line.key, product.name): _register(stage, line, product)
        for line in script.subjects
        for product in line.products
    }
    tell("hình vẽ")
    _draw(stage, products)
    library = Library(script.notice)
    for plan in ROUNDS:
        tell(plan.name)
        _play_round(stage, plan, products, library)
    troubled = stage.tables[script.troubled, Level.PROVINCE, Division.THREE_TIER]
    afterwards.trouble(troubled, calendar=calendar)
    disputed = stage.tables[script.looked_after, Level.PROVINCE, Division.TWO_TIER]
    afterwards.disagreement(disputed, calendar=calendar)
    cast = stage.casts[script.looked_after]
    aftercare.look_after(cast.now.path, officer=cast.provincial_officer, calendar=calendar)
    tell("điểm bán và sự kiện")
    for key, cast in stage.casts.items():
        outreach.reach_out(
            cast.provincial_officer, cast.now, _communes(stage, key), calendar=calendar
        )
    _live(stage)
    tell("báo cáo, kế hoạch, kinh phí")
    oversight.oversee(centre.officer, list(stage.casts.values()), calendar=calendar)
    return stage


def _draw(stage: Stage, products: dict[tuple[str, str], Product]) -> None:
    """One picture for the first product of each subject: enough to see what pictures do."""
    studio = Studio(stage.script.drawings)
    at = stage.calendar.at(FOUNDED_AGO - 25)
    for line in stage.script.subjects:
        product = products[line.key, line.products[0].name]
        studio.picture(product, by=stage.owners[line.key], at=at)


def _live(stage: Stage) -> None:
    """What is there and goes on beside the dossiers, at the first two subjects of the script."""
    first, *others = [
        everyday.Neighbourhood(
            subject=stage.subjects[line.key],
            owner=stage.owners[line.key],
            cast=stage.casts[line.province],
            calendar=stage.calendar,
        )
        for line in stage.script.subjects
    ]
    everyday.settle(first)
    everyday.teach(first)
    everyday.ask(first)
    for place in others:
        everyday.help_along(place)


def _communes(stage: Stage, key: str) -> list[Unit]:
    """The communes of today in which the province's subjects are."""
    codes = {each.commune for each in stage.script.subjects if each.province == key}
    return [unit_at(Division.TWO_TIER, code) for code in sorted(codes)]


def _found_province(stage: Stage, key: str) -> None:
    line = next(each for each in stage.script.provinces if each.key == key)
    lines = [each for each in stage.script.subjects if each.province == key]
    today = {each.commune: unit_at(Division.TWO_TIER, each.commune) for each in lines}
    before = {
        each.former_commune: unit_at(Division.THREE_TIER, each.former_commune) for each in lines
    }
    communes = [*today.values(), *before.values()]  # a round runs on either division
    cast = stage.casting.province(line, communes)
    stage.casts[key] = cast
    for commune in communes:
        stage.commune_officers[commune.pk] = cast.commune_officer
    for unit, bench, officer in (
        (cast.district, cast.district_bench, cast.district_officer),
        (cast.former, cast.province_bench, cast.provincial_officer),
        (cast.now, cast.province_bench, cast.provincial_officer),
    ):
        stage.tables[key, Level(unit.level), Division(unit.division)] = councils.appoint(
            f"Hội đồng OCOP {unit.name} (trình diễn)",
            unit=unit,
            bench=bench,
            officer=officer,
            authority=cast.authority,
            calendar=stage.calendar,
            ago=FOUNDED_AGO,
        )


def _found_centre(stage: Stage, centre: CentralCast) -> None:
    """One council of the centre serves both divisions; specialised ones score before it."""
    for code in dict.fromkeys(plan.regime for plan in ROUNDS):
        law = regime(code)
        for body in law.stage(Level.CENTRAL).bodies[:-1]:
            stage.tables[f"{code}-{body.code}", Level.CENTRAL, law.division] = _at_the_centre(
                stage, centre, f"{body.name} (trình diễn)", body=body.code
            )
    table = _at_the_centre(stage, centre, "Hội đồng OCOP trung ương (trình diễn)")
    for division in Division:
        stage.tables["centre", Level.CENTRAL, division] = table


def _at_the_centre(stage: Stage, centre: CentralCast, name: str, *, body: str = "") -> Table:
    return councils.appoint(
        name,
        unit=country(),
        bench=centre.bench,
        officer=centre.officer,
        authority=centre.authority,
        calendar=stage.calendar,
        ago=FOUNDED_AGO,
        body=body,
        groups=groups_by_body(Level.CENTRAL, body) if body else (),
    )


def _register(stage: Stage, line: SubjectLine, product: ProductLine) -> Product:
    if line.key not in stage.subjects:
        owner = stage.casting.producer(line.representative, line.key)
        stage.owners[line.key] = owner
        stage.subjects[line.key] = register_subject(
            line, owner=owner, calendar=stage.calendar, ago=FOUNDED_AGO - 10
        )
    made = register_product(
        product,
        stage.subjects[line.key],
        owner=stage.owners[line.key],
        calendar=stage.calendar,
        ago=FOUNDED_AGO - 20,
    )
    stage.aims[made.pk] = product.aims_at
    return made


def _play_round(
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


def recognised(stage: Stage) -> int:
    """How many products of the script have a star that counts."""
    return Enrolment.objects.filter(
        product_id__in=stage.aims, stars__gte=regime("2019").lowest_recognised
    ).count()
