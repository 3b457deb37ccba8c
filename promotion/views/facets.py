"""The filters beside the catalogue as links, each with the count that it would lead to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from promotion.domain.catalogue import Validity
from promotion.domain.search import Cell, Question, facet
from promotion.domain.stars import RECOGNISED
from registry import selectors as registry
from registry.models import Unit


@dataclass(frozen=True)
class Option:
    """One value: its words, how many it would show, where it leads; chosen ones lead back."""

    label: Any
    count: int
    url: str
    is_chosen: bool
    stars: int = 0
    is_legal: bool = False


@dataclass(frozen=True)
class Facet:
    """One filter; `options` leave out what would show nothing, except what is chosen."""

    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def chosen(self) -> Option | None:
        return next((option for option in self.options if option.is_chosen), None)


@dataclass(frozen=True)
class Sheet:
    """What every filter is counted from: the cells, the question, the address it stands in."""

    cells: Sequence[Cell]
    question: Question
    query: QueryDict

    def facet(self, name: str, label: str, values: Iterable[tuple[Any, Any]]) -> Facet:
        counts = facet(self.cells, self.question, name)
        chosen = getattr(self.question, name)
        options = (
            Option(
                label=words,
                count=counts.get(value, 0),
                url=changed(self.query, name, "" if value == chosen else value),
                is_chosen=value == chosen,
                stars=value if name == "stars" else 0,
                is_legal=name in {"group", "regime"},
            )
            for value, words in values
            if counts.get(value) or value == chosen
        )
        return Facet(name, label, tuple(options))

    def validity(self) -> Facet:
        """Both statuses together are a choice too, so the counts are added up."""
        counts = facet(self.cells, self.question, "status")
        options = (
            Option(
                label=validity.label,
                count=sum(counts.get(status, 0) for status in validity.statuses),
                url=changed(self.query, "validity", _unusual(validity)),
                is_chosen=validity is self.question.validity,
            )
            for validity in Validity
        )
        return Facet("validity", _("Hiệu lực"), tuple(options))


def facets(
    sheet: Sheet, *, groups: Mapping[str, str], provinces: Mapping[str, Unit]
) -> list[Facet]:
    """Every filter of the page in its order; a past day leaves no choice of validity."""
    stars = [(star, _("%(stars)s sao") % {"stars": star}) for star in reversed(RECOGNISED)]
    names = [(code, unit.short_name) for code, unit in provinces.items()]
    found = [
        sheet.facet("stars", _("Hạng sao"), stars),
        sheet.facet("group", _("Ngành hàng"), groups.items()),
        sheet.facet("province", _("Tỉnh, thành phố"), names),
        sheet.facet("regime", _("Bộ quy định"), registry.regime_choices()),
    ]
    return found if sheet.question.as_of else [*found, sheet.validity()]


def changed(query: QueryDict, name: str, value: object) -> str:
    """The reader's query with one value changed (empty takes it out), from the first page."""
    changed_query = query.copy()
    changed_query.pop("page", None)
    changed_query.pop(name, None)
    if value:
        changed_query[name] = str(value)
    return f"?{changed_query.urlencode()}"


def _unusual(validity: Validity) -> str:
    """The usual validity stands in no address, so that a list has one address only."""
    return "" if validity is Validity.VALID else validity.value
