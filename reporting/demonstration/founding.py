"""What stands before the first round: offices, councils, subjects, products and their pictures."""

from registry.domain.regime import Division, Level
from registry.models import Product
from registry.selectors import regime
from registry.selectors.places import country, unit_at
from reporting.demonstration import (
    councils,
)
from reporting.demonstration.councils import Table
from reporting.demonstration.people import CentralCast
from reporting.demonstration.pictures import Studio
from reporting.demonstration.producers import register_product, register_subject
from reporting.demonstration.rounds import ROUNDS
from reporting.demonstration.script import ProductLine, SubjectLine
from reporting.demonstration.stage import FOUNDED_AGO, Stage
from scoring.selectors.bodies import groups_by_body


def draw(stage: Stage, products: dict[tuple[str, str], Product]) -> None:
    """One picture for the first product of each subject: enough to see what pictures do."""
    studio = Studio(stage.script.drawings)
    at = stage.calendar.at(FOUNDED_AGO - 25)
    for line in stage.script.subjects:
        product = products[line.key, line.products[0].name]
        studio.picture(product, by=stage.owners[line.key], at=at)


def found_province(stage: Stage, key: str) -> None:
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


def found_centre(stage: Stage, centre: CentralCast) -> None:
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


def register(stage: Stage, line: SubjectLine, product: ProductLine) -> Product:
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
