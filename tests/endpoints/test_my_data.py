"""One's own data as a file: for its owner, and for nobody else."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from cchc_app import routes
from cchc_app.data.engine import Database
from cchc_app.endpoints.my_data import router
from cchc_app.services.clock import server_now
from cchc_app.services.sessions import sign_out
from tests.factories import make_contest, make_person


@pytest.fixture
async def site() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        yield client


async def test_the_owner_gets_a_file(served_db: Database, site: httpx.AsyncClient) -> None:
    contest = make_contest(served_db)
    person = make_person(served_db, contest, name="Đỗ Thị Mai", phone="0912345678", now=server_now())
    make_person(served_db, contest, name="Trần Văn Khác", now=server_now())
    answer = await site.get(routes.MY_DATA_FILE, headers={"cookie": f"cchc={person.token}"})
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["content-disposition"] == 'attachment; filename="du-lieu-cua-toi.json"'
    assert (answer.json()["full_name"], answer.json()["phone_masked"]) == ("Đỗ Thị Mai", "091•••••78")
    assert "Trần Văn Khác" not in answer.text


@pytest.mark.parametrize("cookie", ["", "cchc=made-up", "cchc={ended}"])
async def test_others_are_sent_to_sign_in(served_db: Database, site: httpx.AsyncClient, cookie: str) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    sign_out(served_db, token_hash=person.token_hash, now=server_now())
    headers = {"cookie": cookie.format(ended=person.token)} if cookie else {}
    answer = await site.get(routes.MY_DATA_FILE, headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dang-nhap?tiep=/tai-khoan/du-lieu")
    assert answer.text == ""


async def test_not_more_often_than_a_person_would(served_db: Database, site: httpx.AsyncClient) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    headers = {"cookie": f"cchc={person.token}"}
    statuses = [(await site.get(routes.MY_DATA_FILE, headers=headers)).status_code for _ in range(61)]
    assert (statuses[:60], statuses[60]) == ([200] * 60, 429)
