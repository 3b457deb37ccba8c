import json
from typing import Any

import pytest
from django.test import Client

from scoring.api.throttles import EngineThrottle
from scoring.selectors.rubrics import rubric_of
from tests.factories.rubrics import edition
from tests.scoring.domain.tables import best

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TEA = "/api/v1/rubrics/2026/11/"
EVALUATE = TEA + "evaluate/"


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def choices() -> dict[str, str | None]:
    """The tea rubric of 2026 answered with the best option throughout."""
    return best(rubric_of(edition("2026", 11)))


def post(client: Client, url: str, body: Any) -> tuple[int, Any]:
    answer = client.post(url, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_list_is_unpaged_and_open_to_all(client: Client) -> None:
    edition("2026", 11)
    edition("2019", 26)

    answer = client.get("/api/v1/rubrics/")

    assert answer.status_code == 200
    assert answer.json() == [
        {"regime": "2019", "set": 26, "name": "Gạo, ngũ cốc", "status": "draft"},
        {"regime": "2026", "set": 11, "name": "Chè tươi, chè chế biến", "status": "published"},
    ]


def test_list_asks_once_for_one_set_and_for_many(
    client: Client, django_assert_num_queries: Any
) -> None:
    edition("2026", 11)
    with django_assert_num_queries(1):
        client.get("/api/v1/rubrics/")

    for number in (1, 2, 3):
        edition("2026", number)
    with django_assert_num_queries(1):
        assert len(client.get("/api/v1/rubrics/").json()) == 4


def test_detail_shows_parts_sections_criteria_options(client: Client) -> None:
    found = edition("2026", 11)

    body = client.get(TEA).json()

    assert {key: body[key] for key in ("regime", "set", "name", "edition", "status")} == {
        "regime": "2026",
        "set": 11,
        "name": "Chè tươi, chè chế biến",
        "edition": found.content_hash,
        "status": "published",
    }
    assert [(part["code"], part["max"]) for part in body["parts"]] == [
        ("A", 40),
        ("B", 25),
        ("C", 35),
    ]
    first = body["parts"][0]["sections"][0]
    assert (first["code"], first["name"], first["max"]) == ("1", "Tổ chức sản xuất", 18)
    assert first["criteria"][0] == {
        "code": "1.1",
        "name": "Nguồn nguyên liệu",
        "max": 3,
        "options": [
            {
                "id": f"2026.11/1.1/{key}",
                "points": points,
                "label": label,
                "case": None,
                "min_for_star": star,
            }
            for key, points, label, star in (
                ("a", 1, "Có nguyên liệu trong tỉnh, chiếm dưới 50%", None),
                ("b", 2, "Nguyên liệu trong tỉnh chiếm từ 50% đến dưới 75%", 3),
                ("c", 3, "Nguyên liệu trong tỉnh chiếm từ 75% đến 100%", None),
            )
        ],
    }
    assert body["exclusions"][0] == {"id": "2026.11/x1", "text": "Hồ sơ giả mạo"}
    assert body["stop_rules"][0]["id"] == "2026.11/1.1/r1"
    assert body["unverified"] == ["2026.11/2.4/a", "2026.11/2.4/b"]
    assert body["faults"] == []


def test_detail_of_cases_names_them(client: Client) -> None:
    edition("2026", 26)

    body = client.get("/api/v1/rubrics/2026/26/").json()

    assert body["cases"]["15"] == [
        "Dịch vụ do cộng đồng cung cấp",
        "Dịch vụ do tổ chức, cá nhân cung cấp",
    ]


def test_detail_of_a_draft_says_what_is_wrong(client: Client) -> None:
    edition("2019", 26)

    body = client.get("/api/v1/rubrics/2019/26/").json()

    assert (body["status"], body["parts"]) == ("draft", [])
    assert body["faults"] == ["Chưa có dữ liệu tiêu chí."]


@pytest.mark.parametrize("path", ["2026/99/", "2023/1/", "1999/1/", "2026/99/evaluate/"])
def test_an_unknown_set_is_not_found(client: Client, path: str) -> None:
    url = f"/api/v1/rubrics/{path}"

    answer = (
        client.post(url, {"choices": {}}, content_type="application/json")
        if path.endswith("evaluate/")
        else client.get(url)
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_evaluate_a_complete_sheet(client: Client, choices: dict[str, str | None]) -> None:
    status, body = post(client, EVALUATE, {"choices": choices})

    assert status == 200
    gates = body.pop("gates")
    assert body == {
        "complete": True,
        "missing": [],
        "parts": {"A": 40, "B": 25, "C": 35},
        "total": 100,
        "band": 5,
        "stars": 5,
        "stopped_by": [],
        "zeroed": [],
    }
    assert gates[0] == {
        "criterion": "1.1",
        "star": 3,
        "min_points": 2,
        "points": 3,
        "met": True,
    }
    assert len(gates) == 23


def test_evaluate_with_a_shut_gate(client: Client, choices: dict[str, str | None]) -> None:
    _status, body = post(client, EVALUATE, {"choices": choices | {"3.5": None}})

    assert (body["total"], body["band"], body["stars"]) == (97, 5, None)


def test_evaluate_an_incomplete_sheet(client: Client) -> None:
    edition("2026", 11)

    status, body = post(client, EVALUATE, {"choices": {"1.1": "2026.11/1.1/b", "1.2": None}})

    assert status == 200
    assert (body["complete"], body["total"], body["band"], body["stars"]) == (False, 2, None, None)
    assert len(body["missing"]) == 30
    assert "1.2" not in body["missing"]


def test_evaluate_without_a_story(client: Client, choices: dict[str, str | None]) -> None:
    _status, body = post(client, EVALUATE, {"choices": choices | {"5.1": "2026.11/5.1/a"}})

    assert (body["zeroed"], body["parts"]["B"]) == (["5.2"], 18)


@pytest.mark.parametrize("finding", ["2026.11/x2", "2026.11/1.1/r1", "2026.11/6.1.1/r1"])
def test_evaluate_with_a_finding_that_ends_it(
    client: Client, choices: dict[str, str | None], finding: str
) -> None:
    status, body = post(client, EVALUATE, {"choices": choices, "findings": [finding]})

    assert (status, body["stopped_by"], body["stars"]) == (200, [finding], None)


def test_a_plan_names_the_smallest_changes_to_the_next_star(
    client: Client, choices: dict[str, str | None]
) -> None:
    _status, body = post(
        client, EVALUATE, {"choices": choices | {"3.5": "2026.11/3.5/a"}, "plan": True}
    )

    assert body["plans"] == [
        {
            "changes": [
                {
                    "criterion": "3.5",
                    "from": "2026.11/3.5/a",
                    "to": "2026.11/3.5/b",
                    "points_gained": 1,
                }
            ],
            "total": 99,
            "stars": 5,
        }
    ]
    assert (body["plan_target"], body["plans_more"]) == (4, 0)


def test_a_plan_from_nothing_reaches_three_stars_and_from_the_best_there_is_none(
    client: Client, choices: dict[str, str | None]
) -> None:
    _status, empty = post(client, EVALUATE, {"choices": {}, "plan": True})
    _status, full = post(client, EVALUATE, {"choices": choices, "plan": True})

    assert {(each["total"], each["stars"]) for each in empty["plans"]} == {(50, 3)}
    assert len(empty["plans"]) == 20
    assert empty["plans_more"] > 0
    assert (full["plans"], full["plan_target"]) == ([], None)


def test_each_plan_is_what_the_engine_says_of_the_changed_sheet(client: Client) -> None:
    table = rubric_of(edition("2026", 11))
    start: dict[str, str | None] = dict.fromkeys(table.by_code, None)

    _status, body = post(client, EVALUATE, {"choices": start, "plan": True})

    for plan in body["plans"]:
        changed = start | {each["criterion"]: each["to"] for each in plan["changes"]}
        after = post(client, EVALUATE, {"choices": changed})[1]
        assert (after["total"], after["stars"]) == (plan["total"], plan["stars"])


def test_no_plan_is_made_unless_asked_for(client: Client, choices: dict[str, str | None]) -> None:
    assert "plans" not in post(client, EVALUATE, {"choices": choices})[1]
    assert "plans" not in post(client, EVALUATE, {"choices": choices, "plan": False})[1]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"choices": {}, "plan": "có"}, "plan"),
        ({"choices": {}, "plan": 1}, "plan"),
        ({}, "choices"),
        ([], "choices"),
        ({"choices": None}, "choices"),
        ({"choices": ["1.1"]}, "choices"),
        ({"choices": {"9.9": None}}, "choices.9.9"),
        ({"choices": {"1.1": "2026.11/1.2/a"}}, "choices.1.1"),
        ({"choices": {"1.1": "2026.12/1.1/a"}}, "choices.1.1"),
        ({"choices": {"1.1": 3}}, "choices.1.1"),
        ({"choices": {}, "findings": "2026.11/x1"}, "findings"),
        ({"choices": {}, "findings": ["2026.12/x1"]}, "findings"),
        ({"choices": {}, "findings": None}, "findings"),
        ({"choices": {}, "findings": {"2026.11/x1": True}}, "findings"),
        ({"choices": {}, "findings": [1]}, "findings"),
        ({"choices": {}, "findings": [["2026.11/x1"]]}, "findings"),
        ({"choices": {}, "findngs": ["2026.11/x1"]}, "findngs"),
        ({"choices": {}, "plan": None}, "plan"),
        ({"choices": {"1.1": True}}, "choices.1.1"),
        ({"choices": {"1.1": ["2026.11/1.1/a"]}}, "choices.1.1"),
        ({"choices": {"1.1": {"id": "2026.11/1.1/a"}}}, "choices.1.1"),
        ({"choices": {"1.1": ""}}, "choices.1.1"),
        ({"choices": {"": None}}, "choices."),
        ({"choices": {" 1.1": None}}, "choices. 1.1"),
        ({"choices": {"e\u0301": None}}, "choices.e\u0301"),
        ({"choices": {"\0": None}}, "choices.\0"),
        ({"choices": {"9" * 100_000: None}}, "choices." + "9" * 12),
        (None, "choices"),
        ("choices", "choices"),
        (3, "choices"),
    ],
)
def test_evaluate_refuses_what_cannot_be(client: Client, body: Any, field: str) -> None:
    edition("2026", 11)

    status, refusal = post(client, EVALUATE, json.dumps(body))

    assert (status, refusal["field"]) == (422, field)
    assert {"code", "message", "field"} <= set(refusal)
    assert len(refusal["message"]) < 200


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"choices": NaN}',
        b'\xff{"choices": {}}',
        b'{"choices": {"\\ud800": null}}',
        b'{"choices": {"1.1": "\\ud800"}}',
        b"[" * 100_000 + b"]" * 100_000,
        b'{"choices":' * 50_000 + b"1" + b"}" * 50_000,
    ],
    ids=["half", "no number", "no text", "half a code", "half an id", "deep list", "deep object"],
)
def test_evaluate_refuses_what_is_not_json(client: Client, body: bytes) -> None:
    edition("2026", 11)

    status, refusal = post(client, EVALUATE, body)

    assert (status, refusal["code"]) == (400, "parse_error")
    assert refusal["message"].startswith("Nội dung gửi lên không phải JSON hợp lệ: dòng 1, cột ")


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"choices=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
        (b"--x--", "multipart/form-data; boundary=x", 415, "unsupported_media_type"),
        (b"<choices/>", "text/xml", 415, "unsupported_media_type"),
        (b'{"x": "' + b"a" * 3_000_000 + b'"}', "application/json", 413, "too_large"),
    ],
    ids=["form", "files", "xml", "too large"],
)
def test_evaluate_refuses_other_kinds_and_sizes(
    client: Client, body: bytes, kind: str, status: int, code: str
) -> None:
    edition("2026", 11)

    answer = client.post(EVALUATE, body, content_type=kind)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_evaluate_by_a_draft_is_a_conflict(client: Client) -> None:
    edition("2019", 22)

    status, body = post(client, "/api/v1/rubrics/2019/22/evaluate/", {"choices": {}})

    assert (status, body["code"], body["field"]) == (409, "rubric.draft", "")


def test_evaluate_asks_the_database_once(
    client: Client, choices: dict[str, str | None], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        post(client, EVALUATE, {"choices": choices})


def test_the_pace_of_one_address_is_three_thousand_a_minute_or_more() -> None:
    throttle = EngineThrottle()

    assert (throttle.num_requests, throttle.duration) == (6000, 60)


def test_an_address_beyond_its_pace_is_asked_to_wait(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EngineThrottle, "THROTTLE_RATES", {"engine": "2/min"})
    monkeypatch.setattr(EngineThrottle, "timer", lambda _self: 1_000_000_010.0)

    answers = [client.get("/api/v1/rubrics/") for _ in range(3)]
    elsewhere = client.get("/api/v1/rubrics/", REMOTE_ADDR="203.0.113.7")

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "10"
    assert answers[2].json()["code"] == "throttled"
    assert elsewhere.status_code == 200
