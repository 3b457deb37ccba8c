"""Credentials: signed here, checked here and by another library; what is changed is noticed."""

import gzip
from datetime import date, datetime, timedelta
from typing import Any

import jwt
import pytest

from registry.domain.clock import LEGAL_ZONE
from registry.domain.errors import RuleBroken
from scoring.domain import jws, status_list
from scoring.domain.certificate_states import CertificateStatus
from scoring.domain.credentials import (
    Facts,
    check,
    controller,
    credential,
    list_credential,
)
from scoring.domain.status_list import Purpose

SITE = "https://ocop.example.vn"
KEY, OTHER = jws.new_key(), jws.new_key()
KEYS = [jws.public_jwk(jws.public_part(KEY))]
NOON = datetime(2026, 11, 20, 12, tzinfo=LEGAL_ZONE)
FACTS = Facts(
    code="0123456789AC",
    certificate_id=131_077,
    number="0001/2026/GCN-OCOP",
    product="Chè Tân Cương",
    product_code="19-05485-1-2026",
    product_set="Chè tươi, chè chế biến",
    subject="Hợp tác xã chè",
    address="Xã Tân Cương",
    stars=4,
    authority="Ủy ban nhân dân tỉnh Thái Nguyên",
    decision="12/QĐ-UBND",
    decided_on=date(2026, 3, 2),
    issued_on=date(2026, 3, 2),
    valid_until=date(2029, 3, 2),
    pdf_sha256="ab" * 32,
)


def token(**changed: Any) -> str:
    return jws.sign({**credential(FACTS, site=SITE), **changed}, KEY)


def lists(*places: tuple[Purpose, int], at: datetime = NOON, number: int = 1) -> list[str]:
    return [
        jws.sign(
            list_credential(
                purpose,
                number,
                [index for set_for, index in places if set_for is purpose],
                site=SITE,
                at=at,
            ),
            KEY,
        )
        for purpose in Purpose
    ]


def refusal(text: str, **given: Any) -> str:
    with pytest.raises(RuleBroken) as caught:
        check(text, **{"keys": KEYS, "at": NOON, **given})
    return caught.value.code


def test_credential_when_untouched_then_valid_as_of_the_lists() -> None:
    found = check(token(), keys=KEYS, lists=lists(), at=NOON)

    assert found.status is CertificateStatus.VALID
    assert found.status_of == NOON
    assert (found.status_is_old, found.is_early) == (False, False)
    assert found.payload["credentialSubject"]["productName"] == "Chè Tân Cương"


def test_credential_when_read_by_another_library_then_its_signature_holds() -> None:
    key = jwt.PyJWK(KEYS[0])

    payload = jwt.decode(token(), key, algorithms=["EdDSA"])
    header = jwt.get_unverified_header(token())

    assert payload["id"] == f"{SITE}/xac-thuc/0123456789AC/"
    assert payload["validUntil"] == "2029-03-02T23:59:59+07:00"
    assert (header["typ"], header["cty"]) == ("vc+jwt", "vc")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(token(), jwt.PyJWK(jws.public_jwk(jws.public_part(OTHER))), ["EdDSA"])


@pytest.mark.exhaustive
def test_credential_when_any_one_byte_is_changed_then_refused() -> None:
    text = token()
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."
    passed = []
    for place, sign in enumerate(text):
        other = signs[(signs.index(sign) + 1) % len(signs)]
        try:
            check(f"{text[:place]}{other}{text[place + 1 :]}", keys=KEYS, at=NOON)
        except RuleBroken:
            continue
        passed.append(place)

    assert passed == []


def test_credential_when_spare_bits_of_the_last_sign_differ_then_refused() -> None:
    text = token()
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    twin = text[:-1] + signs[signs.index(text[-1]) ^ 1]

    assert refusal(twin) == "credential.malformed"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "credential.malformed"),
        ("a.b", "credential.malformed"),
        ("e30.e30.AA", "credential.algorithm"),
        ("W10.e30.AA", "credential.malformed"),
        ("%%%.e30.AA", "credential.malformed"),
        (f"{'[' * 9000}.e30.AA", "credential.malformed"),
        ("x" * 200_000, "credential.malformed"),
        (jws.encode(b"\xff\xfe") + ".e30.AA", "credential.malformed"),
        (jws.encode(b"[" * 60_000) + ".e30.AA", "credential.malformed"),
        (jws.encode(b'{"alg":"none"}') + ".e30.AA", "credential.algorithm"),
        (jws.encode(b'{"alg":"EdDSA","crit":["x"]}') + ".e30.AA", "credential.algorithm"),
        (jws.encode(b'{"alg":"EdDSA"}') + ".e30.AA", "credential.unknown_key"),
    ],
)
def test_text_when_no_credential_then_refused_in_its_own_words(text: str, code: str) -> None:
    assert refusal(text) == code


def test_credential_when_signed_by_another_key_then_refused() -> None:
    forged = jws.sign(credential(FACTS, site=SITE), OTHER)
    head, body, _signature = forged.split(".")
    named_like_ours = [{**jws.public_jwk(jws.public_part(KEY)), "kid": jws.read(forged).kid}]

    assert refusal(forged) == "credential.unknown_key"
    assert refusal(forged, keys=named_like_ours) == "credential.signature"
    assert refusal(f"{head}.{body}.") in {"credential.signature", "credential.unknown_key"}


@pytest.mark.parametrize(
    "key", [{"kty": "RSA"}, {"kty": "OKP", "crv": "Ed25519", "x": "AA"}, {"kty": "OKP"}]
)
def test_key_when_not_of_the_kind_then_refused(key: dict[str, str]) -> None:
    kid = jws.read(token()).kid

    assert refusal(token(), keys=[{**key, "kid": kid}]) == "credential.key"


def test_credential_when_key_was_rotated_then_the_old_one_still_verifies() -> None:
    both = [jws.public_jwk(jws.public_part(OTHER)), *KEYS]

    assert check(token(), keys=both, at=NOON).status is CertificateStatus.VALID


@pytest.mark.parametrize(
    ("purpose", "status"),
    [
        (Purpose.REVOCATION, CertificateStatus.REVOKED),
        (Purpose.SUSPENSION, CertificateStatus.SUSPENDED),
        (Purpose.REFRESH, CertificateStatus.SUPERSEDED),
    ],
)
def test_list_when_the_bit_is_set_then_the_status_follows(
    purpose: Purpose, status: CertificateStatus
) -> None:
    neighbours = lists((purpose, 4), (purpose, 6))
    ours = lists((purpose, 5))

    assert check(token(), keys=KEYS, lists=neighbours, at=NOON).status is CertificateStatus.VALID
    assert check(token(), keys=KEYS, lists=ours, at=NOON).status is status
    later = NOON + timedelta(days=2000)
    assert check(token(), keys=KEYS, lists=ours, at=later).status is status


def test_list_when_missing_old_or_of_others_then_the_finding_says_so() -> None:
    without = check(token(), keys=KEYS, at=NOON)
    partly = check(token(), keys=KEYS, lists=lists()[:2], at=NOON)
    others = check(token(), keys=KEYS, lists=lists((Purpose.REVOCATION, 5), number=2), at=NOON)
    old = check(token(), keys=KEYS, lists=lists(at=NOON - timedelta(hours=2)), at=NOON)

    assert [each.status_of for each in (without, partly, others)] == [None] * 3
    assert others.status is CertificateStatus.VALID
    assert old.status_is_old
    assert old.status_of == NOON - timedelta(hours=2)


def test_list_when_forged_then_refused() -> None:
    listed = list_credential(Purpose.REVOCATION, 1, [], site=SITE, at=NOON)

    assert refusal(token(), lists=[jws.sign(listed, OTHER)]) == "credential.unknown_key"


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "zAAAA",
        "u!!",
        "uAAAA",
        "u" + jws.encode(gzip.compress(b"short")),
        "u" + jws.encode(gzip.compress(bytes(50_000_000))),
    ],
)
def test_list_when_unreadable_then_refused(encoded: str) -> None:
    listed = list_credential(Purpose.REVOCATION, 1, [], site=SITE, at=NOON)
    listed["credentialSubject"]["encodedList"] = encoded

    found = refusal(token(), lists=[jws.sign(listed, KEY)])

    assert found in {"status_list.malformed", "credential.malformed"}


@pytest.mark.parametrize("index", ["-1", "x", "131072", "٣"])
def test_entry_when_its_place_is_no_place_then_refused(index: str) -> None:
    entries = [
        {**entry, "statusListIndex": index}
        for entry in credential(FACTS, site=SITE)["credentialStatus"]
    ]

    assert refusal(token(credentialStatus=entries), lists=lists()) == "status_list.malformed"


@pytest.mark.parametrize(
    ("at", "status", "is_early"),
    [
        (datetime(2026, 3, 1, 23, 59, 59, tzinfo=LEGAL_ZONE), CertificateStatus.VALID, True),
        (datetime(2026, 3, 2, 0, 0, tzinfo=LEGAL_ZONE), CertificateStatus.VALID, False),
        (datetime(2029, 3, 2, 23, 59, 59, tzinfo=LEGAL_ZONE), CertificateStatus.VALID, False),
        (datetime(2029, 3, 3, 0, 0, tzinfo=LEGAL_ZONE), CertificateStatus.EXPIRED, False),
        (datetime(9999, 1, 1, tzinfo=LEGAL_ZONE), CertificateStatus.EXPIRED, False),
    ],
)
def test_clock_when_at_the_edges_then_the_legal_day_counts(
    at: datetime, status: CertificateStatus, is_early: bool
) -> None:
    found = check(token(), keys=KEYS, at=at)

    assert (found.status, found.is_early) == (status, is_early)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"type": ["VerifiableCredential"]}, "credential.other_kind"),
        ({"type": "OcopCertificate", "validFrom": "soon"}, "credential.dates"),
        ({"validUntil": "2029-03-02T23:59:59"}, "credential.dates"),
        ({"validUntil": None}, "credential.dates"),
    ],
)
def test_credential_when_signed_but_of_another_shape_then_refused(
    changed: dict[str, Any], code: str
) -> None:
    assert refusal(token(**changed)) == code


def test_credential_when_it_names_no_lists_then_its_status_is_unknown() -> None:
    found = check(token(credentialStatus="none"), keys=KEYS, lists=lists(), at=NOON)

    assert found.status_of is None


def test_controller_when_published_then_every_key_asserts() -> None:
    document = controller(KEYS, site=SITE)

    assert document["id"] == credential(FACTS, site=SITE)["issuer"]["id"]
    assert document["assertionMethod"] == [f"{document['id']}#{KEYS[0]['kid']}"]
    assert document["verificationMethod"][0]["publicKeyJwk"] == KEYS[0]


def test_thumbprint_when_computed_then_as_the_standard_prints_it() -> None:
    # RFC 8037, Appendix A.3.
    x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

    assert jws.thumbprint(x) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_place_when_the_first_list_is_full_then_the_next_begins() -> None:
    assert [status_list.place(number) for number in (1, 131_071, 131_072)] == [
        (0, 1),
        (0, 131_071),
        (1, 0),
    ]
