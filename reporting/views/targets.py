"""The programme's targets for everybody: figure, aim, and what was counted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.filters import TargetFilter, today
from reporting.selectors import targets


@require_safe
def target_table(request: HttpRequest) -> HttpResponse:
    """Every indicator of a programme as of a day, for the country or one province."""
    chosen = TargetFilter(request.GET, request=request)
    is_understood = chosen.form.is_valid()
    programme, province = chosen.programme, chosen.place
    context = {
        "form": chosen.form,
        "is_understood": is_understood,
        "programme": programme,
        "province": province,
        "on": chosen.on,
        "is_over": programme.is_over(chosen.on),
        "rows": targets.progress(programme, on=chosen.on, today=today(), province=province),
    }
    return render(request, "reporting/targets.html", context)
