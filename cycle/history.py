"""What entries about enrolments, papers and dossiers tell beside their titles."""

from typing import Any

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from ocop_portal.journal.wording import FactWords, day, register_facts, register_states
from registry.domain.text import term

STARS = term("Hạng sao")


def register() -> None:
    """Called once, when the portal starts."""
    register_states("cycle.idea.", lambda state: AppraisalState(state).label)
    register_states("cycle.plan.", lambda state: AppraisalState(state).label)
    register_states("cycle.dossier.", lambda state: DossierState(state).label)
    # A star is no step: it comes first, because the first prefix that fits counts.
    register_states("cycle.enrolment.rate", _stars)
    register_states("cycle.enrolment.", lambda state: Step(state).label)
    register_facts(
        "cycle.dossier.",
        {"code": FactWords(term("Mã hồ sơ")), "level_name": FactWords(term("Cấp"))},
    )
    register_facts("cycle.", {"due_day": FactWords(term("Hạn"))})
    register_facts("cycle.milestone.", {"milestone": FactWords(term("Việc"))})
    register_facts("cycle.support.", {"kind_name": FactWords(term("Nội dung"))})
    register_facts("cycle.round.", {"closes_on": FactWords(term("Đóng ngày"), day)})


def _stars(value: Any) -> str:
    return f"{value}★"
