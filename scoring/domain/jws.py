"""Signed texts: JSON Web Signatures in compact form with Ed25519 (RFC 7515, 7517, 7638, 8037).

Read strictly. Base64url has one spelling for each content here: a last sign with bits that nobody
reads would else be a byte that can be changed unnoticed.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from registry.domain.errors import RuleBroken
from registry.domain.text import term

ALGORITHM = "EdDSA"
PUBLIC_BYTES = 32
LONGEST = 100_000  # signs; a credential has about 3,000, a status list far less than the limit


@dataclass(frozen=True)
class Signed:
    """What a text says of itself, before anybody has checked its signature."""

    header: Mapping[str, Any]
    payload: Mapping[str, Any]
    signing_input: bytes
    signature: bytes

    @property
    def kid(self) -> str:
        return str(self.header.get("kid", ""))


def sign(
    payload: Mapping[str, Any], key: Ed25519PrivateKey, *, typ: str = "vc+jwt", cty: str = "vc"
) -> str:
    """The payload as a compact text, signed; the key is named by its thumbprint."""
    header = {"alg": ALGORITHM, "cty": cty, "kid": thumbprint(public_part(key)), "typ": typ}
    signing_input = f"{encode(_json(header))}.{encode(_json(payload))}"
    return f"{signing_input}.{encode(key.sign(signing_input.encode()))}"


def read(token: str) -> Signed:
    """The parts of a compact text; anything that is not exactly one is refused."""
    parts = token.strip().split(".")
    if len(token) > LONGEST or len(parts) != len(("header", "payload", "signature")):
        _malformed()
    header, payload = (_object(decode(part)) for part in parts[:2])
    if header.get("alg") != ALGORITHM or "crit" in header:
        raise RuleBroken(
            "credential.algorithm", term("Chứng thư không ký bằng thuật toán mà cổng dùng.")
        )
    return Signed(header, payload, f"{parts[0]}.{parts[1]}".encode(), decode(parts[2]))


def verify(token: str, keys: Sequence[Mapping[str, Any]]) -> Signed:
    """The text, after its signature was found to be of one of these public keys (JWK)."""
    signed = read(token)
    public = next((key for key in keys if signed.kid and key.get("kid") == signed.kid), None)
    if public is None:
        raise RuleBroken(
            "credential.unknown_key",
            term("Chứng thư ký bằng khóa không có trong danh sách khóa công bố của cổng."),
        )
    try:
        _public_key(public).verify(signed.signature, signed.signing_input)
    except InvalidSignature:
        raise RuleBroken(
            "credential.signature",
            term("Chữ ký không khớp: nội dung chứng thư đã bị thay đổi hoặc là giả."),
        ) from None
    return signed


def new_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


def public_part(key: Ed25519PrivateKey) -> str:
    """The public key as it stands in a JWK."""
    return encode(key.public_key().public_bytes_raw())


def thumbprint(x: str) -> str:
    """The name of a key, computed from the key itself (RFC 7638)."""
    canonical = f'{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}'
    return encode(hashlib.sha256(canonical.encode()).digest())


def public_jwk(x: str) -> dict[str, str]:
    """A public key as it is published."""
    return {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": x,
        "kid": thumbprint(x),
        "alg": ALGORITHM,
        "use": "sig",
    }


def encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The content of a base64url text in its one spelling."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        _malformed()
    if encode(content) != text:
        _malformed()
    return content


def _public_key(jwk: Mapping[str, Any]) -> Ed25519PublicKey:
    raw = decode(str(jwk.get("x", "")))
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519" or len(raw) != PUBLIC_BYTES:
        raise RuleBroken("credential.key", term("Khóa công bố không phải khóa Ed25519."))
    return Ed25519PublicKey.from_public_bytes(raw)


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _object(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        _malformed()
    if not isinstance(value, dict):
        _malformed()
    return value


def _malformed() -> NoReturn:
    raise RuleBroken(
        "credential.malformed",
        term("Đây không phải chứng thư điện tử của cổng, hoặc tệp bị cắt mất một phần."),
    )
