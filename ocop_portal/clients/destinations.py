"""Where the portal sends to when a person names an address: the open internet, nothing inside.

A name is resolved once and the connection goes to that very address, so a name that turns
inward between check and call leads nowhere. Redirects are not followed.
"""

import socket
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from urllib.parse import urlsplit

import urllib3
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
MOST_ANSWER_BYTES = 2000
PORTS = {"https": 443, "http": 80}


class Unreachable(Exception):
    """The address could not be asked; the text says why."""


@dataclass(frozen=True)
class Answer:
    """What the other side said."""

    status: int
    text: str

    @property
    def is_good(self) -> bool:
        return HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES


def check(url: str) -> None:
    """Refuses what can be refused without asking the network."""
    parts = urlsplit(url)
    schemes = ("https", "http") if settings.WEBHOOKS_INSIDE else ("https",)
    if parts.scheme not in schemes or not parts.hostname:
        raise ValidationError(_("Địa chỉ phải bắt đầu bằng https://."))
    if parts.username or parts.password or parts.fragment:
        raise ValidationError(_("Địa chỉ không được chứa tên đăng nhập hay dấu #."))
    try:
        port = parts.port
        address = ip_address(parts.hostname)
    except ValueError:
        if not parts.hostname.isascii() or parts.hostname == "localhost":
            _refuse_inside()
        return
    if port == 0 or not address.is_global:
        _refuse_inside()


def _refuse_inside() -> None:
    if not settings.WEBHOOKS_INSIDE:
        raise ValidationError(_("Cổng không gửi tin tới địa chỉ trong mạng nội bộ."))


def resolve(host: str, port: int) -> str:
    """One address of the host; refused where any of its addresses lies inside."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(f"{host}: {error}") from error
    addresses = [str(each[4][0]) for each in found]
    if not settings.WEBHOOKS_INSIDE and not all(ip_address(a).is_global for a in addresses):
        raise Unreachable(f"{host}: not an address of the open internet")
    return addresses[0]


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Sends a body and reads the start of the answer; raises Unreachable where nobody answers."""
    check(url)
    parts = urlsplit(url)
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    pool = _pool(parts.scheme, resolve(host, port), port, host)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        response = pool.urlopen(
            "POST",
            path,
            body=body,
            headers={**headers, "Host": parts.netloc},
            redirect=False,
            retries=False,
            preload_content=False,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
        )
        text = response.read(MOST_ANSWER_BYTES).decode("utf-8", "replace")
        response.close()
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Unreachable(f"{type(error).__name__}: {error}") from error
    finally:
        pool.close()
    return Answer(status=response.status, text=text)


def _pool(scheme: str, address: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
    """A connection to the address that was checked, with the certificate of the name."""
    if scheme == "http":
        return urllib3.HTTPConnectionPool(address, port)
    return urllib3.HTTPSConnectionPool(
        address, port, server_hostname=host, assert_hostname=host, cert_reqs="CERT_REQUIRED"
    )
