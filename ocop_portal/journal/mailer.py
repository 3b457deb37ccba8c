"""Writes and sends the mail of one notification, in the language of the person who gets it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import translation

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry, Notification
from ocop_portal.journal.notices import Notice

TITLE_LENGTH = 250


def title(entry: Entry, notice: Notice, person: User | None) -> str:
    """The subject line, which is also the title in the portal."""
    with translation.override(_language(entry, person)):
        context = _context(entry, person, notice.url(entry))
        try:
            text = _written(entry, "subject.txt", context)
        except TemplateDoesNotExist:
            text = kinds.title_of(entry.kind)
    return " ".join(text.split())[:TITLE_LENGTH]


def send(row: Notification) -> None:
    """Writes the mail and hands it to the mail server; any failure is the caller's to judge."""
    compose(row).send()


def compose(row: Notification) -> EmailMultiAlternatives:
    """The mail of a row: text and HTML, one recipient, a stable Message-ID."""
    notice = notices.notice_of(row.entry.kind)
    private = notice.private_url if notice else None
    url = private(row.entry, row.recipient) if private else row.url
    with translation.override(_language(row.entry, row.recipient)):
        context = _context(row.entry, row.recipient, url) | {"title": row.title}
        if notice and notice.private_facts:
            context |= notice.private_facts(row.entry, row.recipient)
        mail = EmailMultiAlternatives(
            subject=row.title,
            body=_written(row.entry, "body.txt", context),
            to=[row.mail_address],
            # A mail server that has seen this mail already can drop the second one.
            headers={"Message-ID": f"<notice-{row.pk}@{_mail_domain()}>"},
        )
        mail.attach_alternative(_written(row.entry, "body.html", context), "text/html")
    return mail


def _language(entry: Entry, person: User | None) -> str:
    """The person's language; that of the doer for who has no account yet."""
    reader = person or entry.actor
    return reader.language if reader else settings.LANGUAGE_CODE


def _context(entry: Entry, person: User | None, url: str) -> dict[str, Any]:
    return {
        "entry": entry,
        "facts": entry.facts,
        "recipient": person,
        "url": _absolute(url),
        "title": kinds.title_of(entry.kind),
        "site_url": settings.SITE_URL,
    }


def _absolute(url: str) -> str:
    return url if urlsplit(url).scheme else f"{settings.SITE_URL}{url}"


def _mail_domain() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _written(entry: Entry, name: str, context: dict[str, Any]) -> str:
    """One part of the triple; plain text is not escaped, a name may hold an ampersand."""
    found: Any = get_template(f"emails/{entry.kind}/{name}")
    return str(found.template.render(Context(context, autoescape=name.endswith(".html"))))
