"""Plays the demonstration: people, the rounds, councils up to the centre."""

from collections.abc import Callable
from datetime import datetime

from cycle.models import Enrolment
from registry.domain.clock import legal_day
from registry.domain.regime import Division, Level
from registry.models import Unit
from registry.selectors import regime
from registry.selectors.places import unit_at
from reporting.demonstration import (
    aftercare,
    afterwards,
    everyday,
    founding,
    outreach,
    oversight,
)
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.papers import Library
from reporting.demonstration.people import Casting
from reporting.demonstration.rounds import ROUNDS, play_round
from reporting.demonstration.script import Script
from reporting.demonstration.stage import FOUNDED_AGO, Stage


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
        founding.found_province(stage, line.key)
    founding.found_centre(stage, centre)
    tell("chủ thể và sản phẩm")
    products = {
        (line.key, product.name): founding.register(stage, line, product)
        for line in script.subjects
        for product in line.products
    }
    tell("hình vẽ")
    founding.draw(stage, products)
    library = Library(script.notice)
    for plan in ROUNDS:
        tell(plan.name)
        play_round(stage, plan, products, library)
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


def recognised(stage: Stage) -> int:
    """How many products of the script have a star that counts."""
    return Enrolment.objects.filter(
        product_id__in=stage.aims, stars__gte=regime("2019").lowest_recognised
    ).count()
