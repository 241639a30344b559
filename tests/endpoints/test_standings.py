"""The boards for machines."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI

from cchc_app import routes
from cchc_app.contest.regulations import FeedbackMode, PredictionSubject
from cchc_app.data.engine import Database
from cchc_app.endpoints import standings as endpoint
from cchc_app.endpoints.standings import router
from cchc_app.services.standings import SETTLE_MARGIN, board, settle_predictions
from tests.factories import NOW, WEEK, MadeContest, finish_paper, make_contest, make_person, rules, with_feedback

RULES = rules()
OPENING = RULES.periods[0].opens_at
WEEK_3 = OPENING + 2 * WEEK
PRIVATE = ("id", "participant", "key", "receipt", "citizen", "phone", "version")


@pytest.fixture
async def site() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        yield client


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """What the endpoint takes for now; a test may set it."""
    instant = [NOW]
    monkeypatch.setattr(endpoint, "server_now", lambda: instant[0])
    yield instant


@pytest.fixture
def contest(served_db: Database) -> MadeContest:
    made = make_contest(served_db)
    for n in range(5):
        finish_paper(served_db, made, make_person(served_db, made), correct=n % 4)
    return made


async def get(site: httpx.AsyncClient, query: str = "", **headers: str) -> httpx.Response:
    return await site.get(routes.API_STANDINGS + query, headers=headers)


async def test_the_same_lines_as_on_the_page(
    site: httpx.AsyncClient, served_db: Database, contest: MadeContest
) -> None:
    answer = await get(site)
    assert answer.status_code == 200
    whole = board(served_db, period_number=2, now=NOW)
    body = answer.json()
    assert (body["period"], body["size"], body["withheld_until"], body["offset"], body["limit"]) == (
        "2",
        5,
        None,
        0,
        100,
    )
    assert [(row["rank"], row["full_name"], row["points"]) for row in body["rows"]] == [
        (row.rank, row.full_name, row.points) for row in whole.rows
    ]
    assert set(body["rows"][0]) == set(endpoint.Line.model_fields)
    assert not any(name.startswith(PRIVATE) for name in (*body, *body["rows"][0]))
    assert body["rows"][0]["finished_at"].endswith("Z")


async def test_pages_and_boards(site: httpx.AsyncClient, contest: MadeContest) -> None:
    part = (await get(site, "?period=overall&offset=3&limit=2")).json()
    assert (part["period"], [row["rank"] for row in part["rows"]]) == ("overall", [4, 5])
    assert (await get(site, "?period=1")).json()["rows"] == []
    assert (await get(site, "?offset=10000000")).json()["rows"] == []


async def test_nothing_is_sent_twice(site: httpx.AsyncClient, served_db: Database, contest: MadeContest) -> None:
    first = await get(site)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "public, max-age=2"
    for sent in (tag, f"W/{tag}", f'"other", {tag}'):
        again = await get(site, **{"if-none-match": sent})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert (await get(site, "?limit=2", **{"if-none-match": tag})).status_code == 200
    finish_paper(served_db, contest, make_person(served_db, contest))
    changed = await get(site, **{"if-none-match": tag})
    assert (changed.status_code, changed.json()["size"]) == (200, 6)


@pytest.mark.parametrize(
    "query",
    [
        "?period=",
        "?period=two",
        "?period=-1",
        "?period=0",
        "?period=01",
        "?period=2.0",
        "?period=%C2%B2",
        "?period=9999",
        "?offset=-1",
        "?offset=x",
        "?offset=10000001",
        "?limit=0",
        "?limit=101",
        "?limit=1e2",
        "?period=2%00",
    ],
)
async def test_bad_parameters_are_named_by_a_code(site: httpx.AsyncClient, contest: MadeContest, query: str) -> None:
    answer = await get(site, query)
    assert (answer.status_code, answer.json()["code"]) == (400, "CCHC-210")
    assert answer.json()["message"].endswith(".")
    assert answer.headers["cache-control"] == "no-store"


async def test_boards_that_have_not_opened_are_not_there(
    site: httpx.AsyncClient, contest: MadeContest, clock: list[datetime]
) -> None:
    for query in ("?period=3", "?period=999"):
        answer = await get(site, query)
        assert (answer.status_code, answer.json()["code"]) == (404, "CCHC-304")
    clock[0] = OPENING - timedelta(milliseconds=1)
    for query in ("", "?period=1", "?period=overall"):
        assert (await get(site, query)).status_code == 404


async def test_without_a_contest(site: httpx.AsyncClient, served_db: Database) -> None:
    answer = await get(site)
    assert (answer.status_code, answer.json()["code"]) == (503, "CCHC-301")


@pytest.mark.parametrize("kind", ["prediction", "marks after the close"])
async def test_a_withheld_board_tells_only_when_it_appears(
    site: httpx.AsyncClient, served_db: Database, clock: list[datetime], kind: str
) -> None:
    asked = tuple(replace(period, prediction=PredictionSubject.ENTRANTS) for period in RULES.periods)
    rule_set = replace(RULES, periods=asked) if kind == "prediction" else with_feedback(RULES, FeedbackMode.AFTER_CLOSE)
    contest = make_contest(served_db, rule_set)
    settle_predictions(served_db, now=OPENING + WEEK + SETTLE_MARGIN)

    async def told() -> list[tuple[bytes, str]]:
        answers = [await get(site, query) for query in ("", "?period=2&limit=1", "?period=overall")]
        return [(answer.content, answer.headers["etag"]) for answer in answers]

    before = await told()
    for n in range(3):
        finish_paper(served_db, contest, make_person(served_db, contest), correct=n, prediction=n)
    assert await told() == before
    body = (await get(site)).json()
    assert (body["size"], body["rows"], datetime.fromisoformat(body["withheld_until"])) == (None, [], WEEK_3)
    clock[0] = WEEK_3 + SETTLE_MARGIN
    settle_predictions(served_db, now=clock[0])
    assert (await get(site, "?period=2")).json()["size"] == 3


async def test_it_is_documented(site: httpx.AsyncClient) -> None:
    app = FastAPI()
    app.include_router(router)
    described = app.openapi()["paths"][routes.API_STANDINGS]["get"]
    assert {"200", "304", "400", "404", "503"} <= set(described["responses"])
    assert {parameter["name"] for parameter in described["parameters"]} >= {"period", "offset", "limit"}
