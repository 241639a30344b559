"""What people recognise their own sessions by, and nothing more."""

import pytest

from cchc_app.services.devices import LONGEST, device_name

PHONE = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (PHONE, "Chrome, Android"),
        (f"{PHONE} Zalo android/24.06", "Zalo, Android"),
        (f"{IPHONE} Mobile/15E148 Safari/604.1", "Safari, iPhone"),
        (f"{IPHONE} Mobile/15E148 [FBAN/FBIOS;FBAV/460]", "Facebook, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox, Mac"),
        ("curl/8.5", ""),
        ("", ""),
        ("<script>alert(1)</script> 031085012345" * 100, ""),
    ],
)
def test_names(user_agent: str, name: str) -> None:
    assert device_name(user_agent) == name
    assert len(name) <= LONGEST
