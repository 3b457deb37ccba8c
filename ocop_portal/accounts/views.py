"""A person's own account."""

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST


@require_POST
def keep_alive(request: HttpRequest) -> JsonResponse:
    """Counts as somebody being there; says how many seconds are left, or 401 when it is over."""
    if not request.user.is_authenticated:
        return JsonResponse({"seconds_left": 0}, status=401)
    return JsonResponse({"seconds_left": settings.IDLE_LIMIT_SECONDS})
