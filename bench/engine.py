"""The public engine over HTTP on every published set, without and with the planner.

The rule alone is measured by `bench.planner`; here an answer passes routing, throttle, reading and
writing of JSON as well, inside one process. A slider asks this many times a minute.
"""

import io
import json
import random
import tempfile
import time
from collections.abc import Iterator

from bench import planner, portal

EVALUATION_LIMIT_MS = 30
PLAN_LIMIT_MS = 300
WARM = 5


def main() -> int:
    """Prints the figures; 1 where a limit is broken or an answer is not 200."""
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as folder:
        portal.start(folder)
        prepare()
        evaluated = sorted(_times(with_plan=False))
        planned = sorted(_times(with_plan=True))
    kept = planner.line("evaluate", evaluated, share=0.95, limit=EVALUATION_LIMIT_MS)
    kept &= planner.line("with plan", planned, share=1.0, limit=PLAN_LIMIT_MS)
    return 0 if kept else 1


def prepare() -> None:
    """An installation with the published rubrics and nothing else."""
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    call_command("collectstatic", interactive=False, verbosity=0)
    for command in ("migrate", "load_product_sets", "load_rubrics"):
        call_command(command, verbosity=0, stdout=io.StringIO())


def _times(*, with_plan: bool) -> Iterator[float]:
    """Milliseconds of each call; callers come from many addresses, as the throttle counts each."""
    from django.test import Client  # noqa: PLC0415 - after the set-up

    client = Client(HTTP_HOST="127.0.0.1")
    for number, (address, body) in enumerate(_calls(with_plan=with_plan)):
        caller = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
        began = time.perf_counter()
        answer = client.post(
            address, body, content_type="application/json", REMOTE_ADDR=caller, secure=False
        )
        took = (time.perf_counter() - began) * 1000
        if answer.status_code != 200:  # noqa: PLR2004 - HTTP's own number
            raise SystemExit(f"{address}: {answer.status_code} {answer.content[:200]!r}")
        if number >= WARM:
            yield took


def _calls(*, with_plan: bool) -> Iterator[tuple[str, str]]:
    """Sets in a drawn order, so that no set is asked twice in a row and none is favoured."""
    from scoring.models import RubricEdition  # noqa: PLC0415 - after the set-up

    published = {
        (each.regime, each.set_number) for each in RubricEdition.objects.all() if each.is_published
    }
    asked = [
        (rubric, sheet)
        for rubric in planner.rubrics()
        if (rubric.regime, rubric.number) in published
        for sheet in planner.sheets(rubric)
    ]
    random.Random(1).shuffle(asked)  # noqa: S311 - figures, no secret
    for rubric, sheet in asked:
        body = {"choices": sheet} | ({"plan": True} if with_plan else {})
        yield f"/api/v1/rubrics/{rubric.regime}/{rubric.number}/evaluate/", json.dumps(body)


if __name__ == "__main__":
    raise SystemExit(main())
