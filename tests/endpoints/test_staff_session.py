"""The staff cookie's two routes, over HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
import pytest
from fastapi import FastAPI

from cchc_app import routes
from cchc_app.contest.access import Role
from cchc_app.data.crypto import token_hash
from cchc_app.data.engine import Database
from cchc_app.endpoints.staff_session import router
from cchc_app.services.clock import server_now
from cchc_app.services.staff_sessions import issue_session_ticket, staff_viewer
from cchc_app.settings import get_settings
from tests.staff import Staffer, make_staff

ORIGIN = "http://localhost:8000"
OWN = {"sec-fetch-site": "same-origin"}
FOREIGN = [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": "none"}]


@pytest.fixture
async def site() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
        yield client


def staffer_in(db: Database) -> Staffer:
    return make_staff(db, Role.ORGANISER, now=server_now())


def ticket_of(db: Database, staffer: Staffer, age: timedelta = timedelta(0)) -> str:
    with db.write() as session:
        return issue_session_ticket(session, staff_id=staffer.id, now=server_now() - age)


def is_live(db: Database, token: str) -> bool:
    return staff_viewer(db, token_hash=token_hash(token), now=server_now()) is not None


async def test_a_ticket_becomes_a_strict_cookie(served_db: Database, site: httpx.AsyncClient) -> None:
    ticket = ticket_of(served_db, staffer_in(served_db))
    response = await site.get(routes.staff_session_ticket(ticket, routes.AUDIT_LOG), headers=OWN)
    assert (response.status_code, response.headers["location"]) == (303, routes.AUDIT_LOG)
    assert response.headers["cache-control"] == "no-store"
    cookie = SimpleCookie(response.headers["set-cookie"])["cchc_bqt"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["secure"]) == ("/", True, "strict", "")
    assert cookie["max-age"] == str(12 * 3600)
    assert is_live(served_db, cookie.value)


async def test_over_https_the_cookie_is_bound_to_the_host(
    served_db: Database, site: httpx.AsyncClient, monkeypatch
) -> None:
    monkeypatch.setenv("CCHC_PUBLIC_URL", "https://hoithi.example.vn")
    get_settings.cache_clear()
    response = await site.get(routes.staff_session_ticket(ticket_of(served_db, staffer_in(served_db)), "/"))
    cookie = SimpleCookie(response.headers["set-cookie"])["__Host-cchc_bqt"]
    assert (cookie["secure"], cookie["path"], cookie["domain"]) == (True, "/", "")


@pytest.mark.parametrize(
    "elsewhere", ["//evil.example", "https://evil.example", "/thi", "/quan-tri/dang-nhap", "", "/\\e"]
)
async def test_a_ticket_leads_to_the_staffs_pages_only(
    served_db: Database, site: httpx.AsyncClient, elsewhere: str
) -> None:
    ticket = ticket_of(served_db, staffer_in(served_db))
    response = await site.get(routes.STAFF_SESSION_TICKET, params={"ve": ticket, "tiep": elsewhere})
    assert response.headers["location"] == routes.STAFF


async def test_bad_tickets_lead_back_with_their_code(served_db: Database, site: httpx.AsyncClient) -> None:
    staffer = staffer_in(served_db)
    used, old = ticket_of(served_db, staffer), ticket_of(served_db, staffer, timedelta(seconds=31))
    await site.get(routes.staff_session_ticket(used, "/"))
    for ticket in (used, old, "", "x" * 5000):
        response = await site.get(routes.staff_session_ticket(ticket, "/"))
        assert (response.status_code, response.headers["location"]) == (303, "/quan-tri/dang-nhap?loi=CCHC-207")
        assert "set-cookie" not in response.headers


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda headers: headers["sec-fetch-site"])
async def test_a_foreign_link_signs_nobody_in(served_db: Database, site: httpx.AsyncClient, headers) -> None:
    ticket = ticket_of(served_db, staffer_in(served_db))
    response = await site.get(routes.staff_session_ticket(ticket, "/"), headers=headers)
    assert response.headers["location"] == "/quan-tri/dang-nhap?loi=CCHC-207"
    assert "set-cookie" not in response.headers


async def test_sign_out(served_db: Database, site: httpx.AsyncClient) -> None:
    staffer = staffer_in(served_db)
    response = await site.post(routes.STAFF_SIGN_OUT, headers={**OWN, "cookie": staffer.cookie})
    assert (response.status_code, response.headers["location"]) == (303, routes.STAFF_SIGN_IN)
    assert SimpleCookie(response.headers["set-cookie"])["cchc_bqt"]["max-age"] == "0"
    assert not is_live(served_db, staffer.token)


@pytest.mark.parametrize("headers", [{}, {"origin": "http://evil.example"}, *FOREIGN[:2]], ids=str)
async def test_foreign_forms_sign_nobody_out(served_db: Database, site: httpx.AsyncClient, headers) -> None:
    staffer = staffer_in(served_db)
    response = await site.post(routes.STAFF_SIGN_OUT, headers={**headers, "cookie": staffer.cookie})
    assert response.status_code == 403
    assert is_live(served_db, staffer.token)


async def test_looking_never_signs_out(served_db: Database, site: httpx.AsyncClient) -> None:
    assert (await site.get(routes.STAFF_SIGN_OUT)).status_code == 405
