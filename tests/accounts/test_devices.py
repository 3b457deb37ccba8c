"""A browser is named in words; what is unknown is not guessed."""

import pytest

from ocop_portal.accounts.devices import device

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (PHONE, "Chrome trên Android"),
        (f"{PHONE} Zalo android/24", "Zalo trên Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge trên Windows"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:127.0) Gecko Firefox/127.0", "Firefox trên Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1",
            "Safari trên iPhone",
        ),
        ("curl/8.5.0", "curl/8.5.0"),
        ("x" * 200, "x" * 60),
        ("", "Trình duyệt không rõ"),
    ],
)
def test_browser_is_named_as_its_owner_knows_it(said: str, named: str) -> None:
    assert device(said) == named
