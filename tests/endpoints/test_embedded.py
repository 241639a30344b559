"""The board in other sites' frames: public lines only, its own policy, limits."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from cchc_app import routes
from cchc_app.contest.regulations import PredictionSubject
from cchc_app.data.engine import Database
from cchc_app.endpoints import embedded as endpoint
from cchc_app.endpoints import standings as machine
from cchc_app.endpoints.perimeter import Perimeter
from cchc_app.services.live_boards import get_feed, get_unit_feed
from cchc_app.services.throttle import BOARD, LIMITS
from cchc_app.settings import get_settings
from tests.factories import NOW, MadeContest, finish_paper, make_contest, make_person, rules


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for module in (endpoint, machine):
        monkeypatch.setattr(module, "server_now", lambda: NOW)
    for feed in (get_feed, get_unit_feed):
        feed.cache_clear()
    yield
    for feed in (get_feed, get_unit_feed):
        feed.cache_clear()


@pytest.fixture
async def site(served_db: Database) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    for router in (endpoint.router, machine.router):
        app.include_router(router)
    transport = httpx.ASGITransport(Perimeter(app, get_settings()))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture
def contest(served_db: Database) -> MadeContest:
    made = make_contest(served_db)
    for n, name in enumerate(("<b>An</b>", "Bình", "Chi")):
        finish_paper(served_db, made, make_person(served_db, made, name=name, unit=n % 2), correct=3 - n)
    return made


async def test_people_and_units(site: httpx.AsyncClient, contest: MadeContest) -> None:
    people = await site.get(routes.EMBEDDED_BOARD)
    assert people.status_code == 200
    assert "&lt;b&gt;An&lt;/b&gt;" in people.text
    assert people.text.index("Bình") < people.text.index("Chi")
    assert people.text.count("<script") == 1
    units = await site.get(routes.EMBEDDED_BOARD, params={"xem": "don-vi", "tuan": "chung-cuoc", "nen": "toi"})
    assert "Sở Y tế" in units.text
    assert 'class="toi"' in units.text
    assert (await site.get(routes.EMBEDDED_BOARD, params={"so": "1"})).text.count("<tr><td") == 1
    for wrong in ({"so": "x"}, {"tuan": "9"}, {"tuan": "²"}, {"nen": '"><script>'}, {"xem": "x"}):
        answer = await site.get(routes.EMBEDDED_BOARD, params=wrong)
        assert (answer.status_code, answer.text.count("<script")) == (200, 1)


async def test_only_this_page_may_be_framed(
    site: httpx.AsyncClient, contest: MadeContest, monkeypatch: pytest.MonkeyPatch
) -> None:
    framed = await site.get(routes.EMBEDDED_BOARD)
    assert "frame-ancestors https:" in framed.headers["content-security-policy"]
    assert "x-frame-options" not in framed.headers
    assert "set-cookie" not in framed.headers
    for other in (routes.API_STANDINGS, f"{routes.EMBEDDED_BOARD}/", "/nhung"):
        answer = await site.get(other)
        assert answer.headers["x-frame-options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    monkeypatch.setenv("CCHC_EMBED_SITES", "https://*.haiphong.gov.vn")
    get_settings.cache_clear()
    framed = await site.get(routes.EMBEDDED_BOARD)
    assert framed.headers["content-security-policy"].endswith("frame-ancestors https://*.haiphong.gov.vn")


async def test_a_withheld_board_shows_nothing(site: httpx.AsyncClient, served_db: Database) -> None:
    whole = rules()
    asked = replace(whole, periods=tuple(replace(one, prediction=PredictionSubject.ENTRANTS) for one in whole.periods))
    made = make_contest(served_db, asked)
    addresses = (routes.EMBEDDED_BOARD, f"{routes.EMBEDDED_BOARD}?xem=don-vi", routes.API_UNIT_STANDINGS)
    before = [(await site.get(address)).content for address in addresses]
    finish_paper(served_db, made, make_person(served_db, made, name="Kín"), correct=2, prediction=1)
    assert [(await site.get(address)).content for address in addresses] == before


async def test_units_for_machines(site: httpx.AsyncClient, contest: MadeContest) -> None:
    answer = await site.get(routes.API_UNIT_STANDINGS)
    body = answer.json()
    assert (body["period"], body["frozen"], body["withheld_until"]) == ("2", None, None)
    assert [(row["code"], row["rank"], row["participants"], row["rate"], row["score"]) for row in body["rows"]] == [
        ("U0", 1, 2, 4.0, 50.0),
        ("U1", 2, 1, 2.0, 50.0),
    ]
    again = await site.get(routes.API_UNIT_STANDINGS, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (await site.get(routes.API_UNIT_STANDINGS, params={"period": "3"})).status_code == 404


async def test_one_address_may_ask_so_often(site: httpx.AsyncClient, contest: MadeContest) -> None:
    (limit,) = LIMITS[BOARD]
    for _ in range(limit.amount):
        assert (await site.get(routes.API_STANDINGS, params={"limit": 1})).status_code == 200
    refused = await site.get(routes.API_UNIT_STANDINGS)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert (await site.get(routes.EMBEDDED_BOARD)).status_code == 429
