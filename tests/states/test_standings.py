"""The boards' page in words, and what its tabs are sent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from cchc_app.contest.boards import OVERALL
from cchc_app.contest.errors import ErrorCode
from cchc_app.contest.regulations import FeedbackMode, PredictionSubject, RuleSet
from cchc_app.contest.timing import to_millis
from cchc_app.data.crypto import keyring
from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.services.live_boards import BoardFeed, News, get_feed
from cchc_app.services.standings import own_key
from cchc_app.states import standings as page
from cchc_app.states.board_tabs import PagerView, TabView
from cchc_app.states.standings import LiveView, RowView, StandingsState, live_view, news_view
from cchc_app.texts import message
from tests.factories import MadeContest, Person, fill_boards, finish_paper, make_contest, make_person, rules
from tests.states.driver import Browser

WRONG_TYPES: tuple[object, ...] = (None, 5, -1.5, True, [], ["a"], {}, {"a": 1})


@pytest.fixture(autouse=True)
def _fresh_feed():
    get_feed.cache_clear()
    yield
    get_feed.cache_clear()


def current(period: Mapping[str, Any] | None = None) -> RuleSet:
    """The rules with the second of their weeks open now; any field of the periods can be changed."""
    whole = rules()
    now = server_now()
    shift = now - timedelta(days=2) - whole.periods[1].opens_at
    moved = tuple(
        replace(p, opens_at=p.opens_at + shift, closes_at=p.closes_at + shift, **(period or {})) for p in whole.periods
    )
    return replace(whole, periods=moved)


def people_on(db: Database, contest: MadeContest, *results: tuple[str, int]) -> list[Person]:
    people = []
    for name, correct in results:
        person = make_person(db, contest, name=name, now=server_now())
        finish_paper(db, contest, person, correct=correct, used_ms=61_500)
        people.append(person)
    return people


def shown(tab: Browser, name: str):
    return tab.shown(StandingsState, name)


async def opened(tab: Browser, query: str = "") -> LiveView:
    await tab.open(f"/xep-hang{query}", StandingsState.load)
    assert not tab.errors
    return shown(tab, "live")


async def test_a_visitor_sees_the_open_week(served_db: Database) -> None:
    contest = make_contest(served_db, current())
    people_on(served_db, contest, ("An", 1), ("Bình", 4), ("Chi", 3), ("Dung", 2))
    async with Browser() as tab:
        live = await opened(tab)
        assert [row.name for row in live.podium] == ["Bình", "Chi", "Dung"]
        (last,) = live.rows
        assert last == RowView(live.shown[3], 4, "An", "UBND phường Lê Chân", "1", "01:01")
        assert (live.size, live.people, live.withheld) == (4, "4 người", "")
        assert (shown(tab, "screen"), shown(tab, "own")) == ("board", RowView())
        assert shown(tab, "tabs") == [
            TabView("Tuần", "/xep-hang?tuan=2", True),
            TabView("Chung cuộc", "/xep-hang?tuan=chung-cuoc", False),
            TabView("Đơn vị", "/xep-hang/don-vi?tuan=2", False),
            TabView("Khối", "/xep-hang/khoi?tuan=2", False),
        ]
        assert shown(tab, "periods") == [
            TabView("Tuần 1", "/xep-hang?tuan=1", False),
            TabView("Tuần 2", "/xep-hang?tuan=2", True),
        ]


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 2),
        ("?tuan=1", 1),
        ("?tuan=2", 2),
        ("?tuan=chung-cuoc", OVERALL),
        ("?tuan=3", 2),
        ("?tuan=0", 2),
        ("?tuan=-1", 2),
        ("?tuan=²", 2),
        ("?tuan=99999999999999999999", 2),
        ("?tuan=", 2),
    ],
)
async def test_the_address_names_the_board(served_db: Database, query: str, number: int) -> None:
    make_contest(served_db, current())
    async with Browser() as tab:
        await opened(tab, query)
        assert shown(tab, "board") == number


async def test_one_s_own_place_is_marked_and_told_to_nobody_else(served_db: Database) -> None:
    contest = make_contest(served_db, current())
    first, second = people_on(served_db, contest, ("Một", 4), ("Hai", 3))
    key = own_key(served_db, participant_id=second.id)
    async with Browser(cookie=f"cchc={second.token}") as tab:
        live = await opened(tab)
        assert (shown(tab, "own").rank, shown(tab, "own").key) == (2, key)
        assert live.shown == [own_key(served_db, participant_id=person.id) for person in (first, second)]
    async with Browser() as stranger:
        await opened(stranger)
        assert shown(stranger, "own") == RowView()
    newcomer = make_person(served_db, contest, now=server_now())
    async with Browser(cookie=f"cchc={newcomer.token}") as tab:
        await opened(tab)
        assert (shown(tab, "own").rank, shown(tab, "own").key) == (0, own_key(served_db, participant_id=newcomer.id))


async def test_pages_go_on_to_the_last_line(served_db: Database) -> None:
    contest = make_contest(served_db, current())
    fill_boards(served_db, contest, people=270)
    async with Browser() as tab:
        live = await opened(tab)
        assert (len(live.podium), len(live.rows), live.size, shown(tab, "later")) == (3, 97, 270, [])
        assert shown(tab, "pager") == PagerView(
            "Trang 1/3", after="/xep-hang?tuan=2&trang=2", last="/xep-hang?tuan=2&trang=3"
        )
        for asked, page_number, first, last in (("2", 2, 101, 200), ("3", 3, 201, 270), ("999", 3, 201, 270)):
            await opened(tab, f"?tuan=2&trang={asked}")
            assert shown(tab, "page") == page_number
            assert [row.rank for row in shown(tab, "later")] == list(range(first, last + 1))
        for wrong in ("0", "-1", "x", "2.5", "9999999", ""):
            await opened(tab, f"?tuan=2&trang={wrong}")
            assert (shown(tab, "page"), shown(tab, "later")) == (1, [])


async def test_the_address_holds_the_search(served_db: Database) -> None:
    contest = make_contest(served_db, current())
    people_on(served_db, contest, ("Đỗ Thị Mai", 1), ("Trần Bình", 4))
    async with Browser() as tab:
        await opened(tab, "?tuan=2&tim=do thi")
        assert ([row.name for row in shown(tab, "found")], shown(tab, "query")) == (["Đỗ Thị Mai"], "do thi")


async def test_searching(served_db: Database) -> None:
    contest = make_contest(served_db, current())
    people_on(served_db, contest, ("Đỗ Thị Mai", 1), ("Trần Bình", 4))
    async with Browser() as tab:
        await opened(tab)
        await tab.send(StandingsState.search, wanted="  do thi ")
        assert ([row.name for row in shown(tab, "found")], shown(tab, "found")[0].rank) == (["Đỗ Thị Mai"], 2)
        await tab.send(StandingsState.search, wanted="x" * 1000)
        assert (shown(tab, "found"), len(shown(tab, "query"))) == ([], page.QUERY_LENGTH)
        await tab.send(StandingsState.search, wanted="d")
        assert (shown(tab, "query"), shown(tab, "found")) == ("", [])
        assert not tab.errors


async def test_refreshing_waits_for_its_turn(served_db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    contest = make_contest(served_db, current())
    (person,) = people_on(served_db, contest, ("Một", 1))
    async with Browser(cookie=f"cchc={person.token}") as tab:
        await opened(tab)
        people_on(served_db, contest, ("Hai", 4))
        await tab.send(StandingsState.refresh)
        assert shown(tab, "own").rank == 1
        later = server_now() + timedelta(milliseconds=page.SLOT_MS)
        monkeypatch.setattr(page, "server_now", lambda: later)
        await tab.send(StandingsState.refresh)
        assert shown(tab, "own").rank == 2
        assert shown(tab, "seen") == live_view(get_feed().top(2, now=later), later).stamp


@pytest.mark.parametrize("kind", ["prediction", "marks after the close"])
async def test_a_withheld_board_sends_nothing_but_when_it_appears(served_db: Database, kind: str) -> None:
    asked, late = {"prediction": PredictionSubject.ENTRANTS}, {"feedback": FeedbackMode.AFTER_CLOSE}
    contest = make_contest(served_db, current(asked if kind == "prediction" else late))
    person = make_person(served_db, contest, name="Nguyễn Kín", now=server_now())

    async def everything_sent() -> str:
        async with Browser(cookie=f"cchc={person.token}") as tab:
            for query in ("?tuan=2", "?tuan=chung-cuoc"):
                live = await opened(tab, query)
                assert "hiện sau" in live.withheld
                await tab.send(StandingsState.search, wanted="kín")
                await tab.send(StandingsState.refresh)
                assert (live.size, live.podium, live.rows, live.stamp) == (0, [], [], "withheld")
                assert (shown(tab, "found"), shown(tab, "later"), shown(tab, "own").rank) == ([], [], 0)
            return tab.received

    before = await everything_sent()
    finish_paper(served_db, contest, person, correct=3, used_ms=61_500, prediction=1)
    after = await everything_sent()
    assert _without_chance(after) == _without_chance(before)
    assert "01:01" not in after


def _without_chance(sent: str) -> list[str]:
    """What was sent, without what differs between any two tabs: their tokens, slots and instants."""
    words = sent.replace("{", " ").replace(",", " ").replace("}", " ").split()
    changing = ("slot_ms", "asked_ms", "token", "sid", "client_ip", "session_id")
    skipped = [n for n, word in enumerate(words) if any(name in word for name in changing)]
    return [word for n, word in enumerate(words) if n not in skipped and n - 1 not in skipped]


async def test_before_the_first_week_there_is_no_board(served_db: Database) -> None:
    whole = rules()
    shift = server_now() + timedelta(days=1) - whole.periods[0].opens_at
    later = tuple(replace(p, opens_at=p.opens_at + shift, closes_at=p.closes_at + shift) for p in whole.periods)
    make_contest(served_db, replace(whole, periods=later))
    async with Browser() as tab:
        await opened(tab)
        assert shown(tab, "screen") == "none"
        assert shown(tab, "notice").startswith("Bảng mở cùng tuần thi đầu tiên")
        await tab.send(StandingsState.search, wanted="an")
        assert not tab.errors


async def test_without_a_contest_it_says_so(served_db: Database) -> None:
    async with Browser() as tab:
        await opened(tab)
        assert (shown(tab, "screen"), shown(tab, "notice")) == ("missing", message(ErrorCode.CONTEST_MISSING))


async def test_anybody_may_call_anything_with_anything(served_db: Database) -> None:
    contest = make_contest(served_db, current())
    people_on(served_db, contest, ("Một", 4))
    own = set(StandingsState.event_handlers) - {"setvar"}
    assert own == {"load", "search", "refresh"}
    async with Browser() as fresh:  # no page was opened: a tap that waited for the server to come back
        await fresh.send(StandingsState.refresh)
        await fresh.send(StandingsState.search, wanted="một")
        assert not fresh.errors
    async with Browser() as tab:
        await opened(tab)
        for wrong in WRONG_TYPES:
            await tab.send(StandingsState.search, wanted=wrong)
        assert not tab.errors
        assert (shown(tab, "query"), shown(tab, "found")) == ("", [])


async def test_nothing_private_is_ever_sent(served_db: Database) -> None:
    contest = make_contest(served_db, current())
    people = people_on(served_db, contest, ("Một", 4), ("Hai", 3))
    async with Browser(cookie=f"cchc={people[0].token}") as tab:
        await opened(tab)
        await tab.send(StandingsState.search, wanted="hai")
        for person in people:
            assert keyring().blind_index(f"standing:{contest.contest_id}:{person.id}") not in tab.received
            assert "0310850" not in tab.received
            assert f"T26-W2-{person.id:06}" not in tab.received


def test_tabs_that_open_at_the_same_version_share_one_view(served_db: Database) -> None:
    contest = make_contest(served_db, current())
    people_on(served_db, contest, ("Một", 4))
    feed, now = BoardFeed(served_db), server_now()
    first = live_view(feed.top(2, now=now), now)
    assert live_view(feed.top(2, now=now), now) is first
    key = first.shown[0]
    news = news_view(News(feed.top(2, now=now), frozenset({key})), now)
    assert (news.podium[0].fresh, first.podium[0].fresh) == (True, False)
    assert (news.stamp, news.at_ms) == (first.stamp, to_millis(now))


def test_a_board_being_settled_says_so() -> None:
    until = datetime.fromisoformat("2025-11-16T17:00:00+00:00")
    withheld = page.Board(2, (), None, until)
    before = live_view(withheld, until - timedelta(milliseconds=1)).withheld
    assert before == "Bảng tuần này hiện sau 24:00 Chủ Nhật 16/11, khi tuần thi kết thúc. Bạn quay lại lúc đó."
    assert "đang chốt kết quả" in live_view(withheld, until).withheld
