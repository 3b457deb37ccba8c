"""A rubric as a reviewed document: one TOML file per set, one block per criterion.

The document is flat so that a lawyer can read it beside the decree: parts and sections first,
then the criteria in their order, each with its options, its cases, its condition and its notes.
Keys of options are letters that stay with an option when others come or go.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from scoring.domain.rubric import (
    Criterion,
    Effect,
    Exclusion,
    Option,
    Part,
    Rubric,
    Rule,
    Section,
    exclusion_id,
    option_id,
)

Record = Mapping[str, Any]


def rubric_from_document(document: Record) -> Rubric:
    """The rubric of a document; a document without its keys is refused with the key named.

    Sums, gates and repetitions are not looked at here: `faults` names all of those at once.
    """
    try:
        return _rubric(document)
    except KeyError as missing:
        raise RuleBroken(
            "rubric.malformed",
            term("Tệp tiêu chí thiếu mục “%(key)s”."),
            field=str(missing.args[0]),
            key=missing.args[0],
        ) from missing
    except (TypeError, ValueError, AttributeError) as wrong:
        raise RuleBroken(
            "rubric.malformed",
            term("Tệp tiêu chí sai định dạng: %(reason)s."),
            field="document",
            reason=str(wrong),
        ) from wrong


def _rubric(document: Record) -> Rubric:
    regime, number = str(document["regime"]), int(document["number"])
    criteria = document.get("criterion", [])
    sections = document.get("section", [])
    _refuse_strays(criteria, "section", {row["code"] for row in sections})
    _refuse_strays(sections, "part", {row["code"] for row in document.get("part", [])})
    return Rubric(
        regime=regime,
        number=number,
        name=nfc(document["name"]),
        decree=nfc(document["decree"]),
        clause=nfc(document["clause"]),
        note=nfc(document.get("note", "")),
        exclusions=tuple(
            Exclusion(exclusion_id(regime, number, row["key"]), nfc(row["text"]))
            for row in document.get("exclusion", [])
        ),
        parts=tuple(
            Part(
                code=row["code"],
                name=nfc(row["name"]),
                max=int(row["max"]),
                sections=tuple(
                    _section(regime, number, section, criteria)
                    for section in sections
                    if section["part"] == row["code"]
                ),
            )
            for row in document.get("part", [])
        ),
    )


def _section(regime: str, number: int, row: Record, criteria: Iterable[Record]) -> Section:
    return Section(
        code=row["code"],
        name=nfc(row["name"]),
        max=int(row["max"]),
        criteria=tuple(
            _criterion(regime, number, criterion)
            for criterion in criteria
            if criterion["section"] == row["code"]
        ),
    )


def _criterion(regime: str, number: int, row: Record) -> Criterion:
    code = row["code"]
    return Criterion(
        code=code,
        name=nfc(row["name"]),
        max=int(row["max"]),
        clause=nfc(row["clause"]),
        cases=tuple(nfc(name) for name in row.get("cases", [])),
        requirement=nfc(row.get("requirement", "")),
        note=nfc(row.get("note", "")),
        rules=tuple(
            Rule(
                id=option_id(regime, number, code, rule["key"]),
                when=nfc(rule["when"]),
                effect=Effect(rule["effect"]),
                if_zero=tuple(rule.get("if_zero", [])),
            )
            for rule in row.get("rules", [])
        ),
        options=tuple(
            Option(
                id=option_id(regime, number, code, option["key"]),
                points=int(option["points"]),
                label=nfc(option["label"]),
                case=option.get("case"),
                min_for_star=option.get("star"),
                unverified=bool(option.get("unverified", False)),
            )
            for option in row.get("options", [])
        ),
    )


def _refuse_strays(rows: Iterable[Record], key: str, known: set[str]) -> None:
    for row in rows:
        if row[key] not in known:
            raise ValueError(f"{row['code']} stands in an unknown {key}, {row[key]}")
