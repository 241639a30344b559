"""The short lists of the staff: a search is an address, the address fills the page and its file."""

from typing import Any

import pytest

from cchc_app import routes
from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.states.admin.data_requests import DataRequestsState
from cchc_app.states.admin.judging_rounds import JudgingRoundsState
from cchc_app.states.admin.merges import MergesState
from cchc_app.states.admin.news import NewsDeskState
from cchc_app.states.admin.people import StaffPeopleState
from cchc_app.states.admin.question_imports import QuestionImportsState
from tests.factories import make_contest, rules_around
from tests.staff import make_staff
from tests.states.driver import Browser

LISTS: tuple[tuple[Any, str, str, Role, dict[str, str]], ...] = (
    (NewsDeskState, routes.NEWS_DESK, routes.NEWS_FILE, Role.ORGANISER, {"tinh-trang": "scheduled"}),
    (StaffPeopleState, routes.STAFF_PEOPLE, routes.STAFF_FILE, Role.ADMINISTRATOR, {"vai-tro": "judge"}),
    (DataRequestsState, routes.DATA_REQUESTS, routes.REQUEST_FILE, Role.AUDITOR, {"loai": "erasure"}),
    (MergesState, routes.MERGES, routes.PAIR_FILE, Role.AUDITOR, {}),
    (JudgingRoundsState, routes.JUDGING_ROUNDS, routes.JUDGED_FILE, Role.AUDITOR, {"tien-do": "con-cho"}),
    (QuestionImportsState, routes.QUESTION_IMPORTS, routes.IMPORT_LIST_FILE, Role.AUDITOR, {"tinh-trang": "done"}),
)


@pytest.mark.parametrize(("state", "path", "file", "role", "filters"), LISTS, ids=[row[0].__name__ for row in LISTS])
async def test_a_search_is_an_address(
    served_db: Database, state: Any, path: str, file: str, role: Role, filters: dict[str, str]
) -> None:
    make_contest(served_db, rules_around(server_now()))
    who = make_staff(served_db, role, now=server_now())
    async with Browser(cookie=who.cookie, path=path) as tab:
        await tab.open(path, state.load)
        await tab.send(state.search, form={"search": "Lê", "made-up": "x", **filters})
        question = "?tim=L%C3%AA" + "".join(f"&{name}={value}" for name, value in filters.items())
        assert tab.redirects == [path + question]
        await tab.open(path + question, state.load)
        table = tab.shown(state, "table")
        assert (table.search, table.export, table.clear) == ("Lê", file + question, path)
        assert {name: value for name, value in table.filters.items() if value} == filters
        assert table.totals.startswith("0 ")
        assert [head.href.startswith(path + question) for head in table.heads] == [True] * len(table.heads)
        assert tab.errors == []
