"""A day's head of the journal: signed, published, read back; what is no head is refused."""

import json
from datetime import date

import pytest

from registry.domain.errors import RuleBroken
from scoring.domain import jws
from scoring.domain.journal_heads import TYPE, Head, head_in, heads_in, payload

SITE = "https://ocop.example.vn"
KEY, OTHER = jws.new_key(), jws.new_key()
KEYS = [jws.public_jwk(jws.public_part(KEY))]
HEAD = Head(date(2026, 11, 20), 4032, "ab" * 32)
TOLD = {"day": "2026-11-20", "number": 4032, "hash": "ab" * 32}


def signed(head: Head = HEAD, *, typ: str = TYPE) -> str:
    return jws.sign(payload(head, site=SITE), KEY, typ=typ)


def test_payload_says_whose_journal_which_day_and_how_much() -> None:
    assert payload(HEAD, site=SITE) == {"iss": SITE, **TOLD}


def test_signed_head_is_read_with_and_without_its_key() -> None:
    assert head_in(signed()) == HEAD
    assert head_in(signed(), KEYS) == HEAD


def test_head_signed_by_somebody_else_is_refused_where_keys_are_known() -> None:
    with pytest.raises(RuleBroken):
        head_in(jws.sign(payload(HEAD, site=SITE), OTHER, typ=TYPE), KEYS)


@pytest.mark.parametrize(
    "token",
    [
        signed(typ="vc+jwt"),
        jws.sign({"iss": SITE}, KEY, typ=TYPE),
        jws.sign({**TOLD, "day": "hôm nay"}, KEY, typ=TYPE),
        jws.sign({**TOLD, "number": "nhiều"}, KEY, typ=TYPE),
    ],
)
def test_another_text_of_the_portals_own_key_is_no_head(token: str) -> None:
    with pytest.raises(RuleBroken, match=r"journal_head\.malformed"):
        head_in(token)


def test_file_is_one_signed_text_or_the_published_list() -> None:
    assert list(heads_in(signed())) == [HEAD]
    assert list(heads_in(json.dumps({"heads": [TOLD, {**TOLD, "number": 1}]}))) == [
        HEAD,
        Head(HEAD.day, 1, HEAD.hash),
    ]


@pytest.mark.parametrize("text", ["{", "{}", '{"heads": 1}', '{"heads": [{}]}'])
def test_file_that_is_cut_off_or_another_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken, match=r"journal_head\.malformed"):
        list(heads_in(text))
