"""Who answers what people ask about their data; the register, which knows postings, says it."""

from collections.abc import Callable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as term

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused

Answers = Callable[[User, User, date], Verdict]
Area = Callable[[User, date], QuerySet[User]]
Obstacles = Callable[[User, datetime], list[str]]
PEOPLE = "people"  # the group of pages beside which the requests stand
_answers: list[Answers] = []
_areas: list[Area] = []
_obstacles: list[Obstacles] = []


def register(answers: Answers, area: Area, obstacles: Obstacles) -> None:
    """Names who may answer for a person, whose requests somebody sees, what forbids to forget."""
    if answers not in _answers:
        _answers.append(answers)
        _areas.append(area)
        _obstacles.append(obstacles)


def may_answer(user: User, person: User, *, on: date) -> Verdict:
    """Whoever may close the person's account; nobody answers the own request."""
    for rule in _answers:
        if verdict := rule(user, person, on):
            return verdict
    return refused(term("Yêu cầu này do quản trị chương trình phụ trách người đó trả lời."))


def may_see_requests(user: User, *, on: date) -> Verdict:
    """Whether the person answers anybody's requests."""
    if any(area(user, on).exists() for area in _areas):
        return ALLOWED
    return refused(term("Chỉ quản trị và cán bộ được giao mới xem được yêu cầu về dữ liệu."))


def people_answered_for(user: User, on: date) -> QuerySet[User]:
    """Whose requests the person sees."""
    found = User.objects.none()
    for area in _areas:
        found = found | area(user, on)
    return found


def obstacles_of(person: User, at: datetime) -> list[str]:
    """Why the person cannot be forgotten yet, in sentences."""
    return [each for rule in _obstacles for each in rule(person, at)]
