"""The pace at which one address may use the public engine."""

from typing import Any

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from ocop_portal.web.limits import note_limit


class EngineThrottle(SimpleRateThrottle):
    """So many calls a minute per address, logged in or not.

    Calls are counted, not listed, and in the process: at thousands a minute a list of moments
    would cost more than the evaluation itself.
    """

    scope = "engine"
    num_requests: int
    duration: int

    def allow_request(self, request: Request, view: APIView) -> bool:  # noqa: ARG002 - as inherited
        window = int(self.timer()) // self.duration
        count = self._count(f"engine:{self.get_ident(request)}:{window}")
        note_limit(request, self.num_requests, count, self.wait())
        return count <= self.num_requests

    def wait(self) -> float:
        """Seconds to the next minute, when counting begins anew."""
        return float(self.duration - int(self.timer()) % self.duration)

    def _count(self, key: str) -> int:
        memory: Any = caches["memory"]
        if memory.add(key, 1, timeout=2 * self.duration):
            return 1
        try:
            return int(memory.incr(key))
        except ValueError:  # the memory was full and let go of the count
            return 1
