"""What entries about councils, results and certificates tell beside their titles.

Nothing that stands in a sheet or follows from sheets is among it: totals, means and stars of a
council are told by the pages that know when they may be.
"""

from ocop_portal.journal.wording import FactWords, day, register_facts
from registry.domain.text import term

NUMBER = FactWords(term("Số"))
DECISION = FactWords(term("Quyết định"))
DUE = FactWords(term("Hạn"), day)


def register() -> None:
    """Called once, when the portal starts."""
    register_facts("scoring.council.", {"decision": DECISION})
    register_facts("scoring.member.", {"seat": FactWords(term("Vai trò"))})
    register_facts(
        "scoring.session.called",
        {"starts_at": FactWords(term("Bắt đầu lúc"), day), "place": FactWords(term("Địa điểm"))},
    )
    register_facts("scoring.ballot.", {"ballot": FactWords(term("Lượt chấm"))})
    register_facts("scoring.package.", {"files": FactWords(term("Số tệp"))})
    register_facts("scoring.complaint.", {"due_on": DUE})
    register_facts("scoring.inspection.", {"number": NUMBER, "due": DUE})
    register_facts(
        "scoring.decision.",
        {"decision": NUMBER, "decided_on": FactWords(term("Ngày quyết định"), day)},
    )
    register_facts(
        "scoring.certificate.",
        {
            "number": NUMBER,
            "stars": FactWords(term("Hạng sao")),
            "valid_until": FactWords(term("Có giá trị đến hết ngày"), day),
            "decision": DECISION,
        },
    )
