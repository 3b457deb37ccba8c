"""Which jobs beat rings for, and when: legal time."""

from typing import Any

from celery.schedules import crontab

Ring = dict[str, Any]


def every(seconds: float, task: str, *, within: float | None = None) -> Ring:
    """Again and again; a ring that nobody heard before the next one is dropped."""
    return {"task": task, "schedule": seconds, "options": {"expires": within or seconds}}


def at(hour: int, minute: int, task: str, *words: str, day_of_week: str | int = "*") -> Ring:
    """Once a day, or on the days of the week that are named; `words` are handed to the task."""
    schedule = crontab(minute, hour, day_of_week=day_of_week)
    return {"task": task, "schedule": schedule, "args": words}


CELERY_BEAT_SCHEDULE: dict[str, Ring] = {
    "ring again for notices that are due": every(5.0, "ocop_portal.journal.tasks.sweep"),
    "tell programs of changes": every(5.0, "ocop_portal.clients.tasks.send_changes"),
    "seal what was written into the journal": every(10.0, "ocop_portal.journal.tasks.seal"),
    "worker heartbeat": every(15.0, "ocop_portal.web.tasks.beat_heart"),
    "sign what became of certificates": every(15.0, "scoring.tasks.sign_status_lists"),
    "go on with acts on many rows that were left": every(15.0, "reporting.tasks.work_left_bulk"),
    "go on with registers that were left": every(15.0, "reporting.tasks.work_left_registers"),
    "count stars that are out of step": every(30.0, "reporting.tasks.count_stars", within=25.0),
    "sign the journal of the day": every(60.0, "scoring.tasks.sign_journal", within=55.0),
    "write files of personal data that are missing": every(
        60.0, "ocop_portal.privacy.tasks.make_waiting_exports", within=55.0
    ),
    "make documents that are missing": every(
        60.0, "scoring.tasks.make_missing_documents", within=55.0
    ),
    "carry out changes of administrative units": at(0, 5, "registry.tasks.apply_unit_changes"),
    "forget what is past its time": at(1, 30, "ocop_portal.privacy.tasks.anonymise"),
    "recompute every published rating": at(2, 10, "scoring.tasks.recheck_ratings"),
    "hold the counted stars against a recount": at(2, 30, "reporting.tasks.check_star_tallies"),
    "publish the open data": at(2, 40, "reporting.tasks.publish_open_data"),
    "check what must always be true": at(3, 0, "ocop_portal.upkeep.tasks.check_invariants"),
    "forget answers kept for repeated writes": at(
        3, 20, "ocop_portal.clients.tasks.forget_answers"
    ),
    "remind of certificates that expire": at(6, 0, "scoring.tasks.remind_of_expiry"),
    "remind of sheets that are late": at(6, 15, "scoring.tasks.remind_of_sheets"),
    "remind of reports that wait too long": at(6, 20, "promotion.tasks.remind_of_reports"),
    "remind of buyers' questions that wait too long": at(
        6, 25, "promotion.tasks.remind_of_enquiries"
    ),
    "remind of dossiers that are due": at(6, 30, "cycle.tasks.remind_of_due_dossiers"),
    "remind of evidence that runs out": at(6, 45, "registry.tasks.remind_of_evidence"),
    "remind of answers that are late": at(6, 50, "cycle.tasks.remind_of_late_answers"),
    "remind provinces of their reports": at(6, 55, "reporting.tasks.remind_of_province_reports"),
    "tell what waits each week": at(
        7, 0, "ocop_portal.journal.tasks.send_digests", "weekly", day_of_week=1
    ),
    "tell what waits each working day": at(
        7, 0, "ocop_portal.journal.tasks.send_digests", "daily", day_of_week="1-5"
    ),
}
