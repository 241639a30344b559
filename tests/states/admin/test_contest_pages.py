"""The pages of the contest, event by event: what is shown, kept, refused, and told to the second of two."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from cchc_app.contest.access import Role
from cchc_app.data.contests import contest_in_force
from cchc_app.data.engine import Database
from cchc_app.data.tables import Announcement, Contest
from cchc_app.services.announcements import write_news
from cchc_app.services.clock import server_now
from cchc_app.services.contest_texts import save_texts
from cchc_app.states.admin.board_freeze import BoardFreezeState
from cchc_app.states.admin.contest import ContestState
from cchc_app.states.admin.new_contest import NewContestState
from cchc_app.states.admin.news import NewsDeskState, NewsEditorState
from cchc_app.states.admin.rules import RuleDraftState
from cchc_app.states.admin.session import StaffState
from cchc_app.states.admin.simulation import SimulationState
from cchc_app.states.home import HomeState
from cchc_app.states.news import NewsState
from cchc_app.states.rules import RulesState
from tests.factories import finish_paper, make_contest, make_person, rules_around
from tests.staff import Staffer, make_staff
from tests.states.driver import Browser

DESK, RULES = "/quan-tri/hoi-thi", "/quan-tri/hoi-thi/the-le"
WRONG = [None, 5, "x", [], {}, {"revision": []}, {"section": {}, "title": 1.5}, {"number": "-1", "body": ["x"]}]


def organiser(db: Database) -> Staffer:
    return make_staff(db, Role.ORGANISER, now=server_now())


def tab_of(who: Staffer, path: str) -> Browser:
    return Browser(cookie=who.cookie, path=path)


async def test_names_are_kept_and_the_second_editor_sees_the_newer_ones(served_db: Database) -> None:
    make_contest(served_db)
    first, second = organiser(served_db), organiser(served_db)
    async with tab_of(second, DESK) as tab:
        await tab.open(DESK, ContestState.load)
        form = {"title": "Hội thi mới", "short_title": "Mới"}
        save_texts(served_db, actor=first.username, revision=1, form=form, now=server_now())
        await tab.send(ContestState.save, form={"revision": "1", "title": "Của tôi"})
        assert tab.shown(ContestState, "notice_code") == "CCHC-654"
        assert first.username in tab.shown(ContestState, "notice")
        assert tab.shown(ContestState, "newer") == {"title": "Hội thi mới"}
        await tab.send(ContestState.save, form={"revision": "2", "title": "Của tôi"})
        assert (tab.shown(ContestState, "newer"), tab.errors) == ({}, [])
    with served_db.read() as session:
        contest = session.exec(select(Contest)).one()
    assert (contest.title, contest.short_title, contest.revision) == ("Của tôi", "Mới", 3)


async def test_wrong_fields_are_said_beside_them_and_nothing_is_kept(served_db: Database) -> None:
    make_contest(served_db)
    async with tab_of(organiser(served_db), DESK) as tab:
        await tab.open(DESK, ContestState.load)
        form = {"revision": "1", "title": " ", "short_title": "x" * 61, "video_url": "javascript:alert(1)"}
        await tab.send(ContestState.save, form=form)
        errors = {name for name, words in tab.shown(ContestState, "errors").items() if words}
        assert (errors, tab.shown(ContestState, "form_key")) == ({"title", "short_title", "video_url"}, 1)


async def test_markdown_is_shown_on_the_home_page_without_anything_that_runs(served_db: Database) -> None:
    make_contest(served_db)
    evil = "**Đậm** <script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    async with tab_of(organiser(served_db), DESK) as tab:
        await tab.open(DESK, ContestState.load)
        await tab.send(ContestState.preview, field="purpose", text=evil)
        shown = tab.shown(ContestState, "previews")["purpose"]
        await tab.send(ContestState.save, form={"revision": "1", "purpose": evil})
    async with Browser() as visitor:
        await visitor.open("/", HomeState.load)
        purpose = visitor.shown(HomeState, "about").purpose
    for html in (shown, purpose):
        assert "<strong>Đậm</strong>" in html
        assert not re.search(r"<script|<img|href=.javascript", html)


async def test_a_draft_is_saved_moved_and_published_with_its_note(served_db: Database) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    who = organiser(served_db)
    async with tab_of(who, f"{RULES}?muc=de-thi") as tab:
        await tab.open(tab.path, RuleDraftState.load)
        assert (tab.shown(RuleDraftState, "section"), tab.shown(RuleDraftState, "version")) == ("de-thi", 1)
        await tab.send(RuleDraftState.save, form={"section": "de-thi", "revision": "0", "minutes": "15"})
        await tab.send(RuleDraftState.move, step="finished_at_asc", way="earlier")
        assert next(row.before for row in tab.shown(RuleDraftState, "changes")) == "10 phút"
        finish_paper(served_db, contest, make_person(served_db, contest, now=server_now()))
        code = who.code(server_now())
        await tab.send(RuleDraftState.publish, form={"revision": "2", "note": "vì sao", "code": code})
        assert tab.shown(RuleDraftState, "notice_code") == "CCHC-662"  # places rest on the chain now
        await tab.send(RuleDraftState.move, step="finished_at_asc", way="later")
        assert tab.shown(RuleDraftState, "notice_code") == ""
        await tab.send(RuleDraftState.publish, form={"revision": "3", "note": " ", "code": code})
        assert tab.shown(RuleDraftState, "notice_code") == "CCHC-663"
        await tab.send(RuleDraftState.publish, form={"revision": "3", "note": "Thêm giờ", "code": code})
        assert (tab.shown(RuleDraftState, "version"), tab.errors) == (2, [])
    async with Browser() as visitor:
        await visitor.open("/the-le", RulesState.load)
        assert [one.note for one in visitor.shown(RulesState, "versions")] == ["Thêm giờ", ""]


async def test_wrong_rules_keep_what_was_typed_and_say_where(served_db: Database) -> None:
    make_contest(served_db)
    async with tab_of(organiser(served_db), RULES) as tab:
        await tab.open(RULES, RuleDraftState.load)
        before = tab.shown(RuleDraftState, "form_key")
        await tab.send(RuleDraftState.save, form={"section": "tuan", "revision": "0", "opens_at-2": "sai"})
        rows = tab.shown(RuleDraftState, "draft").periods
        assert [bool(row.errors["opens_at"]) for row in rows] == [False, True, False, False, False]
        assert (tab.shown(RuleDraftState, "form_key"), tab.shown(RuleDraftState, "revision")) == (before, 0)


async def test_a_first_contest_is_set_up_in_the_browser(served_db: Database) -> None:
    who = organiser(served_db)
    async with tab_of(who, DESK) as tab:
        await tab.open(DESK, ContestState.load)
        assert (tab.shown(ContestState, "missing"), tab.shown(ContestState, "notice")) == (True, "")
        await tab.open(f"{DESK}/moi", NewContestState.load)
        form = {
            "source": "hai-phong-2025",
            "title": "Hội thi",
            "short_title": "HT",
            "slug": "hoi-thi",
            "contest_code": "HT26",
            "first_day": "02/11/2026",
            "units": True,
            "code": who.code(server_now()),
        }
        await tab.send(NewContestState.create, form=form | {"first_day": "hôm nay"})
        assert tab.shown(NewContestState, "errors")["first_day"] != ""
        await tab.send(NewContestState.create, form=form)
        assert "164 đơn vị và 0 câu hỏi" in tab.shown(NewContestState, "done")
    with served_db.read() as session:
        assert contest_in_force(session).code == "HT26"


async def read_by_visitor(path: str) -> tuple[str, str]:
    async with Browser() as visitor:
        await visitor.open(path, NewsState.load)
        assert visitor.errors == []
        return visitor.shown(NewsState, "html"), visitor.shown(NewsState, "notice_code")


async def test_news_are_scheduled_shown_and_removed(served_db: Database) -> None:
    make_contest(served_db)
    who = organiser(served_db)
    later = f"{server_now() + timedelta(days=2):%d/%m/%Y} 08:00"
    async with tab_of(who, "/quan-tri/tin-tuc/moi") as tab:
        form = {"number": "0", "revision": "0", "title": "Tin", "body": "**Chào**"}
        await tab.open(tab.path, NewsEditorState.load)
        await tab.send(NewsEditorState.save, form=form)
        await tab.open(tab.path, NewsEditorState.load)
        await tab.send(NewsEditorState.save, form=form | {"title": "Mai", "starts_at": later, "pinned": True})
        assert tab.redirects == ["/quan-tri/tin-tuc/1", "/quan-tri/tin-tuc/2"]
        await tab.open("/quan-tri/tin-tuc", NewsDeskState.load)
        rows = tab.shown(NewsDeskState, "rows")
        assert [(row.title, row.tone, row.pinned) for row in rows] == [("Mai", "info", True), ("Tin", "right", False)]
    async with Browser() as visitor:
        await visitor.open("/", HomeState.load)
        assert [item.title for item in visitor.shown(HomeState, "about").news] == ["Tin"]
    html, _ = await read_by_visitor("/tin-tuc/1")
    assert "<strong>Chào</strong>" in html
    assert await read_by_visitor("/tin-tuc/2") == ("", "CCHC-668")
    async with tab_of(who, "/quan-tri/tin-tuc/1") as tab:
        await tab.open(tab.path, NewsEditorState.load)
        await tab.send(NewsEditorState.remove)
        assert (tab.redirects, tab.errors) == (["/quan-tri/tin-tuc"], [])
    assert await read_by_visitor("/tin-tuc/1") == ("", "CCHC-668")


async def test_the_second_editor_of_news_is_told(served_db: Database) -> None:
    make_contest(served_db)
    first, second = organiser(served_db), organiser(served_db)

    def write(revision: int, text: str) -> None:
        number = min(revision, 1)
        form = {"title": text, "body": text}
        wanted = {"number": number, "revision": revision, "form": form, "pinned": False}
        write_news(served_db, actor=first.username, now=server_now(), **wanted)

    write(0, "a")
    async with tab_of(second, "/quan-tri/tin-tuc/1") as tab:
        await tab.open(tab.path, NewsEditorState.load)
        write(1, "b")
        await tab.send(NewsEditorState.save, form={"number": "1", "revision": "1", "title": "C", "body": "c"})
        assert tab.shown(NewsEditorState, "notice_code") == "CCHC-654"
        assert tab.shown(NewsEditorState, "newer")["body"] == "b"
    with served_db.read() as session:
        assert session.exec(select(Announcement.body)).one() == "b"


async def test_any_moment_is_shown(served_db: Database) -> None:
    contest = make_contest(served_db)
    async with tab_of(organiser(served_db), "/quan-tri/hoi-thi/xem-thu") as tab:
        await tab.open(tab.path, SimulationState.load)
        await tab.send(SimulationState.look, form={"at": "02/03/2026 00:00"})
        seen = tab.shown(SimulationState, "seen")
        assert (seen.pill, seen.visitor_button) == ("Tuần 1 đang mở", "Đăng nhập để dự thi")
        assert seen.newcomer_button == "Vào thi tuần 1"
        await tab.send(SimulationState.look, form={"at": "hôm qua"})
        assert tab.shown(SimulationState, "error") != ""
        assert len(tab.shown(SimulationState, "moments")) == 2 * len(contest.rule_set.periods) + 1


HANDLERS = [ContestState.save, RuleDraftState.save, RuleDraftState.publish, NewsEditorState.save]


@pytest.mark.parametrize("handler", HANDLERS, ids=["contest", "rules", "publish", "news"])
async def test_wrong_payloads_are_refused_quietly(served_db: Database, handler) -> None:
    make_contest(served_db)
    async with tab_of(organiser(served_db), DESK) as tab:
        for form in WRONG:
            await tab.send(handler, form=form)
        assert [str(error) for error in tab.errors if "cchc_app/services" in str(error)] == []
    with served_db.read() as session:
        assert session.exec(select(Announcement)).all() == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.JUDGE])
async def test_auditors_look_and_judges_do_not(served_db: Database, role: Role) -> None:
    make_contest(served_db)
    async with tab_of(make_staff(served_db, role, now=server_now()), DESK) as tab:
        for handler in (ContestState.load, RuleDraftState.load, NewsDeskState.load, SimulationState.load):
            await tab.open(DESK, handler)
            assert tab.shown(StaffState, "denied") is (role is Role.JUDGE)
        await tab.send(ContestState.save, form={"revision": "1", "title": "x"})
        assert tab.shown(StaffState, "denied") is True
    with served_db.read() as session:
        assert session.exec(select(Contest.title)).one() == "Test"


async def test_boards_are_frozen_by_who_runs_the_contest(served_db: Database) -> None:
    contest = make_contest(served_db, rules_around(server_now()))
    async with tab_of(organiser(served_db), f"{DESK}?muc=bang") as tab:
        await tab.open(f"{DESK}?muc=bang", ContestState.load, BoardFreezeState.load)
        assert [(one.name, one.minutes, one.over) for one in tab.shown(BoardFreezeState, "periods")] == [
            ("Tuần 1", "0", True),
            ("Tuần 2", "0", False),
            ("Tuần 3", "0", False),
            ("Tuần 4", "0", False),
        ]
        await tab.send(BoardFreezeState.save, form={"period": "2", "minutes": "30", "note": " Chờ lễ  tổng kết. "})
        assert tab.shown(BoardFreezeState, "done") == "Đã lưu. Trang công khai đổi theo trong vài giây."
        line = tab.shown(BoardFreezeState, "periods")[1]
        assert (line.minutes, line.note) == ("30", "Chờ lễ tổng kết.")
        for wrong in (
            {"period": "2", "minutes": "x"},
            {"period": "9", "minutes": "5"},
            {"period": "1", "minutes": "5"},
        ):
            await tab.send(BoardFreezeState.save, form=wrong)
            assert tab.shown(BoardFreezeState, "notice_code") in ("CCHC-747", "CCHC-748", "CCHC-304")
        for wrong in WRONG:
            await tab.send(BoardFreezeState.save, form=wrong)
        assert tab.errors == []
    with served_db.read() as session:
        assert contest_in_force(session).freezes[2].minutes == 30
    assert contest.contest_id


async def test_an_auditor_reads_the_freeze_and_changes_nothing(served_db: Database) -> None:
    make_contest(served_db, rules_around(server_now()))
    async with tab_of(make_staff(served_db, Role.AUDITOR, now=server_now()), DESK) as tab:
        await tab.open(DESK, BoardFreezeState.load)
        assert tab.shown(BoardFreezeState, "may_edit") is False
        await tab.send(BoardFreezeState.save, form={"period": "2", "minutes": "30"})
    with served_db.read() as session:
        assert contest_in_force(session).freezes == {}
