"""What the demonstration has made so far, and what each of its parts goes on with."""

from dataclasses import dataclass, field

from ocop_portal.accounts.models import User
from registry.domain.regime import Division, Level
from registry.models import Subject
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.councils import Table
from reporting.demonstration.people import Casting, ProvinceCast
from reporting.demonstration.script import Script

FOUNDED_AGO = 450


@dataclass
class Stage:
    """What has been made so far."""

    script: Script
    calendar: Calendar
    casting: Casting
    casts: dict[str, ProvinceCast] = field(default_factory=dict)
    owners: dict[str, User] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    tables: dict[tuple[str, Level, Division], Table] = field(default_factory=dict)
    commune_officers: dict[int, User] = field(default_factory=dict)
    aims: dict[int, int] = field(default_factory=dict)
