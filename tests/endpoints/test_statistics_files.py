"""The organisers' spreadsheets over HTTP: for whom, under which name, kept by nobody."""

from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from cchc_app import routes
from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.endpoints.statistics_files import router
from cchc_app.services.clock import server_now
from tests.factories import make_contest, make_person, rules_around
from tests.staff import make_staff

FILES = {routes.PARTICIPATION_FILE: "/quan-tri", routes.ITEM_ANALYSIS_FILE: "/quan-tri/thong-ke-cau-hoi"}


@pytest.fixture
async def site() -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    app.include_router(router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        yield client


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.AUDITOR])
async def test_whoever_reads_the_contest_gets_files_nobody_keeps(
    served_db: Database, site: httpx.AsyncClient, role: Role
) -> None:
    make_contest(served_db, rules_around(server_now()))
    staff = make_staff(served_db, role, now=server_now())
    for path in FILES:
        answer = await site.get(path, headers={"cookie": staff.cookie}, params={"trang": "x", "bang": "9"})
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert answer.content.startswith(b"PK")
        assert answer.headers["content-disposition"] == f'attachment; filename="{path.rsplit("/", 1)[1]}"'


async def test_nobody_and_participants_are_sent_to_the_door(served_db: Database, site: httpx.AsyncClient) -> None:
    person = make_person(served_db, make_contest(served_db), now=server_now())
    for cookie in ("", f"cchc={person.token}", f"cchc_bqt={person.token}"):
        for path, page in FILES.items():
            answer = await site.get(path, headers={"cookie": cookie})
            assert (answer.status_code, answer.headers["location"]) == (303, f"/quan-tri/dang-nhap?tiep={page}")


@pytest.mark.parametrize("role", [Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR])
async def test_other_roles_are_refused(served_db: Database, site: httpx.AsyncClient, role: Role) -> None:
    make_contest(served_db)
    other = make_staff(served_db, role, now=server_now())
    for path in FILES:
        answer = await site.get(path, headers={"cookie": other.cookie})
        assert (answer.status_code, answer.headers["cache-control"]) == (403, "no-store")
