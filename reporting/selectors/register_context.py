"""What the portal knows when a register is read: places, sets, authorities, and what it holds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import fold, term
from registry.models import Product, ProductSet, Subject, Unit
from registry.selectors import country, regime, regime_in_force
from reporting.domain.register_cells import authority_level
from reporting.domain.register_columns import Field
from reporting.domain.register_lines import Authority, Fault, Line
from reporting.domain.register_states import Outcome
from reporting.selectors.register_places import NAMED, RegisterPlaces
from scoring.models import Certificate, Decision

KEPT = 4096


class RegisterContext:
    """Answers what a line names, from tables read once for the province of the register."""

    def __init__(self, province: Unit, division: Division) -> None:
        self.province = province
        self.country = country()
        self._places = RegisterPlaces(province, division)
        # A register asks the same again and again; what was refused is not kept.
        self.place = lru_cache(KEPT)(self._places.place)
        self.product_set = lru_cache(KEPT)(self._product_set)
        self.authority = lru_cache(KEPT)(self._authority)
        self._read_sets()

    def _product_set(self, words: str, decided_on: date) -> int:
        """The set of the words under the regime of the day; an industry where it is one set."""
        wanted = _plain(words)
        code = regime_in_force(decided_on).code
        found = self._sets[code].get(wanted, ())
        if len(found) == 1:
            return found[0].pk
        alone = {row.pk for known in self._sets.values() for row in known.get(wanted, ())}
        whole = [row for row in self._wholes.get(wanted, ()) if row.pk in alone]
        if whole:
            return whole[-1].pk
        if found:
            raise RuleBroken(
                "register.set_unclear",
                term("“%(words)s” có nhiều bộ sản phẩm; hãy ghi rõ một bộ: %(names)s."),
                words=words[:60],
                names="; ".join(row.name for row in found[:NAMED]),
            )
        raise RuleBroken(
            "register.no_set",
            term("Không có ngành, nhóm hay bộ sản phẩm “%(words)s” theo %(regime)s."),
            words=words[:60],
            regime=regime(code).name,
        )

    def _authority(self, words: str, stars: int, decided_on: date) -> Authority:
        """By the words of the cell; where they are silent, who recognises this star by law."""
        level = authority_level(words)
        if level is Level.DISTRICT:
            return Authority(level, self._places.district(words).pk)
        if level is None:
            stages = regime_in_force(decided_on).stages
            is_central = any(s.level is Level.CENTRAL and stars in s.recognises for s in stages)
            level = Level.CENTRAL if is_central else Level.PROVINCE
        unit = self.country if level is Level.CENTRAL else self.province
        return Authority(level, unit.pk)

    def _read_sets(self) -> None:
        self._sets: dict[str, dict[str, list[ProductSet]]] = defaultdict(dict)
        self._wholes: dict[str, list[ProductSet]] = {}
        industries: dict[tuple[str, str], list[ProductSet]] = defaultdict(list)
        for row in ProductSet.objects.order_by("regime", "number"):
            known = self._sets[row.regime]
            for words in {row.name, row.group, row.industry} - {""}:
                known.setdefault(_plain(words), []).append(row)
            industries[row.regime, _plain(row.industry)].append(row)
        for (_regime, words), rows in sorted(industries.items()):
            if len(rows) == 1:
                self._wholes.setdefault(words, []).append(rows[0])


@dataclass
class Held:
    """What the portal holds of the province already, and what earlier lines of the file add."""

    subjects: dict[tuple[str, int], int] = field(default_factory=dict)
    products: dict[tuple[int, str], int] = field(default_factory=dict)
    decisions: dict[tuple[int, int, str], date] = field(default_factory=dict)
    certificates: dict[tuple[int, int, str, int], int] = field(default_factory=dict)
    lines: dict[tuple[str, int, str], int] = field(default_factory=dict)

    def judge(self, number: int, line: Line) -> tuple[Outcome, list[Fault]]:
        """Whether the line says something new, and what it contradicts."""
        faults = [*self._twice(number, line)]
        subject = self._subject_of(line)
        product = self.products.get((subject, line.key[2])) if subject else None
        has_new = product is None
        for past in line.recognitions:
            decision = (past.authority.unit, past.decided_on.year, past.number)
            day = self.decisions.setdefault(decision, past.decided_on)
            if day != past.decided_on:
                faults.append(_other_day(past.number, day))
            stars = self.certificates.get((*decision, product)) if product else None
            has_new |= stars is None
            if stars is not None and stars != past.stars:
                faults.append(_other_stars(past.number, stars))
        outcome = Outcome.FAULTY if faults else Outcome.NEW if has_new else Outcome.KNOWN
        return outcome, faults

    def _subject_of(self, line: Line) -> int | None:
        return self.subjects.get((line.tax_code, 0)) or self.subjects.get(
            (fold(line.subject), line.place.commune)
        )

    def _twice(self, number: int, line: Line) -> Iterable[Fault]:
        earlier = self.lines.setdefault(line.key, number)
        if earlier != number:
            yield Fault(
                Field.PRODUCT,
                RuleBroken(
                    "register.twice",
                    term("Trùng dòng %(line)s: cùng sản phẩm của cùng chủ thể."),
                    line=earlier,
                ),
            )


def held_in(province: Unit) -> Held:
    """The subjects, products and recognitions of a province, by their natural keys."""
    held = Held()
    inside = {"commune__path__startswith": province.path}
    for pk, name, code, commune in Subject.objects.filter(**inside).values_list(
        "pk", "name", "tax_code", "commune"
    ):
        held.subjects[fold(name), commune] = pk
        if code:
            held.subjects[code, 0] = pk
    held.products = {
        (subject, slug): pk
        for pk, subject, slug in Product.objects.filter(**inside).values_list(
            "pk", "subject", "slug"
        )
    }
    held.decisions = {
        (unit, year, number): day
        for unit, year, number, day in Decision.objects.exclude(number="").values_list(
            "unit", "year", "number", "decided_on"
        )
    }
    rows = Certificate.objects.filter(product__commune__path__startswith=province.path)
    held.certificates = {
        (unit, year, number, product): stars
        for unit, year, number, product, stars in rows.values_list(
            "decision__unit", "decision__year", "decision__number", "product", "stars"
        )
    }
    return held


def _plain(words: str) -> str:
    plain = "".join(sign if sign.isalnum() else " " for sign in fold(words)).split()
    while plain and plain[0] in {"nhom", "nganh", "bo", "san", "pham", "va"}:
        plain.pop(0)
    return " ".join(word for word in plain if word != "va")


def _other_day(number: str, day: date) -> Fault:
    return Fault(
        Field.FIRST_DATE,
        RuleBroken(
            "register.other_day",
            term("Quyết định %(number)s đã có trong sổ với ngày %(day)s."),
            number=number,
            day=f"{day:%d/%m/%Y}",
        ),
    )


def _other_stars(number: str, stars: int) -> Fault:
    return Fault(
        Field.STARS,
        RuleBroken(
            "register.other_stars",
            term("Quyết định %(number)s đã có trong sổ với hạng %(stars)s sao."),
            number=number,
            stars=stars,
        ),
    )
