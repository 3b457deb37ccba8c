"""How a fictitious member or producer fills a sheet: towards a total, with the gates of a star.

Nothing here is a result: the options that come out go through the same door as anyone's.
"""

from scoring.domain.rubric import Criterion, Option, Rubric


def choices_towards(
    rubric: Rubric, *, total: int, stars: int, turn: int = 0
) -> dict[str, str | None]:
    """Options for every criterion that add up as near to `total` as single steps allow.

    The gates up to `stars` are met where options exist; `turn` makes members differ in where
    they give and take, not in what they aim at.
    """
    ladders = {criterion.code: _ladder(criterion, stars) for criterion in rubric.criteria}
    rungs = {code: _start(ladders[code], total, rubric) for code in ladders}
    codes = list(ladders)
    turned = codes[turn % len(codes) :] + codes[: turn % len(codes)]
    for _sweep in range(2 * max(len(ladder) for ladder in ladders.values())):
        if not _sweep_once(ladders, rungs, turned, total):
            break
    return {code: ladders[code][rungs[code]].id for code in codes}


def _ladder(criterion: Criterion, stars: int) -> list[Option]:
    """The options from the least that the gates allow upwards, of the first case only."""
    least = max((gate.min_points for gate in criterion.gates if gate.star <= stars), default=0)
    first_case = [option for option in criterion.options if option.case in (None, 1)]
    rising = sorted(first_case, key=lambda option: option.points)
    return [option for option in rising if option.points >= least]


def _start(ladder: list[Option], total: int, rubric: Rubric) -> int:
    """The rung nearest to the share of the maximum that is aimed at."""
    maximum = sum(part.max for part in rubric.parts)
    aim = ladder[-1].points * total / maximum
    return min(range(len(ladder)), key=lambda rung: abs(ladder[rung].points - aim))


def _sweep_once(
    ladders: dict[str, list[Option]], rungs: dict[str, int], codes: list[str], total: int
) -> bool:
    """One pass of single steps that bring the sum nearer; False when none did."""
    moved = False
    for code in codes:
        gap = total - sum(ladders[each][rungs[each]].points for each in codes)
        rung = rungs[code] + (1 if gap > 0 else -1)
        if gap == 0 or not 0 <= rung < len(ladders[code]):
            continue
        step = ladders[code][rung].points - ladders[code][rungs[code]].points
        if 0 < abs(step) <= abs(gap):
            rungs[code] = rung
            moved = True
    return moved
