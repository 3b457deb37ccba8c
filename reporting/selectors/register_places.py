"""Which commune a line of a register names: of today, or of before by its successors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import fold, term
from registry.models import Unit, UnitSuccession
from reporting.domain.register_lines import Place

NAMED = 6  # how many names a refusal lists
ONE_SLIP = 0.85  # so alike that a letter or two were mistyped


class RegisterPlaces:
    """The communes of one province and what they were before, read once for a register."""

    def __init__(self, province: Unit, division: Division) -> None:
        self.province, self.division = province, division
        self._of_others: Mapping[str, Sequence[str]] | None = None  # read when first missed
        self._read_places()

    def place(self, commune: str, district: str) -> Place:
        """The commune of the name; in a register of before, the former one first.

        A name that several communes bear is refused with all of them: nobody guesses.
        """
        name = fold(commune.split(",", maxsplit=1)[0])
        ways = [self._today, self._former]
        if self.division is Division.THREE_TIER or district:
            ways.reverse()
        for way in ways:
            if found := way(name, fold(district)):
                return self._chosen(commune, found)
        if elsewhere := self._formers.get(name):
            raise self._unclear(commune, elsewhere)  # not in the district that the line names
        raise self._no_commune(commune)

    def district(self, words: str) -> Unit:
        """The one former district that the words name."""
        plain = fold(words)
        named = [unit for unit in self._districts if fold(unit.name) in plain]
        if len(named) == 1:
            return named[0]
        raise RuleBroken(
            "register.no_district",
            term("Không rõ huyện nào của %(province)s trong “%(words)s”."),
            province=self.province.name,
            words=words[:60],
        )

    def _chosen(self, commune: str, found: Sequence[Unit]) -> Place:
        """The one commune, or what they all have become since."""
        if len(found) == 1:
            unit = found[0]
            is_former = unit.division == Division.THREE_TIER
            return Place(self._now(unit).pk, unit.pk if is_former else None)
        heirs = {heir.pk for unit in found for heir in self._heirs_of(unit)}
        if len(heirs) == 1:
            return Place(heirs.pop())
        raise self._unclear(commune, found)

    def _unclear(self, commune: str, candidates: Sequence[Unit]) -> RuleBroken:
        """Several places bear the name: names them, and what tells them apart."""
        return RuleBroken(
            "register.commune_unclear",
            term(
                "“%(name)s” trong %(province)s có thể là: %(candidates)s. Hãy ghi đủ tên hiện nay "
                "(xã hay phường), hoặc ghi đúng huyện cũ ở cột “Huyện (trước 1/7/2025)”."
            ),
            name=commune[:60],
            province=self.province.name,
            candidates="; ".join(self._told(unit) for unit in candidates[:NAMED]),
        )

    def _told(self, unit: Unit) -> str:
        """A commune of today by its name, one of before with its district and what it is now."""
        if unit.division != Division.THREE_TIER:
            return unit.name
        district = f"{unit.name}, {unit.parent.name}" if unit.parent else unit.name
        return f"{district} → {', '.join(heir.name for heir in self._heirs_of(unit)[:NAMED])}"

    def _no_commune(self, commune: str) -> RuleBroken:
        """Names what is spelled almost so here; else the provinces that have this very name."""
        name = fold(commune.split(",", maxsplit=1)[0])
        known = {each: units[0] for names in (self._communes, self._ended, self._formers)
                 for each, units in names.items() if len(units) == 1}  # fmt: skip
        names_here = [each for each in known if not each.isdecimal()]
        near = get_close_matches(name, names_here, n=1, cutoff=ONE_SLIP)
        facts = {"name": commune[:60], "province": self.province.name}
        if not near and (provinces := self._elsewhere(name)):
            return RuleBroken(
                "register.commune_elsewhere",
                term(
                    "Không tìm thấy “%(name)s” trong %(province)s; có xã tên này ở %(others)s. Hãy "
                    "xem lại tỉnh của sổ và cột “Xã, phường”."
                ),
                others=", ".join(provinces[:NAMED]),
                **facts,
            )
        near = near or get_close_matches(name, names_here, n=1)
        if not near:
            return RuleBroken(
                "register.no_commune",
                term("Không tìm thấy “%(name)s” trong %(province)s."),
                **facts,
            )
        return RuleBroken(
            "register.no_commune_near",
            term("Không tìm thấy “%(name)s” trong %(province)s; có phải %(near)s?"),
            near=known[near[0]].name,
            **facts,
        )

    def _elsewhere(self, name: str) -> list[str]:
        """The other provinces that have a commune of this name today."""
        if self._of_others is None:
            others = Unit.objects.filter(
                division=Division.TWO_TIER, level=Level.COMMUNE, valid_to__isnull=True
            ).exclude(path__startswith=self.province.path)
            known: dict[str, list[str]] = defaultdict(list)
            for full, short, province in others.order_by("parent__sort_key", "path").values_list(
                "name", "short_name", "parent__name"
            ):
                for each in {fold(full), fold(short)}:
                    known[each].append(province)
            self._of_others = known
        return list(dict.fromkeys(self._of_others.get(name, ())))

    def _today(self, name: str, _district: str) -> Sequence[Unit]:
        """Communes in force, else those that ended since July 2025."""
        return self._communes.get(name, ()) or self._ended.get(name, ())

    def _former(self, name: str, district: str) -> Sequence[Unit]:
        return [
            unit
            for unit in self._formers.get(name, ())
            if not district or (unit.parent and district in _names(unit.parent))
        ]

    def _heirs_of(self, unit: Unit) -> Sequence[Unit]:
        """The unit itself where it is in force, else those that took it over."""
        return self._heirs[unit.pk] if unit.valid_to else (unit,)

    def _now(self, unit: Unit) -> Unit:
        heirs = self._heirs_of(unit)
        if len(heirs) == 1:
            return heirs[0]
        raise RuleBroken(
            "register.many_heirs",
            term("%(old)s nay thuộc nhiều xã; hãy ghi xã hiện nay: %(names)s."),
            old=unit.name,
            names=", ".join(heir.name for heir in heirs[:NAMED]),
        )

    def _read_places(self) -> None:
        today = Unit.objects.filter(
            division=Division.TWO_TIER, level=Level.COMMUNE, path__startswith=self.province.path
        )
        in_force = today.filter(valid_to__isnull=True).prefetch_related("former_names")
        by_id = {unit.pk: unit for unit in in_force.order_by("path")}
        self._communes = _by_name(by_id.values())
        ended: dict[int, Unit] = {}
        self._heirs: dict[int, list[Unit]] = defaultdict(list)
        formers: dict[int, Unit] = {}
        pairs = (
            UnitSuccession.objects.filter(new__in=by_id)
            .select_related("old__parent")
            .prefetch_related("old__former_names", "old__parent__former_names")
        )
        for pair in pairs.order_by("pk"):
            self._heirs[pair.old_id].append(by_id[pair.new_id])
            (formers if pair.old.division == Division.THREE_TIER else ended)[pair.old_id] = pair.old
        self._ended = _by_name(unit for unit in ended.values() if unit.valid_to is not None)
        self._formers = _by_name(formers.values())
        districts = {
            unit.parent.pk: unit.parent
            for unit in formers.values()
            if unit.parent and unit.parent.level == Level.DISTRICT
        }
        # The longer name first: “Thị xã Phú Thọ” is not “Phú Thọ”.
        self._districts = sorted(districts.values(), key=lambda unit: -len(unit.name))


def _by_name(units: Iterable[Unit]) -> Mapping[str, Sequence[Unit]]:
    found: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        for name in _names(unit):
            found[name].append(unit)
    return found


def _names(unit: Unit) -> set[str]:
    """Full name, bare name and code, and the names it bore, as a register may write them."""
    before = {fold(name.name) for name in unit.former_names.all()}
    return {fold(unit.name), fold(unit.short_name), unit.code} | before
