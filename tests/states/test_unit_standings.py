"""The pages of units and blocs and the projector in words, and what their tabs are sent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.regulations import PredictionSubject, RuleSet
from cchc_app.data.engine import Database
from cchc_app.data.freezing import set_minutes
from cchc_app.services.clock import server_now
from cchc_app.services.live_boards import BoardFeed, get_feed, get_unit_feed
from cchc_app.services.unit_standings import unit_board
from cchc_app.states import projector
from cchc_app.states.board_tabs import PagerView, TabView
from cchc_app.states.projector import ProjectorState
from cchc_app.states.standings import StandingsState
from cchc_app.states.unit_board_views import FormulaView, UnitLive, UnitRowView, live_view
from cchc_app.states.unit_standings import UnitStandingsState
from cchc_app.texts import message
from tests.factories import MadeContest, finish_paper, make_contest, make_person, rules_around
from tests.states.driver import Browser
from tests.states.test_standings import WRONG_TYPES

PAGE = "/xep-hang/don-vi"


@pytest.fixture(autouse=True)
def _fresh_feeds() -> Iterator[None]:
    for feed in (get_feed, get_unit_feed):
        feed.cache_clear()
    yield
    for feed in (get_feed, get_unit_feed):
        feed.cache_clear()


def filled(db: Database, rule_set: RuleSet | None = None) -> MadeContest:
    """Two people of the first unit, one of the second, in the open week."""
    contest = make_contest(db, rule_set or rules_around(server_now()))
    for unit, correct in ((0, 1), (0, 2), (1, 4)):
        finish_paper(db, contest, make_person(db, contest, unit=unit, now=server_now()), correct=correct)
    return contest


def shown(tab: Browser, name: str) -> Any:
    return tab.shown(UnitStandingsState, name)


async def opened(tab: Browser, query: str = "") -> UnitLive:
    await tab.open(f"{PAGE}{query}", UnitStandingsState.load)
    assert not tab.errors
    return shown(tab, "live")


async def test_units_with_their_figures(served_db: Database) -> None:
    filled(served_db)
    async with Browser() as tab:
        live = await opened(tab)
        assert [(row.rank, row.name, row.taking_part, row.result, row.score) for row in live.rows] == [
            ("1", "Sở Y tế", "1/50 người · 1 lượt · 2,00%", "51,00", "điểm 100,00%"),
            ("2", "UBND phường Lê Chân", "2/50 người · 2 lượt · 4,00%", "20,75", "điểm 37,50%"),
        ]
        assert (live.anybody, live.ranked, live.size) == (True, True, "2 đơn vị")
        assert [tab_.name for tab_ in shown(tab, "tabs") if tab_.current] == ["Đơn vị"]
        assert shown(tab, "periods") == [
            TabView("Tuần 1", "/xep-hang/don-vi?tuan=1", False),
            TabView("Tuần 2", "/xep-hang/don-vi?tuan=2", True),
            TabView("Cả hội thi", "/xep-hang/don-vi?tuan=chung-cuoc", False),
        ]
        assert (shown(tab, "own"), shown(tab, "picked"), shown(tab, "pager")) == (UnitRowView(), False, PagerView())


async def test_a_unit_opens_to_the_formula_with_its_numbers(served_db: Database) -> None:
    filled(served_db)
    async with Browser() as tab:
        await opened(tab, "?tuan=2&mo=U0")
        view = shown(tab, "opened")
        assert [(step.how, step.result) for step in view.steps] == [
            ("2 người ÷ 50 biên chế × 100%", "4,00%"),
            ("3 điểm ÷ 8 điểm tối đa × 100%", "37,50%"),
            ("(4,00% × 1 + 37,50% × 1) ÷ 2", "20,75"),
            ("xét tỷ lệ, điểm, rồi thời gian trung bình một bài (2 bài tính điểm)", "01:00"),
        ]
        assert view.gate == "Điều kiện xếp hạng: ít nhất 1 người, tỷ lệ từ 0%. Đơn vị đạt điều kiện."
        assert shown(tab, "closed_href") == "/xep-hang/don-vi?tuan=2"
        await opened(tab, "?tuan=2&mo=KHONG-CO")
        assert shown(tab, "opened") == FormulaView()


async def test_bloc_search_and_wrong_addresses(served_db: Database) -> None:
    filled(served_db)
    async with Browser() as tab:
        await opened(tab, "?tuan=2&khoi=cap_xa&tim=le chan")
        assert [row.name for row in shown(tab, "rows")] == ["UBND phường Lê Chân"]
        assert (shown(tab, "bloc"), shown(tab, "query"), shown(tab, "picked")) == ("cap_xa", "le chan", True)
        await tab.send(UnitStandingsState.search, wanted="y te")
        assert [(row.rank, row.key) for row in shown(tab, "rows")] == [("1", "U1")]
        await tab.send(UnitStandingsState.search, wanted="")
        assert len(shown(tab, "rows")) == 2
        for query in ("?tuan=9", "?khoi=x", "?trang=99", "?mo=%00"):
            await opened(tab, query)
            assert (shown(tab, "board"), shown(tab, "bloc"), shown(tab, "page")) == (2, "", 1)


async def test_one_s_own_unit_is_known_to_its_people_only(served_db: Database) -> None:
    contest = filled(served_db)
    person = make_person(served_db, contest, unit=1, now=server_now())
    async with Browser(cookie=f"cchc={person.token}") as tab:
        await opened(tab)
        assert (shown(tab, "own").key, shown(tab, "own").rank) == ("U1", "1")
    async with Browser() as stranger:
        await opened(stranger)
        assert shown(stranger, "own") == UnitRowView()


async def test_blocs(served_db: Database) -> None:
    filled(served_db)
    async with Browser() as tab:
        await tab.open("/xep-hang/khoi?tuan=chung-cuoc", UnitStandingsState.load_blocs)
        (bloc,) = shown(tab, "live").blocs
        assert (bloc.taking_part, bloc.score, bloc.units) == (
            "3/100 người · 3 lượt · 3,00%",
            "điểm 58,33%",
            "2 đơn vị, 2 đã được xếp hạng",
        )
        assert bloc.href == "/xep-hang/don-vi?tuan=chung-cuoc&khoi=cap_xa"
        assert not tab.errors


async def test_anybody_may_call_anything_with_anything(served_db: Database) -> None:
    filled(served_db)
    async with Browser() as fresh:
        for handler in (UnitStandingsState.refresh, ProjectorState.go_on):
            await fresh.send(handler)
        await fresh.send(UnitStandingsState.search, wanted="x")
        assert not fresh.errors
    async with Browser() as tab:
        await opened(tab)
        for wrong in WRONG_TYPES:
            await tab.send(UnitStandingsState.search, wanted=wrong)
        assert not tab.errors


async def test_without_a_contest_every_page_says_so(served_db: Database) -> None:
    async with Browser() as tab:
        await opened(tab)
        await tab.open("/trinh-chieu", ProjectorState.load)
        for state in (UnitStandingsState, ProjectorState):
            assert tab.shown(state, "screen") == "missing"
            assert tab.shown(state, "notice") == message(ErrorCode.CONTEST_MISSING)


async def test_a_withheld_board_shows_nothing_anywhere(served_db: Database) -> None:
    whole = rules_around(server_now())
    periods = tuple(replace(one, prediction=PredictionSubject.ENTRANTS) for one in whole.periods)
    filled(served_db, replace(whole, periods=periods))
    async with Browser() as tab:
        for query in ("?tuan=2", "?tuan=chung-cuoc", "?tuan=2&mo=U0&tim=so"):
            live = await opened(tab, query)
            assert "hiện sau" in live.withheld
            assert (live.rows, live.blocs, shown(tab, "rows"), shown(tab, "own")) == ([], [], [], UnitRowView())
            assert shown(tab, "opened") == FormulaView()
        await tab.open("/trinh-chieu", ProjectorState.load)
        assert tab.shown(StandingsState, "live").size == 0
        assert "người ·" not in tab.received


async def test_a_frozen_board_says_so(served_db: Database) -> None:
    contest = filled(served_db)
    minutes = int((contest.rule_set.periods[1].closes_at - server_now()) / timedelta(minutes=1)) + 2
    with served_db.write() as session:
        set_minutes(session, contest.period_ids[2], minutes=minutes, note="Chờ lễ tổng kết.")
    async with Browser() as tab:
        before = await opened(tab)
        assert before.frozen.startswith("Bảng đang dừng ở ")
        assert before.frozen.endswith("Chờ lễ tổng kết.")
        person = make_person(served_db, contest, unit=1, now=server_now())
        finish_paper(served_db, contest, person, correct=4, started_at=server_now())
        assert await opened(tab) == before
        await tab.open("/xep-hang", StandingsState.load)
        assert tab.shown(StandingsState, "live").size == 3
        assert tab.shown(StandingsState, "live").frozen == before.frozen


async def test_the_projector_goes_round(served_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(served_db)
    now = [server_now()]
    monkeypatch.setattr(projector, "server_now", lambda: now[0])
    async with Browser() as tab:
        await tab.open("/trinh-chieu?giay=7", ProjectorState.load)
        seen = []
        for _ in range(5):
            seen.append((tab.shown(ProjectorState, "screen"), tab.shown(ProjectorState, "title")))
            await tab.send(ProjectorState.go_on)  # too early: nothing happens
            assert tab.shown(ProjectorState, "title") == seen[-1][1]
            now[0] += timedelta(seconds=7)
            await tab.send(ProjectorState.go_on)
        assert seen == [
            ("people", "Xếp hạng cá nhân · Tuần 2"),
            ("people", "Xếp hạng cá nhân · Chung cuộc"),
            ("units", "Xếp hạng đơn vị · Tuần 2"),
            ("units", "Xếp hạng đơn vị · Cả hội thi"),
            ("people", "Xếp hạng cá nhân · Tuần 2"),
        ]
        assert not tab.errors


@pytest.mark.parametrize(
    ("query", "titles", "seconds"),
    [
        ("?bang=don-vi:1,2", ["Xếp hạng đơn vị · Tuần 1", "Xếp hạng cá nhân · Tuần 2"], 20),
        ("?bang=don-vi&giay=1", ["Xếp hạng đơn vị · Cả hội thi"], 5),
        ("?bang=chung-cuoc,9,x&giay=99999", ["Xếp hạng cá nhân · Chung cuộc"], 20),
    ],
)
async def test_the_address_chooses_the_round(served_db: Database, query: str, titles: list[str], seconds: int) -> None:
    filled(served_db)
    async with Browser() as tab:
        await tab.open(f"/trinh-chieu{query}", ProjectorState.load)
        assert [slide.title for slide in tab.shown(ProjectorState, "slides")] == titles
        assert tab.shown(ProjectorState, "seconds") == seconds


def test_tabs_that_open_at_the_same_version_share_one_view(served_db: Database) -> None:
    filled(served_db)
    feed, now = BoardFeed(served_db, unit_board), server_now()
    assert live_view(feed.top(2, now=now), now) is live_view(feed.top(2, now=now), now)
    assert live_view(feed.top(OVERALL, now=now), now).stamp != live_view(feed.top(2, now=now), now).stamp
