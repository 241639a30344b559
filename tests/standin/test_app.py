"""The simulated provider: never in production, says what it is, and is as strict as a real one where it can be."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from cchc_app import routes
from cchc_app.endpoints.site import site
from cchc_app.services.vneid.peer import Peer, Secrets, get_peer
from cchc_app.services.vneid.profiles import provider
from cchc_app.settings import Settings, get_settings
from cchc_app.standin.app import stand_in
from cchc_app.texts import standin as texts

ORIGIN = "http://localhost:8000"
BACK = f"{ORIGIN}{routes.VNEID_RETURN}"
FREE = {"number": "031085012345", "name": "Nguyễn Văn An", "birth_date": "05/09/1985", "level": "2"}


def settings(**values: object) -> Settings:
    return Settings(_env_file=None, **values)  # type: ignore[arg-type,call-arg]


@pytest.fixture
async def http() -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(stand_in(settings())), base_url=ORIGIN) as client:
        yield client


async def asked(verifier: str = "v" * 43) -> dict[str, str]:
    """What the app asks of the provider."""
    made = provider(settings(vneid_profile="national_portal"))
    assert made is not None
    url = await Peer(made).authorization_url(state="the-state", secrets=Secrets("the-nonce", verifier))
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


async def code_for(http: httpx2.AsyncClient, **form: str) -> str:
    request = await asked()
    sent = {**request, **(form or FREE)}
    answered = await http.post("/chon", data=sent)
    return httpx2.URL(answered.headers["location"]).params["code"]


def exchange(code: str, changes: dict[str, str] | None = None) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": "v" * 43,
        "client_id": "cchc-standin",
        "client_secret": "cchc-standin",
        **(changes or {}),
    }


def test_it_never_runs_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError):
        stand_in(settings(env="production"))
    with pytest.raises(RuntimeError):
        stand_in(settings(env="production", vneid_profile="oidc"))


@pytest.mark.parametrize(("env", "found"), [("development", 400), ("production", 404)])
async def test_production_has_no_such_address(
    env: str, found: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CCHC_ENV", env)
    get_settings.cache_clear()
    get_peer.cache_clear()

    async def nothing(scope, receive, send) -> None:
        await answer_not_found(send)

    whole = site(nothing, page_router=lambda _: None, folder=tmp_path)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(whole), base_url=ORIGIN) as client:
        assert (await client.get(f"{routes.STAND_IN}/authorize")).status_code == found
    get_settings.cache_clear()
    get_peer.cache_clear()


async def answer_not_found(send) -> None:
    await send({"type": "http.response.start", "status": 404, "headers": []})
    await send({"type": "http.response.body", "body": b""})


async def test_it_says_what_it_is(http: httpx2.AsyncClient) -> None:
    page = await http.get("/authorize", params=await asked())
    assert page.status_code == 200
    assert texts.TITLE in page.text
    assert texts.WARNING in page.text
    assert all(name in page.text for _, name, _, _ in texts.CITIZENS)


async def test_what_is_carried_along_cannot_break_out(http: httpx2.AsyncClient) -> None:
    page = await http.get("/authorize", params={**await asked(), "state": '"><script>alert(1)</script>'})
    assert "<script" not in page.text


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://evil.example/"},
        {"client_id": "another"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
    ],
)
async def test_other_requests_get_no_page(http: httpx2.AsyncClient, changes: dict[str, str]) -> None:
    page = await http.get("/authorize", params={**await asked(), **changes})
    assert (page.status_code, texts.CHOOSE in page.text) == (400, False)


async def test_it_sends_nobody_elsewhere(http: httpx2.AsyncClient) -> None:
    answered = await http.post("/chon", data={**FREE, "redirect_uri": "https://evil.example/"})
    assert (answered.status_code, "location" in answered.headers) == (400, False)


async def test_what_cannot_be_read_is_asked_again(http: httpx2.AsyncClient) -> None:
    page = await http.post("/chon", data={**await asked(), **FREE, "number": "abc"})
    assert page.status_code == 422
    assert texts.WRONG_INPUT in page.text
    assert re.search(r'name="state" value="the-state"', page.text)


async def test_a_code_works_once_for_whom_it_was_made(http: httpx2.AsyncClient) -> None:
    code = await code_for(http)
    for changes in ({"code_verifier": "w" * 43}, {"redirect_uri": f"{BACK}/"}, {"code": "made-up"}):
        assert (await http.post("/token", data=exchange(code, changes))).status_code == 400
    assert (await http.post("/token", data=exchange(code, {"client_secret": "wrong"}))).status_code == 401
    token = await http.post("/token", data=exchange(code))
    assert token.status_code == 200
    assert (await http.post("/token", data=exchange(code))).status_code == 400
    bearer = {"Authorization": f"Bearer {token.json()['access_token']}"}
    for method in ("GET", "POST"):
        said = await http.request(method, "/userinfo", headers=bearer)
        assert said.json()["citizen_id"] == FREE["number"]
    for wrong in ({}, {"Authorization": "Bearer x"}, {"Authorization": f"Bearer {code}"}, {"Authorization": "Basic ="}):
        assert (await http.get("/userinfo", headers=wrong)).status_code == 401


@pytest.mark.parametrize("authorization", ["Basic x", "Basic ====", "Basic w6k=", "Digest y"])
async def test_strange_credentials_are_refused_quietly(http: httpx2.AsyncClient, authorization: str) -> None:
    form = {"grant_type": "authorization_code", "code": "x"}
    answered = await http.post("/token", data=form, headers={"Authorization": authorization})
    assert answered.status_code == 401
