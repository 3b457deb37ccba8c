"""The pace at which one address may use the public engine."""

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView


class EngineThrottle(SimpleRateThrottle):
    """Per address, logged in or not; counted in the process, so that counting costs no query."""

    scope = "engine"
    cache = caches["memory"]

    def get_cache_key(self, request: Request, view: APIView) -> str:  # noqa: ARG002 - the signature is the framework's
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
