"""`manage.py verify_credential`: checks a credential from files alone, without any database."""

import json
import sys
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registry.domain.errors import RuleBroken
from scoring.domain.certificate_states import CertificateStatus
from scoring.domain.credentials import Finding, check


class Command(BaseCommand):
    """Ends with an error unless the credential is genuine and valid.

    Keys are the portal's `/.well-known/jwks.json`, lists its `/xac-thuc/trang-thai/…jwt`, each
    saved while there was a network.
    """

    help = "Checks a signed credential with saved keys and status lists; needs no network."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("credential", help="file with the credential; - reads standard input")
        parser.add_argument("--keys", required=True, help="saved jwks.json")
        parser.add_argument("--list", action="append", default=[], help="saved status list")
        parser.add_argument("--at", type=datetime.fromisoformat, help="moment with its zone")

    def handle(self, *_args: Any, **options: Any) -> None:
        at = options["at"] or timezone.now()
        if at.tzinfo is None:
            raise CommandError("--at needs a zone, as in 2026-11-20T12:00:00+07:00")
        try:
            keys = json.loads(Path(options["keys"]).read_text(encoding="utf-8"))["keys"]
            lists = [Path(name).read_text(encoding="utf-8") for name in options["list"]]
            found = check(_text(options["credential"]), keys=keys, lists=lists, at=at)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"cannot be read: {error}") from error
        except RuleBroken as refusal:
            raise CommandError(str(refusal)) from refusal
        self._tell(found)

    def _tell(self, found: Finding) -> None:
        subject = found.payload["credentialSubject"]
        self.stdout.write(
            f"{found.status}: {subject['productName']} – {subject['stars']}★ – "
            f"{subject['certificateNumber']}, until {found.payload['validUntil']}"
        )
        known = f"{found.status_of:%Y-%m-%d %H:%M %z}" if found.status_of else "unknown"
        old = ", too old to rely on" if found.status_is_old else ""
        self.stdout.write(f"decisions known up to: {known}{old}")
        if found.is_early or found.status is not CertificateStatus.VALID:
            raise CommandError("genuine, but not in force at that moment")


def _text(name: str) -> str:
    return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
