"""The round trip's routes, beside the attacks: cookies, the national portal's shape, what is asked of it."""

from collections.abc import Iterator
from http.cookies import Morsel, SimpleCookie
from urllib.parse import parse_qs, urlsplit

import pytest

from cchc_app import routes
from cchc_app.contest.errors import ErrorCode
from cchc_app.data.engine import Database
from cchc_app.endpoints.vneid import raw_query
from cchc_app.settings import get_settings
from tests.endpoints.vneid_door import Browser, configure
from tests.factories import make_contest
from tests.identity_provider import IdentityProvider

PORTAL = {
    "sub": "x",
    "SoDinhDanh": "031085012345",
    "HoVaTen": "NGUYỄN VĂN AN",
    "NgayThangNamSinh": "19850905",
    "loAs": "LoA1",
    "IAL": 2,
}


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with IdentityProvider() as running:
        yield running


def cookie_of(answer, name: str) -> Morsel[str]:
    return SimpleCookie(answer.headers["set-cookie"])[name]


async def test_what_is_asked_of_a_standard_provider(
    served_db: Database, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, provider, scopes="openid profile", acr_values="LoA2")
    url = urlsplit(await Browser().start())
    asked = {name: values[0] for name, values in parse_qs(url.query).items()}
    fresh = [asked.pop(name) for name in ("state", "nonce", "code_challenge")]
    assert all(len(value) >= 43 for value in fresh)
    assert asked == {
        "response_type": "code",
        "client_id": "contest",
        "redirect_uri": "http://localhost:8000/phien/vneid/ve",
        "scope": "openid profile",
        "acr_values": "LoA2",
        "code_challenge_method": "S256",
    }


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_national_portal(
    served_db: Database, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    make_contest(served_db)
    configure(monkeypatch, provider, "national_portal", userinfo_method=method)
    provider.change_userinfo = lambda body: PORTAL
    provider.change_token = lambda body: {"access_token": "access", "token_type": "Bearer"}
    door = Browser()
    assert "acr_values=LoA1" in await door.start()
    assert "nonce" not in await door.start()
    assert await door.round_trip(provider) == routes.vneid_register(routes.QUIZ)
    assert provider.asked == [("POST", "/token"), (method, "/userinfo")]
    assert provider.forms[0]["client_secret"] != ""


async def test_the_lower_of_two_levels_counts(
    served_db: Database, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, provider, "national_portal", accepted_level=2)
    provider.change_userinfo = lambda body: PORTAL
    refused = routes.sign_in_refused(ErrorCode.VNEID_LEVEL_LOW, routes.QUIZ)
    assert await Browser().round_trip(provider) == refused


async def test_the_cookie_of_the_round_trip(
    served_db: Database, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, provider)
    door = Browser()
    cookie = cookie_of(await door.http.get(routes.VNEID_START), "cchc-vneid")
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "lax", "/", "600")
    monkeypatch.setenv("CCHC_PUBLIC_URL", "https://hoithi.example.vn")
    get_settings.cache_clear()
    answer = await door.http.get(routes.VNEID_START, headers={"host": "hoithi.example.vn"})
    assert cookie_of(answer, "__Host-cchc-vneid")["secure"] is True
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"


async def test_a_failed_round_trip_leaves_no_cookie(
    served_db: Database, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(monkeypatch, provider)
    door = Browser()
    await door.start()
    await door.back(f"{routes.VNEID_RETURN}?error=access_denied&state=made-up")
    assert dict(door.http.cookies) == {}


@pytest.mark.parametrize("path", [routes.VNEID_START, f"{routes.VNEID_RETURN}?state=x&code=y"])
async def test_one_address_cannot_hammer_the_door(
    served_db: Database, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    configure(monkeypatch, provider)
    door = Browser()
    locations = [await door.start(path) for _ in range(301 if path == routes.VNEID_START else 31)]
    assert ErrorCode.TOO_MANY_REQUESTS in locations[-1]
    assert ErrorCode.TOO_MANY_REQUESTS not in locations[0]


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("code=a+b%2Fc&state=s", {"code": "a+b/c", "state": "s"}),
        ("code=a%2Bb", {"code": "a+b"}),
        ("code=a==&x", {"code": "a==", "x": ""}),
        ("state=1&state=2", {}),
        ("", {}),
        ("%FF=1", {"\ufffd": "1"}),
    ],
)
def test_the_query_is_read_raw(query: str, fields: dict[str, str]) -> None:
    assert raw_query(query) == fields
