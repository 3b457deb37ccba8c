"""What may be shown, by status."""

import pytest

from promotion.domain.catalogue import (
    STATES_WITH_PAGE,
    Order,
    Validity,
    has_page,
    is_listed,
    is_offered,
    words_of,
)
from promotion.domain.stars import MEANINGS, RECOGNISED
from scoring.domain.certificate_states import CertificateState, CertificateStatus


@pytest.mark.parametrize(
    ("status", "offered", "listed", "page"),
    [
        (CertificateStatus.VALID, True, True, True),
        (CertificateStatus.EXPIRED, False, True, True),
        (CertificateStatus.SUSPENDED, False, False, True),
        (CertificateStatus.REVOKED, False, False, False),
        (CertificateStatus.SUPERSEDED, False, False, False),
    ],
)
def test_what_is_shown_of_a_status(
    status: CertificateStatus, *, offered: bool, listed: bool, page: bool
) -> None:
    assert (is_offered(status), is_listed(status), has_page(status)) == (offered, listed, page)


def test_stored_states_with_a_page_are_those_the_rule_names() -> None:
    allowed = {state for state in CertificateState if has_page(CertificateStatus(state.value))}

    assert allowed == STATES_WITH_PAGE


def test_every_status_has_its_own_sentence_and_icon() -> None:
    found = [words_of(status) for status in CertificateStatus]

    assert len({words.icon for words in found}) == len(CertificateStatus)
    assert len({words.meaning for words in found}) == len(CertificateStatus)


def test_filters_name_their_choices() -> None:
    assert Validity.ALL.statuses == {CertificateStatus.VALID, CertificateStatus.EXPIRED}
    assert Validity.VALID.statuses == {CertificateStatus.VALID}
    assert dict(Validity.choices())["expired"] == "Đã hết hạn"
    assert dict(Order.choices())["name"] == "Theo tên"


def test_meaning_is_given_for_each_recognised_star() -> None:
    assert RECOGNISED == (3, 4, 5)
    assert all(MEANINGS.values())
