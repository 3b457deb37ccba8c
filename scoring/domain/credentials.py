"""The certificate as a signed credential, and how anybody checks one without asking the portal.

Shapes of the W3C: Verifiable Credentials 2.0 secured as JOSE (`vc+jwt`), Bitstring Status List 1.0,
and the controlled identifier of the issuer with its keys. What a check needs is the text itself,
the published keys, and the status lists as they were last fetched; the finding says of when they
are, because without a network nobody can know what was decided since.
"""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from registry.domain.clock import LEGAL_ZONE
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain import status_list
from scoring.domain.certificate_states import CertificateState, CertificateStatus
from scoring.domain.jws import verify
from scoring.domain.status_list import Purpose

CONTEXT = "https://www.w3.org/ns/credentials/v2"
CREDENTIAL = "OcopCertificate"
LIST = "BitstringStatusListCredential"
LIST_VALID_FOR = timedelta(hours=1)  # a list that is older is named as such
LIST_TTL_MS = 30_000
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Facts:
    """What a credential says, as it stands on the paper."""

    code: str
    certificate_id: int
    number: str
    product: str
    product_code: str
    product_set: str
    subject: str
    address: str
    stars: int
    authority: str
    decision: str
    decided_on: date
    issued_on: date
    valid_until: date
    pdf_sha256: str


@dataclass(frozen=True)
class Finding:
    """What a checked credential is worth, and of when the status is; None: no list was at hand."""

    payload: Json
    status: CertificateStatus
    status_of: datetime | None
    status_is_old: bool = False
    is_early: bool = False


def credential(facts: Facts, *, site: str) -> dict[str, Any]:
    """The credential of a certificate, ready to be signed."""
    page = f"{site}/xac-thuc/{facts.code}/"
    return {
        "@context": [CONTEXT, f"{site}/xac-thuc/chung-thu/ngu-canh.json"],
        "id": page,
        "type": ["VerifiableCredential", CREDENTIAL],
        "issuer": {"id": issuer_id(site), "name": facts.authority},
        "validFrom": _moment(facts.issued_on, time(0)),
        "validUntil": _moment(facts.valid_until, time(23, 59, 59)),
        "credentialSubject": {
            "type": "OcopProduct",
            "certificateNumber": facts.number,
            "certificateCode": facts.code,
            "productName": facts.product,
            "productCode": facts.product_code,
            "productSet": facts.product_set,
            "producer": facts.subject,
            "producerAddress": facts.address,
            "stars": facts.stars,
            "decision": facts.decision,
            "decidedOn": f"{facts.decided_on:%Y-%m-%d}",
        },
        "credentialStatus": _entries(facts.certificate_id, site),
        "relatedResource": [
            {
                "id": f"{page}giay-chung-nhan.pdf",
                "mediaType": "application/pdf",
                "digestSRI": _sri(facts.pdf_sha256),
            }
        ],
    }


def list_credential(
    purpose: Purpose, number: int, places: Sequence[int], *, site: str, at: datetime
) -> dict[str, Any]:
    """A status list, ready to be signed."""
    url = list_url(purpose, number, site)
    return {
        "@context": [CONTEXT],
        "id": url,
        "type": ["VerifiableCredential", LIST],
        "issuer": issuer_id(site),
        "validFrom": at.astimezone(LEGAL_ZONE).isoformat(timespec="seconds"),
        "validUntil": (at + LIST_VALID_FOR).astimezone(LEGAL_ZONE).isoformat(timespec="seconds"),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "encodedList": status_list.encoded(places),
            "ttl": LIST_TTL_MS,
        },
    }


def check(token: str, *, keys: Sequence[Json], lists: Sequence[str] = (), at: datetime) -> Finding:
    """What a credential is worth at a moment; a forged or foreign one raises RuleBroken.

    Decisions beat the clock, as on the verification page: what was revoked is revoked also after
    its term. A list that none of the keys signed is refused, not skipped.
    """
    payload = verify(token, keys).payload
    if CREDENTIAL not in _types(payload):
        raise RuleBroken(
            "credential.other_kind", term("Chứng thư này không phải giấy chứng nhận OCOP.")
        )
    starts, ends = _when(payload, "validFrom"), _when(payload, "validUntil")
    held = [verify(each, keys).payload for each in lists]
    state, status_of, is_old = _state(payload, held, at)
    status = CertificateStatus(state.value)
    if state is CertificateState.VALID and at > ends:
        status = CertificateStatus.EXPIRED
    return Finding(payload, status, status_of, is_old, is_early=at < starts)


def issuer_id(site: str) -> str:
    return f"{site}/.well-known/ocop-issuer.json"


def list_url(purpose: Purpose, number: int, site: str) -> str:
    return f"{site}/xac-thuc/trang-thai/{purpose.value}/{number}.jwt"


def controller(keys: Sequence[Json], *, site: str) -> dict[str, Any]:
    """The issuer with its keys (W3C Controlled Identifiers 1.0)."""
    me = issuer_id(site)
    methods = [
        {
            "id": f"{me}#{key['kid']}",
            "type": "JsonWebKey",
            "controller": me,
            "publicKeyJwk": dict(key),
        }
        for key in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/cid/v1"],
        "id": me,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def _entries(certificate_id: int, site: str) -> list[dict[str, str]]:
    number, index = status_list.place(certificate_id)
    urls = [(purpose, list_url(purpose, number, site)) for purpose in Purpose]
    return [
        {
            "id": f"{url}#{index}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose.value,
            "statusListIndex": str(index),
            "statusListCredential": url,
        }
        for purpose, url in urls
    ]


def _state(
    payload: Json, held: Sequence[Json], at: datetime
) -> tuple[CertificateState, datetime | None, bool]:
    """What the lists at hand say; the oldest that was needed tells of when the answer is."""
    found, moments, ends = CertificateState.VALID, [], []
    for entry in _list_of(payload, "credentialStatus"):
        of_entry = next((each for each in held if _is_list_of(each, entry)), None)
        if of_entry is None:
            continue
        moments.append(_when(of_entry, "validFrom"))
        ends.append(_when(of_entry, "validUntil"))
        index = str(entry.get("statusListIndex", ""))
        listed = str(of_entry["credentialSubject"].get("encodedList", ""))
        if not index.isascii() or not index.isdecimal():
            raise status_list.unreadable()
        if status_list.is_set(listed, int(index)) and found is CertificateState.VALID:
            found = Purpose(str(entry["statusPurpose"])).state
    whole = len(moments) == len(Purpose)
    return found, min(moments) if whole else None, whole and at > min(ends)


def _is_list_of(held: Json, entry: Json) -> bool:
    subject = held.get("credentialSubject")
    return (
        LIST in _types(held)
        and isinstance(subject, dict)
        and held.get("id") == entry.get("statusListCredential")
        and subject.get("statusPurpose") == entry.get("statusPurpose")
        and entry.get("statusPurpose") in set(Purpose)
    )


def _types(payload: Json) -> list[Any]:
    found = payload.get("type")
    return found if isinstance(found, list) else [found]


def _list_of(payload: Json, name: str) -> list[Json]:
    found = payload.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _when(payload: Json, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(str(payload.get(name, "")))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise RuleBroken("credential.dates", term("Chứng thư không ghi rõ thời hạn."))
    return moment


def _moment(day: date, hour: time) -> str:
    return datetime.combine(day, hour, tzinfo=LEGAL_ZONE).isoformat()


def _sri(sha256_hex: str) -> str:
    return "sha256-" + base64.b64encode(bytes.fromhex(sha256_hex)).decode()
