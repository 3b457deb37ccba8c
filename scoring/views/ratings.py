"""The page of a result: the figures and what follows, never a member's sheet."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ocop_portal.accounts.people import signed_in
from ocop_portal.journal.selectors import history_of
from registry.domain.clock import legal_day
from registry.domain.regime import Below
from registry.selectors import regime
from scoring import permissions
from scoring.forms import LowerChoiceForm
from scoring.models import Rating
from scoring.selectors.complaints import last_day_for, visible_complaints
from scoring.selectors.explanations import explanation_of
from scoring.selectors.ratings import visible_ratings
from scoring.selectors.rubrics import rubric_of
from scoring.services import ratings, result_papers
from scoring.views.rating_panels import beside_rating


@login_required
@require_safe
def rating_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Mean, band, star, parts, shut gates, and what happens next."""
    user, on = signed_in(request), legal_day(timezone.now())
    rating = get_object_or_404(visible_ratings(user, on), pk=pk)
    waits = rating.below == Below.LOWER_CHOOSES and not hasattr(rating, "lower_choice")
    may_choose = permissions.may_choose_after(user, rating, on=on) if waits else None
    context = {
        "rating": rating,
        "product": rating.dossier.enrolment.product,
        "held_back": gate_rows(rating),
        "choice": getattr(rating, "lower_choice", None),
        "may_choose": may_choose,
        "form": LowerChoiceForm() if may_choose else None,
        "law": regime(rating.regime),
        "explanation": explanation_of(rating),
        "remark": getattr(rating, "remark", None),
        "may_write_remark": permissions.may_write_remark(user, rating, on=on),
        "may_approve_remark": permissions.may_approve_remark(user, rating, on=on),
        "complaints": visible_complaints(user, on).filter(rating=rating),
        "may_complain": permissions.may_complain(user, rating, on=on),
        "complaint_until": last_day_for(rating),
        "today": on,
        "history": history_of(rating, names_people=False),  # a council is read by its result
        **beside_rating(rating, user, on=on),
    }
    return render(request, "scoring/rating_detail.html", context)


@login_required
@require_safe
def rating_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The result as a sheet of paper, made when it is asked for."""
    user, on = signed_in(request), legal_day(timezone.now())
    rating = get_object_or_404(visible_ratings(user, on), pk=pk)
    answer = HttpResponse(result_papers.result_sheet(rating), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="ket-qua-{rating.pk}.pdf"'
    return answer


@login_required
@require_POST
def rating_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The lower level's lawful choice after a higher council's result."""
    user, at = signed_in(request), timezone.now()
    rating = get_object_or_404(visible_ratings(user, legal_day(at)), pk=pk)
    form = LowerChoiceForm(request.POST)
    if form.is_valid():
        ratings.choose_after(rating, by=user, at=at, **form.cleaned_data)
        messages.success(request, _("Đã ghi nhận cách xử lý."))
    else:
        messages.error(request, _("Hãy chọn một trong hai cách xử lý."))
    return redirect(rating)


def gate_rows(rating: Rating) -> list[tuple[str, str, int]]:
    """The gates in the way: criterion, its name, the star."""
    by_code = rubric_of(rating.edition).by_code
    return [(code, by_code[code].name, star) for code, star in rating.held_back_by]
