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
from cchc_app.states.admin.official_results import OfficialResultsState
from cchc_app.states.admin.people import StaffPeopleState
from cchc_app.states.admin.prizes import PrizesState
from cchc_app.states.admin.question_imports import QuestionImportsState
from tests.factories import make_contest, make_person, rules_around
from tests.official import after_week, close_board, sit_paper
from tests.services.test_prize_lists import Table
from tests.staff import STEP, make_staff
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


@pytest.mark.parametrize("view", ["", routes.UNITS_VIEW])
async def test_one_table_of_a_result_is_shown_and_its_links_stay_with_it(served_db: Database, view: str) -> None:
    contest, closer = make_contest(served_db), make_staff(served_db, Role.ORGANISER)
    for version in (1, 2):
        sit_paper(served_db, contest, make_person(served_db, contest), right=version)
        now = after_week(contest, 1) + version * STEP
        close_board(served_db, closer, 1, now=now, reason="Thêm một bài")
    who = make_staff(served_db, Role.AUDITOR, now=server_now())
    shown = routes.result_tables(1, 1, view)
    async with Browser(cookie=who.cookie, path=shown) as tab:
        await tab.open(shown, OfficialResultsState.load)
        lines = {name: len(tab.shown(OfficialResultsState, name)) for name in ("rows", "units")}
        assert lines == ({"rows": 0, "units": 2} if view else {"rows": 1, "units": 0})
        assert [one.href for one in tab.shown(OfficialResultsState, "views") if one.current] == [shown]
        form = {"search": "le chan", "khoi": "cap_xa", "ban": "2"}
        await tab.send(OfficialResultsState.search, form=form)
        [found] = tab.redirects
        assert found == routes.with_query(shown, {"tim": "le chan", "khoi": "cap_xa"})
        await tab.open(found, OfficialResultsState.load)
        table = tab.shown(OfficialResultsState, "table")
        assert (table.search, table.clear) == ("le chan", shown)
        asked = {"tim": "le chan", "khoi": "cap_xa"}
        assert table.export == routes.with_query(routes.official_file(1, 1), asked)
        assert len(tab.shown(OfficialResultsState, "units" if view else "rows")) == 1
        assert tab.errors == []


async def test_those_passed_over_are_a_view_of_the_prizes(served_db: Database) -> None:
    scene = Table(served_db)
    scene.propose()
    who = make_staff(served_db, Role.AUDITOR, now=server_now())
    async with Browser(cookie=who.cookie, path=routes.staff_prizes(1)) as tab:
        await tab.open(routes.staff_prizes(1), PrizesState.load)
        assert (len(tab.shown(PrizesState, "kinds")), tab.shown(PrizesState, "skipped")) == (1, [])
        views = tab.shown(PrizesState, "views")
        assert [one.name for one in views] == ["Giải (6)", "Bị bỏ qua (3)"]
        await tab.open(views[1].href, PrizesState.load)
        assert (len(tab.shown(PrizesState, "skipped")), tab.shown(PrizesState, "kinds")) == (3, [])
        await tab.send(PrizesState.search, form={"search": "", "ly-do": "disqualified", "loai": "slogan"})
        assert tab.redirects == [routes.with_query(views[1].href, {"ly-do": "disqualified"})]
        await tab.open(tab.redirects[0], PrizesState.load)
        assert [one.reason for one in tab.shown(PrizesState, "skipped")] == ["Bị loại"]
        assert tab.errors == []
