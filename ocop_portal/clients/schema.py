"""Teaches the schema how a token is sent."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # registers itself
    """`Authorization: Bearer ocop_…`."""

    target_class = "ocop_portal.clients.access.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:  # noqa: ARG002 - the framework's signature
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token made on the page “Phần mềm kết nối” of an account.",
        }
