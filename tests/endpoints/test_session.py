"""The session cookie's two routes, over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest
from fastapi import FastAPI

from cchc_app import routes
from cchc_app.data.crypto import new_token, token_hash
from cchc_app.data.engine import Database
from cchc_app.endpoints.session import router
from cchc_app.services.clock import server_now
from cchc_app.services.consents import agree
from cchc_app.services.sessions import devices, issue_ticket, viewer
from cchc_app.settings import get_settings
from cchc_app.states.account import AccountState
from tests.factories import Person, make_contest, make_person
from tests.states.driver import Browser

ORIGIN = "http://localhost:8000"
OWN_FORM = {"sec-fetch-site": "same-origin"}


@pytest.fixture
async def site() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
        yield client


def person_in(db: Database) -> Person:
    person = make_person(db, make_contest(db), now=server_now())
    agree(db, participant_id=person.id, now=server_now())
    return person


def ticket_of(db: Database, person: Person, age: timedelta = timedelta(0)) -> str:
    with db.write() as session:
        return issue_ticket(session, participant_id=person.id, now=server_now() - age)


def cookie_of(response: httpx.Response, name: str = "cchc") -> SimpleCookie:
    return SimpleCookie(response.headers.get("set-cookie", ""))[name]


def is_live(db: Database, token: str) -> bool:
    return viewer(db, token_hash=token_hash(token), now=server_now()) is not None


async def test_a_ticket_becomes_a_cookie(served_db: Database, site: httpx.AsyncClient) -> None:
    person = person_in(served_db)
    response = await site.get(routes.session_ticket(ticket_of(served_db, person), "/xep-hang?tuan=2"), headers=OWN_FORM)
    assert (response.status_code, response.headers["location"]) == (303, "/xep-hang?tuan=2")
    assert response.headers["cache-control"] == "no-store"
    cookie = cookie_of(response)
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == ("/", True, "lax", "")
    assert cookie["max-age"] == str(30 * 24 * 3600)
    found = viewer(served_db, token_hash=token_hash(cookie.value), now=server_now())
    assert found is not None
    assert found.participant_id == person.id


async def test_over_https_the_cookie_is_bound_to_the_host(
    served_db: Database, site: httpx.AsyncClient, monkeypatch
) -> None:
    monkeypatch.setenv("CCHC_PUBLIC_URL", "https://hoithi.example.vn")
    get_settings.cache_clear()
    response = await site.get(routes.session_ticket(ticket_of(served_db, person_in(served_db)), "/"))
    cookie = cookie_of(response, "__Host-cchc")
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/\r\nX: y"])
async def test_a_ticket_never_leads_elsewhere(served_db: Database, site: httpx.AsyncClient, elsewhere: str) -> None:
    ticket = ticket_of(served_db, person_in(served_db))
    response = await site.get(routes.SESSION_TICKET, params={"ve": ticket, "tiep": elsewhere})
    assert (response.status_code, response.headers["location"]) == (303, "/")


async def test_bad_tickets_lead_back_with_their_code(served_db: Database, site: httpx.AsyncClient) -> None:
    person = person_in(served_db)
    used, old = ticket_of(served_db, person), ticket_of(served_db, person, timedelta(seconds=31))
    await site.get(routes.session_ticket(used, "/thi"))
    for ticket in (used, old, "", "x" * 5000):
        response = await site.get(routes.session_ticket(ticket, "/thi"))
        assert (response.status_code, response.headers["location"]) == (303, "/dang-nhap?loi=CCHC-207")
        assert "set-cookie" not in response.headers


@pytest.mark.parametrize("site_of_origin", ["cross-site", "same-site", "none"])
async def test_a_foreign_link_signs_nobody_in(
    served_db: Database, site: httpx.AsyncClient, site_of_origin: str
) -> None:
    ticket = ticket_of(served_db, person_in(served_db))
    response = await site.get(routes.session_ticket(ticket, "/"), headers={"sec-fetch-site": site_of_origin})
    assert response.headers["location"] == "/dang-nhap?loi=CCHC-207"
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("headers", [OWN_FORM, {"origin": ORIGIN}], ids=["fetch metadata", "origin"])
async def test_sign_out(served_db: Database, site: httpx.AsyncClient, headers: dict[str, str]) -> None:
    person = person_in(served_db)
    response = await site.post(routes.SIGN_OUT, headers={**headers, "cookie": f"cchc={person.token}"})
    assert (response.status_code, response.headers["location"]) == (303, "/")
    assert (cookie_of(response).value, cookie_of(response)["max-age"]) == ("", "0")
    assert not is_live(served_db, person.token)


async def test_sign_out_everywhere(served_db: Database, site: httpx.AsyncClient) -> None:
    person = person_in(served_db)
    response = await site.get(routes.session_ticket(ticket_of(served_db, person), "/"))
    other = cookie_of(response).value
    await site.post(routes.sign_out(everywhere=True), headers={**OWN_FORM, "cookie": f"cchc={other}"})
    assert (is_live(served_db, person.token), is_live(served_db, other)) == (False, False)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site", "origin": ORIGIN},
        {"sec-fetch-site": "same-site"},
    ],
    ids=["no origin", "foreign origin", "null origin", "foreign page", "neighbour host"],
)
async def test_foreign_forms_sign_nobody_out(
    served_db: Database, site: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    person = person_in(served_db)
    response = await site.post(routes.SIGN_OUT, headers={**headers, "cookie": f"cchc={person.token}"})
    assert response.status_code == 403
    assert "set-cookie" not in response.headers
    assert is_live(served_db, person.token)


async def test_sign_out_without_a_cookie_is_quiet(served_db: Database, site: httpx.AsyncClient) -> None:
    response = await site.post(routes.SIGN_OUT, headers=OWN_FORM)
    assert (response.status_code, response.headers["location"]) == (303, "/")


async def test_looking_never_signs_out(served_db: Database, site: httpx.AsyncClient) -> None:
    assert (await site.get(routes.SIGN_OUT)).status_code == 405


async def test_a_token_known_beforehand_never_becomes_a_session(served_db: Database, site: httpx.AsyncClient) -> None:
    """Fixation: whatever the browser had, signing in gives a new token, and only that one is let in."""
    planted = new_token()
    ticket = ticket_of(served_db, person_in(served_db))
    response = await site.get(routes.session_ticket(ticket, "/"), headers={"cookie": f"cchc={planted}"})
    assert cookie_of(response).value not in ("", planted)
    assert (is_live(served_db, planted), is_live(served_db, cookie_of(response).value)) == (False, True)


async def test_a_second_account_in_the_same_browser_ends_the_first_session(
    served_db: Database, site: httpx.AsyncClient
) -> None:
    contest = make_contest(served_db)
    one, two = (make_person(served_db, contest, now=server_now()) for _ in range(2))
    agree(served_db, participant_id=two.id, now=server_now())
    headers = {"cookie": f"cchc={one.token}", "user-agent": "Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Safari/537"}
    response = await site.get(routes.session_ticket(ticket_of(served_db, two), "/"), headers=headers)
    assert not is_live(served_db, one.token)
    [device, _] = devices(
        served_db, participant_id=two.id, token_hash=token_hash(cookie_of(response).value), now=server_now()
    )
    assert (device.name, device.current) == ("Chrome, Android", True)


async def test_a_token_stolen_before_signing_out_is_worth_nothing_after(
    served_db: Database, site: httpx.AsyncClient
) -> None:
    person = person_in(served_db)
    assert is_live(served_db, person.token)
    await site.post(routes.SIGN_OUT, headers={**OWN_FORM, "cookie": f"cchc={person.token}"})
    assert not is_live(served_db, person.token)
    async with Browser(cookie=f"cchc={person.token}", path="/tai-khoan") as tab:
        await tab.send(AccountState.load)
        assert (tab.shown(AccountState, "full_name"), tab.redirects) == ("", ["/dang-nhap?tiep=/tai-khoan"])


async def test_who_agrees_to_an_older_notice_is_asked_on_the_way_in(
    served_db: Database, site: httpx.AsyncClient
) -> None:
    person = make_person(served_db, make_contest(served_db), agrees=False, now=server_now())
    response = await site.get(routes.session_ticket(ticket_of(served_db, person), "/xep-hang?tuan=2"))
    assert response.headers["location"] == "/dong-y?tiep=/xep-hang%3Ftuan%3D2"
    assert is_live(served_db, cookie_of(response).value)
