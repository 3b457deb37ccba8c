"""Lists whose saved filters are counted on the desk: what a person sees there, and its filters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http.request import QueryDict
from django.utils.translation import gettext
from django_filters import FilterSet

from cycle import filters as cycle
from cycle.selectors import visible_dossiers, visible_enrolments, visible_support
from ocop_portal.accounts.models import User
from promotion import filters as promotion
from promotion.selectors.reports import visible_reports
from registry import filters as registry
from registry.domain.text import term
from registry.selectors import visible_products, visible_subjects
from reporting.models import SavedFilter
from scoring import filters as scoring
from scoring.selectors.certificates import visible_certificates
from scoring.selectors.complaints import visible_complaints
from scoring.selectors.councils import visible_councils
from scoring.selectors.decisions import visible_decisions
from scoring.selectors.inspections import visible_inspections

MOST_COUNTED = 1000


@dataclass(frozen=True)
class Source:
    """A list: what it is called, the rows that a person sees, its filters."""

    title: str
    rows: Callable[[User, date], QuerySet[Any]]
    filters: type[FilterSet]


SOURCES: Mapping[str, Source] = {
    "cycle:dossier-list": Source(term("Hồ sơ"), visible_dossiers, cycle.DossierFilter),
    "cycle:enrolment-list": Source(
        term("Lượt tham gia"), visible_enrolments, cycle.EnrolmentFilter
    ),
    "cycle:support-inbox": Source(term("Đề nghị hỗ trợ"), visible_support, cycle.SupportFilter),
    "registry:product-list": Source(term("Sản phẩm"), visible_products, registry.ProductFilter),
    "registry:subject-list": Source(term("Chủ thể"), visible_subjects, registry.SubjectFilter),
    "scoring:council-list": Source(term("Hội đồng"), visible_councils, scoring.CouncilFilter),
    "scoring:decision-list": Source(term("Quyết định"), visible_decisions, scoring.DecisionFilter),
    "scoring:certificate-list": Source(
        term("Giấy chứng nhận"), visible_certificates, scoring.CertificateFilter
    ),
    "scoring:inspection-list": Source(
        term("Kiểm tra sau công nhận"), visible_inspections, scoring.InspectionFilter
    ),
    "scoring:complaint-list": Source(
        term("Khiếu nại"), visible_complaints, scoring.ComplaintFilter
    ),
    "promotion:report-list": Source(
        term("Phản ánh về nhãn hiệu"), visible_reports, promotion.ReportFilter
    ),
}


def title_of(list_name: str) -> str:
    """What a list is called; one that is not counted shows the name of its address."""
    source = SOURCES.get(list_name)
    return gettext(source.title) if source else list_name


def count_of(saved: SavedFilter, user: User, on: date) -> int | None:
    """How many rows the filter leaves the person, up to one more than `MOST_COUNTED`; one query.

    None where the list is not counted, or the filter is not understood any more.
    """
    source = SOURCES.get(saved.list_name)
    if source is None:
        return None
    chosen = source.filters(QueryDict(saved.query), queryset=source.rows(user, on))
    if not chosen.form.is_valid():
        return None
    rows = chosen.qs.select_related(None).prefetch_related(None).order_by()
    return int(rows[: MOST_COUNTED + 1].count())
