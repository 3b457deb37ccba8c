"""What a browser asked for has a name, whatever the order of its words."""

from dataclasses import replace
from uuid import UUID

from scoring.domain.receipt import Sending


def test_the_same_request_has_the_same_name_and_another_act_another() -> None:
    sent = Sending(UUID(int=1), "save", {"1.1": "a", "1.2": None}, "")

    turned = replace(sent, key=None, choices={"1.2": None, "1.1": "a"})

    assert turned.digest == sent.digest
    assert replace(sent, act="submit").digest != sent.digest
    assert replace(sent, comment="rõ").digest != sent.digest
