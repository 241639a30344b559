"""The overview and the item analysis, event by event."""

import json

from cchc_app.contest.access import Role
from cchc_app.data.engine import Database
from cchc_app.services.clock import server_now
from cchc_app.services.live_overview import OverviewFeed
from cchc_app.states.admin.item_analysis import ItemAnalysisState
from cchc_app.states.admin.overview import OverviewState
from cchc_app.states.admin.overview_view import live_overview
from tests.factories import finish_paper, make_contest, make_person, rules_around
from tests.filled import Filling, fill
from tests.staff import Staffer, make_staff
from tests.states.driver import Browser

OVERVIEW, ITEMS = "/quan-tri", "/quan-tri/thong-ke-cau-hoi"


def staffer(db: Database, role: Role = Role.ORGANISER) -> Staffer:
    return make_staff(db, role, now=server_now())


async def test_an_organiser_sees_figures_units_and_concerns(served_db: Database) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    person = make_person(served_db, contest, name="Không Ai Thấy", now=server_now())
    finish_paper(served_db, contest, person, started_at=server_now())
    async with Browser(cookie=staffer(served_db).cookie, path=f"{OVERVIEW}?co-nguoi=khong") as tab:
        await tab.open(tab.path, OverviewState.load)
        live = tab.shown(OverviewState, "live")
        assert [figure.value for figure in live.figures] == ["1", "1", "100,0%", "1/2"]
        assert (sum(bar.value for bar in live.hours), len(live.hours), len(live.days)) == (1, 24, 1)
        zero = next(one for one in live.concerns if one.key == "units_at_zero")
        assert zero.text == "1 đơn vị chưa có người dự thi"
        assert zero.href == "/quan-tri?co-nguoi=khong#don-vi"
        assert zero.copied.endswith("Xã, phường, đặc khu:\n1. Sở Y tế")
        [line] = tab.shown(OverviewState, "lines")
        assert (line.name, line.headcount, line.participants, line.rate, line.score) == (
            "Sở Y tế",
            "50",
            "0",
            "0,0%",
            "—",
        )
        table = tab.shown(OverviewState, "table")
        assert (table.totals, table.export) == ("1 trong 2 đơn vị", "/quan-tri/tep/tham-gia.xlsx?co-nguoi=khong")
        assert [one.name for one in tab.shown(OverviewState, "tabs")] == ["Tuần 1", "Tuần 2", "Cả hội thi"]
        await tab.open(f"{OVERVIEW}?bang=1", OverviewState.load)
        await tab.send(OverviewState.search, form={"search": "Lê", "khoi": "cap_xa", "co-nguoi": "x"})
        assert tab.redirects == ["/quan-tri?bang=1&tim=L%C3%AA&khoi=cap_xa#don-vi"]
        assert "Không Ai Thấy" not in tab.received
        assert tab.errors == []


async def test_a_judge_and_an_editor_see_what_they_may_do(served_db: Database) -> None:
    make_contest(served_db, rules_around(server_now()))
    for role in (Role.JUDGE, Role.QUESTION_EDITOR, Role.ADMINISTRATOR):
        async with Browser(cookie=staffer(served_db, role).cookie, path=OVERVIEW) as tab:
            await tab.open(tab.path, OverviewState.load)
            assert tab.shown(OverviewState, "may")
            assert (tab.shown(OverviewState, "reads"), tab.shown(OverviewState, "lines")) == (False, [])
            await tab.send(OverviewState.search, form={"search": "a"})
            await tab.send(ItemAnalysisState.load)
            await tab.send(ItemAnalysisState.search, form={"search": "a"})
            await tab.send(ItemAnalysisState.follow)
            assert (tab.shown(ItemAnalysisState, "loaded"), tab.redirects, tab.errors) == (False, [], [])


async def test_without_a_contest_the_page_says_so(served_db: Database) -> None:
    async with Browser(cookie=staffer(served_db).cookie, path=OVERVIEW) as tab:
        await tab.open(tab.path, OverviewState.load)
        assert (tab.shown(OverviewState, "notice_code"), tab.errors) == ("CCHC-301", [])


async def test_the_item_analysis_computes_and_opens_a_question(served_db: Database) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    fill(served_db, contest, Filling(people=80, weeks=(1,)))
    async with Browser(cookie=staffer(served_db, Role.AUDITOR).cookie, path=f"{ITEMS}?chu-de=A&xep=do-de") as tab:
        await tab.open(tab.path, ItemAnalysisState.load)
        lines = tab.shown(ItemAnalysisState, "lines")
        assert len(lines) == 6
        assert tab.shown(ItemAnalysisState, "made_of").startswith("80 bài đã nộp hoặc hết giờ, tính lúc ")
        assert lines[0].href.startswith(f"{ITEMS}?chu-de=A&xep=do-de&mo=")
        await tab.open(lines[0].href, ItemAnalysisState.load)
        chosen = tab.shown(ItemAnalysisState, "chosen")
        assert (chosen.name, [option.letter for option in chosen.options]) == (lines[0].name, list("ABCD"))
        assert [option.accepted for option in chosen.options].count(True) == 1
        assert tab.shown(ItemAnalysisState, "back") == f"{ITEMS}?chu-de=A&xep=do-de"
        await tab.send(ItemAnalysisState.search, form={"search": "Q00", "dau-hieu": "can-xem"})
        assert tab.redirects == [f"{ITEMS}?tim=Q00&dau-hieu=can-xem&xep=do-de"]
        assert (tab.shown(ItemAnalysisState, "computing"), tab.errors) == ("", [])


async def test_a_long_computation_is_followed(served_db: Database, monkeypatch) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    fill(served_db, contest, Filling(people=40, weeks=(1,)))
    monkeypatch.setattr("cchc_app.states.admin.item_analysis.PATIENCE", 0.0)
    monkeypatch.setattr("cchc_app.states.admin.item_analysis.LOOK", 0.05)
    async with Browser(cookie=staffer(served_db).cookie, path=ITEMS) as tab:
        await tab.open(tab.path, ItemAnalysisState.load)
        assert len(tab.shown(ItemAnalysisState, "lines")) == 12
        assert (tab.shown(ItemAnalysisState, "computing"), tab.errors) == ("", [])


async def test_a_failed_computation_is_told_and_not_begun_again_by_waiting(served_db: Database, monkeypatch) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    fill(served_db, contest, Filling(people=5, weeks=(1,)))
    monkeypatch.setattr("cchc_app.states.admin.item_analysis.PATIENCE", 0.0)
    monkeypatch.setattr("cchc_app.states.admin.item_analysis.LOOK", 0.05)
    begun = []
    monkeypatch.setattr("cchc_app.data.item_analysis.papers_in", lambda _: begun.append(1) or 1 // 0)
    async with Browser(cookie=staffer(served_db).cookie, path=ITEMS) as tab:
        await tab.open(tab.path, ItemAnalysisState.load)
        assert tab.shown(ItemAnalysisState, "notice").startswith("Chưa tính được.")
        assert (len(begun), tab.shown(ItemAnalysisState, "computing"), tab.errors) == (1, "", [])


async def test_wrong_arguments_do_nothing(served_db: Database) -> None:
    make_contest(served_db, rules_around(server_now()))
    async with Browser(cookie=staffer(served_db).cookie, path=OVERVIEW) as tab:
        await tab.open(tab.path, OverviewState.load, ItemAnalysisState.load)
        for form in (None, 5, "x", [], {}, {"search": 1, "khoi": []}):
            await tab.send(OverviewState.search, form=form)
            await tab.send(ItemAnalysisState.search, form=form)
        assert set(tab.redirects) <= {"/quan-tri#don-vi", ITEMS}
        assert tab.errors == []


def test_what_is_sent_to_every_watcher_is_plain(db: Database) -> None:
    contest = make_contest(db)
    make_person(db, contest, name="Không Ai Thấy")
    view = live_overview(OverviewFeed(db).newest(now=server_now()))
    assert "Không Ai Thấy" not in json.dumps(view, default=vars)
