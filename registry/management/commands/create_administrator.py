"""`manage.py create_administrator`: the first person of an installation, who lets the others in."""

import secrets
from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.roles import Role
from registry.models import Unit
from registry.selectors import country
from registry.services import postings


class Command(BaseCommand):
    help = "Makes the first administrator; prints a password where none is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default="quan-tri@ocop.example")
        parser.add_argument("--name", default="Quản trị cổng OCOP")
        parser.add_argument("--password", default="", help="generated and printed where empty")

    def handle(self, *_args: Any, **options: Any) -> None:
        email = str(options["email"]).strip().lower()
        password = str(options["password"]) or secrets.token_urlsafe(12)
        self._check(email, str(options["name"]), password)
        try:
            user = _make(email, str(options["name"]), password)
        except Unit.DoesNotExist as error:
            raise CommandError("There are no units yet: run load_units first.") from error
        self.stdout.write(f"administrator: {user.email}")
        if not options["password"]:
            self.stdout.write(f"password: {password}")

    def _check(self, email: str, name: str, password: str) -> None:
        if User.objects.filter(email=email).exists():
            raise CommandError(f"{email} has an account already; choose another --email.")
        try:
            validate_email(email)
            password_validation.validate_password(password, User(email=email, full_name=name))
        except ValidationError as faults:
            raise CommandError(" ".join(faults.messages)) from faults


@transaction.atomic
def _make(email: str, name: str, password: str) -> User:
    at = timezone.now()
    user = User.objects.create_superuser(email, password, full_name=name, confirmed_at=at)
    postings.grant(
        user,
        role=Role.ADMINISTRATOR,
        unit=country(),
        starts_on=legal_day(at),
        by=user,
        at=at,
    )
    return user
