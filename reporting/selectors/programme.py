"""The programme room: who reaches what in it, what was asked, written, sent and answered."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from registry.domain.regime import Division, Level
from registry.domain.roles import Role
from registry.models import Unit
from registry.selectors import postings_of, provinces
from registry.selectors.people import Person
from reporting.domain.report_states import WITH_THE_PROVINCE, ReportState
from reporting.models import ProvinceReport, ReportRequest, ReportSending

NATIONAL_ROLES = (Role.CENTRAL_OFFICER, Role.ADMINISTRATOR)
DUE_SOON = timedelta(days=3)


@dataclass(frozen=True)
class Reach:
    """Whose papers a person reads: every province's, or those of their own."""

    is_national: bool = False
    units: tuple[Unit, ...] = ()

    @property
    def is_anywhere(self) -> bool:
        return self.is_national or bool(self.units)

    @property
    def seen(self) -> Q:
        """Rows with a `unit` that the person may read."""
        return Q() if self.is_national else Q(unit__in=[unit.pk for unit in self.units])


def reach_of(user: Person, on: date) -> Reach:
    """By the person's postings: the centre's people, or officers of one of today's provinces."""
    national, units = False, {}
    for posting in postings_of(user, on).filter(unit__isnull=False):
        unit = posting.unit
        if unit is None:
            continue
        national = national or (unit.is_country and posting.role in NATIONAL_ROLES)
        if (
            posting.role == Role.PROVINCIAL_OFFICER
            and unit.level == Level.PROVINCE
            and unit.division == Division.TWO_TIER
        ):
            units[unit.pk] = unit
    return Reach(national, tuple(sorted(units.values(), key=lambda unit: unit.sort_key)))


def askable_provinces() -> QuerySet[Unit]:
    """Today's provinces by name."""
    return provinces(Division.TWO_TIER)


def requests() -> QuerySet[ReportRequest]:
    """Everything that was asked for, the newest first, with how far the answers have come."""
    standing = {ReportState.SENT: "sent", ReportState.RECEIVED: "received"}
    counts = {
        name: Count("reports", filter=Q(reports__state=state)) for state, name in standing.items()
    }
    waiting = Count("reports", filter=Q(reports__state__in=WITH_THE_PROVINCE))
    return ReportRequest.objects.select_related("opened_by").annotate(
        asked=Count("reports"), waiting=waiting, **counts
    )


def visible_reports(reach: Reach) -> QuerySet[ProvinceReport]:
    """The reports that the person may read: what waits longest first."""
    rows = ProvinceReport.objects.filter(reach.seen) if reach.is_anywhere else _none()
    return rows.select_related("request", "unit").order_by(
        "-request__due_on", "request_id", "unit__sort_key", "id"
    )


def reports_of(request: ReportRequest) -> QuerySet[ProvinceReport]:
    return request.reports.select_related("request", "unit").order_by("unit__sort_key", "id")


def sendings_of(report: ProvinceReport) -> QuerySet[ReportSending]:
    """What was sent, the newest first."""
    return report.sendings.select_related("sent_by").order_by("-number")


def visible_sendings(reach: Reach) -> QuerySet[ReportSending]:
    reports = visible_reports(reach).order_by().values("pk")
    return ReportSending.objects.filter(report__in=reports).select_related(
        "report__request", "report__unit", "sent_by"
    )


def waiting_for(reach: Reach) -> QuerySet[ProvinceReport]:
    """What the person's side has to act on: the centre on what was sent, a province on the rest."""
    states = (ReportState.SENT,) if reach.is_national else WITH_THE_PROVINCE
    if not reach.is_anywhere:
        return _none()
    rows = ProvinceReport.objects.filter(reach.seen, state__in=states)
    return rows.select_related("request", "unit").order_by("request__due_on", "id")


def due_soon(on: date) -> QuerySet[ProvinceReport]:
    """Reports that wait for their province and are due within three days."""
    return _with_provinces().filter(request__due_on__range=(on, on + DUE_SOON))


def overdue(on: date) -> QuerySet[ProvinceReport]:
    """Reports whose day has passed while they wait for their province."""
    return _with_provinces().filter(request__due_on__lt=on)


def _with_provinces() -> QuerySet[ProvinceReport]:
    rows = ProvinceReport.objects.filter(state__in=WITH_THE_PROVINCE)
    return rows.select_related("request", "unit").order_by("request__due_on", "id")


def _none() -> QuerySet[ProvinceReport]:
    return ProvinceReport.objects.none()
