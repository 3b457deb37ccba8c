"""A rule's refusal becomes a page, or an answer of the API, in the reader's language."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import translation
from rest_framework.exceptions import NotAuthenticated, ParseError, Throttled, ValidationError

from ocop_portal.problems import answer_refusal
from ocop_portal.refusals import RefusalMiddleware, refusal_text
from registry.domain.errors import RuleBroken, Stale
from registry.domain.text import term
from tests.conftest import LogIn
from tests.factories import people

NOT_NOW = term("Không thể làm việc này khi đang ở trạng thái “%(state)s”.")


def test_refusal_is_translated_with_the_words_inside_it() -> None:
    refusal = RuleBroken("x.not_from_here", NOT_NOW, state=term("Bản nháp"))

    assert refusal_text(refusal) == "Không thể làm việc này khi đang ở trạng thái “Bản nháp”."
    with translation.override("en"):
        assert refusal_text(refusal) == "This cannot be done in the state “Draft”."


def test_words_with_a_small_letter_are_the_same_words() -> None:
    sentence = term("Theo %(decree)s, %(level)s không chấm điểm.")
    refusal = RuleBroken("x.level", sentence, decree="Quyết định 148", level="cấp huyện")

    with translation.override("en"):
        text = refusal_text(refusal)

    assert text == "Under Quyết định 148, the district level does not score."


def test_names_inside_a_refusal_are_left_alone() -> None:
    refusal = RuleBroken(
        "x.unknown", term("Không có bộ quy định mang mã “%(regime)s”."), regime="Chợ"
    )

    with translation.override("en"):
        assert refusal_text(refusal) == "There is no regime with the code “Chợ”."


@pytest.mark.django_db
def test_uncaught_refusal_is_a_page_that_says_why(rf: RequestFactory) -> None:
    def answer(_request: HttpRequest) -> HttpResponse:
        raise AssertionError

    middleware = RefusalMiddleware(answer)
    request = rf.get("/")
    page = middleware.process_exception(request, RuleBroken("x", NOT_NOW, state="Bản nháp"))

    assert page is not None
    assert page.status_code == 409
    assert "“Bản nháp”" in page.content.decode()
    assert middleware.process_exception(request, ValueError()) is None


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (RuleBroken("a.b", "Sai"), 409, {"code": "a.b", "message": "Sai", "field": ""}),
        (RuleBroken("a.b", "Sai", field="x"), 422, {"code": "a.b", "message": "Sai", "field": "x"}),
        (Stale("a.b", "Cũ", field="x"), 409, {"code": "a.b", "message": "Cũ", "field": "x"}),
        (PermissionDenied("Không"), 403, {"code": "forbidden", "message": "Không", "field": ""}),
        (
            Http404(),
            404,
            {
                "code": "not_found",
                "message": "Không tìm thấy, hoặc bạn không được xem.",
                "field": "",
            },
        ),
        (
            ValidationError({"x": ["Thiếu."]}),
            422,
            {"code": "invalid", "message": "Thiếu.", "field": "x"},
        ),
        (
            NotAuthenticated(),
            401,
            {"code": "not_authenticated", "message": "Cần đăng nhập.", "field": ""},
        ),
        (
            ParseError(),
            400,
            {"code": "parse_error", "message": "Không đọc được yêu cầu.", "field": ""},
        ),
    ],
)
def test_api_has_one_shape_for_every_refusal(
    error: Exception, status: int, body: dict[str, str]
) -> None:
    answer = answer_refusal(error, {})

    assert answer is not None
    assert answer.content_type == "application/problem+json"
    assert (answer.status_code, answer.data["status"]) == (status, status)
    assert {name: answer.data[name] for name in body} == body
    assert set(answer.data) == {"type", "title", "status", "detail", "code", "message", "field"}


def test_a_throttled_caller_is_told_when_to_come_back() -> None:
    answer = answer_refusal(Throttled(wait=12), {})

    assert answer is not None
    assert (answer.status_code, answer["Retry-After"]) == (429, "12")


def test_an_error_that_is_no_refusal_stays_an_error() -> None:
    assert answer_refusal(ValueError(), {}) is None


@pytest.mark.django_db
def test_who_may_not_do_it_reads_why_and_where_to_go(log_in: LogIn) -> None:
    lan = people.person("Lan", "lan@ocop.example")

    page = log_in(lan).get("/thong-bao/hop-thu-di/cong-tac/")

    assert page.status_code == 403
    assert "Chỉ người quản trị được gửi lại hoặc tắt thư." in page.content.decode()
