"""Files of the slogan round over HTTP: for whom, under which name, kept by nobody."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from cchc_app import routes
from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.endpoints.slogan_files import router
from cchc_app.services.clock import server_now
from tests.factories import make_contest, make_person
from tests.judged import make_judged
from tests.staff import make_staff

FILES = (routes.SLOGAN_LIST_FILE, routes.SLOGAN_RESULTS_FILE, routes.SLOGAN_MINUTES_FILE)


@pytest.fixture
async def site() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        yield client


async def test_an_organiser_gets_files_nobody_keeps(served_db: Database, site: httpx.AsyncClient) -> None:
    judged = make_judged(served_db, now=server_now(), made_at=server_now())
    for path in FILES:
        answer = await site.get(path, headers={"cookie": judged.organiser.cookie}, params={"trang": "x"})
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert answer.content.startswith(b"PK")
        assert answer.headers["content-disposition"] == f'attachment; filename="{path.rsplit("/", 1)[1]}"'


async def test_nobody_and_participants_are_sent_to_the_door(served_db: Database, site: httpx.AsyncClient) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    for cookie in ("", f"cchc={person.token}", f"cchc_bqt={person.token}"):
        for path in FILES:
            answer = await site.get(path, headers={"cookie": cookie})
            assert (answer.status_code, answer.content) == (303, b"")
            assert answer.headers["location"] == "/quan-tri/dang-nhap?tiep=/quan-tri/khau-hieu"


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
async def test_other_roles_are_refused(served_db: Database, site: httpx.AsyncClient, role: Role) -> None:
    make_judged(served_db, now=server_now(), made_at=server_now())
    other = make_staff(served_db, role, now=server_now())
    for path in FILES:
        answer = await site.get(path, headers={"cookie": other.cookie})
        assert (answer.status_code, answer.headers["cache-control"]) == (403, "no-store")


async def test_before_a_round_it_says_what_is_missing(served_db: Database, site: httpx.AsyncClient) -> None:
    make_contest(served_db)
    auditor = make_staff(served_db, Role.AUDITOR, now=server_now())
    answer = await site.get(routes.SLOGAN_MINUTES_FILE, headers={"cookie": auditor.cookie})
    assert (answer.status_code, answer.text.split(".")[0]) == (409, "Việc chấm chưa xong nên chưa công bố được")


@pytest.mark.parametrize("code", ["KH-001", "KH-999", "x", "..%2f..%2fetc%2fpasswd"])
async def test_no_image_of_what_is_not_published(served_db: Database, site: httpx.AsyncClient, code: str) -> None:
    make_judged(served_db, now=server_now(), made_at=server_now())
    assert (await site.get(f"/khau-hieu/ket-qua/{code}.png")).status_code == 404
